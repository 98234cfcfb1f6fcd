from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from t2i_studio.studio.tools import Tool, ToolOptions
from t2i_studio.ui.icons import tool_button
from t2i_studio.ui.panels.tool_column import ToolColumn


@pytest.fixture
def options() -> ToolOptions:
    return ToolOptions()


@pytest.fixture
def column(qtbot: QtBot, options: ToolOptions) -> Iterator[ToolColumn]:
    holder = QWidget()
    qtbot.addWidget(holder)
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    column = ToolColumn(options, (tool_button("invert", "Invert"), tool_button("clear", "Clear")))
    row.addWidget(column)
    row.addStretch(1)
    holder.resize(300, 600)
    holder.show()
    yield column
    column.unbind()


def test_every_tool_has_a_button(column: ToolColumn) -> None:
    assert set(column.buttons) == set(Tool)
    assert len({button.accessibleName() for button in column.buttons.values()}) == len(Tool)


@pytest.mark.parametrize("tool", list(Tool))
def test_a_click_takes_the_tool(column: ToolColumn, options: ToolOptions, tool: Tool) -> None:
    options.tool = Tool.pan if tool is not Tool.pan else Tool.brush
    QTest.mouseClick(column.buttons[tool], Qt.MouseButton.LeftButton)
    assert options.tool is tool
    assert [t for t, button in column.buttons.items() if button.isChecked()] == [tool]


def test_it_follows_the_tool_in_hand(column: ToolColumn, options: ToolOptions) -> None:
    options.tool = Tool.lasso
    assert column.buttons[Tool.lasso].isChecked()
    column.unbind()
    options.tool = Tool.text
    assert column.buttons[Tool.lasso].isChecked()


@pytest.mark.parametrize(("height", "columns"), [(600, 1), (500, 1), (400, 2), (260, 3)])
def test_all_of_it_can_be_reached_in_any_height(
    column: ToolColumn, height: int, columns: int
) -> None:
    column.window().resize(300, height)
    QApplication.processEvents()
    assert column.columns == columns
    places = [button.geometry() for button in column.findChildren(type(column.buttons[Tool.pan]))]
    assert len(places) == len(Tool) + 2
    assert all(column.rect().contains(place) for place in places)
    assert not any(a.intersects(b) for a in places for b in places if a is not b)


def test_tips_name_the_keys_of_now(column: ToolColumn) -> None:
    column.set_keys({Tool.brush: "B", Tool.lasso: ""})
    assert column.buttons[Tool.brush].toolTip().startswith("Brush (B)\n")
    assert column.buttons[Tool.lasso].accessibleName() == "Lasso"
