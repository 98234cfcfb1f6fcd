"""Prompts from a file: asked for, read in the background, and queued."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from t2i_studio.core.words import later, tr
from t2i_studio.studio.background import Background
from t2i_studio.studio.notices import notice_of
from t2i_studio.studio.prompting.many import queue_prompts
from t2i_studio.studio.prompting.prompt_files import read_prompts
from t2i_studio.studio.session import Session
from t2i_studio.ui.file_dialogs import ask_for_file

FILTER: Final = later("Text, a prompt on each line (*.txt)")


class PromptFiles(QObject):
    """Every trouble is a notice."""

    def __init__(self, session: Session, background: Background, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._background, self._window = session, background, window

    def ask(self) -> None:
        """Let a file be chosen."""
        ask_for_file(self._window, tr("Prompts from a file"), tr(FILTER), self.take)

    def take(self, path: str) -> None:
        """Queue a job for each line, with the settings as they are then."""

        def queue(prompts: tuple[str, ...]) -> None:
            self._session.noticed.emit(queue_prompts(self._session, prompts).notice)

        def complain(error: Exception) -> None:
            self._session.noticed.emit(notice_of(error))

        self._background.read(lambda: read_prompts(Path(path)), queue, complain)
