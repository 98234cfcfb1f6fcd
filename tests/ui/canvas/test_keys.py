import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QApplication

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.studio.tools import Tool
from t2i_studio.ui.canvas.keys import CANVAS_KEYS
from tests.ui.canvas.conftest import NO_MODIFIER, Canvas

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def takes(
    canvas: Canvas,
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier = NO_MODIFIER,
    kind: QEvent.Type = QEvent.Type.KeyPress,
    *,
    repeats: bool = False,
) -> bool:
    """Send a key and tell whether the canvas kept it for itself."""
    event = QKeyEvent(kind, key, modifiers, "", repeats)
    event.ignore()
    QApplication.sendEvent(canvas.view, event)
    return event.isAccepted()


@pytest.mark.parametrize(
    ("key", "tool"),
    [
        (Qt.Key.Key_B, Tool.brush),
        (Qt.Key.Key_E, Tool.eraser),
        (Qt.Key.Key_U, Tool.rectangle),
        (Qt.Key.Key_L, Tool.lasso),
        (Qt.Key.Key_G, Tool.fill),
        (Qt.Key.Key_W, Tool.colour_select),
        (Qt.Key.Key_T, Tool.text),
        (Qt.Key.Key_I, Tool.eyedropper),
        (Qt.Key.Key_V, Tool.move),
        (Qt.Key.Key_C, Tool.frame),
        (Qt.Key.Key_K, Tool.crop),
        (Qt.Key.Key_H, Tool.pan),
    ],
)
def test_one_letter_takes_a_tool(canvas: Canvas, key: Qt.Key, tool: Tool) -> None:
    canvas.options.tool = Tool.pan if tool is Tool.brush else Tool.brush
    canvas.key(key)
    assert canvas.options.tool is tool


def test_every_tool_has_a_key() -> None:
    ids = {key.id for key in CANVAS_KEYS}
    assert {f"canvas.{tool}" for tool in Tool} <= ids
    assert len(ids) == len(CANVAS_KEYS)
    keys = [key for each in CANVAS_KEYS for key in each.default]
    assert len(keys) == len(set(keys))


def test_q_goes_back_and_forth_between_two_tools(canvas: Canvas) -> None:
    canvas.key(Qt.Key.Key_L)
    canvas.key(Qt.Key.Key_Q)
    assert canvas.options.tool is Tool.brush
    canvas.key(Qt.Key.Key_Q)
    assert canvas.options.tool is Tool.lasso


def test_x_and_d_are_for_the_colours(canvas: Canvas) -> None:
    canvas.options.colour = "#112233"
    canvas.key(Qt.Key.Key_X)
    assert (canvas.options.colour, canvas.options.background) == ("#FFFFFF", "#112233")
    canvas.key(Qt.Key.Key_D)
    assert (canvas.options.colour, canvas.options.background) == ("#000000", "#FFFFFF")


def test_braces_and_angles_are_for_hardness_and_opacity(canvas: Canvas) -> None:
    canvas.key(Qt.Key.Key_BraceLeft, SHIFT)
    canvas.key(Qt.Key.Key_BraceLeft)
    canvas.key(Qt.Key.Key_BraceRight, CONTROL | ALT)
    canvas.key(Qt.Key.Key_Less, SHIFT)
    canvas.key(Qt.Key.Key_Less)
    canvas.key(Qt.Key.Key_Greater, SHIFT)
    assert canvas.options.hardness == 0.9
    assert canvas.options.brush_opacity == 0.9


def test_keys_can_be_changed(canvas: Canvas) -> None:
    rebound: list[object] = []
    canvas.view.keys.rebound.connect(lambda: rebound.append(1))
    canvas.view.keys.rebind({"canvas.lasso": ["J", "Ctrl+J"], "canvas.eraser": []})
    canvas.key(Qt.Key.Key_E)
    canvas.key(Qt.Key.Key_L)
    assert canvas.options.tool is Tool.brush
    canvas.key(Qt.Key.Key_J, CONTROL)
    assert canvas.options.tool is Tool.lasso
    assert canvas.view.keys.key_of("canvas.lasso") == "J"
    assert canvas.view.keys.key_of("canvas.eraser") == ""
    assert rebound == [1]


def test_the_keypad_counts_as_the_keyboard(canvas: Canvas) -> None:
    before = canvas.view.zoom
    canvas.key(Qt.Key.Key_Plus, Qt.KeyboardModifier.KeypadModifier)
    assert canvas.view.zoom > before


