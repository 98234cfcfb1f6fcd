"""Events of mouse, pen, wheel and keyboard, as the tools and keys of the canvas know them."""

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QFocusEvent,
    QHideEvent,
    QInputDevice,
    QKeyEvent,
    QMouseEvent,
    QPointingDevice,
    QTabletEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from t2i_studio.ui.canvas.camera import Camera
from t2i_studio.ui.canvas.keys import CanvasKeys
from t2i_studio.ui.canvas.tools import CanvasTools
from t2i_studio.ui.drops import dropped_picture

KEYBOARD_REASONS = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}


class CanvasInput(QWidget):
    """Whoever inherits gives it the tools, keys and camera before anything can happen."""

    picture_dropped = Signal(object)  # list[str] of local files, or a QImage

    _tools: CanvasTools
    _keys: CanvasKeys
    _camera: Camera
    _came_by_keyboard = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._tools.press(event.button(), self._device(event.position()), event.modifiers())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        is_held = event.buttons() != Qt.MouseButton.NoButton
        self._tools.move_mouse(self._device(event.position()), event.modifiers(), is_held=is_held)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._tools.release(event.button(), self._device(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = self._device(event.position())
        self._tools.press(event.button(), at, event.modifiers(), is_double=True)

    def tabletEvent(self, event: QTabletEvent) -> None:
        event.setAccepted(self._take_pen(event, self._device(event.position())))

    def _take_pen(self, event: QTabletEvent, at: QPointF) -> bool:
        """Tell whether the pen paints; otherwise Qt makes it a mouse."""
        tip, modifiers, pressure = Qt.MouseButton.LeftButton, event.modifiers(), _pressure(event)
        if event.type() == QEvent.Type.TabletPress and event.button() == tip:
            is_eraser = event.pointerType() == QPointingDevice.PointerType.Eraser
            return self._tools.press_pen(at, modifiers, pressure, is_eraser=is_eraser)
        if event.type() == QEvent.Type.TabletRelease and event.button() == tip:
            return self._tools.release_pen(at)
        return self._tools.move_pen(at, modifiers, pressure)

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._tools.turn_wheel_for_size(delta)
        elif delta:
            self._tools.turn_wheel(delta, self._device(event.position()))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.setAccepted(self._keys.press(event))

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        event.setAccepted(self._keys.release(event))

    def leaveEvent(self, event: QEvent) -> None:
        self._tools.leave()

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self._came_by_keyboard = event.reason() in KEYBOARD_REASONS
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._keys.let_go()
        self.update()

    def hideEvent(self, event: QHideEvent) -> None:
        self._tools.finish()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        # With the mouse it comes when the button is let go: a right drag erases.
        if event.reason() != QContextMenuEvent.Reason.Mouse:
            self._request_menu(self._tools.aim or self._device(QPointF(self.rect().center())))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.setAccepted(dropped_picture(event.mimeData()) is not None)

    def dropEvent(self, event: QDropEvent) -> None:
        dropped = dropped_picture(event.mimeData())
        event.setAccepted(dropped is not None)
        if dropped is not None:
            self.picture_dropped.emit(dropped)

    def _device(self, at: QPointF) -> QPointF:
        return at * self._camera.ratio

    def _request_menu(self, at: QPointF) -> None:
        self.customContextMenuRequested.emit((at / self._camera.ratio).toPoint())


def _pressure(event: QTabletEvent) -> float:
    """Return 0 to 1; 1 of a device that cannot tell."""
    can_tell = event.pointingDevice().capabilities() & QInputDevice.Capability.Pressure
    return event.pressure() if can_tell else 1.0
