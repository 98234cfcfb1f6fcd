"""One studio per data folder: a second start raises the first window and ends."""

import contextlib
import hashlib
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

PATIENCE_MS = 1000


class SingleInstance(QObject):
    """Holds the data folder's lock for the life of the program."""

    raise_requested = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self.has_raised = False  # whether the first window has been asked to show itself
        self._lock = QLockFile(str(folder / "studio.lock"))
        self._lock.setStaleLockTime(0)  # stale only when its process is gone
        # The name is short whatever the folder's is: socket paths end at about 100 bytes.
        digest = hashlib.sha256(str(folder.resolve()).encode(errors="surrogateescape"))
        self._name = f"t2i-studio-{digest.hexdigest()[:16]}"
        self._server: QLocalServer | None = None

    def claim(self) -> bool:
        """Become the one; False if another is, which has then been asked to show itself.

        Where no lock file can be made (a read-only folder) there is nothing to protect: True.
        """
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
        if not self._lock.tryLock(0):
            if self._lock.error() == QLockFile.LockError.LockFailedError:
                self._call_first()
                return False
            return True
        QLocalServer.removeServer(self._name)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        self._server.listen(self._name)
        return True

    def stop_answering(self) -> None:
        """Hear no calls any more: the window is gone, and the lock waits for the last write."""
        if self._server is not None:
            self._server.close()

    def release(self) -> None:
        self.stop_answering()
        self._lock.unlock()

    def _call_first(self) -> None:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        self.has_raised = socket.waitForConnected(PATIENCE_MS)
        socket.disconnectFromServer()

    def _answer(self) -> None:
        assert self._server is not None
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.deleteLater()
            self.raise_requested.emit()
