"""From what is written to what a model reads."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from t2i_studio.core.errors import UserError
from t2i_studio.core.weights import has_weights, plain_text
from t2i_studio.core.words import tr
from t2i_studio.studio.prompting.choices import Draw, Lines
from t2i_studio.studio.prompting.grammar import STYLE, without_comments
from t2i_studio.studio.prompting.styles import Style, filled, find, take_tags


@dataclass(frozen=True)
class Reader:
    """What a model makes of a prompt."""

    title: str = ""
    can_weight: bool = False
    can_negate: bool = True


@dataclass(frozen=True)
class Means:
    """What a prompt may refer to, and who reads it."""

    wildcards: Lines
    styles: Sequence[Style] = ()
    reader: Reader = field(default_factory=Reader)


@dataclass(frozen=True)
class Evaluated:
    """What the model reads, and sentences about what it cannot.

    `is_drawn`: the seed has a part in it. `problem`: why it could not be evaluated.
    """

    prompt: str
    negative_prompt: str = ""
    notes: tuple[str, ...] = ()
    is_drawn: bool = False
    problem: str = ""


def evaluate(prompt: str, negative_prompt: str, seed: int, means: Means) -> Evaluated:
    """Take comments out, draw choices and wildcards, apply styles, and weights where possible.

    The same seed gives the same texts. Raises UserError for what cannot be understood, and
    MachineError for a wildcard that cannot be read.
    """
    draw, draw_negative = Draw(seed, means.wildcards), Draw(seed, means.wildcards)
    text, names = take_tags(draw.text(without_comments(prompt)))
    negative = draw_negative.text(without_comments(negative_prompt))
    if STYLE.search(negative):
        raise UserError(tr("Styles go into the prompt, not into the negative prompt."))
    styles = [find(means.styles, name) for name in names]
    for style in styles:
        text = filled(draw.text(style.prompt), text)
        negative = filled(draw_negative.text(style.negative_prompt), negative)
    notes = [*_weight_notes(text, negative, means.reader), *_style_notes(styles, means.reader)]
    if not means.reader.can_weight:
        text, negative = plain_text(text), plain_text(negative)
    is_drawn = draw.draws + draw_negative.draws > 0
    return Evaluated(text, negative, tuple(notes), is_drawn)


def _weight_notes(text: str, negative: str, reader: Reader) -> list[str]:
    if reader.can_weight or not (has_weights(text) or has_weights(negative)):
        return []
    return [
        tr("{model} reads the prompt as one embedding: weights have no effect.", model=reader.title)
    ]


def _style_notes(styles: Sequence[Style], reader: Reader) -> list[str]:
    if reader.can_negate:
        return []
    return [
        tr("{model} has no negative prompt: that of {style} has no effect.", model=reader.title,
           style=style.name)
        for style in styles
        if style.negative_prompt
    ]  # fmt: skip
