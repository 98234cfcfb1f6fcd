"""What the axes of a grid can be: one setting each, its values, and how a request gets them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from pydantic import ValidationError

from t2i_studio.core.capabilities import Capabilities
from t2i_studio.core.errors import UserError, explain
from t2i_studio.core.geometry import Extent
from t2i_studio.core.request import (
    MAX_FEATHER,
    MAX_SEAM,
    MAX_SEED,
    RANDOM_SEED,
    UPSAMPLERS,
    Editing,
    Generate,
    Inpaint,
    Refine,
)
from t2i_studio.core.words import later, tr
from t2i_studio.engine.resolve import random_seed
from t2i_studio.studio.grid.values import fractions, texts, whole_numbers

Asked = Generate | Inpaint | Refine
Value = int | float | str


@dataclass(frozen=True)
class Draft:
    """A request as it was written, and the style for it; "" for none."""

    request: Asked
    style: str = ""

    def updated(self, **fields: Any) -> "Draft":
        return replace(self, request=self.request.model_copy(update=fields))


Parse = Callable[[str], tuple[Value, ...]]
Put = Callable[[Draft, Value], Draft]
Fits = Callable[[Capabilities | None, type[Asked]], bool]


def _always(_: Capabilities | None, __: type[Asked]) -> bool:
    return True


@dataclass(frozen=True)
class Axis:
    """One setting: `key` names it on the command line, `title` (marked) for people.

    `hint` says what to type; `put` sets a value; `fits`: whether it has an effect on
    what a model makes of a kind of request.
    """

    key: str
    title: str
    hint: str
    parse: Parse
    put: Put
    fits: Fits = _always
    choices: Callable[[Capabilities], tuple[str, ...]] | None = None


@dataclass(frozen=True)
class Side:
    """An axis with its values."""

    axis: Axis
    values: tuple[Value, ...]

    @property
    def title(self) -> str:
        return tr(self.axis.title)

    @property
    def labels(self) -> tuple[str, ...]:
        """What stands at each column or row."""
        return tuple(label(value) for value in self.values)

    def put(self, draft: Draft, place: int) -> Draft:
        """Set the value at a place; a text that is searched is the first one."""
        if self.axis.key == PROMPT:
            return _replaced(draft, str(self.values[0]), str(self.values[place]))
        return self.axis.put(draft, self.values[place])


PROMPT: Final = "prompt"
ALIASES: Final[Mapping[str, str]] = {
    "steps": "decoder-steps",
    "guidance": "decoder-guidance",
    "s/r": PROMPT,
}


def label(value: Value) -> str:
    """Return a value for people: 2.5, 7, or "–" for an empty text."""
    if isinstance(value, float):
        return f"{value:g}"
    return str(value) or "–"


def side(key: str, written: str) -> Side:
    """Return an axis with the values that somebody typed; raises UserError."""
    axis = axis_of(key)
    try:
        return Side(axis, axis.parse(written))
    except UserError as error:
        problem = tr("{axis}: {problem}", axis=tr(axis.title), problem=error.message)
        raise UserError(problem, error.hint) from error


def axis_of(key: str) -> Axis:
    """Return the axis of that name; raises UserError with those there are."""
    wanted = key.strip().lower().replace("_", "-").replace(" ", "-")
    wanted = ALIASES.get(wanted, wanted)
    found = next((axis for axis in AXES if axis.key == wanted), None)
    if found is None:
        names = ", ".join(axis.key for axis in AXES)
        raise UserError(
            tr("There is no axis {name}.", name=key), tr("Choose one of: {names}.", names=names)
        )
    return found


def _replaced(draft: Draft, searched: str, text: str) -> Draft:
    """Search and replace in both prompts; raises UserError where there is nothing to find."""
    request = draft.request
    if not searched or searched not in request.prompt + "\0" + request.negative_prompt:
        raise UserError(
            tr("The prompt does not contain “{text}”.", text=searched),
            tr("The first value is searched, and replaced by each."),
        )
    return draft.updated(
        prompt=request.prompt.replace(searched, text),
        negative_prompt=request.negative_prompt.replace(searched, text),
    )


def _stage(name: str, field: str) -> Put:
    def put(draft: Draft, value: Value) -> Draft:
        stage = getattr(draft.request, name)
        try:
            changed = type(stage).model_validate({**stage.model_dump(), field: value})
        except ValidationError as error:
            raise explain(error) from error
        return draft.updated(**{name: changed})

    return put


def _upsampler_steps(draft: Draft, value: Value) -> Draft:
    for name in UPSAMPLERS:
        draft = _stage(name, "steps")(draft, value)
    return draft


def _seed(draft: Draft, value: Value) -> Draft:
    if value == RANDOM_SEED:
        return draft.updated(seed=random_seed())
    return draft.updated(seed=_within(value, 0, MAX_SEED))


def _size(draft: Draft, value: Value) -> Draft:
    try:
        return draft.updated(size=Extent.parse(str(value)))
    except ValueError as error:
        raise UserError(str(error)) from error


def _style(draft: Draft, value: Value) -> Draft:
    return replace(draft, style="" if str(value).lower() in NO_STYLE else str(value))


def _strength(draft: Draft, value: Value) -> Draft:
    if not 0 < float(value) <= 1:
        raise UserError(tr("The strength lies above 0 and up to 1, not at {value}.", value=value))
    return draft.updated(strength=float(value))


def _content(draft: Draft, value: Value) -> Draft:
    if value not in CONTENTS:
        names = ", ".join(CONTENTS)
        raise UserError(
            tr("There is no content {name}.", name=value),
            tr("Choose one of: {names}.", names=names),
        )
    return draft.updated(content=value)


def _pixels(field: str, most: int) -> Put:
    return lambda draft, value: draft.updated(**{field: _within(value, 0, most)})


def _within(value: Value, lowest: int, highest: int) -> Value:
    if not lowest <= float(value) <= highest:
        raise UserError(
            tr("{value} lies outside of {lowest} to {highest}.",
               value=value, lowest=lowest, highest=highest)
        )  # fmt: skip
    return value


def _has_stage(key: str, *, guided: bool = False) -> Fits:
    def fits(capabilities: Capabilities | None, _: type[Asked]) -> bool:
        stage = capabilities.stage(key) if capabilities else None
        return stage is not None and not (guided and stage.guidance is None)

    return fits


def _has_steps(*keys: str) -> Fits:
    def fits(capabilities: Capabilities | None, _: type[Asked]) -> bool:
        stages = [capabilities.stage(key) for key in keys] if capabilities else []
        return any(stage is not None and not stage.has_fixed_steps for stage in stages)

    return fits


def _is(kind: type) -> Fits:
    return lambda _, asked: issubclass(asked, kind)


def _has_several(field: str) -> Fits:
    return lambda capabilities, _: (
        capabilities is not None and len(getattr(capabilities, field)) > 1
    )


def _has_candidates(capabilities: Capabilities | None, _: type[Asked]) -> bool:
    return capabilities is not None and capabilities.max_candidates > 1


NO_STYLE: Final = ("", "none", "no style")
CONTENTS: Final = ("original", "fill", "blur", "noise")
STEPS: Final = later("Like 5, 15, 30 or 5-30 (+5)")
GUIDANCE: Final = later("Like 1, 2, 4 or 1-7 [4]")
NAMES: Final = later("Names with commas between them")
AXES: Final = (
    Axis(PROMPT, later("Prompt search and replace"),
         later("The first is searched and replaced by each: cube, ball, “a, b”"),
         texts, lambda draft, _: draft),
    Axis("seed", later("Seed"), later("Like 1-4; -1 draws one"), whole_numbers, _seed),
    Axis("style", later("Style"), later("Names with commas between them; none for no style"),
         texts, _style),
    Axis("size", later("Size"), later("Like 256x256, 512x512"), texts, _size,
         _has_several("sizes"), lambda model: tuple(str(size) for size in sorted(model.sizes))),
    Axis("decoder-steps", later("Decoder steps"), STEPS, whole_numbers,
         _stage("decoder", "steps"), _has_steps("decoder")),
    Axis("decoder-guidance", later("Decoder guidance"), GUIDANCE, fractions,
         _stage("decoder", "guidance"), _has_stage("decoder", guided=True)),
    Axis("sampler", later("Sampler"), NAMES, texts, _stage("decoder", "sampler"),
         _has_several("samplers"), lambda model: model.samplers),
    Axis("prior", later("Kind of prior"), NAMES, texts, _stage("prior", "kind"),
         _has_several("priors"), lambda model: model.priors),
    Axis("prior-steps", later("Prior steps"), STEPS, whole_numbers,
         _stage("prior", "steps"), _has_steps("prior")),
    Axis("prior-guidance", later("Prior guidance"), GUIDANCE, fractions,
         _stage("prior", "guidance"), _has_stage("prior", guided=True)),
    Axis("candidates", later("Candidates of the prior"), later("Like 1, 2, 8"), whole_numbers,
         _stage("prior", "candidates"), _has_candidates),
    Axis("upsampler-steps", later("Upsampler steps"), STEPS, whole_numbers, _upsampler_steps,
         _has_steps(*UPSAMPLERS)),
    Axis("strength", later("Strength"), later("Like 0.3, 0.6, 0.9 or 0.2-1 [5]"), fractions,
         _strength, _is(Editing)),
    Axis("content", later("Masked content"), NAMES, texts, _content, _is(Inpaint),
         lambda _: CONTENTS),
    Axis("feather", later("Mask blur"), later("Like 0, 4, 16 px"), whole_numbers,
         _pixels("feather", MAX_FEATHER), _is(Inpaint)),
    Axis("seam", later("Seam"), later("Like 0, 16, 64 px"), whole_numbers,
         _pixels("seam", MAX_SEAM), _is(Inpaint)),
)  # fmt: skip
"""In the order in which they are offered."""
