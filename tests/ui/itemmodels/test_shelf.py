from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from t2i_studio.core.errors import UserError
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.gallery.store import Gallery, Picture
from t2i_studio.studio import shelf as shelves
from t2i_studio.studio.background import InlineBackground
from t2i_studio.studio.shelf import Shelf
from t2i_studio.ui.itemmodels.shelf import ShelfModel
from t2i_studio.ui.thumbnails import AT_ONCE, WANTED
from t2i_studio.ui.widgets.thumbnail_strip import ThumbnailStrip

T = TypeVar("T")


class Later(InlineBackground):
    """Runs the oldest task when the test says so."""

    def __init__(self) -> None:
        self.tasks: list[Callable[[], None]] = []

    def run(
        self,
        task: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self.tasks.append(lambda: super(Later, self).run(task, done, failed))

    read = run

    def work(self) -> None:
        while self.tasks:
            self.tasks.pop(0)()


class Many(Gallery):
    """A gallery of pictures that are not on any disk."""

    def __init__(self, count: int) -> None:
        super().__init__(Path("gallery"))
        self.pictures = [picture(number) for number in range(count, 0, -1)]
        self.read: list[int] = []
        self.damaged: set[int] = set()

    def tidy(self) -> None: ...

    def newest(self, limit: int, before: Picture | None = None) -> list[Picture]:
        older = [p for p in self.pictures if before is None or p.key < before.key]
        return older[:limit]

    def thumbnail(self, picture: Picture, edge: int) -> Image:
        self.read.append(picture.number)
        if picture.number in self.damaged:
            raise UserError("damaged")
        return Image.filled(Extent(8, 8), (picture.number % 256, 0, 0))


@pytest.fixture
def gallery() -> Many:
    return Many(1200)


@pytest.fixture
def later() -> Later:
    return Later()


@pytest.fixture
def shelf(gallery: Many) -> Shelf:
    shelf = Shelf(gallery, InlineBackground())
    shelf.load()
    return shelf


@pytest.fixture
def model(qapp: QApplication, shelf: Shelf, later: Later) -> Iterator[ShelfModel]:
    model = ShelfModel(shelf, later)
    yield model
    model.unbind()


@pytest.fixture
def strip(qtbot: QtBot, model: ShelfModel) -> ThumbnailStrip:
    strip = ThumbnailStrip(88)
    qtbot.addWidget(strip)
    strip.setModel(model)
    strip.resize(600, strip.sizeHint().height())
    strip.show()
    strip.grab()
    return strip


def test_the_end_of_the_strip_brings_older_pictures(
    qtbot: QtBot, gallery: Many, model: ShelfModel, strip: ThumbnailStrip
) -> None:
    bar = strip.horizontalScrollBar()
    assert model.rowCount() == shelves.PAGE
    for expected in (1000, 1200):
        bar.setValue(bar.maximum())
        qtbot.waitUntil(lambda expected=expected: model.rowCount() == expected)
        strip.grab()
    assert [model.picture(model.index(row)).number for row in range(1200)] == list(
        range(1200, 0, -1)
    )
    assert not model.canFetchMore(QModelIndex())


def test_it_keeps_the_promises_of_models(
    qtmodeltester: ModelTester, model: ShelfModel, later: Later, shelf: Shelf
) -> None:
    qtmodeltester.check(model)
    model.fetchMore(QModelIndex())
    shelf.add(picture(1201))
    later.work()
    model.fetchMore(model.index(0))
    assert model.rowCount() == 1201


def test_only_what_is_seen_is_read(
    gallery: Many, strip: ThumbnailStrip, later: Later, shelf: Shelf
) -> None:
    later.work()
    assert 5 <= len(gallery.read) <= 8
    assert min(gallery.read) >= 1200 - 8
    shelf.load()
    strip.grab()
    later.work()
    assert len(gallery.read) <= 8


def test_what_was_scrolled_past_is_not_read_and_the_latest_comes_first(
    gallery: Many, model: ShelfModel, later: Later
) -> None:
    for row in range(400):
        ask(model, row)
    assert len(later.tasks) == AT_ONCE
    later.work()
    assert len(gallery.read) == AT_ONCE + WANTED
    assert gallery.read[AT_ONCE] == 1200 - 399
    assert ask(model, 100) is None
    later.work()
    assert gallery.read[-1] == 1100


def test_a_thumbnail_is_read_once(gallery: Many, model: ShelfModel, later: Later) -> None:
    gallery.damaged = {1199}
    for _ in range(3):
        shown = [ask(model, row) for row in range(2)]
        later.work()
    assert gallery.read == [1200, 1199]
    assert isinstance(shown[0], QImage)
    assert shown[1] is None


def test_what_is_gone_is_not_read(gallery: Many, model: ShelfModel, later: Later) -> None:
    for row in range(AT_ONCE + 2):
        ask(model, row)
    model._remove(gallery.pictures[AT_ONCE])
    later.work()
    assert 1200 - AT_ONCE not in gallery.read
    for row in range(100, 100 + AT_ONCE + 2):
        ask(model, row)
    model._reset()
    later.work()
    assert len(gallery.read) == 2 * AT_ONCE + 1


def ask(model: ShelfModel, row: int) -> object:
    return model.index(row).data(Qt.ItemDataRole.DecorationRole)


def picture(number: int) -> Picture:
    path = Path("gallery/2026-11-20") / f"{number:05d}-1.png"
    return Picture(path, "2026-11-20", number, 1, datetime(2026, 11, 20))
