import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from t2i_studio.ui.widgets.height_grip import HeightGrip
from t2i_studio.ui.widgets.prompt_edit import PromptEdit

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def form(qtbot: QtBot) -> QWidget:
    form = QWidget()
    qtbot.addWidget(form)
    column, edit = QVBoxLayout(form), PromptEdit()
    column.addWidget(edit)
    column.addWidget(HeightGrip(edit, "Height of the prompt"))
    column.addStretch(1)
    form.resize(300, 600)
    form.show()
    return form


@pytest.fixture
def grip(form: QWidget) -> HeightGrip:
    return form.findChild(HeightGrip)


@pytest.fixture
def edit(form: QWidget) -> PromptEdit:
    return form.findChild(PromptEdit)


def test_the_field_follows_the_hand(qtbot: QtBot, grip: HeightGrip, edit: PromptEdit) -> None:
    heard: list[int | None] = []
    grip.changed.connect(heard.append)
    line = edit.fontMetrics().lineSpacing()
    qtbot.mousePress(grip, LEFT, pos=QPoint(100, 5))
    qtbot.mouseMove(grip, QPoint(100, 5 + 4 * line))
    qtbot.mouseRelease(grip, LEFT)
    assert heard[-1] == edit.lines == 7
    qtbot.mouseMove(grip, QPoint(100, 5 + 9 * line))
    assert edit.lines == 7


def test_keys_make_it_higher_and_lower(qtbot: QtBot, grip: HeightGrip, edit: PromptEdit) -> None:
    heard: list[int | None] = []
    grip.changed.connect(heard.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Home):
        qtbot.keyClick(grip, key)
    assert heard == [4, 5, 4, None]
    qtbot.keyClick(grip, Qt.Key.Key_A)
    assert edit.lines is None


def test_a_double_click_lets_it_grow_by_itself(
    qtbot: QtBot, grip: HeightGrip, edit: PromptEdit
) -> None:
    edit.set_lines(9)
    qtbot.mouseDClick(grip, LEFT)
    assert edit.lines is None


def test_it_says_what_it_is_and_shows_the_focus(qtbot: QtBot, grip: HeightGrip) -> None:
    assert grip.accessibleName() == "Height of the prompt"
    idle = grip.grab().toImage()
    grip.window().activateWindow()
    grip.setFocus()
    qtbot.waitUntil(grip.hasFocus)
    assert grip.grab().toImage() != idle
    grip.clearFocus()
    assert grip.grab().toImage() == idle
