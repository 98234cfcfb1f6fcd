import errno
import os
import threading
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.core.geometry import Extent
from t2i_studio.core.pictures import read_picture
from t2i_studio.core.request import Inpaint
from t2i_studio.gallery import files
from t2i_studio.gallery.store import Deletion, Gallery, Picture
from tests.gallery.conftest import IMAGE, MASK, Calendar, of, recipe


def names(gallery: Gallery) -> list[str]:
    return [f"{picture.day}/{picture.path.name}" for picture in gallery.newest(100)]


def test_a_picture_lies_under_its_day_number_and_seed(gallery: Gallery) -> None:
    picture = gallery.add(IMAGE, recipe(seed=42))
    assert picture.path == gallery.folder / "2026-11-20" / "00001-42.png"
    assert (picture.seed, picture.key) == (42, ("2026-11-20", 1, 42))
    assert read_picture(picture.path) == IMAGE
    assert list(picture.path.parent.iterdir()) == [picture.path]


def test_the_recipe_comes_back(gallery: Gallery) -> None:
    written = recipe()
    assert gallery.recipe(gallery.add(IMAGE, written)) == written


def test_an_inpainting_can_be_replayed_and_its_inputs_are_kept_once(gallery: Gallery) -> None:
    written = of(Inpaint(prompt="x", image=IMAGE, mask=MASK, seed=1))
    pictures = [gallery.add(IMAGE, written) for _ in range(2)]
    kept = {path.stem for path in (gallery.folder / "inputs").iterdir()}
    assert kept == {IMAGE.digest, MASK.digest}
    assert [gallery.recipe(picture) for picture in pictures] == [written, written]
    assert IMAGE.digest.encode() in pictures[0].path.read_bytes()


def test_a_full_disk_while_an_input_is_kept_is_the_machines_error(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(files.os, "fsync", refuse)
    with pytest.raises(MachineError, match="no room"):
        gallery.add(IMAGE, of(Inpaint(prompt="x", image=IMAGE, mask=MASK, seed=1)))
    with pytest.raises(MachineError, match="no room"):
        gallery.add(IMAGE, recipe())
    assert gallery.newest(9) == []


def test_the_newest_come_first_over_days(gallery: Gallery, calendar: Calendar) -> None:
    for day in (19, 21, 20):
        calendar.today = date(2026, 11, day)
        for seed in (1, 2):
            gallery.add(IMAGE, recipe(seed))
    assert names(gallery) == [
        "2026-11-21/00002-2.png",
        "2026-11-21/00001-1.png",
        "2026-11-20/00002-2.png",
        "2026-11-20/00001-1.png",
        "2026-11-19/00002-2.png",
        "2026-11-19/00001-1.png",
    ]


def test_pages_follow_each_other(gallery: Gallery, calendar: Calendar) -> None:
    for day in (19, 20):
        calendar.today = date(2026, 11, day)
        for seed in range(5):
            gallery.add(IMAGE, recipe(seed))
    pages, last = [], None
    while page := gallery.newest(3, before=last):
        pages.append(page)
        last = page[-1]
    assert [len(page) for page in pages] == [3, 3, 3, 1]
    assert [picture for page in pages for picture in page] == gallery.newest(100)


def test_numbers_count_as_numbers_and_go_beyond_five_digits(gallery: Gallery) -> None:
    first = gallery.add(IMAGE, recipe())
    first.path.rename(first.path.with_name("99999-3.png"))
    assert gallery.add(IMAGE, recipe(4)).path.name == "100000-4.png"
    assert names(gallery) == ["2026-11-20/100000-4.png", "2026-11-20/99999-3.png"]


def test_foreign_files_folders_and_links_do_not_count(gallery: Gallery, tmp_path: Path) -> None:
    picture = gallery.add(IMAGE, recipe())
    for name in ("notes.txt", "1-2.png", "00001-x.png", "00002-5.PNG", "00003-٣.png"):
        (picture.path.parent / name).touch()
    (gallery.folder / "2026-13-40").mkdir()
    (gallery.folder / "20261120").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "00009-9.png").touch()
    (gallery.folder / "2026-11-30").symlink_to(tmp_path / "elsewhere")
    assert gallery.newest(100) == [picture]


def test_copies_under_one_number_are_both_shown(gallery: Gallery) -> None:
    picture = gallery.add(IMAGE, recipe(1))
    picture.path.with_name("00001-2.png").write_bytes(picture.path.read_bytes())
    assert names(gallery) == ["2026-11-20/00001-2.png", "2026-11-20/00001-1.png"]


def test_an_empty_or_missing_folder_has_no_pictures(gallery: Gallery) -> None:
    assert gallery.newest(5) == []
    gallery.tidy()
    assert not gallery.folder.exists()


