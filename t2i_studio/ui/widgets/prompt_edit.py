"""Where a prompt is written: it shows what its signs are, and what the model does not see."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QSizePolicy, QTextEdit, QWidget

from t2i_studio.core.words import tr
from t2i_studio.studio.prompting.completion import Place, completed, everything_at, place_at
from t2i_studio.studio.prompting.weights import STEP, edit_weight
from t2i_studio.ui.theme import caption_font, current, set_kind
from t2i_studio.ui.widgets.completion_popup import CompletionPopup
from t2i_studio.ui.widgets.prompt_marks import Marker, show_marks
from t2i_studio.ui.widgets.text_places import TextPlaces

LEAST_LINES, MOST_LINES = 3, 8  # of one that grows by itself
TALLEST: Final = 40  # lines
COUNTER_ROOM = 20  # px under the text
SPARE: Final = 4  # px that figures of one width need beyond what Qt measures
FRAME = 6  # px of border and padding, and one to spare
RETURN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
GENERATE_MODIFIERS = (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
ERASES = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier

Offer = Callable[[Place], list[str]]


class PromptEdit(QPlainTextEdit):
    """Return inserts a line; Ctrl+Return, Ctrl+Enter and Shift+Return ask for a picture.

    Ctrl+Up and Ctrl+Down change the weight of words, Ctrl+Space offers what can be put in.
    """

    text_changed = Signal(str)
    generate_requested = Signal()
    history_back = Signal()
    history_forward = Signal()

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept: int | None = None
        self._lines: int | None = None
        self._marker: Marker | None = None
        self._offer: Offer | None = None
        self._popup: CompletionPopup | None = None
        self._counter = QLabel(self)
        self._counter.setTextFormat(Qt.TextFormat.PlainText)
        self._counter.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._counter.hide()
        self.verticalScrollBar().rangeChanged.connect(self._place_counter)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(tr("Prompt"))
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._tell_text)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    # what it shows ---------------------------------------------------------------------------

    @property
    def counter_text(self) -> str:
        return self._counter.text() if self._counter.isVisibleTo(self) else ""

    @property
    def popup(self) -> CompletionPopup | None:
        """What is offered at the caret; None until something was."""
        return self._popup

    @property
    def lines(self) -> int | None:
        """How many lines high it is; None: as many as the text has, within limits."""
        return self._lines

    def set_lines(self, lines: int | None) -> None:
        """Be so high, whatever is written; None to grow with the text."""
        self._lines = None if lines is None else max(LEAST_LINES, min(lines, TALLEST))
        self._grow()

    def lines_in(self, height: float) -> float:
        """Return how many lines are seen where it is so high, px."""
        return (height - self._around) / self.fontMetrics().lineSpacing()

    def set_text(self, text: str) -> None:
        """Replace the text as one step that can be undone; the cursor goes to the end."""
        if text == self.toPlainText():
            return
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def mark_with(self, marker: Marker) -> None:
        """Colour what `marker` finds in the text."""
        self._marker = marker
        self.mark()

    def mark(self) -> None:
        """Colour the text anew."""
        if self._marker is not None:
            text = self.toPlainText()
            show_marks(self.document(), text, self._marker(text))
        self._grey()

    def complete_with(self, offer: Offer) -> None:
        """Offer what `offer` returns for a place where something is being written."""
        self._offer = offer

    def set_token_count(self, tokens: int, limit: int, kept: int | None) -> None:
        """Show "tokens/limit", and grey the characters from `kept` on where that is too many.

        None: what the model reads is not the text itself.
        """
        is_over = tokens > limit
        self._kept = kept if is_over else None
        self._counter.setText(f"{tokens}/{limit}")
        self._counter.setToolTip(self._explained(is_over, limit, kept))
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

    # what is done with it --------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = event.key()
        if self._popup is not None and self._popup.takes(event):
            return
        if key in RETURN_KEYS and modifiers in GENERATE_MODIFIERS:
            self._close_popup()
            self.generate_requested.emit()
        elif modifiers == ALT and key == Qt.Key.Key_Up:
            self.history_back.emit()
        elif modifiers == ALT and key == Qt.Key.Key_Down:
            self.history_forward.emit()
        elif modifiers == CTRL and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._reweigh(STEP if key == Qt.Key.Key_Up else -STEP)
        elif modifiers == CTRL and key == Qt.Key.Key_Space:
            self._complete(is_asked=True)
        else:
            super().keyPressEvent(event)
            is_typed = bool(event.text()) and event.text().isprintable()
            if is_typed or key in ERASES or self._is_offering:
                self._complete()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        super().inputMethodEvent(event)
        self._complete()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._close_popup()

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
            self.mark()
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._grow()

    def _tell_text(self) -> None:
        self.mark()
        self.text_changed.emit(self.toPlainText())

    def _reweigh(self, step: float) -> None:
        text, cursor = self.toPlainText(), self.textCursor()
        places = TextPlaces(text)
        chosen = places.python(cursor.selectionStart()), places.python(cursor.selectionEnd())
        changed, (start, end) = edit_weight(text, chosen, step)
        self._replace(text, changed)
        places = TextPlaces(changed)
        cursor = self.textCursor()
        cursor.setPosition(places.qt(start))
        cursor.setPosition(places.qt(end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def _replace(self, text: str, changed: str) -> None:
        """Put `changed` in the place of `text`, as one step that can be undone."""
        if changed == text:
            return
        start = _shared(text, changed)
        rest = min(len(text), len(changed)) - start
        end = min(rest, _shared(text[::-1], changed[::-1]))
        places, cursor = TextPlaces(text), QTextCursor(self.document())
        cursor.setPosition(places.qt(start))
        cursor.setPosition(places.qt(len(text) - end), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(changed[start : len(changed) - end])

    def _complete(self, *, is_asked: bool = False) -> None:
        """Offer what can be put in where something is being written, or anywhere if asked."""
        place = self._place(is_asked=is_asked) if self._offer else None
        texts = self._offer(place) if self._offer and place else []
        if not texts:
            self._close_popup()
            return
        if self._popup is None or self._popup.parentWidget() is not self.window():
            self._popup = CompletionPopup(self)
            self._popup.chosen.connect(self._put_in)
        caret = self.cursorRect()
        corner = self.viewport().mapTo(self.window(), caret.topLeft())
        self._popup.offer(texts, QRect(corner, caret.size()))

    def _place(self, *, is_asked: bool) -> Place | None:
        text = self.toPlainText()
        caret = TextPlaces(text).python(self.textCursor().position())
        return place_at(text, caret) or (everything_at(caret) if is_asked else None)

    def _put_in(self, chosen: str) -> None:
        text, place = self.toPlainText(), self._place(is_asked=True)
        assert place is not None
        changed, caret = completed(text, place, chosen)
        self._replace(text, changed)
        cursor = self.textCursor()
        cursor.setPosition(TextPlaces(changed).qt(caret))
        self.setTextCursor(cursor)

    @property
    def _is_offering(self) -> bool:
        return self._popup is not None and self._popup.isVisible()

    def _close_popup(self) -> None:
        if self._popup is not None:
            self._popup.hide()

    # how it looks ----------------------------------------------------------------------------

    def _explained(self, is_over: bool, limit: int, kept: int | None) -> str:
        if not is_over:
            return tr(
                "Tokens of the prompt, of the {limit} that the text encoder reads.", limit=limit
            )
        if kept is None:
            return tr(
                "The model does not see all that becomes of the prompt: "
                "its text encoder reads {limit} tokens.",
                limit=limit,
            )
        return tr(
            "The last {count} characters are not seen by the model: "
            "its text encoder reads {limit} tokens.",
            count=len(self.toPlainText()) - kept,
            limit=limit,
        )

    @property
    def _around(self) -> int:
        """The height of what is around the lines, px."""
        return 2 * round(self.document().documentMargin()) + COUNTER_ROOM + 2 * FRAME

    def _grey(self) -> None:
        """Grey what the model does not see."""
        if self._kept is None:
            self.setExtraSelections([])
            return
        text, grey = self.toPlainText(), QTextEdit.ExtraSelection()
        # PySide's stubs leave these two attributes out of the class.
        grey.cursor = QTextCursor(self.document())
        grey.cursor.setPosition(TextPlaces(text).qt(min(self._kept, len(text))))
        grey.cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        grey.format = QTextCharFormat()
        grey.format.setForeground(QColor(current().muted))
        self.setExtraSelections([grey])

    def _grow(self) -> None:
        """Be as high as the text, within limits; a plain text document counts in lines."""
        lines = round(self.document().documentLayout().documentSize().height())
        shown = self._lines or max(LEAST_LINES, min(lines, MOST_LINES))
        self.setViewportMargins(0, 0, 0, COUNTER_ROOM)
        self.setFixedHeight(shown * self.fontMetrics().lineSpacing() + self._around)

    def _place_counter(self) -> None:
        self._counter.setFont(caption_font(self.font()))
        self._counter.resize(self._counter.sizeHint() + QSize(SPARE, 0))
        size, bar = self._counter.size(), self.verticalScrollBar()
        right = self.width() - (bar.width() if bar.isVisible() else 0)
        self._counter.move(QPoint(right - size.width() - 10, self.height() - size.height() - 5))


def _shared(a: str, b: str) -> int:
    """Return how many characters both texts begin with."""
    pairs = zip(a, b, strict=False)
    return next((place for place, (x, y) in enumerate(pairs) if x != y), min(len(a), len(b)))
