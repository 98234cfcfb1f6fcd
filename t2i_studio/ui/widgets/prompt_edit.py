"""Where a prompt is written: grows with it, and shows what of it the model does not see."""

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QSizePolicy, QTextEdit, QWidget

from t2i_studio.ui.theme import caption_font, current, set_kind

LEAST_LINES, MOST_LINES = 3, 8
COUNTER_ROOM = 20  # px under the text
FRAME = 6  # px of border and padding, and one to spare
RETURN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
GENERATE_MODIFIERS = (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)


class PromptEdit(QPlainTextEdit):
    """Return inserts a line; Ctrl+Return, Ctrl+Enter and Shift+Return ask for a picture."""

    text_changed = Signal(str)
    generate_requested = Signal()
    history_back = Signal()
    history_forward = Signal()

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept: int | None = None
        self._counter = QLabel(self)
        self._counter.setTextFormat(Qt.TextFormat.PlainText)
        self._counter.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._counter.hide()
        self.verticalScrollBar().rangeChanged.connect(self._place_counter)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName("Prompt")
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._tell_text)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    @property
    def counter_text(self) -> str:
        return self._counter.text() if self._counter.isVisibleTo(self) else ""

    def set_text(self, text: str) -> None:
        """Replace the text as one step that can be undone; the cursor goes to the end."""
        if text == self.toPlainText():
            return
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def set_token_count(self, tokens: int, limit: int, kept: int) -> None:
        """Show "tokens/limit", and grey the characters from `kept` on where that is too many."""
        is_over = tokens > limit
        unseen = len(self.toPlainText()) - kept
        self._kept = kept if is_over else None
        self._counter.setText(f"{tokens}/{limit}")
        self._counter.setToolTip(
            f"The last {unseen} characters are not seen by the model: "
            f"its text encoder reads {limit} tokens."
            if is_over
            else f"Tokens of the prompt, of the {limit} that the text encoder reads."
        )
        self._counter.setAccessibleName(self._counter.toolTip())
        set_kind(self._counter, "warn" if is_over else "muted")
        self._counter.show()
        self._place_counter()
        self._grey()

    def clear_token_count(self) -> None:
        """Show no count: the model has no limit, or none that is known."""
        self._kept = None
        self._counter.hide()
        self._grey()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in RETURN_KEYS and modifiers in GENERATE_MODIFIERS:
            self.generate_requested.emit()
        elif modifiers == Qt.KeyboardModifier.AltModifier and event.key() == Qt.Key.Key_Up:
            self.history_back.emit()
        elif modifiers == Qt.KeyboardModifier.AltModifier and event.key() == Qt.Key.Key_Down:
            self.history_forward.emit()
        else:
            super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Leave files and pictures to the window: they are not a prompt."""
        return source.hasText() and not source.hasUrls() and not source.hasImage()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if self.canInsertFromMimeData(source):
            self.insertPlainText(source.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_counter()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self._grey()
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._grow()

    def _tell_text(self) -> None:
        self.text_changed.emit(self.toPlainText())

    def _grow(self) -> None:
        """Be as high as the text, within limits; a plain text document counts in lines."""
        lines = round(self.document().documentLayout().documentSize().height())
        shown = max(LEAST_LINES, min(lines, MOST_LINES))
        text = shown * self.fontMetrics().lineSpacing() + 2 * round(
            self.document().documentMargin()
        )
        self.setViewportMargins(0, 0, 0, COUNTER_ROOM)
        self.setFixedHeight(text + COUNTER_ROOM + 2 * FRAME)

    def _place_counter(self) -> None:
        self._counter.setFont(caption_font(self.font()))
        self._counter.adjustSize()
        size, bar = self._counter.size(), self.verticalScrollBar()
        right = self.width() - (bar.width() if bar.isVisible() else 0)
        self._counter.move(right - size.width() - 10, self.height() - size.height() - 5)

    def _grey(self) -> None:
        if self._kept is None:
            self.setExtraSelections([])
            return
        selection = QTextEdit.ExtraSelection()
        # PySide's stubs leave these two attributes out of the class.
        selection.cursor = self._cursor_behind(self._kept)
        selection.format = QTextCharFormat()
        selection.format.setForeground(QColor(current().muted))
        self.setExtraSelections([selection])

    def _cursor_behind(self, characters: int) -> QTextCursor:
        """Select from there to the end; Qt counts in UTF-16, where an emoji is two."""
        kept = self.toPlainText()[:characters]
        cursor = QTextCursor(self.document())
        cursor.setPosition(len(kept.encode("utf-16-le", "surrogatepass")) // 2)
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        return cursor
