"""The canvas as a widget: draws the scene, and hands what people do to the tools."""

import math
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPointingDevice,
    QResizeEvent,
    QTabletEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image
from t2i_studio.studio.document import Document
from t2i_studio.studio.tools import ToolOptions
from t2i_studio.ui import theme
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.canvas.camera import Camera
from t2i_studio.ui.canvas.content import Overlay
from t2i_studio.ui.canvas.keys import CanvasKeys
from t2i_studio.ui.canvas.overlays import CROSS, draw_crosshair, draw_ring
from t2i_studio.ui.canvas.scene import Scene
from t2i_studio.ui.canvas.tools import CanvasTools
from t2i_studio.ui.drops import dropped_picture

FOCUS_WIDTH: Final = 2.0  # px
KEYBOARD_REASONS: Final = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
DESCRIPTION: Final = (
    "Picture and mask. B brush, E eraser, H hand; arrow keys move the crosshair, with Shift by "
    "10 pixels; Return paints there, Shift+Return a line from the last point; [ and ] change "
    "the brush, plus and minus the zoom."
)


class CanvasView(QWidget):
    """Shows the document and what is laid over it, and lets people paint the mask."""

    zoom_changed = Signal(float)  # 1.0: a pixel of the picture is one of the screen
    picture_dropped = Signal(object)  # list[str] of local files, or a QImage

    def __init__(
        self, document: Document, tools: ToolOptions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._is_open_to_paint = True
        self._scene = Scene(document, tools, self)
        self._camera = Camera(self._scene.extent, self)
        self._tools = CanvasTools(document, tools, self._camera, self)
        self._keys = CanvasKeys(self._tools, tools, self._camera)
        self._brush_rect = QRect()  # where the brush was drawn
        self._came_by_keyboard = False
        self._bindings = Bindings()
        self._set_up()
        self._connect(tools)
        self._follow_content()

    @property
    def scene(self) -> Scene:
        """What is drawn."""
        return self._scene

    @property
    def camera(self) -> Camera:
        """Zoom and position, in device pixels."""
        return self._camera

    @property
    def zoom(self) -> float:
        return self._camera.zoom

    @property
    def is_mask_editable(self) -> bool:
        """Whether one can paint: not without a picture, nor on what is laid over it.

        Setting it to False closes the mask for any other reason.
        """
        return self._tools.is_editable

    @is_mask_editable.setter
    def is_mask_editable(self, is_editable: bool) -> None:
        self._is_open_to_paint = is_editable
        self._follow_content()

    def show_overlay(self, image: Image | None, bounds: Bounds | None = None) -> None:
        """Lay a preview or a staged result over the picture, or over `bounds` of it."""
        self._tools.finish()
        self._scene.lay_over(Overlay(image, bounds) if image else None)
        self._follow_content()
        self.update()

    def set_blank_extent(self, extent: Extent) -> None:
        """Say how large a picture is going to be that grows on the empty canvas."""
        self._scene.blank = extent
        self._follow_content()

    def fit(self) -> None:
        self._camera.fit()

    def set_zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom around a point of the widget, or around its middle."""
        self._camera.set_zoom(factor, at * self._camera.ratio if at else None)

    def zoom_in(self) -> None:
        self._camera.zoom_in()

    def zoom_out(self) -> None:
        self._camera.zoom_out()

    def to_picture(self, at: QPointF) -> QPointF:
        """Return which point of the picture lies at a point of the widget."""
        device = at * self._camera.ratio
        return QPointF(*self._camera.viewport.to_picture(device.x(), device.y()))

    def from_picture(self, at: QPointF) -> QPointF:
        """Return where in the widget a point of the picture lies."""
        return QPointF(*self._camera.viewport.to_view(at.x(), at.y())) / self._camera.ratio

    def unbind(self) -> None:
        """Follow the document no longer."""
        self._bindings.clear()

    def sizeHint(self) -> QSize:
        return QSize(640, 640)

    # following ---------------------------------------------------------------------------------

    def _set_up(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setTabletTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Canvas")
        self.setAccessibleDescription(DESCRIPTION)

    def _connect(self, options: ToolOptions) -> None:
        document, events = self._document, options.events
        self._bindings.add(
            on(document.extent_changed, lambda _: self._show_another_picture()),
            on(document.picture_changed, self._scene.renew_picture),
            on(document.mask_changed, self._scene.renew_mask),
            on(events.tool, lambda _: self._show_cursor()),
            on(events.brush_size, lambda _: self._show_cursor()),
            on(events.mask_colour, lambda _: self.update()),
            on(events.mask_opacity, lambda _: self.update()),
            on(events.is_mask_visible, lambda _: self.update()),
        )
        self.destroyed.connect(self._bindings.clear)
        self._scene.changed.connect(self._show_change)
        self._camera.moved.connect(self._show_all)
        self._camera.zoom_changed.connect(self.zoom_changed)
        self._tools.cursor_moved.connect(self._show_cursor)
        self._tools.menu_requested.connect(self._request_menu)

    def _follow_content(self) -> None:
        """Bring zoom and tools in line with what is shown now."""
        has_mask = self._document.picture is not None and self._scene.overlay is None
        self._tools.is_editable = has_mask and self._is_open_to_paint
        self._camera.show_extent(self._scene.extent)
        self._show_cursor()

    def _show_another_picture(self) -> None:
        self._scene.renew_all()
        self._tools.forget_place()
        self._follow_content()
        self.update()

    def _show_change(self, bounds: Bounds | None) -> None:
        """Draw what has changed in `bounds` of the picture, or everything."""
        if bounds is None:
            self.update()
        else:
            self._update(self._scene.touched(bounds, self._camera))

    def _show_all(self) -> None:
        self._show_cursor()
        self.update()

    def _show_cursor(self) -> None:
        if self.cursor().shape() != self._tools.cursor:
            self.setCursor(self._tools.cursor)
        rect = self._place_of_brush()
        if rect.isValid() or self._brush_rect.isValid():
            self.update(self._brush_rect)
            self.update(rect)
        self._brush_rect = rect

    def _place_of_brush(self) -> QRect:
        at, ratio = self._tools.brush_at, self._camera.ratio
        if at is None:
            return QRect()
        reach = max(self._tools.brush_radius, CROSS * ratio) + 3 * ratio
        middle = at / ratio
        around = QRectF(middle, middle)
        return around.adjusted(*(x * reach / ratio for x in (-1, -1, 1, 1))).toAlignedRect()

    def _update(self, part: Bounds) -> None:
        """Draw a part of the view anew; it is given in device pixels."""
        ratio = self._camera.ratio
        x, y = math.floor(part.x / ratio), math.floor(part.y / ratio)
        right, bottom = math.ceil(part.right / ratio), math.ceil(part.bottom / ratio)
        self.update(x, y, right - x, bottom - y)

    # drawing -----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._camera.ratio != self.devicePixelRatioF():
            self._measure()  # on another screen
        painter = QPainter(self)
        for rect in event.region():  # type: ignore[attr-defined]  # the stub lacks it
            self._draw(painter, rect)
        if self._came_by_keyboard and self.hasFocus():
            self._draw_focus(painter)
        painter.end()

    def _draw(self, painter: QPainter, rect: QRect) -> None:
        ratio = self._camera.ratio
        painter.save()
        painter.setClipRect(rect)
        painter.scale(1 / ratio, 1 / ratio)
        corners = QPointF(rect.topLeft()), QPointF(rect.bottomRight()) + QPointF(1, 1)
        exposed = QRectF(*(corner * ratio for corner in corners)).toAlignedRect()
        self._scene.draw(painter, exposed, self._camera)
        if at := self._tools.brush_at:
            draw_ring(painter, at, self._tools.brush_radius, ratio)
            if self._tools.crosshair is not None:
                draw_crosshair(painter, at, ratio)
        painter.restore()

    def _draw_focus(self, painter: QPainter) -> None:
        painter.setPen(QPen(QColor(theme.current().focus), FOCUS_WIDTH))
        inset = FOCUS_WIDTH / 2
        painter.drawRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._measure()
        super().resizeEvent(event)

    def _measure(self) -> None:
        ratio = self.devicePixelRatioF()
        size = Extent(round(self.width() * ratio), round(self.height() * ratio))
        self._camera.resize(size, ratio)

    # input -------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._tools.press(event.button(), self._device(event.position()), event.modifiers())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._tools.move(self._device(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._tools.release(event.button(), self._device(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)  # two quick dabs are two dabs

    def tabletEvent(self, event: QTabletEvent) -> None:
        at, pressure = self._device(event.position()), event.pressure()
        is_eraser = event.pointerType() == QPointingDevice.PointerType.Eraser
        event.setAccepted(self._take_pen(event, at, pressure, is_eraser))

    def _take_pen(self, event: QTabletEvent, at: QPointF, pressure: float, is_eraser: bool) -> bool:
        """Tell whether the pen paints; otherwise Qt makes it a mouse."""
        tip = Qt.MouseButton.LeftButton
        if event.type() == QEvent.Type.TabletPress and event.button() == tip:
            return self._tools.press_pen(at, pressure, is_eraser=is_eraser)
        if event.type() == QEvent.Type.TabletRelease and event.button() == tip:
            return self._tools.release_pen(at)
        return self._tools.move_pen(at, pressure)

    def wheelEvent(self, event: QWheelEvent) -> None:
        delta = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._tools.turn_wheel_for_size(delta)
        else:
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
        self._tools.let_go_of_space()
        self.update()

    def hideEvent(self, event: QHideEvent) -> None:
        self._tools.finish()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        # With the mouse it comes when the button is let go: a right drag erases.
        if event.reason() != QContextMenuEvent.Reason.Mouse:
            at = self._tools.brush_at or self._device(QPointF(self.rect().center()))
            self._request_menu(at)

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
