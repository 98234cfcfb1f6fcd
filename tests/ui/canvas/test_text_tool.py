import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from t2i_studio.core.errors import UserError
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.core.layers import MASK
from t2i_studio.studio.tools import TextAlign, Tool, ToolOptions
from t2i_studio.ui.canvas.content import SketchKind
from t2i_studio.ui.canvas.text_editor import TextEditor
from t2i_studio.ui.canvas.text_pixels import MAX_SIDE, MOST_PIXELS, always_there, letter
from tests.ui.canvas.conftest import Canvas

CONTROL = Qt.KeyboardModifier.ControlModifier
FONT = "Aileron"  # comes with Pillow: the same everywhere


@pytest.fixture
def writer(canvas: Canvas) -> Canvas:
    canvas.options.tool = Tool.text
    canvas.options.text_font = FONT
    canvas.options.text_size = 24
    canvas.options.colour = "#FF0000"
    return canvas


def editor(canvas: Canvas) -> TextEditor:
    return canvas.view.text_editor


def type_in(canvas: Canvas, text: str) -> None:
    QTest.keyClicks(editor(canvas).words, text)


def test_a_click_opens_the_editor_and_typing_shows_at_once(writer: Canvas) -> None:
    assert editor(writer).isHidden()
    writer.click(40, 60)
    assert editor(writer).isVisible()
    type_in(writer, "Hi")
    floating = writer.view.scene.floating
    assert floating is not None
    assert floating.pixels[..., 3].max() == 255
    assert len(writer.document.layers) == 1
    assert writer.steps == ()


def test_the_text_stands_where_it_was_clicked(writer: Canvas) -> None:
    writer.click(40, 60)
    type_in(writer, "Hi")
    box, sketch = writer.view.tools.text.box, writer.view.scene.sketch
    assert box is not None
    assert box.x == 40
    assert box.y <= 60 <= box.bottom
    assert sketch is not None
    assert sketch.kind is SketchKind.text_box


def test_ctrl_return_makes_it_a_layer_in_one_step(writer: Canvas) -> None:
    writer.click(40, 60)
    type_in(writer, "Hello  you")
    QTest.keyClick(editor(writer).words, Qt.Key.Key_Return, CONTROL)
    layer = writer.document.layers[-1]
    assert layer.name == "Hello you"
    assert writer.document.active == layer.id
    inked = layer.pixels[..., 3] > 128
    assert inked.any()
    assert np.unique(layer.pixels[inked][:, :3], axis=0).tolist() == [[255, 0, 0]]
    rows, columns = np.nonzero(inked)
    assert columns.min() == pytest.approx(42, abs=3)
    assert rows.mean() == pytest.approx(60, abs=6)
    assert writer.steps == ("Add text",)
    assert editor(writer).isHidden()
    assert writer.view.scene.floating is None
    assert writer.view.hasFocus()


def test_what_is_shown_is_what_is_kept(writer: Canvas) -> None:
    writer.click(40, 60)
    type_in(writer, "Same")
    writer.leave()
    editor(writer).hide()
    writer.view.scene.sketch = None
    before = writer.shot()
    writer.view.tools.text.commit()
    assert np.array_equal(writer.shot(), before)


def test_the_button_does_the_same(writer: Canvas) -> None:
    writer.click(40, 60)
    type_in(writer, "x")
    editor(writer).add.click()
    assert writer.steps == ("Add text",)


@pytest.mark.parametrize("way", ["key", "button"])
def test_escape_throws_it_away(writer: Canvas, way: str) -> None:
    writer.click(40, 60)
    type_in(writer, "Hello")
    if way == "key":
        QTest.keyClick(editor(writer).words, Qt.Key.Key_Escape)
    else:
        editor(writer).cancel.click()
    assert writer.steps == ()
    assert editor(writer).isHidden()
    assert writer.view.scene.floating is None


@pytest.mark.parametrize(
    ("key", "modifiers", "is_taken"),
    [
        (Qt.Key.Key_Return, CONTROL, True),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier, True),
        (Qt.Key.Key_S, CONTROL, False),
    ],
)
def test_keys_that_end_the_text_are_not_the_windows(
    writer: Canvas, key: Qt.Key, modifiers: Qt.KeyboardModifier, is_taken: bool
) -> None:
    writer.click(40, 60)
    for widget in (editor(writer).words, editor(writer)):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifiers)
        event.ignore()
        QApplication.sendEvent(widget, event)
        assert event.isAccepted() is is_taken


def test_empty_text_makes_no_layer(writer: Canvas) -> None:
    writer.click(40, 60)
    type_in(writer, "  ")
    QTest.keyClick(editor(writer).words, Qt.Key.Key_Return, CONTROL)
    assert writer.steps == ()
    assert editor(writer).isHidden()


def test_a_drag_moves_the_text(writer: Canvas) -> None:
    writer.click(40, 60)
    type_in(writer, "Hello")
    box = writer.view.tools.text.box
    assert box is not None
    writer.drag((box.x + 5, box.y + 5), (box.x + 25, box.y + 15))
    moved = writer.view.tools.text.box
    assert moved is not None
    assert (moved.x, moved.y) == (box.x + 20, box.y + 10)
    writer.press(moved.x + 5, moved.y + 5)
    writer.move(150, 140)
    writer.key(Qt.Key.Key_Escape)
    writer.release(150, 140)
    assert writer.view.tools.text.box == moved
    assert writer.view.tools.text.text == "Hello"


