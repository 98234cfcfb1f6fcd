"""What every test gets: no screen, no network, folders of its own, and a check for what it left."""

import logging
import os
import socket
import sys
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.golden import golden as golden  # a fixture for all tests

# Qt, huggingface_hub and torch's threads read these when they are imported.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # spinning is 5 times slower on a busy machine
os.environ.update(QT_ACCESSIBILITY="0", QT_QPA_PLATFORMTHEME="", HF_HUB_OFFLINE="1")
for name in ("QT_STYLE_OVERRIDE", "QT_SCALE_FACTOR", "QT_FONT_DPI"):
    os.environ.pop(name, None)

pytest.register_assert_rewrite("tests.contracts")
settings.register_profile("studio", deadline=None, max_examples=50)  # a busy machine is no bug
settings.load_profile("studio")

GRACE_MS = 500  # for a thread that has been told to end


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="accept the pictures as made")


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test a data folder of its own, which is not there yet, and return it."""
    folder = tmp_path / "t2i-studio-data"
    monkeypatch.setenv("T2I_STUDIO_DATA", str(folder))
    return folder


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let sockets reach this machine only."""
    if request.node.get_closest_marker("network"):
        return
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def guarded(original: Callable[..., Any]) -> Callable[..., Any]:
        def call(self: socket.socket, address: Any) -> Any:
            is_inet = self.family in {socket.AF_INET, socket.AF_INET6}
            if is_inet and not str(address[0]).startswith(("127.", "::1", "localhost")):
                pytest.fail(f"a test wanted to reach the network: {address}")
            return original(self, address)

        return call

    monkeypatch.setattr(socket.socket, "connect", guarded(connect))
    monkeypatch.setattr(socket.socket, "connect_ex", guarded(connect_ex))


@pytest.fixture(autouse=True)
def no_unexpected_logs(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail on warnings and errors in our own log unless the test takes `caplog`."""
    records: list[logging.LogRecord] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = records.append  # type: ignore[method-assign]  # one line instead of a class
    log = logging.getLogger("t2i_studio")
    log.addHandler(handler)
    yield
    log.removeHandler(handler)
    if records and "caplog" not in request.fixturenames:
        lines = "\n".join(f"{r.levelname} {r.name}: {r.getMessage()}" for r in records)
        pytest.fail(f"unexpected log messages (take caplog to expect them):\n{lines}")


class _Made:
    """The QTimers and QThreads that were made: Qt itself keeps no list of them.

    Constructors are watched and not `start`, because connecting a signal to a wrapped `start`
    would hand it the signal's arguments.
    """

    def __init__(self) -> None:
        self.objects: list[weakref.ref[Any]] = []
        self.is_watching = False

    def watch(self, core: Any) -> None:
        for kind in (core.QTimer, core.QThread):
            kind.__init__ = self._remembering(kind.__init__)
        self.is_watching = True

    def _remembering(self, original: Callable[..., None]) -> Callable[..., None]:
        def init(this: Any, *args: Any, **options: Any) -> None:
            original(this, *args, **options)
            self.objects.append(weakref.ref(this))

        return init


MADE = _Made()


@pytest.fixture(autouse=True)
def no_qt_leaks() -> Iterator[None]:
    """Fail when a thread, a timer, a pooled task or a window outlives the test (if Qt is used)."""
    if (core := sys.modules.get("PySide6.QtCore")) and not MADE.is_watching:
        MADE.watch(core)
    MADE.objects.clear()
    before = set(_windows())
    yield
    if core is None:
        return
    if core.QCoreApplication.instance():
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
    left = [repr(made) for ref in MADE.objects if (made := ref()) and _is_busy(made, core)]
    if not core.QThreadPool.globalInstance().waitForDone(GRACE_MS):
        left.append("a task in QThreadPool.globalInstance()")
    left += [repr(window) for window in _windows() if window not in before]
    if left:
        pytest.fail("left behind by this test: " + ", ".join(left))


def _windows() -> list[Any]:
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or not isinstance(widgets.QApplication.instance(), widgets.QApplication):
        return []
    tips = "QTipLabel"  # Qt's own, one for the whole program
    return [w for w in widgets.QApplication.topLevelWidgets() if w.metaObject().className() != tips]


def _is_busy(made: Any, core: Any) -> bool:
    shiboken = sys.modules["shiboken6"]
    if not shiboken.isValid(made):
        return False
    if isinstance(made, core.QTimer):
        return bool(made.isActive())
    return bool(made.isRunning() and not made.wait(GRACE_MS))