def test_brackets_change_the_brush(canvas: Canvas) -> None:
    canvas.key(Qt.Key.Key_BracketRight)
    assert canvas.options.brush_size == 22
    canvas.key(Qt.Key.Key_BracketLeft)
    canvas.key(Qt.Key.Key_BracketLeft, CONTROL | ALT)  # AltGr, where it is needed for brackets
    assert canvas.options.brush_size == 18


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [
        (Qt.Key.Key_B, CONTROL),
        (Qt.Key.Key_B, ALT),
        (Qt.Key.Key_V, SHIFT),
        (Qt.Key.Key_Z, CONTROL),
        (Qt.Key.Key_0, CONTROL),
        (Qt.Key.Key_1, CONTROL),
        (Qt.Key.Key_Return, CONTROL),
        (Qt.Key.Key_Tab, CONTROL),
        (Qt.Key.Key_Escape, NO_MODIFIER),
        (Qt.Key.Key_Delete, NO_MODIFIER),
    ],
    ids=str,
)
def test_other_keys_are_left_to_the_window(
    canvas: Canvas, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    assert not takes(canvas, key, modifiers)
    assert not takes(canvas, key, modifiers, QEvent.Type.KeyRelease)
    assert canvas.options.tool is Tool.brush
    assert not canvas.document.has_mask


@pytest.mark.parametrize("modifiers", [NO_MODIFIER, SHIFT], ids=["plain", "shift"])
@pytest.mark.parametrize("key", [Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Return], ids=str)
def test_while_staging_arrows_and_return_are_left_to_the_window(
    canvas: Canvas, key: Qt.Key, modifiers: Qt.KeyboardModifier
) -> None:
    canvas.view.show_overlay(Image.filled(Extent(200, 150), (9, 9, 9)))
    assert not takes(canvas, key, modifiers)


def test_escape_is_taken_only_from_a_stroke(canvas: Canvas) -> None:
    canvas.press(50, 50)
    assert takes(canvas, Qt.Key.Key_Escape)
    assert not takes(canvas, Qt.Key.Key_Escape)
    canvas.release(50, 50)


@pytest.mark.parametrize("button", [Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton])
def test_escape_has_nothing_to_take_back_of_other_drags(
    canvas: Canvas, button: Qt.MouseButton
) -> None:
    canvas.options.tool = Tool.pan
    canvas.press(50, 50, button)
    assert not takes(canvas, Qt.Key.Key_Escape)
    canvas.release(50, 50, button)


def test_a_held_space_repeats_without_letting_go(canvas: Canvas) -> None:
    takes(canvas, Qt.Key.Key_Space)
    assert takes(canvas, Qt.Key.Key_Space, kind=QEvent.Type.KeyRelease, repeats=True)
    assert takes(canvas, Qt.Key.Key_Space, repeats=True)
    assert canvas.view.cursor().shape() == Qt.CursorShape.OpenHandCursor


@pytest.mark.parametrize(
    ("tool", "size", "shape"),
    [
        (Tool.brush, 50, Qt.CursorShape.BlankCursor),
        (Tool.eraser, 50, Qt.CursorShape.BlankCursor),
        (Tool.brush, 3, Qt.CursorShape.CrossCursor),
        (Tool.pan, 50, Qt.CursorShape.OpenHandCursor),
    ],
)
def test_the_cursor_tells_the_tool(
    canvas: Canvas, tool: Tool, size: int, shape: Qt.CursorShape
) -> None:
    canvas.options.tool = tool
    canvas.options.brush_size = size
    assert canvas.view.cursor().shape() == shape


def test_the_cursor_is_an_arrow_where_nothing_can_be_painted(blank_canvas: Canvas) -> None:
    assert blank_canvas.view.cursor().shape() == Qt.CursorShape.ArrowCursor


def test_the_menu_key_opens_the_menu_and_the_mouse_does_so_on_release(canvas: Canvas) -> None:
    asked: list[QPoint] = []
    canvas.view.customContextMenuRequested.connect(asked.append)
    for reason in (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard):
        event = QContextMenuEvent(reason, QPoint(10, 10), QPoint(10, 10))
        QApplication.sendEvent(canvas.view, event)
    assert asked == [canvas.view.rect().center()]


def test_it_says_what_it_is_to_those_who_cannot_see(canvas: Canvas) -> None:
    assert canvas.view.accessibleName() == "Canvas"
    assert "arrow keys" in canvas.view.accessibleDescription()