def test_a_click_elsewhere_keeps_it_and_begins_another(writer: Canvas) -> None:
    writer.click(20, 30)
    type_in(writer, "One")
    writer.click(20, 120)
    assert [layer.name for layer in writer.document.layers[1:]] == ["One"]
    assert editor(writer).words.toPlainText() == ""
    type_in(writer, "Two")
    writer.options.tool = Tool.brush  # nobody loses a text by that
    assert [layer.name for layer in writer.document.layers[1:]] == ["One", "Two"]
    assert editor(writer).isHidden()


def test_a_click_elsewhere_moves_an_empty_one(writer: Canvas) -> None:
    writer.click(20, 30)
    writer.click(100, 120)
    box = writer.view.tools.text.box
    assert box is not None
    assert box.x == 100
    assert writer.steps == ()


def test_options_change_it_at_once(writer: Canvas) -> None:
    writer.click(40, 60)
    type_in(writer, "Hello")
    small = writer.view.tools.text.box
    writer.options.text_size = 48
    large = writer.view.tools.text.box
    assert small is not None
    assert large is not None
    assert large.width == pytest.approx(2 * small.width, abs=2)
    writer.options.colour = "#00FF00"
    floating = writer.view.scene.floating
    assert floating is not None
    opaque = floating.pixels[floating.pixels[..., 3] == 255]
    assert (opaque == [0, 255, 0, 255]).all()


def test_the_keyboard_begins_it_at_the_crosshair_and_ends_it(writer: Canvas) -> None:
    writer.move(40, 60)
    writer.key(Qt.Key.Key_Return)
    type_in(writer, "Hi")
    writer.view.setFocus()
    writer.key(Qt.Key.Key_Return)
    assert writer.document.layers[-1].name == "Hi"


def test_what_sticks_out_is_cut_off(writer: Canvas) -> None:
    writer.click(180, 60)
    type_in(writer, "A long text")
    writer.view.tools.text.commit()
    assert writer.document.layers[-1].extent == Extent(200, 150)
    assert writer.document.layers[-1].pixels[:, 190:, 3].any()


def test_another_picture_forgets_it(writer: Canvas) -> None:
    writer.click(40, 60)
    type_in(writer, "Hello")
    writer.document.open(Image.filled(Extent(90, 90), (0, 0, 0)))
    assert editor(writer).isHidden()
    assert len(writer.document.layers) == 1


def test_a_layer_that_memory_does_not_hold_is_refused_and_the_text_stays(
    writer: Canvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Exception] = []
    writer.view.covers.failed.connect(told.append)
    monkeypatch.setattr("t2i_studio.studio.layer_edits.MAX_BYTES", 1)
    writer.click(40, 60)
    type_in(writer, "Hello")
    writer.view.tools.text.commit()
    assert [type(error) for error in told] == [UserError]
    assert writer.view.tools.text.text == "Hello"
    assert editor(writer).isVisible()


def test_it_never_touches_the_mask(writer: Canvas) -> None:
    assert writer.document.active == MASK
    writer.click(40, 60)
    type_in(writer, "Hi")
    writer.view.tools.text.commit()
    assert not writer.document.has_mask


def test_long_texts_give_short_names(writer: Canvas) -> None:
    writer.click(10, 60)
    writer.view.tools.text.write("word " * 20)
    writer.view.tools.text.commit()
    name = writer.document.layers[-1].name
    assert len(name) == 32
    assert name.endswith("…")


def test_the_editor_stays_inside_the_view(writer: Canvas) -> None:
    for place in ((2, 2), (198, 148), (2, 148)):
        writer.click(*place)
        assert writer.view.rect().contains(editor(writer).geometry())


# lettering ---------------------------------------------------------------------------------------


def ink(text: str, **options: object) -> np.ndarray:
    made = letter(text, ToolOptions(text_font=FONT, text_size=40, **options))  # type: ignore[arg-type]  # any field
    return made.pixels[..., 3]


@pytest.mark.parametrize("font", ["", FONT, "No Such Font At All"])
def test_every_font_writes_something(canvas: Canvas, font: str) -> None:
    pixels = letter("Ag", ToolOptions(text_font=font)).pixels
    assert (pixels[..., 3] > 200).sum() > 50
    assert ((pixels[..., 3] > 0) & (pixels[..., 3] < 255)).sum() > 0  # antialiased


def test_the_font_that_comes_along_is_known_to_qt(canvas: Canvas) -> None:
    assert always_there() == FONT


def test_bold_and_italic_look_different(canvas: Canvas) -> None:
    plain = ink("Hello")
    assert ink("Hello", text_bold=True).sum() > plain.sum()
    slanted = ink("Hello", text_italic=True)
    assert slanted.shape != plain.shape or not np.array_equal(slanted, plain)


def test_lines_are_aligned(canvas: Canvas) -> None:
    firsts = {}
    for align in TextAlign:
        pixels = ink("WWWW\ni", text_align=align)
        lower = pixels[pixels.shape[0] // 2 :]
        firsts[align] = int(np.flatnonzero(lower.any(axis=0))[0])
    assert firsts[TextAlign.left] < firsts[TextAlign.centre] < firsts[TextAlign.right]


def test_each_line_adds_its_height(canvas: Canvas) -> None:
    options = ToolOptions(text_font=FONT)
    one, three = letter("a", options).box, letter("a\nb\n", options).box
    assert three.height == pytest.approx(3 * one.height, abs=2)


def test_a_text_that_memory_cannot_hold_is_cut_off(qapp: QApplication) -> None:
    lettering = letter("M" * 100 + "\nM" * 50, ToolOptions(text_size=1000))

    assert lettering.box.extent.area <= MOST_PIXELS
    assert lettering.box.width <= MAX_SIDE
