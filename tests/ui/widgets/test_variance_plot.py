import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from t2i_studio.ui import theme
from t2i_studio.ui.widgets.variance_plot import VariancePlot

LEFT = Qt.MouseButton.LeftButton
SHARES = (0.4, 0.2, 0.1, 0.1, 0.05)


@pytest.fixture
def plot(qtbot: QtBot, qapp: QApplication) -> VariancePlot:
    theme.apply(qapp, theme.DARK)
    plot = VariancePlot()
    qtbot.addWidget(plot)
    plot.resize(320, 160)
    plot.show()
    plot.show_shares(SHARES)
    plot.set_k(2)
    return plot


@pytest.mark.parametrize(
    ("k", "expected"),
    [(1, "1 component: 40 %"), (2, "2 components: 60 %"), (9, "5 components: 85 %")],
)
def test_the_readout_sums_up_to_k(plot: VariancePlot, k: int, expected: str) -> None:
    plot.set_k(k)
    assert plot.readout == expected
    assert plot.accessibleDescription() == expected


def test_hovering_names_the_components_up_to_there(qtbot: QtBot, plot: VariancePlot) -> None:
    qtbot.mouseMove(plot, plot.place(4).toPoint())
    assert plot.readout == "4 components: 80 %"
    QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))
    assert plot.readout == "2 components: 60 %"


def test_the_marker_is_dragged(qtbot: QtBot, plot: VariancePlot) -> None:
    told = QSignalSpy(plot.k_changed)
    qtbot.mousePress(plot, LEFT, pos=plot.place(2).toPoint())
    qtbot.mouseMove(plot, plot.place(3).toPoint())
    qtbot.mouseMove(plot, plot.place(3).toPoint() + QPoint(2, 30))
    qtbot.mouseMove(plot, QPoint(1000, 20))
    qtbot.mouseRelease(plot, LEFT, pos=QPoint(1000, 20))
    assert [told.at(i) for i in range(told.count())] == [[3], [5]]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (Qt.Key.Key_Left, [1]),
        (Qt.Key.Key_Right, [3]),
        (Qt.Key.Key_PageDown, [1]),
        (Qt.Key.Key_End, [5]),
        (Qt.Key.Key_Home, [1]),
        (Qt.Key.Key_A, []),
    ],
)
def test_keys_move_the_marker(
    qtbot: QtBot, plot: VariancePlot, key: Qt.Key, expected: list[int]
) -> None:
    told = QSignalSpy(plot.k_changed)
    qtbot.keyClick(plot, key)
    assert [told.at(i)[0] for i in range(told.count())] == expected
    assert [plot.k] == (expected or [2])


def test_the_marker_stops_at_the_ends(qtbot: QtBot, plot: VariancePlot) -> None:
    plot.set_k(5)
    with qtbot.assertNotEmitted(plot.k_changed):
        qtbot.keyClick(plot, Qt.Key.Key_Right)


def test_keys_reach_components_that_are_not_shown(qtbot: QtBot, plot: VariancePlot) -> None:
    plot.show_shares([0.01] * 100)
    qtbot.keyClick(plot, Qt.Key.Key_End)
    assert plot.k == 100
    assert plot.place(100) == plot.place(64)


def test_without_components_nothing_can_be_chosen(qtbot: QtBot, plot: VariancePlot) -> None:
    plot.show_shares([])
    with qtbot.assertNotEmitted(plot.k_changed):
        qtbot.mouseClick(plot, LEFT, pos=QPoint(100, 80))
        qtbot.keyClick(plot, Qt.Key.Key_End)
        qtbot.mouseMove(plot, QPoint(120, 80))
    assert plot.readout == "No components yet."
    assert not plot.grab().isNull()


def test_the_bars_follow_k_and_the_mouse(qtbot: QtBot, plot: VariancePlot) -> None:
    plain = plot.grab().toImage()
    plot.set_k(3)
    moved = plot.grab().toImage()
    qtbot.mouseMove(plot, plot.place(1).toPoint())
    assert plain != moved != plot.grab().toImage()
