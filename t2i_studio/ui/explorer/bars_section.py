"""Zero-shot classification: labels and templates to write, and a bar for each label."""

from functools import partial

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from t2i_studio.core.words import later, tr
from t2i_studio.studio.explorer.label_lab import PRESETS, LabelLab
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.explorer.parts import heading, say, stacked, words
from t2i_studio.ui.widgets.label_bars import LabelBars
from t2i_studio.ui.widgets.prompt_edit import PromptEdit
from t2i_studio.ui.widgets.wheel import only_when_focused

SOURCES = {"canvas": later("Picture on the canvas"), "explorer": later("Picture in the explorer")}
ABOUT = later(
    "CLIP compares the picture with a caption for each label; the shares add up to 100 %."
)
BARS_TIP = later("Zero-shot classification, Radford et al. 2021, section 3.1.")
LABELS_TIP = later("One label on each line, or parted by commas.")
TEMPLATES_TIP = later(
    "The caption around each label, which goes where {} stands. With several lines their "
    "embeddings are averaged.\nPrompt ensembling, Radford et al. 2021, section 3.1.4."
)


class BarsSection(QWidget):
    """What is written is asked at once; what cannot be used is said below its field."""

    def __init__(self, lab: LabelLab) -> None:
        super().__init__()
        self._lab = lab
        self.source = _source_box()
        self.bars = LabelBars()
        self.verdict = words(kind="")
        self.presets = _preset_button(lab)
        self.labels = _edit(tr("Labels"), tr(LABELS_TIP), tr("fox, cat, robot"))
        self.templates = _edit(tr("Templates"), tr(TEMPLATES_TIP), tr("a photo of a {}"))
        self.labels_problem, self.templates_problem = words(kind="danger"), words(kind="danger")
        self._lay_out()
        self.source.activated.connect(lambda _: lab.set_source(self.source.currentData()))
        self.labels.text_changed.connect(lab.set_labels)
        self.templates.text_changed.connect(lab.set_templates)
        self._bindings = Bindings([on(lab.changed, self._show)])
        self._show()

    def unbind(self) -> None:
        self._bindings.clear()

    def _lay_out(self) -> None:
        title = QHBoxLayout()
        title.addWidget(QLabel(tr("Labels")), 1)
        title.addWidget(self.presets)
        stacked(
            self,
            heading(tr("What CLIP sees")),
            words(tr(ABOUT)),
            self.source,
            self.bars,
            self.verdict,
            title,
            self.labels,
            self.labels_problem,
            QLabel(tr("Templates")),
            self.templates,
            self.templates_problem,
        )

    def _show(self) -> None:
        lab = self._lab
        self.source.setCurrentIndex(self.source.findData(lab.source))
        self.labels.set_text(lab.labels_text)
        self.templates.set_text(lab.templates_text)
        bars = lab.bars
        unusable = lab.problem or lab.labels_problem or lab.templates_problem
        self.bars.set_empty_text(unusable or tr("The bars come with the first answer."))
        if lab.problem:
            self.bars.show_shares((), ())
        else:
            self.bars.show_shares(bars.labels, bars.shares, bars.before)
        self.bars.set_busy(lab.is_busy)
        say(self.verdict, lab.verdict)
        for edit, label, problem in (
            (self.labels, self.labels_problem, lab.labels_problem),
            (self.templates, self.templates_problem, lab.templates_problem),
        ):
            say(label, problem)
            edit.setAccessibleDescription(problem)


def _source_box() -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(tr("Picture to read"))
    for source, title in SOURCES.items():
        box.addItem(tr(title), source)
    only_when_focused(box)
    return box


def _preset_button(lab: LabelLab) -> QPushButton:
    button = QPushButton(tr("Examples"))
    button.setToolTip(
        tr("Take labels to begin with; the last ones are those of Ramesh et al. 2022.")
    )
    menu = QMenu(button)
    for name, labels in PRESETS.items():
        menu.addAction(tr(name), partial(lab.set_labels, ", ".join(labels)))
    button.setMenu(menu)
    return button


def _edit(name: str, tip: str, placeholder: str) -> PromptEdit:
    edit = PromptEdit(placeholder=placeholder)
    edit.setAccessibleName(name)
    edit.setToolTip(tip)
    return edit
