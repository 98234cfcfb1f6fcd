"""A canvas with real events, in coordinates of the picture."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QInputDevice,
    QMouseEvent,
    QPaintEvent,
    QPointingDevice,
    QRegion,
    QTabletEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Pixels
from t2i_studio.core.layers import Layer
from t2i_studio.studio.document import Document
from t2i_studio.studio.frame import GenerationFrame
from t2i_studio.studio.tools import ToolOptions
from t2i_studio.ui.canvas.view import CanvasView
from t2i_studio.ui.qimage import from_qimage

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NO_BUTTON, NO_MODIFIER = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
PEN = QInputDevice.DeviceType.Stylus


class PaintWatch(QObject):
    """Remembers which part of a widget was painted."""

    def __init__(self) -> None:
        super().__init__()
        self.region = QRegion()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.region = self.region.united(event.region())
        return False

    @property
    def area(self) -> int:
        return sum(rect.width() * rect.height() for rect in self.region)


class Canvas:
    def __init__(self) -> None:
        self.document = Document()
        self.options = ToolOptions(brush_size=20)
        self.frame = GenerationFrame()
        self.view = CanvasView(self.document, self.options, self.frame)
        self.painted = PaintWatch()
        self.held = NO_BUTTON
        self.view.installEventFilter(self.painted)

    @property
    def mask(self) -> Pixels:
        return self.document.mask_pixels

    def at(self, x: float, y: float) -> QPointF:
        return self.view.from_picture(QPointF(x, y))

    def mouse(
        self,
        kind: QEvent.Type,
        at: QPointF,
        button: Qt.MouseButton = NO_BUTTON,
        modifiers: Qt.KeyboardModifier = NO_MODIFIER,
    ) -> None:
        place = QPointF(self.view.mapToGlobal(at.toPoint()))
        if kind == QEvent.Type.MouseButtonRelease:
            self.held &= ~button
        else:
            self.held |= button
        event = QMouseEvent(kind, at, place, button, self.held, modifiers)
        QApplication.sendEvent(self.view, event)

    def press(
        self,
        x: float,
        y: float,
        button: Qt.MouseButton = LEFT,
        modifiers: Qt.KeyboardModifier = NO_MODIFIER,
    ) -> None:
        self.mouse(QEvent.Type.MouseButtonPress, self.at(x, y), button, modifiers)

    def move(self, x: float, y: float, modifiers: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        self.mouse(QEvent.Type.MouseMove, self.at(x, y), modifiers=modifiers)

    def release(self, x: float, y: float, button: Qt.MouseButton = LEFT) -> None:
        self.mouse(QEvent.Type.MouseButtonRelease, self.at(x, y), button)

    def drag(
        self,
        *points: tuple[float, float],
        button: Qt.MouseButton = LEFT,
        modifiers: Qt.KeyboardModifier = NO_MODIFIER,
    ) -> None:
        self.press(*points[0], button, modifiers)
        for point in points[1:]:
            self.move(*point, modifiers)
        self.release(*points[-1], button)

    def click(self, x: float, y: float, modifiers: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        self.drag((x, y), modifiers=modifiers)

    def double_click(self, x: float, y: float) -> None:
        """Click as Qt does: the second press is another event."""
        self.click(x, y)
        self.mouse(QEvent.Type.MouseButtonDblClick, self.at(x, y), LEFT)
        self.release(x, y)

    @property
    def layer(self) -> Layer:
        """The lowest one."""
        return self.document.layers[0]

    def work_on_layer(self) -> None:
        self.document.activate(self.layer.id)

    @property
    def steps(self) -> tuple[str, ...]:
        """The names of what can be undone, newest first."""
        names = []
        while self.document.history.can_undo:
            names.append(self.document.history.undo_name)
            self.document.undo()
        for _ in names:
            self.document.redo()
        return tuple(names)

    def pen(self, kind: QEvent.Type, x: float, y: float, pressure: float, *, tip: str) -> bool:
        """Send a pen's event; tell whether the canvas took it."""
        pointer = getattr(QPointingDevice.PointerType, tip)
        can = QInputDevice.Capability.Pressure
        device = QPointingDevice("pen", 1, PEN, pointer, can, 1, 1)
        at = self.at(x, y)
        where = QPointF(self.view.mapToGlobal(at.toPoint()))
        event = QTabletEvent(
            kind, device, at, where, pressure, 0, 0, 0, 0, 0, NO_MODIFIER, LEFT, LEFT
        )
        QApplication.sendEvent(self.view, event)
        return event.isAccepted()

    def wheel(self, delta: int, at: QPointF, modifiers: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        place = QPointF(self.view.mapToGlobal(at.toPoint()))
        angle, phase = QPoint(0, delta), Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(at, place, QPoint(), angle, NO_BUTTON, modifiers, phase, False)
        QApplication.sendEvent(self.view, event)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        QTest.keyClick(self.view, key, modifiers)

    def settle(self) -> None:
        """Have everything painted that is waiting, and begin to watch anew."""
        QApplication.processEvents()
        self.painted.region = QRegion()

    def leave(self) -> None:
        """Take the pointer off the canvas, so that no brush is drawn."""
        QApplication.sendEvent(self.view, QEvent(QEvent.Type.Leave))

    def shot(self) -> Pixels:
        return from_qimage(self.view.grab().toImage()).pixels

    def seen(self, bounds: Bounds) -> Pixels:
        """Return what is on the screen where a rectangle of the picture lies."""
        start, end = self.at(bounds.x, bounds.y), self.at(bounds.right, bounds.bottom)
        x, y = round(start.x()), round(start.y())
        return self.shot()[y : round(end.y()), x : round(end.x())]


def noise(extent: Extent, seed: int = 0) -> Image:
    shape = (extent.height, extent.width, 3)
    return Image(np.random.default_rng(seed).integers(0, 256, shape, np.uint8))


@pytest.fixture
def blank_canvas(qtbot: QtBot) -> Iterator[Canvas]:
    canvas = Canvas()
    qtbot.addWidget(canvas.view)
    canvas.view.resize(500, 400)
    canvas.view.show()
    qtbot.waitExposed(canvas.view)
    canvas.settle()
    yield canvas
    canvas.view.unbind()


@pytest.fixture
def canvas(blank_canvas: Canvas) -> Canvas:
    """A grey picture of 200x150 at 100 %."""
    blank_canvas.document.start(Image.filled(Extent(200, 150), (120, 120, 120)))
    blank_canvas.view.set_zoom(1.0)
    blank_canvas.settle()
    return blank_canvas
