from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.layers import MASK
from t2i_studio.studio.pressure import LINEAR
from t2i_studio.studio.session import Session
from t2i_studio.studio.tools import TextAlign, Tool
from t2i_studio.ui.canvas.view import CanvasView
from t2i_studio.ui.dialogs.canvas_size import CanvasSizeDialog
from t2i_studio.ui.panels.tool_options import ToolOptionsBar


@pytest.fixture
def view(qtbot: QtBot, desk: Session) -> Iterator[CanvasView]:
    view = CanvasView(desk.document, desk.tools, desk.frame)
    qtbot.addWidget(view)
    yield view
    view.unbind()


@pytest.fixture
def bar(qtbot: QtBot, desk: Session, view: CanvasView) -> Iterator[ToolOptionsBar]:
    bar = ToolOptionsBar(desk, view)
    qtbot.addWidget(bar)
    bar.resize(1400, 36)
    bar.show()
    yield bar
    bar.row.popover.hide()
    bar.unbind()


def seen(bar: ToolOptionsBar) -> list[QWidget]:
    """The controls that are in the row or behind its button."""
    QApplication.processEvents()
    held = [bar.row.layout().itemAt(n).widget() for n in range(bar.row.layout().count())]
    return [w for w in held if w and w is not bar.row.more and w.isVisible()] + list(bar.row.folded)


def test_each_tool_shows_its_own_options(bar: ToolOptionsBar, desk: Session) -> None:
    brush, text, crop = bar.brush, bar.text, bar.crop
    expected = {
        Tool.brush: [brush.size, brush.hardness, brush.opacity, brush.pressure],
        Tool.eraser: [brush.size, brush.hardness, brush.opacity, brush.pressure],
        Tool.rectangle: [bar.hint],
        Tool.lasso: [bar.hint],
        Tool.fill: [brush.tolerance, brush.contiguous],
        Tool.colour_select: [brush.tolerance, brush.select_contiguous],
        Tool.text: [text.font_box, text.size_box, text.looks, brush.colours],
        Tool.eyedropper: [brush.colours, bar.hint],
        Tool.move: [bar.hint],
        Tool.frame: [bar.frame.sides, bar.frame.growing, bar.frame.fitting],
        Tool.crop: [crop.sides, crop.acts, crop.canvas_size],
        Tool.pan: [bar.hint],
    }
    for tool in Tool:
        desk.tools.tool = tool
        assert seen(bar) == expected[tool]


def test_on_a_layer_colour_and_opacity_count(bar: ToolOptionsBar, desk: Session) -> None:
    brush = bar.brush
    assert brush.colours not in seen(bar)
    desk.document.activate(desk.document.layers[0].id)
    assert brush.colours in seen(bar)
    for tool in (Tool.rectangle, Tool.lasso, Tool.fill):
        desk.tools.tool = tool
        assert {brush.colours, brush.opacity} <= set(seen(bar))
    desk.document.activate(MASK)
    assert brush.colours not in seen(bar)


def test_the_move_tool_says_what_it_moves(bar: ToolOptionsBar, desk: Session) -> None:
    desk.tools.tool = Tool.move
    assert bar.hint.text() == "Moves the mask"
    desk.document.activate(desk.document.layers[0].id)
    assert desk.document.layers[0].name in bar.hint.text()
    desk.document.change_layer(desk.document.active, name="Sky")
    assert "Sky" in bar.hint.text()


@pytest.mark.parametrize("tool", list(Tool))
@pytest.mark.parametrize("width", [640, 930])
def test_nothing_is_cut_off_in_a_narrow_bar(
    bar: ToolOptionsBar, desk: Session, tool: Tool, width: int
) -> None:
    desk.document.activate(desk.document.layers[0].id)
    desk.tools.tool = tool
    bar.resize(width, 36)
    QApplication.processEvents()
    shown = [each for each in seen(bar) if each not in bar.row.folded]
    wanted = [min(each.minimumSizeHint().width(), each.maximumWidth()) for each in shown]
    assert all(each.width() >= width for each, width in zip(shown, wanted, strict=True))
    right = max((each.geometry().right() for each in shown), default=0)
    assert right <= bar.row.width()
    if bar.row.folded:
        assert bar.row.more.isVisible()
        assert bar.row.more.geometry().right() <= bar.row.width()
    assert bar.fit.geometry().right() < width


def test_controls_and_options_follow_each_other(bar: ToolOptionsBar, desk: Session) -> None:
    tools, brush = desk.tools, bar.brush
    brush.size.number.setValue(77)
    brush.hardness.number.setValue(40)
    brush.opacity.number.setValue(60)
    brush.tolerance.number.setValue(12)
    brush.contiguous.click()
    brush.select_contiguous.click()
    assert (tools.brush_size, tools.hardness, tools.brush_opacity) == (77, 0.4, 0.6)
    assert (tools.tolerance, tools.contiguous, tools.select_contiguous) == (12, False, True)
    tools.brush_size, tools.hardness, tools.brush_opacity = 10, 0.3, 0.2
    assert [f.value for f in (brush.size, brush.hardness, brush.opacity)] == [10, 30, 20]


