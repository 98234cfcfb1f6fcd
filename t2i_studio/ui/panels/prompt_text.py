"""Where prompt and negative prompt are written, and what the desk says to them."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from t2i_studio.core.words import tr
from t2i_studio.studio.notices import Level, Notice
from t2i_studio.studio.prompting.completion import Place, offered
from t2i_studio.studio.prompting.highlight import Mark, marks
from t2i_studio.studio.prompting.history import HistoryWalk
from t2i_studio.studio.session import Session
from t2i_studio.studio.tokens import TokenCount
from t2i_studio.ui.bind import Bindings, bind, on
from t2i_studio.ui.icons import tool_button
from t2i_studio.ui.widgets.height_grip import HeightGrip
from t2i_studio.ui.widgets.history_popup import HistoryPopup
from t2i_studio.ui.widgets.prompt_edit import PromptEdit
from t2i_studio.ui.widgets.prompt_notes import PromptNotes
from t2i_studio.ui.widgets.section import Section


class PromptText(QWidget):
    """Follows the settings' prompts and the prompt desk."""

    generate_requested = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._desk = session, session.desk
        self._walk = HistoryWalk(session.settings)
        self._popup: HistoryPopup | None = None
        self.edit = PromptEdit(tr("Describe the picture"))
        self.edit.setAccessibleName(tr("Prompt"))
        self.grip = HeightGrip(self.edit, tr("Height of the prompt"))
        self.notes = PromptNotes()
        self.history = tool_button(
            "history", tr("Prompts that were used (Ctrl+H)\nAlt+Up and Alt+Down go through them.")
        )
        self.negative = PromptEdit(tr("What the picture should not show"))
        self.negative.setAccessibleName(tr("Negative prompt"))
        self.negative_section = Section(tr("Negative prompt"), self.negative)
        self._lay_out()
        self._connect()
        self._bindings = Bindings()
        self._bind()

    def follow_model(self) -> None:
        """Offer a negative prompt if the model has one, and count as it does."""
        capabilities = self._session.capabilities
        can_negate = capabilities is not None and capabilities.has_negative_prompt
        self.negative_section.setVisible(can_negate)
        self._follow_desk()

    def open_history(self) -> None:
        """List the prompts that were used, below the prompt."""
        if self._popup is None:
            self._popup = HistoryPopup(self)
            self._popup.taken.connect(self._take_used)
            self._popup.forgotten.connect(self._walk.forget)
        self._popup.open_at(self.edit, self._session.settings.history)

    def copy_read(self) -> None:
        """Put what the model would read on the clipboard, and say so."""
        self._copy(self._desk.preview().prompt)

    def unbind(self) -> None:
        self._bindings.clear()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate:
            self._desk.look_again()  # wildcards may have been edited in another program
            self._mark()
        return super().event(event)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(QLabel(tr("Prompt")))
        head.addStretch(1)
        head.addWidget(self.history)
        below = QVBoxLayout()
        below.setSpacing(0)
        below.addWidget(self.edit)
        below.addWidget(self.grip)
        below.addWidget(self.notes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(below)
        column.addWidget(self.negative_section)
        self.setTabOrder(self.history, self.edit)

    def _connect(self) -> None:
        for edit in (self.edit, self.negative):
            edit.generate_requested.connect(self.generate_requested)
            edit.mark_with(self._marks)
        self.edit.complete_with(self._offered)
        self.negative.complete_with(self._offered_to_negative)
        self.edit.history_back.connect(lambda: self._walk.step(+1))
        self.edit.history_forward.connect(lambda: self._walk.step(-1))
        self.history.clicked.connect(self.open_history)
        self.notes.copied.connect(self._copy)

    def _bind(self) -> None:
        settings = self._session.settings
        self._bindings.add(
            bind(settings, "prompt", self.edit.set_text, self.edit.text_changed),
            bind(settings, "negative_prompt", self.negative.set_text, self.negative.text_changed),
            on(settings.events.negative_prompt, self._show_negative),
            on(settings.events.history, self._follow_history),
            on(self._desk.changed, self._follow_desk),
            on(self._desk.styles.changed, self._mark),
        )
        self._show_negative(settings.negative_prompt)

    def _show_negative(self, text: str) -> None:
        """Open the section when it gets a text: nothing unseen steers the picture."""
        if text:
            self.negative_section.set_open(True)

    def _follow_desk(self) -> None:
        """Show what becomes of the prompts, and count the tokens of that."""
        found, settings = self._desk.preview(), self._session.settings
        self.edit.set_text(settings.prompt)  # the desk may hear of it first
        self.negative.set_text(settings.negative_prompt)
        count = self._count(self.edit, found.prompt)
        unread = found.prompt[count.kept :].strip() if count else ""
        self.notes.show_evaluated(found, settings.prompt, unread)
        self._count(self.negative, found.negative_prompt)

    def _mark(self) -> None:
        for edit in (self.edit, self.negative):
            edit.mark()

    def _count(self, edit: PromptEdit, read: str) -> TokenCount | None:
        if self._session.tokens is None or self._desk.preview().problem:
            edit.clear_token_count()
            return None
        count = self._session.tokens.count(read)
        is_written = read == edit.toPlainText()
        edit.set_token_count(len(count.pieces), count.room, count.kept if is_written else None)
        return count

    def _follow_history(self, history: tuple[str, ...]) -> None:
        if self._popup is not None and self._popup.isVisible():
            self._popup.show_history(history)

    def _take_used(self, prompt: str) -> None:
        self._session.settings.prompt = prompt
        self.edit.setFocus()

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._session.noticed.emit(Notice(Level.ok, tr("Copied what the model reads.")))

    def _marks(self, text: str) -> list[Mark]:
        styles = {style.key for style in self._desk.styles.styles}
        return marks(text, self._desk.wildcards.knows, lambda name: name.casefold() in styles)

    def _offered(self, place: Place) -> list[str]:
        styles = [style.name for style in self._desk.styles.styles]
        return offered(place, self._desk.wildcards.names(), styles)

    def _offered_to_negative(self, place: Place) -> list[str]:
        return offered(place, self._desk.wildcards.names(), ())
