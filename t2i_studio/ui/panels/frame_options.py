"""The options of the frame tool: size, shape, grid, and growing the picture."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from t2i_studio.core.geometry import Bounds
from t2i_studio.core.request import MIN_FRAME
from t2i_studio.core.words import tr
from t2i_studio.studio.compose import known_share
from t2i_studio.studio.frame import LITTLE_KNOWN, MAX_SIDE, Direction
from t2i_studio.studio.session import Session
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.icons import tool_button
from t2i_studio.ui.theme import indent, set_kind
from t2i_studio.ui.widgets.wheel import only_when_focused

SNAPS: Final = (1, 8, 16, 32, 64)
SIDE_WIDTH: Final = 104  # px
MOST_PIXELS: Final = 4096
MOST_PERCENT: Final = 200
PLACES: Final = {
    Direction.up: (0, 1, Qt.ArrowType.UpArrow),
    Direction.left: (1, 0, Qt.ArrowType.LeftArrow),
    Direction.right: (1, 2, Qt.ArrowType.RightArrow),
    Direction.down: (2, 1, Qt.ArrowType.DownArrow),
}


class FrameOptions(QWidget):
    """Follows the session's frame; says when the model would see little of the picture.

    Three parts that a narrow bar may show apart: `sides`, `growing`, `fitting`.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.hint = QLabel(tr("Drag a box on the canvas"))
        self.times = QLabel("×")
        self.width_box = _side(tr("Frame width"))
        self.height_box = _side(tr("Frame height"))
        self.lock = tool_button("lock", tr("Keep the frame's shape"))
        self.lock.setCheckable(True)
        self.snap = QComboBox()
        self.optimal = QPushButton(tr("Optimal size"))
        self.outpaint = QPushButton(tr("Outpaint…"))
        self.growth = OutpaintMenu(session, self)
        self.warning = QLabel(tr("Little known"))
        self.sides = _row(self.hint, self.width_box, self.times, self.height_box, self.lock)
        self.growing = _row(self.outpaint, self.warning)
        self.fitting = _row(self.optimal, self.snap)
        self._name()
        self._lay_out()
        self._bindings = Bindings()
        self._bind()
        self._show()

    def unbind(self) -> None:
        self._bindings.clear()

    def _name(self) -> None:
        self.snap.setAccessibleName(tr("Grid of the frame"))
        self.snap.setToolTip(tr("The frame's sides snap to multiples of this. Ctrl: free."))
        for step in SNAPS:
            self.snap.addItem(tr("Free") if step == 1 else f"{step} px", step)
        self.optimal.setToolTip(
            tr("Make the frame as large as the model works: nothing is scaled.")
        )
        self.outpaint.setToolTip(tr("Let the frame stick out, so that the picture grows there."))
        self.outpaint.setMenu(self.growth)
        set_kind(self.warning, "warn")
        self.warning.setToolTip(
            tr(
                "Less than a quarter of the frame shows known picture: the result may not fit to "
                "it. Move the frame back, or let it stick out less."
            )
        )

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        set_kind(self.hint, "muted")
        for part in (self.sides, self.growing, self.fitting):
            line.addWidget(part)
        line.addStretch(1)

    def _bind(self) -> None:
        frame, document = self._session.frame, self._session.document
        self._bindings.add(
            on(frame.events.bounds, lambda _: self._show()),
            on(frame.events.snap, lambda _: self._show()),
            on(frame.events.is_locked, lambda _: self._show()),
            on(document.extent_changed, lambda _: self._show()),
            on(document.history.changed, self._warn),
        )
        self.width_box.valueChanged.connect(self._resize)
        self.height_box.valueChanged.connect(self._resize)
        self.lock.toggled.connect(self._lock)
        self.snap.activated.connect(self._choose_snap)
        self.optimal.clicked.connect(self._session.fit_frame)

    def _resize(self) -> None:
        """Take the side that was typed; the lock moves the other."""
        old = self._session.frame.bounds
        if old:
            new = Bounds(old.x, old.y, self.width_box.value(), self.height_box.value())
            self._session.frame.resize(new, snaps=False)

    def _lock(self, is_locked: bool) -> None:
        self._session.frame.is_locked = is_locked

    def _choose_snap(self, row: int) -> None:
        self._session.frame.snap = self.snap.itemData(row)

    def _show(self) -> None:
        frame = self._session.frame
        for box, side in (
            (self.width_box, frame.bounds.width if frame.bounds else 0),
            (self.height_box, frame.bounds.height if frame.bounds else 0),
        ):
            box.setVisible(frame.bounds is not None)
            was_blocked = box.blockSignals(True)
            box.setValue(side)
            box.blockSignals(was_blocked)
        self.hint.setVisible(frame.bounds is None)
        self.times.setVisible(frame.bounds is not None)
        self.lock.setVisible(frame.bounds is not None)
        self.lock.setChecked(frame.is_locked)
        self.snap.setCurrentIndex(max(0, self.snap.findData(frame.snap)))
        self.outpaint.setEnabled(self._session.document.extent is not None)
        self._warn()

    def _warn(self) -> None:
        share = known_share(self._session.document, self._session.frame)
        self.warning.setVisible(share < LITTLE_KNOWN)


class OutpaintMenu(QMenu):
    """Amount, unit, and an arrow for each side."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self.amount = QSpinBox()
        self.unit = QComboBox()
        self.arrows: dict[Direction, QToolButton] = {}
        action = QWidgetAction(self)
        action.setDefaultWidget(self._content())
        self.addAction(action)
        self.unit.currentTextChanged.connect(self._limit)
        self.amount.setValue(50)

    def _content(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(12, 8, 12, 12)
        line = QHBoxLayout()
        line.addWidget(QLabel(tr("Grow by")))
        line.addWidget(self.amount)
        line.addWidget(self.unit)
        column.addLayout(line)
        column.addLayout(self._compass())
        self.amount.setAccessibleName(tr("Amount to grow by"))
        self.unit.setAccessibleName(tr("Unit of the amount"))
        self.unit.addItems(["%", "px"])
        self._limit("%")
        indent(self.amount)
        return content

    def _compass(self) -> QGridLayout:
        names = {
            Direction.up: tr("Outpaint above"),
            Direction.left: tr("Outpaint on the left"),
            Direction.right: tr("Outpaint on the right"),
            Direction.down: tr("Outpaint below"),
        }
        grid = QGridLayout()
        for direction, (row, column, arrow) in PLACES.items():
            button = QToolButton()
            button.setArrowType(arrow)
            button.setAccessibleName(names[direction])
            button.setToolTip(names[direction])
            button.clicked.connect(lambda _=False, to=direction: self._grow(to))
            self.arrows[direction] = button
            grid.addWidget(button, row, column, Qt.AlignmentFlag.AlignCenter)
        return grid

    def _limit(self, unit: str) -> None:
        self.amount.setRange(1, MOST_PERCENT if unit == "%" else MOST_PIXELS)

    def _grow(self, direction: Direction) -> None:
        self._session.outpaint(direction, self.amount.value(), self.unit.currentText())
        self.close()


def _side(name: str) -> QSpinBox:
    box = QSpinBox()
    box.setRange(MIN_FRAME, MAX_SIDE)
    box.setKeyboardTracking(False)
    box.setMaximumWidth(SIDE_WIDTH)
    box.setSuffix(tr(" px"))
    box.setAccessibleName(name)
    indent(box)
    only_when_focused(box)
    return box


def _row(*widgets: QWidget) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(8)
    for widget in widgets:
        line.addWidget(widget)
    return row
