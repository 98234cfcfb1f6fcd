"""Which keys do what, and which of them would be in each other's way."""

import pytest
from PySide6.QtWidgets import QApplication

from t2i_studio.ui.keymap import Binding, Context, Keymap, native, normal

pytestmark = pytest.mark.usefixtures("qapp")

UNDO = Binding("undo", "Undo", ("Ctrl+Z",))
REDO = Binding("redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"))
BRUSH = Binding("brush", "Brush", ("B",), Context.canvas)
FIT = Binding("fit", "Fit", ("Ctrl+0",), Context.canvas)
DELETE = Binding("delete", "Delete", ("Del",), Context.gallery)
HEAVIER = Binding("heavier", "More weight", ("Ctrl+Up",), Context.prompt, is_fixed=True)


@pytest.fixture
def keymap(qapp: QApplication) -> Keymap:
    return Keymap((UNDO, REDO, BRUSH, FIT, DELETE, HEAVIER))


def test_at_first_everything_has_its_own_keys(keymap: Keymap) -> None:
    assert [keymap.keys(binding.id) for binding in keymap] == [
        *(("Ctrl+Z",), ("Ctrl+Shift+Z", "Ctrl+Y"), ("B",), ("Ctrl+0",), ("Del",), ("Ctrl+Up",))
    ]
    assert keymap.differences == {}


def test_only_what_differs_is_kept(keymap: Keymap) -> None:
    keymap.assign("undo", ("Alt+Z", "ctrl+z", "Alt+Z"))
    assert keymap.keys("undo") == ("Alt+Z", "Ctrl+Z")
    assert keymap.differences == {"undo": ["Alt+Z", "Ctrl+Z"]}
    assert keymap.is_changed("undo")
    keymap.assign("undo", ("Ctrl+Z",))
    assert keymap.differences == {}


def test_a_change_is_told_once(keymap: Keymap) -> None:
    told: list[str] = []
    keymap.changed.connect(told.append)
    keymap.assign("undo", ("Alt+Z",))
    keymap.assign("undo", ("Alt+Z",))
    keymap.reset("redo")
    assert told == ["undo"]


def test_a_key_of_the_window_is_in_the_way_everywhere(keymap: Keymap) -> None:
    assert keymap.others("Ctrl+0", "undo") == (FIT,)
    assert keymap.others("Ctrl+Z", "brush") == (UNDO,)
    assert keymap.conflicts("undo") == {}
    keymap.assign("undo", ("Ctrl+0", "Ctrl+Z"))
    assert keymap.conflicts("undo") == {"Ctrl+0": (FIT,)}
    assert keymap.conflicts("fit") == {"Ctrl+0": (UNDO,)}


def test_canvas_and_gallery_may_have_the_same_key(keymap: Keymap) -> None:
    assert keymap.others("Del", "brush") == ()
    keymap.assign("brush", ("Del",))
    assert keymap.conflicts("brush") == {}


def test_taking_a_key_takes_it_from_the_others(keymap: Keymap) -> None:
    keymap.take("Ctrl+Y", "undo")
    assert keymap.keys("undo") == ("Ctrl+Z", "Ctrl+Y")
    assert keymap.keys("redo") == ("Ctrl+Shift+Z",)


def test_everything_can_be_reset(keymap: Keymap) -> None:
    keymap.take("Ctrl+Y", "undo")
    keymap.reset_all()
    assert keymap.differences == {}
    assert keymap.keys("redo") == REDO.keys


@pytest.mark.parametrize("key", ["Z", "Space", "Return", "Left", "Del", "1", "{", "Shift+{"])
def test_what_is_typed_is_no_key_of_the_window(keymap: Keymap, key: str) -> None:
    assert "typed into the prompt" in keymap.problem(key, "undo")
    assert "typed" in keymap.problem(key, "heavier")
    assert keymap.problem(key, "brush") == ""


@pytest.mark.parametrize("key", ["F5", "Shift+F6", "Ctrl+J", "Alt+1", "Meta+J", "Shift+X"])
def test_what_is_not_typed_can_be_a_key_of_the_window(keymap: Keymap, key: str) -> None:
    assert keymap.problem(key, "undo") == ""


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab", "Esc", "Ctrl+Tab"])
@pytest.mark.parametrize("name", ["undo", "brush"])
def test_keys_that_leave_things_stay_what_they_are(keymap: Keymap, key: str, name: str) -> None:
    assert "everywhere" in keymap.problem(key, name)


@pytest.mark.parametrize("key", ["", "Foo", "Ctrl+", "Ctrl+K, Ctrl+S", "Ctrl"])
def test_what_is_no_key_is_refused(keymap: Keymap, key: str) -> None:
    assert "not a key" in keymap.problem(key, "undo")


def test_a_fixed_key_cannot_be_taken(keymap: Keymap) -> None:
    assert keymap.problem("Ctrl+Up", "undo") == "Ctrl+Up is always: More weight."


def test_what_was_kept_comes_back_and_what_is_bad_is_named(keymap: Keymap) -> None:
    keymap.assign("redo", ())
    refused = keymap.restore(
        {
            "undo": ["Alt+Z", "Z", 7],
            "fit": [],
            "gone": ["F2"],
            "brush": "B",
            "delete": ["nonsense+"],
        }
    )
    assert refused == ["undo: Z", "undo: 7", "gone", "brush", "delete: nonsense+"]
    assert keymap.differences == {"undo": ["Alt+Z"], "fit": []}
    assert keymap.keys("delete") == ("Del",)


def test_differences_survive_a_restart(keymap: Keymap) -> None:
    keymap.take("Ctrl+Y", "undo")
    again = Keymap((UNDO, REDO, BRUSH, FIT))
    assert again.restore(keymap.differences) == []
    assert again.keys("redo") == keymap.keys("redo")


def test_keys_have_one_form() -> None:
    assert normal("ctrl+shift+z") == "Ctrl+Shift+Z"
    assert native("Ctrl+Z") in ("Ctrl+Z", "⌘Z")


@pytest.mark.parametrize("context", list(Context))
def test_every_context_has_a_name(context: Context) -> None:
    assert context.place
    assert context.overlaps(Context.window)
