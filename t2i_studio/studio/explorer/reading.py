"""What a picture is taken for: of all that was asked, only the newest matters."""

from psygnal import Signal

from t2i_studio.core.concept import FromPicture
from t2i_studio.core.events import Classified, Event, Failed, Terminal
from t2i_studio.core.request import Classify
from t2i_studio.studio.explorer.desk import Desk


class Reading:
    """Asks one question at a time; while it waits, the newest other one does (main thread)."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._running: Classify | None = None
        self._next: Classify | None = None
        self._known: Classify | None = None  # what was asked last, unless it failed
        self._is_forgotten = False  # what runs
        self.answer: Classified | None = None
        self.message = ""  # why there is no answer

    @property
    def is_busy(self) -> bool:
        return self._running is not None

    def ask(self, request: Classify) -> None:
        """Classify, unless that is what was asked last."""
        if self._known is not None and _is_same(request, self._known):
            return
        self._known = request
        if self._running is None:
            self._start(request)
        else:
            self._next = request

    def clear(self) -> None:
        """Forget the answer, and whatever may still come."""
        if self.answer is None and self._known is None and not self.message:
            return
        self._next = self._known = self.answer = None
        self._is_forgotten, self.message = True, ""
        self.changed.emit()

    def _start(self, request: Classify) -> None:
        self._running = self._known = request
        self._is_forgotten = False
        self._desk.ask(request, self._hear)
        self.changed.emit()

    def _hear(self, event: Event) -> None:
        if not self._is_forgotten:
            self._take(event)
        if isinstance(event, Terminal):
            self._end()

    def _take(self, event: Event) -> None:
        match event:
            case Classified():
                self.answer, self.message = event, ""
            case Failed():
                self._known, self.answer, self.message = None, None, event.message

    def _end(self) -> None:
        following, self._running, self._next = self._next, None, None
        if following is not None:
            self._start(following)
        else:
            self.changed.emit()


def _is_same(one: Classify, other: Classify) -> bool:
    """Compare without reading pixels: pictures are immutable, and asked for again and again."""
    return (
        isinstance(one.start, FromPicture)
        and isinstance(other.start, FromPicture)
        and one.start.image is other.start.image
        and (one.model, one.labels, one.templates) == (other.model, other.labels, other.templates)
    )
