"""The gallery strip's list: newest first, trash with undo, troubles told."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from t2i_studio.core.errors import MachineError
from t2i_studio.gallery.store import Picture
from t2i_studio.studio import shelf as module
from t2i_studio.studio.background import InlineBackground
from t2i_studio.studio.notices import Notice
from t2i_studio.studio.shelf import Shelf
from tests.studio.conftest import Bench

T = TypeVar("T")


@pytest.fixture
def shelf(bench: Bench) -> Shelf:
    for _ in range(3):
        bench.session.generate()
    bench.run()
    return bench.session.shelf


def test_the_newest_comes_first_and_loading_agrees(shelf: Shelf) -> None:
    added = list(shelf.pictures)
    shelf.load()
    assert shelf.pictures == added
    assert added == sorted(added, key=lambda picture: picture.key, reverse=True)


def test_deleting_can_be_undone(bench: Bench, shelf: Shelf) -> None:
    doomed = shelf.pictures[:2]
    shelf.delete(doomed)
    assert len(shelf.pictures) == 1
    assert not any(picture.path.exists() for picture in doomed)
    assert "2 pictures are in the trash." in bench.said
    undo = bench.notices[-1].action
    assert undo is not None
    undo()
    assert len(shelf.pictures) == 3
    assert all(picture.path.exists() for picture in shelf.pictures)


def test_deleting_one_says_one(bench: Bench, shelf: Shelf) -> None:
    shelf.delete(shelf.pictures[:1])
    assert "The picture is in the trash." in bench.said


def test_deleting_nothing_says_nothing(bench: Bench, shelf: Shelf) -> None:
    shelf.delete([])
    assert bench.notices == []


def test_a_disk_that_refuses_is_told(
    bench: Bench, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise MachineError("The folder is read-only.")

    monkeypatch.setattr(shelf.gallery, "delete", refuse)
    shelf.delete(shelf.pictures[:1])
    assert "The folder is read-only." in bench.said
    assert len(shelf.pictures) == 3


def test_a_deletion_of_unlisted_pictures_still_says_so(
    bench: Bench, shelf: Shelf, data_folder: Path
) -> None:
    picture = shelf.pictures[0]
    shelf.pictures.clear()
    shelf.delete([picture])
    assert "The picture is in the trash." in bench.said


def test_a_saved_picture_that_is_listed_already_is_listed_once(shelf: Shelf) -> None:
    shelf.add(shelf.pictures[1])
    assert len(shelf.pictures) == 3


class Later(InlineBackground):
    """Runs tasks when the test says so."""

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


@pytest.fixture
def later() -> Later:
    return Later()


@pytest.fixture
def paged(shelf: Shelf, later: Later, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """Three pictures of which two are listed."""
    monkeypatch.setattr(module, "PAGE", 2)
    paged = Shelf(shelf.gallery, later)
    paged.load()
    later.work()
    return paged


def test_older_pictures_follow_until_there_are_no_more(
    shelf: Shelf, paged: Shelf, later: Later
) -> None:
    appended: list[list[Picture]] = []
    paged.appended.connect(appended.append)
    assert (paged.pictures, paged.has_more) == (shelf.pictures[:2], True)
    paged.load_more()
    paged.load_more()
    later.work()
    assert appended == [shelf.pictures[2:]]
    assert (paged.pictures, paged.has_more) == (shelf.pictures, False)
    paged.load_more()
    assert later.tasks == []


def test_the_end_of_the_gallery_is_found_on_a_full_page(
    paged: Shelf, later: Later, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAGE", 1)
    for _ in range(2):
        assert paged.has_more
        paged.load_more()
        later.work()
    assert len(paged.pictures) == 3
    assert not paged.has_more


def test_loading_anew_while_older_ones_are_read_leaves_no_gap(
    shelf: Shelf, paged: Shelf, later: Later
) -> None:
    paged.load_more()
    append = later.tasks.pop()
    paged.pictures.pop()
    paged.load()
    later.work()
    append()
    assert paged.pictures == shelf.pictures[:2]
    paged.load_more()
    later.work()
    assert paged.pictures == shelf.pictures
    paged.load()
    later.work()
    assert paged.pictures == shelf.pictures


def test_older_ones_come_even_when_all_that_were_listed_are_deleted(
    shelf: Shelf, paged: Shelf, later: Later
) -> None:
    paged.delete(paged.pictures)
    later.work()
    paged.load_more()
    later.work()
    assert paged.pictures == shelf.pictures[2:]


def test_older_ones_that_cannot_be_read_are_told_once(
    paged: Shelf, later: Later, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise MachineError("The disk is gone.")

    said: list[Notice] = []
    paged.noticed.connect(said.append)
    monkeypatch.setattr(paged.gallery, "newest", refuse)
    for _ in range(2):
        paged.load_more()
        later.work()
    assert [notice.text for notice in said] == ["The disk is gone."]


def test_leftovers_of_a_crash_are_swept(bench: Bench, shelf: Shelf, data_folder: Path) -> None:
    old = data_folder / "gallery" / "trash" / "2001-01-01"
    old.mkdir(parents=True)
    shelf.tidy()
    assert not old.exists()
    assert bench.notices == []
