import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from t2i_studio.core.request import MAX_SEED
from t2i_studio.ui.widgets.seed_field import SeedField, parse_seed


@pytest.fixture
def field(qtbot: QtBot) -> SeedField:
    field = SeedField()
    qtbot.addWidget(field)
    field.show()
    return field


@pytest.fixture
def heard(field: SeedField) -> list[int]:
    values: list[int] = []
    field.value_changed.connect(values.append)
    return values


@pytest.mark.parametrize(
    ("text", "seed"),
    [
        ("", -1),
        ("  ", -1),
        ("-1", -1),
        ("0", 0),
        (" 42 ", 42),
        (str(MAX_SEED), MAX_SEED),
        (str(MAX_SEED + 1), None),
        ("-2", None),
        ("1.5", None),
        ("12x", None),
        ("٣", None),
        ("9" * 5000, None),
    ],
)
def test_reads_what_people_write(text: str, seed: int | None) -> None:
    assert parse_seed(text) == seed


def test_begins_random(field: SeedField) -> None:
    assert field.value == -1
    assert field.edit.text() == ""
    assert field.edit.placeholderText() == "random"


def test_takes_seeds_beyond_32_bits(qtbot: QtBot, field: SeedField, heard: list[int]) -> None:
    qtbot.keyClicks(field.edit, "12345678901")
    assert field.value == 12345678901
    assert heard[-1] == 12345678901


def test_what_is_no_seed_is_marked_and_stays(
    qtbot: QtBot, field: SeedField, heard: list[int]
) -> None:
    qtbot.keyClicks(field.edit, "7x")
    qtbot.keyClick(field.edit, Qt.Key.Key_Tab)
    assert field.edit.text() == "7x"
    assert not field.is_valid
    assert field.message.isVisible()
    assert field.edit.accessibleDescription() == field.message.text()
    assert field.value == 7
    assert heard == [7]


def test_the_mark_goes_with_the_mistake(qtbot: QtBot, field: SeedField) -> None:
    qtbot.keyClicks(field.edit, "7x")
    qtbot.keyClick(field.edit, Qt.Key.Key_Backspace)
    assert field.is_valid
    assert not field.message.isVisible()


def test_setting_tells_nobody(field: SeedField, heard: list[int]) -> None:
    field.set_value(MAX_SEED)
    assert field.edit.text() == str(MAX_SEED)
    field.set_value(-1)
    assert field.edit.text() == ""
    assert heard == []


def test_setting_what_is_shown_leaves_the_text(qtbot: QtBot, field: SeedField) -> None:
    qtbot.keyClicks(field.edit, "007")
    field.set_value(7)
    assert field.edit.text() == "007"


def test_setting_replaces_what_is_no_seed(qtbot: QtBot, field: SeedField) -> None:
    qtbot.keyClicks(field.edit, "x")
    field.set_value(-1)
    assert field.is_valid
    assert not field.message.isVisible()


def test_the_dice_makes_it_random(qtbot: QtBot, field: SeedField, heard: list[int]) -> None:
    field.set_value(5)
    qtbot.mouseClick(field.dice, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(field.dice, Qt.MouseButton.LeftButton)
    assert (field.value, field.edit.text(), heard) == (-1, "", [-1])


def test_the_dice_drops_what_is_no_seed(qtbot: QtBot, field: SeedField) -> None:
    qtbot.keyClicks(field.edit, "x")
    qtbot.mouseClick(field.dice, Qt.MouseButton.LeftButton)
    assert field.is_valid
    assert field.edit.text() == ""


def test_the_last_seed_can_be_asked_for_once_there_is_one(qtbot: QtBot, field: SeedField) -> None:
    assert not field.reuse.isEnabled()
    field.set_last_seed(99)
    assert "99" in field.reuse.toolTip()
    with qtbot.waitSignal(field.reuse_requested):
        qtbot.mouseClick(field.reuse, Qt.MouseButton.LeftButton)
    field.set_last_seed(None)
    assert not field.reuse.isEnabled()


def test_everything_has_a_name(field: SeedField) -> None:
    assert field.edit.accessibleName() == "Seed"
    assert field.dice.accessibleName() == "Random seed"
    assert field.reuse.accessibleName() == "Reuse the last seed"
