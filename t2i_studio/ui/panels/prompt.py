"""The left panel: model, prompt, count, size, seed, Generate."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from t2i_studio.catalogue.store import installed
from t2i_studio.core.capabilities import Capabilities
from t2i_studio.core.geometry import Extent
from t2i_studio.core.words import later, tr
from t2i_studio.studio.compose import Task
from t2i_studio.studio.session import Session
from t2i_studio.ui.bind import Bindings, bind, on
from t2i_studio.ui.panels.advanced import AdvancedPanel
from t2i_studio.ui.panels.prompt_text import PromptText
from t2i_studio.ui.panels.repaint import RepaintPanel
from t2i_studio.ui.theme import indent, set_kind, set_property
from t2i_studio.ui.widgets.section import Section
from t2i_studio.ui.widgets.seed_field import SeedField
from t2i_studio.ui.widgets.style_box import StyleBox
from t2i_studio.ui.widgets.wheel import only_when_focused

MAX_COUNT = 100
VERBS = {
    Task.generate: later("Generate"),
    Task.inpaint: later("Inpaint"),
    Task.outpaint: later("Outpaint"),
    Task.refine: later("Refine"),
}


class PromptPanel(QWidget):
    """Everything that the next picture depends on.

    `button` asks for it; the window places it, so that it never scrolls away.
    """

    generate_requested = Signal()
    styles_requested = Signal()  # somebody wants to manage them

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model = _model_box()
        self.text = PromptText(session)
        self.prompt, self.negative = self.text.edit, self.text.negative
        self.negative_section = self.text.negative_section
        self.style_box = StyleBox()
        self.count = _count_box()
        self.size_box = _size_box()
        self.seed = SeedField()
        self.repaint_panel = RepaintPanel(session)
        self.repaint_section = Section(tr("From the picture"), self.repaint_panel)
        self.advanced = AdvancedPanel(session)
        self.advanced_section = Section(tr("Advanced"), self.advanced)
        self.button = _generate_button()
        for control in (self.model, self.count, self.size_box):
            only_when_focused(control)
        self._lay_out()
        self._bindings = Bindings()
        self._bind()
        self.follow_model()

    def follow_model(self) -> None:
        """Offer what the model can do."""
        capabilities = self._session.capabilities
        self._show_sizes(capabilities)
        self.text.follow_model()
        self.advanced.follow_model()

    def unbind(self) -> None:
        self._bindings.clear()
        self.text.unbind()
        self.repaint_panel.unbind()
        self.advanced.unbind()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.addRow(tr("Style"), self.style_box)
        form.addRow(tr("Count"), self.count)
        form.addRow(tr("Size"), self.size_box)
        form.addRow(tr("Seed"), self.seed)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.model)
        column.addWidget(self.text)
        column.addLayout(form)
        column.addWidget(self.repaint_section)
        column.addWidget(self.advanced_section)
        column.addStretch(1)

    def _bind(self) -> None:
        settings = self._session.settings
        self._bindings.add(
            bind(settings, "style", self.style_box.set_chosen, self.style_box.chosen),
            bind(settings, "count", self.count.setValue, self.count.valueChanged),
            bind(settings, "seed", self.seed.set_value, self.seed.value_changed),
            on(settings.events.size, lambda _: self._show_size()),
            on(settings.events.model, self._show_model),
            on(self._session.desk.styles.changed, self._show_styles),
            on(self._session.last_seed_changed, self.seed.set_last_seed),
            on(self._session.intent.changed, lambda _: self._follow_intent()),
            on(self._session.document.extent_changed, lambda _: self._follow_intent()),
        )
        self._show_model(settings.model)
        self._show_styles()
        self._connect_widgets()
        self._follow_intent()

    def _connect_widgets(self) -> None:
        self.model.activated.connect(self._choose_model)
        self.size_box.activated.connect(self._choose_size)
        self.seed.reuse_requested.connect(self._reuse_seed)
        self.button.clicked.connect(self.generate_requested)
        self.text.generate_requested.connect(self.generate_requested)
        self.style_box.manage_requested.connect(self.styles_requested)

    def _show_styles(self) -> None:
        self.style_box.show_styles(self._session.desk.styles.styles)

    def _follow_intent(self) -> None:
        """Say what the button does, and offer what counts for it."""
        self.button.setText(tr(VERBS[self._session.intent.task]))
        self.repaint_section.setVisible(self._session.document.extent is not None)

    def _show_model(self, model: str) -> None:
        if self.model.findData(model) < 0:
            self.model.addItem(model, model)
        self.model.setCurrentIndex(self.model.findData(model))

    def _choose_model(self) -> None:
        self._session.settings.model = self.model.currentData()

    def _show_sizes(self, capabilities: Capabilities | None) -> None:
        self.size_box.clear()
        for extent in sorted(capabilities.sizes) if capabilities else ():
            self.size_box.addItem(f"{extent.width} × {extent.height} px", extent)
        self._show_size()

    def _show_size(self) -> None:
        """Select the size that is set; None is the model's own."""
        chosen, capabilities = self._session.settings.size, self._session.capabilities
        if capabilities is None:
            return
        if chosen is not None and chosen not in capabilities.sizes:
            chosen = self._session.settings.size = None  # shown is what will be asked for
        shown = sorted(capabilities.sizes)
        self.size_box.setCurrentIndex(shown.index(chosen or capabilities.sizes[0]))

    def _choose_size(self, row: int) -> None:
        capabilities = self._session.capabilities
        extent: Extent = self.size_box.itemData(row)
        is_own = capabilities is not None and extent == capabilities.sizes[0]
        self._session.settings.size = None if is_own else extent

    def _reuse_seed(self) -> None:
        if self._session.last_seed is not None:
            self._session.settings.seed = self._session.last_seed


def _model_box() -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(tr("Model"))
    box.setToolTip(tr("The checkpoint that makes the pictures."))
    for name in installed():
        box.addItem(name.capitalize() if name.islower() else name, name)
    return box


def _count_box() -> QSpinBox:
    box = QSpinBox()
    box.setRange(1, MAX_COUNT)
    indent(box)
    box.setAccessibleName(tr("Count"))
    box.setToolTip(tr("How many pictures to make; picture i has the seed + i."))
    return box


def _size_box() -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(tr("Size"))
    box.setToolTip(
        tr("Size of a new picture in pixels. Smaller is faster: it needs fewer upsamplers.")
    )
    return box


def _generate_button() -> QPushButton:
    button = QPushButton(tr("Generate"))
    set_kind(button, "primary")
    set_property(button, "large", True)
    return button
