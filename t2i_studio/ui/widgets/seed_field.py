"""A seed: blank or -1 for a random one, else 0 to 2^63 - 1, which no spin box of Qt can hold."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from t2i_studio.core.request import MAX_SEED, RANDOM_SEED
from t2i_studio.core.words import later, tr
from t2i_studio.ui.icons import tool_button
from t2i_studio.ui.theme import caption_font, set_kind, set_property

MESSAGE = later("0 to 2⁶³ − 1, or blank for random")
TIP = later(
    "The same seed with the same settings makes the same picture. Blank or -1: a new one each time."
)


def parse_seed(text: str) -> int | None:
    """Read what people write; None if it is no seed."""
    plain = text.strip()
    if plain in ("", "-1"):
        return RANDOM_SEED
    if not (plain.isascii() and plain.isdigit()) or len(plain) > len(str(MAX_SEED)):
        return None
    return int(plain) if int(plain) <= MAX_SEED else None


class SeedField(QWidget):
    """Text that is no seed is marked and stays; `value` is then the last one that was."""

    value_changed = Signal(object)  # int; only what the user changes
    reuse_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = RANDOM_SEED
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(tr("random"))
        self.edit.setAccessibleName(tr("Seed"))
        self.edit.setToolTip(tr(TIP))
        self.dice = tool_button("dice", tr("Random seed\nDraws a new seed for each job."))
        self.reuse = tool_button("recycle", tr("Reuse the last seed"))
        self.reuse.setEnabled(False)
        self.message = QLabel(tr(MESSAGE))
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setFont(caption_font(self.font()))
        self.message.hide()
        set_kind(self.message, "danger")
        self.setFocusProxy(self.edit)
        self._lay_out()
        self.edit.textEdited.connect(self._read)
        self.dice.clicked.connect(self._roll)
        self.reuse.clicked.connect(self.reuse_requested)

    @property
    def value(self) -> int:
        return self._value

    @property
    def is_valid(self) -> bool:
        return parse_seed(self.edit.text()) is not None

    def set_value(self, value: int) -> None:
        """Show a seed without telling anybody."""
        if value == self._value and self.is_valid:
            return
        self._value = value
        self.edit.setText("" if value == RANDOM_SEED else str(value))
        self._mark()

    def set_last_seed(self, seed: int | None) -> None:
        """Offer the seed of the last picture."""
        self.reuse.setEnabled(seed is not None)
        if seed is not None:
            self.reuse.setToolTip(tr("Reuse the last seed\n{seed}", seed=seed))
            self.edit.setPlaceholderText(tr("random: {seed}", seed=seed))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.edit, 1)
        row.addWidget(self.dice)
        row.addWidget(self.reuse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.message)

    def _read(self, text: str) -> None:
        seed = parse_seed(text)
        self._mark()
        if seed is not None and seed != self._value:
            self._value = seed
            self.value_changed.emit(seed)

    def _roll(self) -> None:
        if self._value != RANDOM_SEED or not self.is_valid:
            self.set_value(RANDOM_SEED)
            self.edit.clear()
            self._mark()
            self.value_changed.emit(RANDOM_SEED)

    def _mark(self) -> None:
        is_invalid = not self.is_valid
        if bool(self.edit.property("invalid")) == is_invalid:
            return
        set_property(self.edit, "invalid", is_invalid)
        self.message.setVisible(is_invalid)
        self.edit.setAccessibleDescription(tr(MESSAGE) if is_invalid else "")