def test_every_brush_size_survives_the_slider(bar: ToolOptionsBar, desk: Session) -> None:
    for size in range(1, 601):
        desk.tools.brush_size = size
        assert desk.tools.brush_size == size
        assert bar.brush.size.value == size


def test_colours_are_chosen_swapped_and_reset(bar: ToolOptionsBar, desk: Session) -> None:
    pair = bar.brush.colours
    pair.colour.colour_changed.emit("#FF0000")
    pair.background.colour_changed.emit("#00FF00")
    assert (desk.tools.colour, desk.tools.background) == ("#FF0000", "#00FF00")
    pair.swap.click()
    assert desk.tools.colour == "#00FF00"
    assert pair.colour.accessibleDescription() == "#00ff00"
    pair.reset.click()
    assert (desk.tools.colour, desk.tools.background) == ("#000000", "#FFFFFF")


def test_pressure_is_set_in_its_popover(bar: ToolOptionsBar, desk: Session) -> None:
    bar.brush.pressure.click()
    popover = bar.brush.pressure_popover
    assert popover.isVisible()
    popover.sets_size.click()
    assert not popover.curve.isEnabled()  # nothing follows the pressure
    popover.sets_opacity.click()
    assert (desk.tools.pressure_size, desk.tools.pressure_opacity) == (False, True)
    QTest.keyClick(popover.curve.knobs[0], Qt.Key.Key_Up)
    assert desk.tools.pressure_curve == pytest.approx((0.25, 0.3, 0.75, 0.75))
    popover.reset.click()
    assert desk.tools.pressure_curve == LINEAR
    popover.hide()


def test_the_look_of_the_mask_is_set_in_its_popover(bar: ToolOptionsBar, desk: Session) -> None:
    bar.look_button.click()
    popover = bar.look_popover
    assert popover.isVisible()
    popover.outline.click()
    popover.opacity.number.setValue(80)
    popover.colour.colour_changed.emit("#FF00FF")
    tools = desk.tools
    assert (tools.has_mask_outline, tools.mask_opacity, tools.mask_colour) == (
        False,
        0.8,
        "#FF00FF",
    )
    before = bar.look_button.icon().cacheKey()
    popover.visible.click()
    assert not tools.is_mask_visible
    assert not popover.outline.isEnabled()
    assert bar.look_button.icon().cacheKey() != before
    popover.hide()


def test_text_options_and_controls_follow_each_other(bar: ToolOptionsBar, desk: Session) -> None:
    desk.tools.tool, tools, text = Tool.text, desk.tools, bar.text
    text.bold.click()
    text.italic.click()
    text.aligns[TextAlign.right].click()
    text.size_box.setValue(99)
    text.font_box.setCurrentFont(QFont("Aileron"))
    assert (tools.text_bold, tools.text_italic, tools.text_size) == (True, True, 99)
    assert (tools.text_align, tools.text_font) == (TextAlign.right, "Aileron")
    tools.text_align, tools.text_font = TextAlign.left, ""
    assert text.aligns[TextAlign.left].isChecked()
    assert tools.text_font == ""  # showing it chose nothing


def test_the_crop_box_is_typed_and_applied(
    bar: ToolOptionsBar, desk: Session, view: CanvasView
) -> None:
    desk.tools.tool, crop = Tool.crop, bar.crop
    assert not crop.apply.isEnabled()
    assert crop.width_box.value() == 200
    view.tools.crop.show(Bounds(10, 20, 100, 50))
    assert (crop.width_box.value(), crop.height_box.value()) == (100, 50)
    crop.width_box.setValue(80)
    assert view.tools.crop.box == Bounds(10, 20, 80, 50)
    crop.cancel.click()
    assert view.tools.crop.box is None
    view.tools.crop.show(Bounds(10, 20, 100, 50))
    crop.apply.click()
    assert desk.document.extent == Extent(100, 50)


def test_the_canvas_size_is_asked_for(bar: ToolOptionsBar, desk: Session) -> None:
    bar.crop.canvas_size.click()
    dialog = bar.window().findChild(CanvasSizeDialog)
    assert dialog is not None
    dialog.reject()


def test_the_zoom_is_shown_and_set(bar: ToolOptionsBar, view: CanvasView) -> None:
    view.set_zoom(3.0)
    assert bar.zoom.text() == "300 %"
    bar.zoom.click()
    assert view.zoom == 1.0
    bar.fit.click()
    assert view.camera.is_fitted


def test_unbound_it_follows_nothing(bar: ToolOptionsBar, desk: Session) -> None:
    bar.unbind()
    desk.tools.tool, desk.tools.brush_size = Tool.crop, 7
    desk.tools.is_mask_visible = False
    assert bar.crop.apply not in seen(bar)
    assert bar.brush.size.value == 50
    assert bar.look_popover.visible.isChecked()
