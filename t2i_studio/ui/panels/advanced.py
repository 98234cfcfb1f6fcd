"""Steps, guidance and the rest, stage by stage, as far as the model has them."""

from collections.abc import Iterator
from typing import NamedTuple

from pydantic import TypeAdapter
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QWidget

from t2i_studio.core.capabilities import Capabilities, Stage
from t2i_studio.core.stage_settings import Guidance
from t2i_studio.core.words import later, tr
from t2i_studio.studio.compose import Task
from t2i_studio.studio.notices import Level, Notice
from t2i_studio.studio.session import Session
from t2i_studio.studio.settings import Settings
from t2i_studio.ui.bind import Bindings, bind, on
from t2i_studio.ui.explorer.pin_chip import PinChip
from t2i_studio.ui.theme import set_kind
from t2i_studio.ui.widgets.number_field import NumberField
from t2i_studio.ui.widgets.wheel import only_when_focused

FITTED = (
    "sampler",
    "prior_kind",
    "prior_steps",
    "prior_guidance",
    "candidates",
    "decoder_steps",
    "decoder_guidance",
    "upsampler_steps",
    "upsampler_1024_steps",
)
PRIORLESS = ("diffusion", "none")  # what requests say to models without a prior
SAMPLER_TITLES = {
    "dpm++2m": "DPM-Solver++ 2M",
    "dpm++3m": "DPM-Solver++ 3M",
    "dpm++2m-sde": "DPM-Solver++ 2M SDE",
    "ddim": "DDIM",
    "ddpm": "DDPM",
    "euler": "Euler",
    "euler-a": later("Euler ancestral"),
    "unipc": "UniPC",
}
PRIOR_TITLES = {
    "diffusion": later("Diffusion prior"),
    "autoregressive": later("Autoregressive prior"),
    "none": later("None (text embedding)"),
    "caption": later("None (caption only)"),
}


class Words(NamedTuple):
    """A label and what it does to the picture."""

    label: str
    tip: str


UPSAMPLING = Words(later("Steps"), later("More steps give finer details and take longer."))
WORDS = {
    "prior_kind": Words(
        later("Kind"),
        later(
            "Where the image embedding comes from. Without a prior the text embedding takes its "
            "place: the ablation of Ramesh et al. 2022, section 5.1."
        ),
    ),
    "prior_steps": Words(
        later("Steps"),
        later("More steps follow the prior's distribution more closely and take longer."),
    ),
    "prior_guidance": Words(
        later("Guidance"),
        later(
            "Higher ties the image embedding closer to the prompt, lower varies it more. "
            "Classifier-free guidance scale, Ho & Salimans 2021."
        ),
    ),
    "candidates": Words(
        later("Candidates"),
        later(
            "How many image embeddings are drawn; the one nearest to the prompt is decoded. "
            "Ramesh et al. 2022, section 2.2, draw 2."
        ),
    ),
    "decoder_steps": Words(
        later("Steps"), later("More steps give cleaner pictures and take longer.")
    ),
    "decoder_guidance": Words(
        later("Guidance"),
        later(
            "Higher follows the prompt more closely, lower varies more. "
            "Classifier-free guidance scale, Ho & Salimans 2021."
        ),
    ),
    "sampler": Words(
        later("Sampler"),
        later("The solver that turns noise into the picture; each has its own look at few steps."),
    ),
    "upsampler_steps": UPSAMPLING,
    "upsampler_1024_steps": UPSAMPLING,
}


class Range(NamedTuple):
    """What a number may be with the model."""

    field: str
    label: str
    default: float
    lowest: float
    highest: float


class Misfit(NamedTuple):
    """A setting that the model does not have, and what takes its place."""

    field: str
    value: str | None
    text: str


