"""One text diff: from a text, to a text, and how far."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QVBoxLayout, QWidget

from t2i_studio.core.words import later, tr
from t2i_studio.studio.explorer.exploration import DiffRow
from t2i_studio.ui.icons import tool_button
from t2i_studio.ui.theme import set_kind
from t2i_studio.ui.widgets.share_slider import ShareSlider

DEFAULT_THETA = 0.0
TYPED_MS = 700  # after the last letter
TIP = later(
    "How far the picture turns from the one meaning to the other; 0.25 to 0.50 is the usual range."
    "\nTheta of a text diff: z = slerp(z_i, norm(z_t - z_t0), theta), Ramesh et al. 2022, 3.3"
)


class DiffRowView(QWidget):
    """Emits what the user changes; `show_row` shows what the state says."""

    edited = Signal(object, bool)  # DiffRow, whether the hand still moves
    moved = Signal(int)  # -1 up, +1 down
    removed = Signal()

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = DiffRow()
        self._typed = QTimer(self, singleShot=True, interval=TYPED_MS)
        self._typed.timeout.connect(lambda: self._edit(is_moving=False))
        self.before = _text(tr("From, like: winter"), tr("Text diff {number}, from", number=number))
        self.after = _text(tr("To, like: autumn"), tr("Text diff {number}, to", number=number))
        self.theta = ShareSlider(default=DEFAULT_THETA)
        self.theta.setAccessibleName(tr("Theta of text diff {number}", number=number))
        self.theta.setToolTip(tr(TIP))
        self.menu_button = tool_button("menu", tr("Move or remove this text diff"))
        self.menu_button.setAccessibleName(tr("Text diff {number}, more", number=number))
        self.menu_button.setMenu(self._menu())
        self.menu_button.setPopupMode(self.menu_button.ToolButtonPopupMode.InstantPopup)
        self.problem = QLabel()
        set_kind(self.problem, "warn")
        self.problem.setWordWrap(True)
        self._lay_out()
        self._connect()

    def show_row(self, row: DiffRow) -> None:
        self._row = row
        for field, text in ((self.before, row.before), (self.after, row.after)):
            if field.text() != text:
                field.setText(text)  # shows its end, where two texts differ as a rule
                field.setToolTip(text)
        self.theta.set_value(row.theta)
        self.theta.setEnabled(not row.problem)
        # An empty goal is where one begins, no mistake.
        self.problem.setText(row.problem if row.after.strip() else "")
        self.problem.setVisible(bool(self.problem.text()))

    def _lay_out(self) -> None:
        texts = QHBoxLayout()
        texts.setContentsMargins(0, 0, 0, 0)
        texts.setSpacing(4)
        arrow = QLabel("→")
        set_kind(arrow, "muted")
        for widget, stretch in (
            (self.before, 1),
            (arrow, 0),
            (self.after, 1),
            (self.menu_button, 0),
        ):
            texts.addWidget(widget, stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(texts)
        column.addWidget(self.theta)
        column.addWidget(self.problem)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(tr("Move up"), lambda: self.moved.emit(-1))
        menu.addAction(tr("Move down"), lambda: self.moved.emit(+1))
        menu.addSeparator()
        menu.addAction(tr("Swap the texts"), self._swap)
        menu.addAction(tr("Remove"), self.removed.emit)
        return menu

    def _connect(self) -> None:
        for field in (self.before, self.after):
            field.textEdited.connect(self._type)
        self.theta.value_changed.connect(lambda _: self._edit(is_moving=True))
        self.theta.settled.connect(lambda _: self._edit(is_moving=False))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._typed.stop()

    def _type(self) -> None:
        self._edit(is_moving=True)
        self._typed.start()

    def _edit(self, *, is_moving: bool) -> None:
        row = DiffRow(self.before.text(), self.after.text(), self.theta.value)
        self.edited.emit(row, is_moving)

    def _swap(self) -> None:
        row = self._row
        self.edited.emit(DiffRow(row.after, row.before, row.theta), False)


def _text(placeholder: str, name: str) -> QLineEdit:
    field = QLineEdit()
    field.setPlaceholderText(placeholder)
    field.setAccessibleName(name)
    field.setMinimumWidth(64)
    field.setAttribute(Qt.WidgetAttribute.WA_MacShowFocusRect, False)
    return field
