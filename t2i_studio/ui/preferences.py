"""What is set once for all work: look, language, canvas, queue, keys."""

from typing import Final, get_args

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from t2i_studio.core.words import later, tr
from t2i_studio.studio.preferences import Preferences, ThemeName
from t2i_studio.studio.session import Session
from t2i_studio.ui import language
from t2i_studio.ui.bind import Bindings, bind, on
from t2i_studio.ui.listings import SCALES
from t2i_studio.ui.theme import CONTROL, GAP, MARGIN, heading_font, set_kind
from t2i_studio.ui.widgets.colour_button import ColourButton
from t2i_studio.ui.widgets.pressure_curve import PressureCurve
from t2i_studio.ui.widgets.wheel import only_when_focused

SIZE: Final = 480, 720  # px
LABELS: Final = 148  # px
TEXT_SIZES: Final = (90, 100, 110, 120, 130)  # %
THEMES: Final = {"System": later("System"), "Dark": later("Dark"), "Light": later("Light")}
CURVE_NOTE: Final = later("Right: pressed harder. Up: felt more.")
NEXT_START: Final = later("From the next start on.")


class PreferencesDialog(QDialog):
    """Not modal; every change works at once, unless it says otherwise."""

    keys_requested = Signal()

    def __init__(self, preferences: Preferences, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._preferences, self._session = preferences, session
        self._bindings = Bindings()
        self._column = QVBoxLayout()
        self.setWindowTitle(tr("Preferences"))
        self.resize(*SIZE)
        self._add_look()
        self._add_language()
        self._add_canvas()
        self._add_queue()
        self._add_keys()
        self._lay_out()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._bindings.clear()
        super().closeEvent(event)

    # sections ----------------------------------------------------------------------------------

    def _add_look(self) -> None:
        form = self._section(tr("Look"))
        self.theme = _choice(
            tr("Theme"),
            tr("The colours of the window. System follows what the system shows, day and night."),
            [(tr(THEMES[name]), name) for name in get_args(ThemeName)],
        )
        self.text_size = _choice(
            tr("Text size"),
            tr("The size of all texts, in percent of the system's."),
            [(f"{percent} %", percent) for percent in TEXT_SIZES],
        )
        self.scale = _choice(
            tr("UI scale"),
            tr("The size of everything, beside what the screen itself magnifies."),
            [(f"{percent} %", percent) for percent in SCALES],
        )
        self._follow(self.theme, "theme")
        self._follow(self.text_size, "text_size")
        self._follow(self.scale, "scale")
        _row(form, tr("Theme"), self.theme)
        _row(form, tr("Text size"), self.text_size)
        _row(form, tr("UI scale"), self.scale, tr(NEXT_START))

    def _add_language(self) -> None:
        form = self._section(tr("Language"))
        self.language = _choice(
            tr("Language"),
            tr("What the window speaks; texts without a translation stay English."),
            [(language.title(code), code) for code in ("", *language.available())],
        )
        self._follow(self.language, "language")
        _row(form, tr("Language"), self.language, tr(NEXT_START))

    def _add_canvas(self) -> None:
        form, tools = self._section(tr("Canvas")), self._session.tools
        self.pressure_size = _check(
            tr("The pen's pressure sets the width of the brush"),
            tr("Light strokes are thin."),
        )
        self.pressure_opacity = _check(
            tr("The pen's pressure sets the opacity of the brush"),
            tr("Light strokes cover little."),
        )
        self.outline = _check(
            tr("Draw an outline around the mask"), tr("It can be seen on every picture.")
        )
        self.colour = ColourButton(tr("Colour of the mask's overlay"))
        self.opacity = _slider(
            tr("Mask opacity"), tr("How strongly the mask covers the picture on the screen.")
        )
        for field, box in (
            ("pressure_size", self.pressure_size),
            ("pressure_opacity", self.pressure_opacity),
            ("has_mask_outline", self.outline),
        ):
            self._bindings.add(bind(tools, field, box.setChecked, box.toggled))
        form.addRow(self.pressure_size)
        form.addRow(self.pressure_opacity)
        self.curve = PressureCurve()
        self._bindings.add(
            bind(tools, "pressure_curve", self.curve.set_curve, self.curve.curve_changed),
            bind(tools, "mask_colour", self.colour.set_colour, self.colour.colour_changed),
            on(tools.events.mask_opacity, self._show_opacity),
        )
        self._show_opacity(tools.mask_opacity)
        self.opacity.valueChanged.connect(self._take_opacity)
        _row(form, tr("Pressure curve"), self.curve, tr(CURVE_NOTE))
        form.addRow(self.outline)
        _row(form, tr("Mask colour"), self.colour)
        _row(form, tr("Mask opacity"), self.opacity)

    def _add_queue(self) -> None:
        form, options = self._section(tr("Queue")), self._session.notify
        self.sound = _check(
            tr("Play a sound when the queue is done"),
            tr("If that took long, or while another window is in front."),
        )
        self.notification = _check(
            tr("Show a notification of the desktop, too"),
            tr("It also marks the window in the task bar."),
        )
        for field, box in (("has_sound", self.sound), ("has_notification", self.notification)):
            self._bindings.add(bind(options, field, box.setChecked, box.toggled))
            form.addRow(box)

    def _add_keys(self) -> None:
        form = self._section(tr("Keyboard"))
        self.keys = QPushButton(tr("Edit shortcuts…"))
        self.keys.setToolTip(tr("Which keys do what, and how to have it otherwise."))
        self.keys.setAutoDefault(False)
        self.keys.clicked.connect(self.keys_requested)
        _row(form, tr("Shortcuts"), self.keys)

    # parts -------------------------------------------------------------------------------------

    def _section(self, title: str) -> QFormLayout:
        heading = QLabel(title)
        heading.setFont(heading_font(self.font()))
        if self._column.count():
            self._column.addSpacing(MARGIN)
        self._column.addWidget(heading)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        form.setHorizontalSpacing(MARGIN)
        form.setVerticalSpacing(GAP)
        self._column.addLayout(form)
        return form

    def _lay_out(self) -> None:
        self._column.addStretch(1)
        self._column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        content = QWidget()
        content.setLayout(self._column)
        area = QScrollArea()
        area.setWidget(content)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.leave = QPushButton(tr("Close"))
        self.leave.setAutoDefault(False)
        self.leave.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.setContentsMargins(MARGIN, GAP, MARGIN, MARGIN)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(area, 1)
        column.addLayout(foot)

    def _follow(self, box: QComboBox, field: str) -> None:
        """Show a field of the preferences in a box, and take over what is chosen there."""

        def show(value: object) -> None:
            if box.findData(value) < 0:  # as an older version, or a hand, has left it
                box.addItem(f"{value} %", value)
            box.setCurrentIndex(box.findData(value))

        show(getattr(self._preferences, field))
        box.activated.connect(lambda: setattr(self._preferences, field, box.currentData()))
        self._bindings.add(on(self._preferences.events[field], show))

    def _show_opacity(self, share: float) -> None:
        self.opacity.setValue(round(share * 100))

    def _take_opacity(self, percent: int) -> None:
        if percent != round(self._session.tools.mask_opacity * 100):
            self._session.tools.mask_opacity = percent / 100


def _choice(name: str, tip: str, choices: list[tuple[str, object]]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(tip)
    for text, value in choices:
        box.addItem(text, value)
    only_when_focused(box)
    return box


def _check(text: str, tip: str) -> QCheckBox:
    box = QCheckBox(text)
    box.setToolTip(tip)
    return box


def _slider(name: str, tip: str) -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setRange(10, 90)
    slider.setAccessibleName(name)
    slider.setToolTip(tip)
    only_when_focused(slider)
    return slider


def _row(form: QFormLayout, label: str, field: QWidget, note: str = "") -> None:
    title = QLabel(label)
    title.setMinimumSize(LABELS, CONTROL)
    title.setBuddy(field)
    if not note:
        form.addRow(title, field)
        return
    below = QLabel(note)
    set_kind(below, "muted")
    column = QVBoxLayout()
    column.setSpacing(4)
    is_small = field.maximumWidth() < 2 * LABELS
    column.addWidget(field, 0, Qt.AlignmentFlag.AlignLeft if is_small else Qt.AlignmentFlag(0))
    column.addWidget(below)
    form.addRow(title, column)
