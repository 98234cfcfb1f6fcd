"""Panels leave room to the canvas, can be put away, and are gone through with F6."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QLabel, QMainWindow, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from t2i_studio.app import Studio
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.ui.window_layout import CANVAS_WIDTH, WindowLayout, is_shown
from t2i_studio.ui.window_memory import WindowMemory
from tests.ui.conftest import OpenStudio

Area = Qt.DockWidgetArea


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


class Plain(QMainWindow):
    """A middle with a dock of 300 px to the left and two of 330 px to the right."""

    def __init__(self) -> None:
        super().__init__()
        self.middle = QWidget()
        self.setCentralWidget(self.middle)
        self.panels = WindowLayout(self, self.middle)
        self.left, self.right, self.other = (
            self._dock(name, width) for name, width in (("a", 300), ("b", 330), ("c", 330))
        )
        self.panels.add(self.left, Area.LeftDockWidgetArea)
        self.panels.add(self.right, Area.RightDockWidgetArea)
        self.panels.add(self.other, Area.RightDockWidgetArea)

    def _dock(self, name: str, least: int) -> QDockWidget:
        dock = QDockWidget(name, self)
        dock.setObjectName(name)
        content = QLabel(name)
        content.setMinimumWidth(least)
        dock.setWidget(content)
        return dock


@pytest.fixture
def window(qtbot: QtBot) -> Plain:
    made = Plain()
    qtbot.addWidget(made)
    made.resize(1400, 700)
    made.show()
    settle()
    return made


def test_docks_to_the_right_share_a_place(window: Plain) -> None:
    assert is_shown(window.right) != is_shown(window.other)
    behind = window.other if is_shown(window.right) else window.right
    window.panels.toggle(behind)
    settle()
    assert is_shown(behind)
    window.panels.toggle(behind)
    settle()
    assert not behind.isVisible()


def test_docks_shrink_before_the_canvas_does(window: Plain) -> None:
    window.resizeDocks([window.left, window.right], [420, 420], Qt.Orientation.Horizontal)
    settle()
    window.resize(1300, 700)
    settle()
    assert window.middle.width() >= CANVAS_WIDTH
    assert window.left.isVisible()
    assert window.right.width() >= 330


def test_docks_to_the_right_close_in_a_narrow_window_and_come_back(window: Plain) -> None:
    window.resize(1000, 700)
    settle()
    assert not is_shown(window.right)
    assert not is_shown(window.other)
    assert window.left.isVisible()
    assert window.middle.width() >= CANVAS_WIDTH
    window.resize(1400, 700)
    settle()
    assert is_shown(window.right) or is_shown(window.other)


def test_what_is_opened_by_hand_in_a_narrow_window_stays(window: Plain) -> None:
    window.resize(1000, 700)
    settle()
    window.panels.toggle(window.right)
    settle()
    assert is_shown(window.right)


def test_a_dock_that_was_closed_by_hand_does_not_come_back(window: Plain) -> None:
    window.right.hide()
    window.other.hide()
    settle()
    window.resize(1000, 700)
    settle()
    window.resize(1500, 700)
    settle()
    assert not window.right.isVisible()
    assert not window.other.isVisible()


def test_the_canvas_keeps_its_width_beside_the_explorer_at_1280(studio: Studio) -> None:
    window = studio.window
    window.resize(1280, 800)
    settle()
    window.commands["view.explorer"].trigger()
    settle()
    assert is_shown(window.explorer)
    assert window.middle.width() >= CANVAS_WIDTH


@pytest.mark.parametrize(
    ("command", "panel"),
    [("view.gallery", "gallery"), ("view.queue", "queue"), ("view.settings", "prompt")],
)
def test_panels_are_toggled_and_checked_in_the_menu(
    studio: Studio, command: str, panel: str
) -> None:
    action, widget = studio.window.commands[command], getattr(studio.window, panel)
    settle()
    assert action.isChecked()
    action.trigger()
    settle()
    assert not widget.isVisible()
    assert not action.isChecked()
    action.trigger()
    settle()
    assert widget.isVisible()
    assert action.isChecked()


def test_the_prompt_can_be_reached_when_it_is_hidden(studio: Studio) -> None:
    window = studio.window
    window.commands["view.settings"].trigger()
    window.commands["generate.focus_prompt"].trigger()
    settle()
    assert window.prompt.prompt.isVisible()
    assert QApplication.focusWidget() is window.prompt.prompt


def test_a_panel_behind_another_comes_to_the_front_before_it_closes(studio: Studio) -> None:
    window = studio.window
    for dock in ("view.explorer", "view.layers"):
        window.commands[dock].trigger()
        settle()
    assert not is_shown(window.explorer)
    assert not window.commands["view.explorer"].isChecked()
    window.commands["view.explorer"].trigger()
    settle()
    assert is_shown(window.explorer)
    window.commands["view.explorer"].trigger()
    settle()
    assert not window.explorer.isVisible()
    assert is_shown(window.layers)


# canvas only -----------------------------------------------------------------------------------


def test_canvas_only_puts_everything_away_and_back(studio: Studio) -> None:
    window = studio.window
    window.commands["view.explorer"].trigger()
    settle()
    around = (window.menuBar(), window.status, window.ribbon, window.gallery, window.explorer)
    before = window.canvas.width()
    window.commands["view.canvas_only"].trigger()
    settle()
    assert [w for w in (*around, window.side) if w.isVisible()] == []
    assert window.canvas.width() > before
    assert window.isFullScreen()
    assert QApplication.focusWidget() is window.canvas.view
    QTest.keyClick(window.canvas.view, Qt.Key.Key_F11)  # without a menu bar, too
    settle()
    assert [w for w in around if not w.isVisible()] == []
    assert not window.isFullScreen()


def test_the_way_back_is_told(studio: Studio) -> None:
    studio.window.commands["view.canvas_only"].trigger()
    assert "F11 brings the panels back" in studio.window.toasts.toasts[-1].text
    studio.window.commands["view.canvas_only"].trigger()
    assert len(studio.window.toasts.toasts) == 1


def test_a_restart_out_of_canvas_only_has_its_panels_again(open_studio: OpenStudio) -> None:
    first = open_studio()
    first.window.commands["view.queue"].trigger()
    first.window.commands["view.canvas_only"].trigger()
    first.window._save_session()
    second = open_studio()
    assert second.window.side.isVisible()
    assert second.window.gallery.isVisible()
    assert not second.window.queue.isVisible()
    assert not second.window.canvas_only.is_on


def test_the_prompt_is_reached_out_of_canvas_only(studio: Studio) -> None:
    studio.window.commands["view.canvas_only"].trigger()
    QTest.keyClick(studio.window.canvas.view, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    settle()
    assert not studio.window.canvas_only.is_on
    assert QApplication.focusWidget() is studio.window.prompt.prompt
    assert not studio.window.commands["view.canvas_only"].isChecked()


# focus -----------------------------------------------------------------------------------------


def press_f6(modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> QWidget:
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6, modifiers)
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def test_f6_goes_round_the_panels_and_remembers_where_one_was(studio: Studio) -> None:
    window = studio.window
    window.activateWindow()
    window.prompt.count.setFocus()
    seen = [press_f6() for _ in range(3)]
    homes = window.ribbon, window.canvas, window.gallery
    assert [home.isAncestorOf(w) for home, w in zip(homes, seen, strict=True)] == [True] * 3
    assert press_f6() is window.prompt.count
    assert press_f6(Qt.KeyboardModifier.ShiftModifier) is seen[-1]


def test_f6_leaves_out_what_is_hidden(studio: Studio) -> None:
    window = studio.window
    window.activateWindow()
    window.prompt.count.setFocus()
    window.commands["view.gallery"].trigger()
    visited = [press_f6() for _ in range(6)]
    assert not any(window.gallery.isAncestorOf(widget) for widget in visited)
    assert not any(window.explorer.isAncestorOf(widget) for widget in visited)


def test_f6_reaches_the_explorer_when_it_is_open(studio: Studio) -> None:
    window = studio.window
    studio.session.open_picture(Image.filled(Extent(64, 64), (1, 2, 3)))
    window.activateWindow()
    window.prompt.count.setFocus()
    window.explorer.open()
    settle()
    assert any(window.explorer.isAncestorOf(press_f6()) for _ in range(6))


def test_bars_of_a_single_tab_do_not_stay_over_the_menu(studio: Studio) -> None:
    window = studio.window
    left_over = QTabBar(window)  # as Qt makes them of docks that are hidden
    left_over.addTab("Explore")
    left_over.show()
    WindowMemory({}).restore_layout(window)
    assert not left_over.isVisible()
