"""One studio per data folder: a second start raises the first window and ends."""

import contextlib
import hashlib
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

PATIENCE_MS = 1000
MOST_BYTES = 2**16  # of a path


class SingleInstance(QObject):
    """Holds the data folder's lock for the life of the program."""

    raise_requested = Signal()
    file_requested = Signal(str)  # after the other; an absolute path

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

    def claim(self, file: str = "") -> bool:
        """Become the one; False if another is, which has then been asked to show itself.

        It is asked to open `file`, too, if there is one.
        Where no lock file can be made (a read-only folder) there is nothing to protect: True.
        """
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
        if not self._lock.tryLock(0):
            if self._lock.error() == QLockFile.LockError.LockFailedError:
                self._call_first(file)
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

    def _call_first(self, file: str) -> None:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        self.has_raised = socket.waitForConnected(PATIENCE_MS)
        if self.has_raised and file:
            socket.write(file.encode(errors="surrogateescape"))
            socket.waitForBytesWritten(PATIENCE_MS)
        socket.disconnectFromServer()

    def _answer(self) -> None:
        assert self._server is not None
        while (socket := self._server.nextPendingConnection()) is not None:
            named = _heard(socket).decode(errors="surrogateescape")
            socket.deleteLater()
            self.raise_requested.emit()
            if named:
                self.file_requested.emit(named)


def _heard(socket: QLocalSocket) -> bytes:
    """Return what a caller says, who says it at once and hangs up."""
    heard = bytes(socket.readAll().data())
    while len(heard) < MOST_BYTES and socket.waitForReadyRead(PATIENCE_MS):
        heard += bytes(socket.readAll().data())
    return heard[:MOST_BYTES]