class AdvancedPanel(QWidget):
    """Rows are made anew for each model; a field that shows its default sends none.

    Settings that the model does not have are reset, so that the fields show what is sent.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._bindings = Bindings()
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(12)
        self._form.setVerticalSpacing(8)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)

    def follow_model(self) -> None:
        """Offer the settings that the model's stages have."""
        self.unbind()
        while self._form.rowCount():
            self._form.removeRow(0)
        capabilities = self._session.capabilities
        if capabilities is None:
            return
        self._fit()
        for stage in capabilities.stages:
            self._add_stage(stage, capabilities)
        # After the rows: they show a new value first, and then what has taken its place.
        events = self._session.settings.events
        self._bindings.add(*(on(events[field], lambda _: self._fit()) for field in FITTED))

    def unbind(self) -> None:
        self._bindings.clear()

    def _fit(self) -> None:
        """Reset what the model does not have, and say so."""
        settings, capabilities = self._session.settings, self._session.capabilities
        if capabilities is None:
            return
        while misfit := next(misfits(settings, capabilities), None):
            self._say(misfit.text)
            setattr(settings, misfit.field, misfit.value)
        for stage in capabilities.stages:
            # One pass has no field: its number would else be sent to the next model unseen.
            if stage.has_fixed_steps and (field := f"{stage.key}_steps") in FITTED:
                setattr(settings, field, None)

    def _say(self, text: str) -> None:
        """Say it when the event loop runs: while a window is made, nobody listens yet."""
        notice = Notice(Level.info, text)
        QTimer.singleShot(0, self, lambda: self._session.noticed.emit(notice))

    def _add_stage(self, stage: Stage, capabilities: Capabilities) -> None:
        if stage.has_fixed_steps and stage.guidance is None:
            return
        self._add_heading(stage.title)
        if stage.key == "prior":
            self._add_choice("prior_kind", capabilities.priors, PRIOR_TITLES)
        if stage.key == "decoder" and capabilities.samplers:
            self._add_choice("sampler", capabilities.samplers, SAMPLER_TITLES)
        self._add_number(f"{stage.key}_steps", stage.steps, stage.min_steps, stage.max_steps)
        if stage.guidance is not None:
            field = f"{stage.key}_guidance"
            number = self._add_number(field, stage.guidance, *guidance_limits())
            self._follow_task(number, stage.guidance, stage.inpaint_guidance)
        if stage.key == "prior":
            most = capabilities.max_candidates
            self._add_number("candidates", capabilities.candidates, 1, most)
            self._add_pin()

    def _add_heading(self, title: str) -> None:
        heading = QLabel(tr(title))
        heading.setObjectName("heading")
        set_kind(heading, "muted")
        self._form.addRow(heading)

    def _add_number(self, field: str, default: float, lowest: float, highest: float) -> NumberField:
        words = WORDS[field]
        number = NumberField(default, lowest, highest)
        number.setAccessibleName(f"{self._heading()} {tr(words.label)}")
        number.setToolTip(tr(words.tip))
        self._add(field, tr(words.label), number)
        self._bindings.add(
            bind(self._session.settings, field, number.set_value, number.value_changed)
        )
        return number

    def _add_pin(self) -> None:
        """Say under the candidates which one is pinned."""
        chip = PinChip(self._session.settings)
        self._form.addRow("", chip)

        def show(draw: int | None) -> None:
            self._form.setRowVisible(chip, draw is not None)

        show(self._session.settings.prior_draw)
        self._bindings.add(chip.unbind, on(self._session.settings.events.prior_draw, show))

    def _follow_task(self, number: NumberField, usual: float, repaint: float | None) -> None:
        """Show the default of what Generate would do now: repaints can have one of their own."""

        def show(task: Task) -> None:
            is_new = task in (Task.generate, Task.refine)
            number.set_default(usual if repaint is None or is_new else repaint)

        self._bindings.add(on(self._session.intent.changed, show))
        show(self._session.intent.task)

    def _add_choice(self, field: str, choices: tuple[str, ...], titles: dict[str, str]) -> None:
        words = WORDS[field]
        box = QComboBox()
        for choice in choices:
            box.addItem(tr(titles.get(choice, choice)), choice)
        box.setAccessibleName(f"{self._heading()} {tr(words.label)}")
        box.setToolTip(tr(words.tip))
        only_when_focused(box)

        def show(value: str | None) -> None:
            box.setCurrentIndex(max(0, box.findData(value)))

        def take() -> None:
            setattr(self._session.settings, field, box.currentData())

        show(getattr(self._session.settings, field))
        box.activated.connect(take)
        self._add(field, tr(words.label), box)
        self._bindings.add(on(self._session.settings.events[field], show))

    def _add(self, field: str, label: str, control: QWidget) -> None:
        control.setObjectName(field)
        self._form.addRow(label, control)

    def _heading(self) -> str:
        """Return the last heading: it tells a screen reader whose steps these are."""
        headings = self.findChildren(QLabel, "heading")
        return headings[-1].text() if headings else ""


def misfits(settings: Settings, capabilities: Capabilities) -> Iterator[Misfit]:
    """Find the settings with which the model would refuse to work."""
    model, samplers = capabilities.title, capabilities.samplers
    if settings.sampler is not None and settings.sampler not in samplers:
        first = SAMPLER_TITLES.get(samplers[0], samplers[0]) if samplers else tr("its own")
        asked = SAMPLER_TITLES.get(settings.sampler, settings.sampler)
        yield Misfit("sampler", None, _instead(tr("Sampler {name}", name=asked), model, first))
    kinds = capabilities.priors or PRIORLESS
    if settings.prior_kind not in kinds:
        first = tr(PRIOR_TITLES.get(kinds[0], kinds[0]))
        asked = tr(PRIOR_TITLES.get(settings.prior_kind, settings.prior_kind))
        yield Misfit("prior_kind", kinds[0], _instead(asked, model, first))
    for number in _ranges(capabilities):
        value = getattr(settings, number.field, None)
        if value is not None and not number.lowest <= value <= number.highest:
            text = _instead(f"{number.label} {value:g}", model, f"{number.default:g}")
            yield Misfit(number.field, None, text)


def _ranges(capabilities: Capabilities) -> Iterator[Range]:
    for stage in capabilities.stages:
        steps = stage.steps, stage.min_steps, stage.max_steps
        yield Range(f"{stage.key}_steps", tr("{stage} steps", stage=tr(stage.title)), *steps)
        if stage.guidance is not None:
            limits = stage.guidance, *guidance_limits()
            yield Range(
                f"{stage.key}_guidance", tr("{stage} guidance", stage=tr(stage.title)), *limits
            )
    if capabilities.stage("prior"):
        most = capabilities.max_candidates
        yield Range("candidates", tr("Candidates"), capabilities.candidates, 1, most)


def guidance_limits() -> tuple[float, float]:
    """Return the least and the greatest guidance that requests allow."""
    schema = TypeAdapter[float](Guidance).json_schema()
    return schema["minimum"], schema["maximum"]


def _instead(asked: str, model: str, used: str) -> str:
    words = {"asked": asked, "model": model, "used": used}
    return tr("{asked} is not offered by {model}; using {used}.", **words)
