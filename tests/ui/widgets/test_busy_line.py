from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from t2i_studio.ui.widgets.busy_line import BusyLine
from tests.ui.widgets.still import hold_still


def test_it_runs_only_while_it_is_seen(qtbot: QtBot) -> None:
    panel = QWidget()
    qtbot.addWidget(panel)
    line = BusyLine(panel)
    line.show()
    assert not line.is_running
    panel.show()
    assert line.is_running
    panel.hide()
    assert not line.is_running
    panel.show()
    line.hide()
    assert not line.is_running


def test_it_stands_still_where_the_system_asks_for_it(qtbot: QtBot) -> None:
    panel = QWidget()
    qtbot.addWidget(panel)
    line = BusyLine(panel)
    hold_still(line)
    line.show()
    panel.show()
    assert line.isVisible()
    assert not line.is_running
    assert not line.grab().isNull()
