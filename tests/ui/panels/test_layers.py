"""The panel of the layers, by mouse and by keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.core.layers import MASK
from t2i_studio.gallery.store import Gallery
from t2i_studio.studio.background import InlineBackground
from t2i_studio.studio.notices import Notice
from t2i_studio.studio.session import Session
from t2i_studio.studio.shelf import Shelf
from t2i_studio.ui import theme
from t2i_studio.ui.panels.layer_list import eye_of
from t2i_studio.ui.panels.layers import LayersDock, LayersPanel

LEFT = Qt.MouseButton.LeftButton
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
NO_KEY = Qt.KeyboardModifier.NoModifier


class Desk:
    """A panel over a picture of two layers: Background, and Tree on it."""

    def __init__(self, session: Session) -> None:
        self.document = session.document
        self.document.start(Image.filled(Extent(64, 48), (120, 120, 120)))
        self.document.add_layer("Tree")
        self.document.history.clear()
        self.panel = LayersPanel(session)
        self.notices: list[Notice] = []
        session.noticed.connect(self.notices.append)

    @property
    def names(self) -> list[str]:
        return [layer.name for layer in self.document.layers]

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEY) -> None:
        QTest.keyClick(self.panel.list, key, modifiers)

    def place(self, row: int) -> QPoint:
        return self.panel.list.visualRect(self.panel.model.index(row)).center()


@pytest.fixture
def session(tmp_path: Path) -> Session:
    background = InlineBackground()
    return Session(Shelf(Gallery(tmp_path), background), background)


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, session: Session) -> Iterator[Desk]:
    theme.apply(qapp, theme.DARK)
    desk = Desk(session)
    qtbot.addWidget(desk.panel)
    desk.panel.resize(240, 480)
    desk.panel.show()
    qtbot.waitExposed(desk.panel)
    desk.panel.list.setFocus()
    yield desk
    desk.panel.unbind()


def test_it_says_what_one_paints_on(desk: Desk) -> None:
    assert desk.panel.target.text() == "You paint on: Tree"
    desk.document.activate(MASK)
    assert desk.panel.target.text() == "You paint on: Mask"
    assert desk.panel.list.currentIndex().row() == 0


def test_a_click_on_a_row_paints_on_it(desk: Desk) -> None:
    QTest.mouseClick(desk.panel.list.viewport(), LEFT, pos=desk.place(0))
    assert desk.document.active == MASK
    QTest.mouseClick(desk.panel.list.viewport(), LEFT, pos=desk.place(2))
    assert desk.document.active == desk.document.layers[0].id


def test_arrows_go_through_the_rows(desk: Desk) -> None:
    desk.key(Qt.Key.Key_Down)
    assert desk.document.active == desk.document.layers[0].id
    desk.key(Qt.Key.Key_Home)
    assert desk.document.active == MASK


def test_the_eye_hides_without_choosing_the_row(desk: Desk) -> None:
    eye = eye_of(desk.panel.list.visualRect(desk.panel.model.index(2))).center()
    QTest.mouseClick(desk.panel.list.viewport(), LEFT, pos=eye)
    assert not desk.document.layers[0].is_visible
    assert desk.document.active == desk.document.layers[1].id
    QTest.mouseDClick(desk.panel.list.viewport(), LEFT, pos=eye)
    assert not desk.panel.list.findChildren(QLineEdit)


def test_space_hides_and_shows(desk: Desk) -> None:
    desk.key(Qt.Key.Key_Space)
    assert not desk.document.layers[1].is_visible
    desk.key(Qt.Key.Key_Space)
    assert desk.document.layers[1].is_visible


def test_f2_renames(desk: Desk) -> None:
    desk.key(Qt.Key.Key_F2)
    editor = desk.panel.list.findChild(QLineEdit)
    assert isinstance(editor, QLineEdit)
    editor.setText("Oak")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()  # Qt commits when the key is done with
    assert desk.names == ["Background", "Oak"]
    desk.document.undo()
    assert desk.names == ["Background", "Tree"]


def test_a_double_click_renames_a_layer_but_not_the_mask(desk: Desk) -> None:
    viewport = desk.panel.list.viewport()
    for row, count in ((0, 0), (1, 1)):
        QTest.mouseClick(viewport, LEFT, pos=desk.place(row))
        QTest.mouseDClick(viewport, LEFT, pos=desk.place(row))
        assert len(desk.panel.list.findChildren(QLineEdit)) == count
    QTest.keyClick(desk.panel.list.findChildren(QLineEdit)[0], Qt.Key.Key_Escape)


@pytest.mark.parametrize(
    ("key", "modifiers", "expected"),
    [
        (Qt.Key.Key_Insert, NO_KEY, ["Background", "Tree", "Layer 3"]),
        (Qt.Key.Key_J, CONTROL, ["Background", "Tree", "Tree copy"]),
        (Qt.Key.Key_Delete, NO_KEY, ["Background"]),
        (Qt.Key.Key_Down, ALT, ["Tree", "Background"]),
        (Qt.Key.Key_Up, ALT, ["Background", "Tree"]),
    ],
    ids=["add", "duplicate", "remove", "down", "up"],
)
def test_keys_work_on_the_layer(
    desk: Desk, key: Qt.Key, modifiers: Qt.KeyboardModifier, expected: list[str]
) -> None:
    desk.key(key, modifiers)
    assert desk.names == expected
    desk.document.undo()
    assert desk.names == ["Background", "Tree"]


def test_the_buttons_do_the_same(desk: Desk) -> None:
    panel = desk.panel
    for button, expected in (
        (panel.add, ["Background", "Tree", "Layer 3"]),
        (panel.duplicate, ["Background", "Tree", "Layer 3", "Layer 3 copy"]),
        (panel.down, ["Background", "Tree", "Layer 3 copy", "Layer 3"]),
        (panel.up, ["Background", "Tree", "Layer 3", "Layer 3 copy"]),
        (panel.remove, ["Background", "Tree", "Layer 3"]),
    ):
        QTest.mouseClick(button, LEFT)
        assert desk.names == expected


def test_what_cannot_be_done_is_not_offered(desk: Desk) -> None:
    panel, document = desk.panel, desk.document
    assert not panel.up.isEnabled()
    assert panel.down.isEnabled()
    document.activate(MASK)
    for button in (panel.up, panel.down, panel.duplicate, panel.remove, panel.opacity):
        assert not button.isEnabled()
    document.activate(document.layers[0].id)
    document.remove_layer(document.layers[1].id)
    assert not panel.remove.isEnabled()  # the last one


def test_keys_on_the_mask_change_no_layer(desk: Desk) -> None:
    desk.document.activate(MASK)
    for key, modifiers in ((Qt.Key.Key_Delete, NO_KEY), (Qt.Key.Key_J, CONTROL)):
        desk.key(key, modifiers)
    assert desk.names == ["Background", "Tree"]


def test_the_last_layer_stays_and_it_is_said_why(desk: Desk) -> None:
    desk.key(Qt.Key.Key_Delete)
    desk.key(Qt.Key.Key_Delete)
    assert desk.names == ["Background"]
    assert "cannot be removed" in desk.notices[-1].text


def test_opacity_is_dragged_in_one_step(desk: Desk) -> None:
    for percent in (80, 60, 40):
        desk.panel.opacity.setValue(percent)
    assert desk.document.layers[1].opacity == pytest.approx(0.4)
    assert desk.panel.percent.value() == 40
    assert len(desk.document.history.steps) == 1
    desk.document.undo()
    assert desk.panel.opacity.value() == 100


def test_looking_at_another_layer_changes_no_opacity(desk: Desk) -> None:
    desk.document.change_layer(desk.document.layers[1].id, opacity=0.3)
    desk.document.activate(desk.document.layers[0].id)
    assert [layer.opacity for layer in desk.document.layers] == [1.0, 0.3]
    assert desk.panel.percent.value() == 100


def menu_of(desk: Desk) -> dict[str, bool]:
    return {
        action.text(): action.isEnabled()
        for action in desk.panel.menu().actions()
        if not action.isSeparator()
    }


def test_the_menu_offers_what_can_be_done(desk: Desk) -> None:
    offered = menu_of(desk)
    assert offered["Merge down"]
    assert offered["Flatten picture"]
    assert not offered["Move up"]
    assert not offered["Clear mask"]
    desk.document.activate(MASK)
    offered = menu_of(desk)
    assert offered["Invert mask"]
    assert not offered["Merge down"]
    assert not offered["Remove layer"]


@pytest.mark.parametrize("what", ["Merge down", "Flatten picture"])
def test_layers_become_one(desk: Desk, what: str) -> None:
    action = next(each for each in desk.panel.menu().actions() if each.text() == what)
    action.trigger()
    assert len(desk.names) == 1
    desk.document.undo()
    assert desk.names == ["Background", "Tree"]


def test_without_a_picture_it_says_what_to_do(desk: Desk) -> None:
    desk.document.close()
    assert desk.panel.empty.isVisible()
    assert not desk.panel.list.isVisible()
    assert not desk.panel.add.isEnabled()
    desk.panel.add_layer()
    assert desk.document.layers == ()
    desk.document.undo()
    assert desk.panel.list.isVisible()


def test_every_control_has_a_name(desk: Desk) -> None:
    panel = desk.panel
    buttons = panel.add, panel.duplicate, panel.up, panel.down, panel.remove, panel.more
    for control in (*buttons, panel.close_button, panel.opacity, panel.percent, panel.list):
        assert control.accessibleName()
    for button in buttons:
        assert button.toolTip()


@pytest.mark.parametrize("look", [theme.DARK, theme.LIGHT], ids=lambda look: look.name)
def test_the_active_row_is_marked(qapp: QApplication, desk: Desk, look: theme.Theme) -> None:
    theme.apply(qapp, look)
    shot = desk.panel.list.viewport().grab().toImage()
    bars = [shot.pixelColor(3, desk.place(row).y()).name().upper() for row in range(3)]
    assert bars[1] == look.accent.upper()
    assert look.accent.upper() not in (bars[0], bars[2])


def test_the_dock_is_shown_with_the_focus_and_hidden_again(qtbot: QtBot, session: Session) -> None:
    session.document.start(Image.filled(Extent(64, 48), (120, 120, 120)))
    window = QMainWindow()
    qtbot.addWidget(window)
    dock = LayersDock(session, window)
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    dock.hide()
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    dock.toggle()
    assert dock.panel.list.hasFocus()
    assert dock.width() >= 240
    dock.toggle()
    assert not dock.isVisible()
    dock.unbind()
