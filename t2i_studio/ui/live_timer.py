"""The live mode's sense of time: a moment after a change, and a while without one."""

from typing import Final

from PySide6.QtCore import QObject, QTimer

from t2i_studio.studio.live import LiveMode
from t2i_studio.ui.bind import Bindings, on

SOON_MS: Final = 150  # after a stroke or a key
STILL_MS: Final = 600  # without another


class LiveTimer(QObject):
    """Lets the live mode make a small picture soon, and the full one when a hand rests."""

    def __init__(self, live: LiveMode, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._still = QTimer(self, singleShot=True, interval=STILL_MS)
        self._soon.timeout.connect(live.refresh)
        self._still.timeout.connect(live.settle)
        self._bindings = Bindings([on(live.touched, self._wait), on(live.rested, self._rest)])

    @property
    def is_waiting(self) -> bool:
        return self._soon.isActive() or self._still.isActive()

    def unbind(self) -> None:
        self._bindings.clear()
        self._rest()

    def _wait(self) -> None:
        self._soon.start()
        self._still.start()

    def _rest(self) -> None:
        self._soon.stop()
        self._still.stop()
