"""The gallery strip's list: newest first, trash with undo, troubles told."""

from pathlib import Path

import pytest

from t2i_studio.core.errors import MachineError
from t2i_studio.studio.shelf import Shelf
from tests.studio.conftest import Bench


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
