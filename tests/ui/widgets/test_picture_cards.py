import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.ui import theme
from t2i_studio.ui.widgets.picture_cards import LEAST, MOST, Card, PictureCards

RED = Image.filled(Extent(64, 64), (200, 0, 0))
CARDS = (Card(RED, "Caption only"), Card(RED, "Text embedding", "cat 60%"), Card(None, "Prior"))
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def row(qtbot: QtBot, qapp: QApplication) -> PictureCards:
    theme.apply(qapp, theme.DARK)
    row = PictureCards()
    qtbot.addWidget(row)
    row.resize(320, 200)
    row.show_cards(CARDS)
    return row


def test_pictures_share_the_width_and_stay_square(qtbot: QtBot, row: PictureCards) -> None:
    for width in (320, 560):
        row.resize(width, 240)
        qtbot.waitUntil(lambda width=width: row.width() == width)
        edges = [view.picture.size().toTuple() for view in row.cards]
        assert all(wide == high and LEAST <= wide <= MOST for wide, high in edges)
        last = row.cards[-1].geometry()
        assert last.right() <= width


def test_each_can_be_kept_and_explored_once_it_is_made(qtbot: QtBot, row: PictureCards) -> None:
    heard: list[tuple[str, int]] = []
    row.kept.connect(lambda place: heard.append(("keep", place)))
    row.explored.connect(lambda place: heard.append(("explore", place)))
    for view in row.cards:
        qtbot.mouseClick(view.keep, LEFT)
        qtbot.mouseClick(view.explore, LEFT)
    assert heard == [("keep", 0), ("explore", 0), ("keep", 1), ("explore", 1)]


def test_it_says_what_each_is(row: PictureCards) -> None:
    names = [view.accessibleName() for view in row.cards]
    assert names == ["Caption only", "Text embedding, cat 60%", "Prior, no picture yet"]
    assert row.cards[0].keep.accessibleName() == "Keep Caption only"
    assert [view.note.isHidden() for view in row.cards] == [True, False, True]


def test_without_cards_it_is_hidden(row: PictureCards) -> None:
    assert not row.isHidden()
    row.show_cards(())
    assert row.isHidden()
    assert row.cards == ()


def test_the_pictures_are_drawn_and_the_places_of_those_to_come(row: PictureCards) -> None:
    shown = row.grab().toImage()
    middles = [view.geometry().center().x() for view in row.cards]
    top = row.cards[0].geometry().y() + 20
    colours = [shown.pixelColor(x, top).name() for x in middles]
    assert colours[0] == colours[1] == "#c80000"
    assert colours[2] == theme.DARK.window.lower()