def test_a_time_that_cannot_be_is_read_as_the_day(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    gallery.add(IMAGE, recipe())
    far_future = os.stat_result((0,) * 7 + (10**18,) * 3)
    monkeypatch.setattr(Path, "stat", lambda path, **options: far_future)
    assert gallery.newest(1)[0].created == datetime(2026, 11, 20)


def test_a_picture_deleted_while_it_is_listed_is_left_out(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, gone = gallery.add(IMAGE, recipe(1)), gallery.add(IMAGE, recipe(2))
    stat = Path.stat

    def deleting(path: Path, **options: bool) -> os.stat_result:
        if path == gone.path:
            path.unlink(missing_ok=True)
        return stat(path, **options)

    monkeypatch.setattr(Path, "stat", deleting)
    assert gallery.newest(5) == [kept]


def test_deleting_can_be_undone(gallery: Gallery) -> None:
    pictures = [gallery.add(IMAGE, recipe(seed)) for seed in range(3)]
    deletion = gallery.delete(pictures[1:])
    assert deletion.pictures == tuple(pictures[1:])
    assert gallery.newest(9) == pictures[:1]
    assert gallery.restore(deletion) == tuple(pictures[1:])
    assert gallery.newest(9) == pictures[::-1]


def test_the_number_of_a_deleted_picture_is_not_given_again(gallery: Gallery) -> None:
    deletion = gallery.delete([gallery.add(IMAGE, recipe())])
    assert gallery.add(IMAGE, recipe()).number == 2
    assert [picture.number for picture in gallery.restore(deletion)] == [1]


def test_a_restored_picture_never_overwrites_another(gallery: Gallery) -> None:
    picture = gallery.add(IMAGE, recipe())
    deletion = gallery.delete([picture])
    picture.path.write_bytes(b"somebody else's")
    assert [p.path.name for p in gallery.restore(deletion)] == ["00002-3.png"]
    assert picture.path.read_bytes() == b"somebody else's"


def test_what_is_gone_already_does_not_matter(gallery: Gallery) -> None:
    kept, gone = gallery.add(IMAGE, recipe(1)), gallery.add(IMAGE, recipe(2))
    gone.path.unlink()
    deletion = gallery.delete([gone, kept])
    assert deletion.pictures == (kept,)
    deletion.trashed[0].unlink()
    assert gallery.restore(deletion) == ()


def test_deleting_moves_all_or_none(gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = [gallery.add(IMAGE, recipe(seed)) for seed in (1, 2)]
    move = files.move

    def failing(source: Path, path: Path) -> None:
        if source == pictures[1].path:
            raise MachineError("no")
        move(source, path)

    monkeypatch.setattr(files, "move", failing)
    with pytest.raises(MachineError):
        gallery.delete(pictures)
    assert gallery.newest(9) == pictures[::-1]


@pytest.mark.parametrize(
    "path", ["/etc/00001-3.png", "{folder}/../00001-3.png", "{folder}/2026-11-20/x.png"]
)
def test_files_outside_are_not_deleted_or_restored(gallery: Gallery, path: str) -> None:
    picture = gallery.add(IMAGE, recipe())
    foreign = replace(picture, path=Path(path.format(folder=gallery.folder)))
    with pytest.raises(UserError, match="not in the gallery"):
        gallery.delete([foreign])
    with pytest.raises(UserError, match="not in the gallery"):
        gallery.restore(Deletion((foreign,), (picture.path,)))
    with pytest.raises(UserError, match="not in the gallery"):
        gallery.delete([replace(picture, day="..")])


def test_the_trash_is_emptied_after_thirty_days(gallery: Gallery, calendar: Calendar) -> None:
    deletion = gallery.delete([gallery.add(IMAGE, recipe())])
    calendar.today = date(2026, 12, 20)
    gallery.tidy()
    assert deletion.trashed[0].exists()
    calendar.today = date(2026, 12, 21)
    gallery.tidy()
    assert not deletion.trashed[0].exists()


def test_tidying_sweeps_what_crashes_left(gallery: Gallery) -> None:
    picture = gallery.add(IMAGE, of(Inpaint(prompt="x", image=IMAGE, mask=MASK, seed=1)))
    leftovers = [
        folder / ".t2i-00009.part" for folder in (picture.path.parent, gallery.folder / "inputs")
    ]
    for path in leftovers:
        path.touch()
        os.utime(path, (0, 0))
    gallery.tidy()
    assert not any(path.exists() for path in leftovers)
    assert picture.path.exists()


def test_a_number_that_somebody_holds_is_left_out(gallery: Gallery) -> None:
    with files.claimed(gallery.folder / "2026-11-20", "00001"):
        assert gallery.add(IMAGE, recipe()).number == 2


def test_a_number_that_was_taken_meanwhile_is_left_out(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    rival = Gallery(gallery.folder, lambda: date(2026, 11, 20))
    last = gallery._last
    rivals: list[Picture] = []

    def late(day: str) -> int:
        number = last(day)
        if not rivals:
            rivals.append(rival.add(IMAGE, recipe()))
        return number

    monkeypatch.setattr(gallery, "_last", late)
    assert (gallery.add(IMAGE, recipe()).number, rivals[0].number) == (2, 1)


def test_threads_may_add_at_once(gallery: Gallery) -> None:
    def add(first: int) -> None:
        for seed in range(first, first + 5):
            gallery.add(IMAGE, recipe(seed))

    threads = [threading.Thread(target=add, args=(5 * index,)) for index in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    pictures = gallery.newest(100)
    assert {picture.seed for picture in pictures} == set(range(20))
    assert len({picture.number for picture in pictures}) == 20


@pytest.mark.parametrize(
    ("edge", "extent"), [(20, Extent(20, 10)), (64, Extent(40, 20)), (1, Extent(1, 1))]
)
def test_a_thumbnail_fits_and_is_never_enlarged(
    gallery: Gallery, edge: int, extent: Extent
) -> None:
    assert gallery.thumbnail(gallery.add(IMAGE, recipe()), edge).extent == extent


def test_a_thumbnail_of_a_damaged_file_is_one_sentence(gallery: Gallery) -> None:
    picture = gallery.add(IMAGE, recipe())
    picture.path.write_bytes(picture.path.read_bytes()[:60])
    with pytest.raises(UserError):
        gallery.thumbnail(picture, 20)
