"""The canvas as a widget: draws the scene, and hands what people do to the tools."""

import math
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image
from t2i_studio.core.words import tr
from t2i_studio.studio.background import Background, InlineBackground
from t2i_studio.studio.cover_work import CoverWork
from t2i_studio.studio.document import Document
from t2i_studio.studio.frame import GenerationFrame
from t2i_studio.studio.tools import ToolOptions
from t2i_studio.ui import theme
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.canvas.camera import Camera
from t2i_studio.ui.canvas.content import FrameView, Overlay
from t2i_studio.ui.canvas.input import CanvasInput
from t2i_studio.ui.canvas.keys import CanvasKeys
from t2i_studio.ui.canvas.pointer import Pointer
from t2i_studio.ui.canvas.scene import Scene
from t2i_studio.ui.canvas.text_editor import TextEditor
from t2i_studio.ui.canvas.tool import Cursor
from t2i_studio.ui.canvas.tools import CanvasTools

FOCUS_WIDTH: Final = 2.0  # px


class CanvasView(CanvasInput):
    """Shows the document and what is laid over it, and lets people work on it."""

    zoom_changed = Signal(float)  # 1.0: a pixel of the picture is one of the screen

    def __init__(
        self,
        document: Document,
        tools: ToolOptions,
        frame: GenerationFrame | None = None,
        background: Background | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._is_open_to_paint = True
        self._is_covered = False
        self.covers = CoverWork(document, background or InlineBackground())
        self._scene = Scene(document, tools, self)
        self._camera = Camera(self._scene.extent, self)
        self._tools = CanvasTools(
            document, tools, self._camera, frame or GenerationFrame(), self.covers, self
        )
        self._keys = CanvasKeys(self._tools, tools, self._camera)
        self._pointer = Pointer(self._tools, tools, self._camera)
        self.text_editor = TextEditor(self._tools.text, self)
        self._pointer_rect = QRect()  # where it was drawn
        self._shown_cursor: Cursor | None = None
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
    def tools(self) -> CanvasTools:
        """The tool in hand."""
        return self._tools

    @property
    def keys(self) -> CanvasKeys:
        """What single keys do here, which can be changed."""
        return self._keys

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

    @property
    def frame_view(self) -> FrameView | None:
        """How the generation frame is drawn; None for not at all."""
        return self._scene.frame_view

    @frame_view.setter
    def frame_view(self, frame: FrameView | None) -> None:
        self._scene.frame_view = frame

    def show_overlay(
        self, image: Image | None, bounds: Bounds | None = None, *, is_closed: bool = True
    ) -> None:
        """Lay a preview or a staged result over the picture, or over `bounds` of it.

        Closed, one cannot work on what is below: what a hand has begun there ends.
        """
        self._is_covered = is_closed and image is not None
        if self._is_covered:
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

    def fit_part(self, part: Bounds) -> None:
        """Show a rectangle of the picture as large as there is room for it."""
        self._camera.fit_part(part)

    def cover_bottom(self, height: int) -> None:
        """Know of what lies over the bottom edge: a picture that is fitted stays clear of it."""
        self._camera.covered = round(height * self._camera.ratio)
        if self._camera.is_fitted:
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
        self.setAccessibleName(tr("Canvas"))
        self.setAccessibleDescription(
            tr(
                "Picture, mask and layers. A letter takes a tool: B brush, E eraser, U rectangle, "
                "L lasso, H hand; arrow keys move the crosshair, with Shift by 10 pixels; Return "
                "uses the tool there, Shift+Return paints a line from the last point; [ and ] "
                "change the brush, plus and minus the zoom."
            )
        )

    def _connect(self, options: ToolOptions) -> None:
        document, events = self._document, options.events
        cursor_fields = (events.brush_size, events.hardness, events.colour)
        looks = (
            events.mask_colour,
            events.mask_opacity,
            events.is_mask_visible,
            events.has_mask_outline,
        )
        letters = (
            events.text_font,
            events.text_size,
            events.text_bold,
            events.text_italic,
            events.text_align,
            events.colour,
        )
        self._bindings.add(
            on(document.extent_changed, lambda _: self._show_another_picture()),
            on(document.picture_changed, self._scene.renew_picture),
            on(document.mask_changed, self._scene.renew_mask),
            on(document.layers_changed, self._show_cursor),
            on(document.active_changed, self._show_cursor),
            on(events.tool, lambda _: self._tools.follow_tool()),
            *(on(field, lambda _: self._show_cursor()) for field in cursor_fields),
            *(on(field, lambda _: self.update()) for field in looks),
            *(on(field, lambda _: self._tools.text.refresh()) for field in letters),
        )
        self.destroyed.connect(self._bindings.clear)
        self._scene.changed.connect(self._show_change)
        self._camera.moved.connect(self._show_all)
        self._camera.zoom_changed.connect(self.zoom_changed)
        self._tools.cursor_moved.connect(self._show_cursor)
        self._tools.sketched.connect(self._show_sketch)
        self._tools.menu_requested.connect(self._request_menu)

    def _follow_content(self) -> None:
        """Bring zoom and tools in line with what is shown now."""
        has_mask = self._document.extent is not None and not self._is_covered
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
        self._place_editor()
        self.update()

    def _show_sketch(self) -> None:
        self._scene.sketch = self._tools.sketch
        self._scene.floating = self._tools.floating
        self._place_editor()
        self._show_cursor()

    def _place_editor(self) -> None:
        box = self._tools.text.box
        place = QRectF()
        if box is not None:
            place = QRectF(
                self.from_picture(QPointF(box.x, box.y)),
                self.from_picture(QPointF(box.right, box.bottom)),
            )
        self.text_editor.show_at(place)

    def _show_cursor(self) -> None:
        cursor = self._tools.cursor
        if cursor is not self._shown_cursor:
            self._shown_cursor = cursor
            self.setCursor(cursor)
        rect = self._pointer.place
        if rect.isValid() or self._pointer_rect.isValid():
            self.update(self._pointer_rect)
            self.update(rect)
        self._pointer_rect = rect

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
        self._pointer.draw(painter)
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
