"""What Generate will do now, for everything that shows it."""

from psygnal import Signal

from t2i_studio.studio.compose import Task, task_of
from t2i_studio.studio.document import Document
from t2i_studio.studio.frame import GenerationFrame
from t2i_studio.studio.settings import Settings


class Intent:
    """Follows mask, layers, strength and frame (main thread)."""

    changed = Signal(Task)

    def __init__(self, settings: Settings, document: Document, frame: GenerationFrame) -> None:
        self._settings, self._document, self._frame = settings, document, frame
        self.task = self._now()
        changes = (
            document.mask_changed,
            document.picture_changed,
            document.extent_changed,
            settings.events.strength,
            frame.events.area,
            frame.events.bounds,
        )
        for change in changes:
            change.connect(self._look, max_args=0)

    def _now(self) -> Task:
        return task_of(self._settings, self._document, self._frame)

    def _look(self) -> None:
        task = self._now()
        if task is not self.task:
            self.task = task
            self.changed.emit(task)
