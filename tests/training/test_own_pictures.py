import errno
import os
import warnings
from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.training import own_pictures
from t2i_studio.training.corpus import Corpus
from t2i_studio.training.folder import find
from t2i_studio.training.own_pictures import OwnPictures, prepare, square
from t2i_studio.training.report import Problem

SIZE = 4  # px


class StoppedError(Exception):
    """Somebody ends a preparation."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six pictures, the n-th with the red value n."""
    made = tmp_path / "own"
    made.mkdir()
    for number in range(6):
        add(made, f"{number}.png", (number, 0, 0))
    return made


def add(folder: Path, name: str, colour: tuple[int, int, int]) -> Path:
    path = folder / name
    Image.filled(Extent(8, 8), colour).to_pil().save(path)
    path.with_suffix(".txt").write_text(f"picture {name}", encoding="utf-8")
    return path


def prepared(folder: Path, size: int = SIZE) -> OwnPictures:
    return prepare(find(folder), size, folder.parent / "run", cap=100)


def reds(own: OwnPictures) -> list[int]:
    return [int(red) for red in own.pictures[:, 0, 0, 0]]


def test_a_folder_becomes_a_corpus(folder: Path) -> None:
    corpus: Corpus = prepared(folder)
    assert corpus.pictures.shape == (len(corpus), SIZE, SIZE, 3) == (6, 4, 4, 3)
    assert corpus.captions[2] == ("picture 2.png",)
    assert len(set(corpus.keys.tolist())) == 6
    assert sorted(corpus.indices(6, 0, 0)) == sorted(corpus.hard_indices(6, 1, 0)) == [*range(6)]


def test_the_middle_square_is_averaged_by_areas() -> None:
    pixels = np.zeros((4, 8, 3), np.uint8)
    pixels[:, ::2], pixels[:, :2], pixels[:, 6:] = 100, 255, 255
    assert square(Image(pixels), 2).tolist() == np.full((2, 2, 3), 50).tolist()


def test_small_pictures_are_enlarged_smoothly() -> None:
    pixels = np.array([[[0] * 3, [240] * 3]] * 2, np.uint8)
    row = square(Image(pixels), 8)[0, :, 0].astype(int)
    assert row[0] < row[3] < row[4] < row[7]


def test_pictures_are_upright_and_on_white(folder: Path) -> None:
    clear = PIL.Image.new("RGBA", (8, 8), (0, 0, 0, 0))
    clear.save(folder / "0.png")
    exif = PIL.Image.Exif()
    exif[0x0112] = 6  # turn by 90 degrees clockwise
    turned = np.zeros((8, 8, 3), np.uint8)
    turned[:4] = 255  # above; on the right once upright
    PIL.Image.fromarray(turned).save(folder / "1.png", exif=exif)
    own = prepared(folder)
    assert own.pictures[0].min() == 255
    assert own.pictures[1][:, 0].max() == 0
    assert own.pictures[1][:, -1].min() == 255


def test_broken_pictures_are_named_and_left_out(folder: Path) -> None:
    whole = np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8)
    PIL.Image.fromarray(whole).save(folder / "1.png")
    (folder / "1.png").write_bytes((folder / "1.png").read_bytes()[:2000])
    (folder / "3.png").write_bytes(b"<html>")
    own = prepared(folder)
    assert reds(own) == [0, 2, 4, 5]
    assert [said for (said,) in own.captions] == [f"picture {n}.png" for n in (0, 2, 4, 5)]
    assert str(own.report).startswith("4 pictures with captions; 2 that cannot be read were left")
    assert "1.png: The picture is damaged or cut off" in str(own.report)
    assert "3.png: This is not a picture that can be read)" in str(own.report)


def test_a_part_knows_nothing_of_the_others(folder: Path) -> None:
    own = prepared(folder)
    part = own.part(slice(4, None))
    assert np.shares_memory(part.pictures, own.pictures)
    assert reds(part) == [4, 5]
    assert part.captions == own.captions[4:]
    assert sorted(part.indices(2, 0, 0)) == [0, 1]


def test_the_shorter_sides_are_told(folder: Path) -> None:
    Image.filled(Extent(9, 12), (0, 0, 0)).to_pil().save(folder / "2.png")
    (folder / "1.png").write_bytes(b"")
    assert prepared(folder).sides == (8, 9, 8, 8, 8)


@pytest.mark.parametrize("side", [10_001, 14_000], ids=["ours", "of-pillow"])
def test_a_picture_that_would_fill_the_memory_is_left_out(folder: Path, side: int) -> None:
    PIL.Image.new("1", (side, side)).save(folder / "1.png")
    own = prepared(folder)
    assert len(own) == 5
    assert "1.png: The picture has more than 100 megapixels" in str(own.report)


def test_a_picture_that_goes_meanwhile_is_left_out(folder: Path) -> None:
    found = find(folder)
    (folder / "1.png").unlink()
    own = prepare(found, SIZE, folder.parent / "run", cap=100)
    assert "1.png: There is no such file" in str(own.report)


def test_without_a_single_whole_picture_there_is_nothing_to_train_on(folder: Path) -> None:
    for path in folder.glob("*.png"):
        path.write_bytes(b"")
    with pytest.raises(UserError, match=r"own: No picture can be read: 0 .* 6 that cannot be read"):
        prepared(folder)


def test_what_the_search_left_out_stays_in_the_report(folder: Path) -> None:
    (folder / "5.txt").unlink()
    (folder / "4.png").write_bytes(b"")
    report = prepared(folder).report
    assert (report.used, report.count(Problem.no_caption), report.count(Problem.broken)) == (
        4,
        1,
        1,
    )


def test_pictures_are_read_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "3.png").write_bytes(b"")
    first = prepared(folder)
    monkeypatch.setattr(own_pictures, "read_picture", None)
    again = prepared(folder)
    assert np.array_equal(again.pictures, first.pictures)
    assert again.report == first.report


def test_what_is_there_is_only_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other ranks take pictures up while some already train on them."""
    first = prepared(folder)
    monkeypatch.setattr(os, "truncate", None)
    assert reds(prepared(folder)) == reds(first)


@pytest.mark.parametrize("stop", range(7))
def test_an_interrupted_preparation_goes_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch, stop: int
) -> None:
    monkeypatch.setattr(own_pictures, "_BLOCK", 1)
    (folder / "2.png").write_bytes(b"")
    run, found, seen = folder.parent / "run", find(folder), []

    def interrupt(done: int, count: int) -> None:
        if done == stop:
            raise StoppedError

    with pytest.raises(StoppedError):
        prepare(found, SIZE, run, cap=100, progress=interrupt)
    own = prepare(found, SIZE, run, cap=100, progress=lambda *done: seen.append(done))
    assert seen == [(done, 6) for done in range(stop, 7)]
    assert reds(own) == [0, 1, 3, 4, 5]


@pytest.mark.parametrize(
    ("kind", "cut"),
    [("*.rgb", 5), ("*.log", 1), ("*.rgb", None), ("*.log", None)],
    ids=["pixels-short", "line-torn", "no-pixels", "no-lines"],
)
def test_files_that_a_crash_left_apart_are_made_whole(
    folder: Path, kind: str, cut: int | None
) -> None:
    before = prepared(folder).pictures.copy()
    (path,) = (folder.parent / "run").glob(kind)
    os.truncate(path, path.stat().st_size - cut) if cut else path.unlink()
    after = prepared(folder)
    assert np.array_equal(after.pictures, before)
    (pixels,) = (folder.parent / "run").glob("*.rgb")
    assert pixels.stat().st_size == before.nbytes


def test_a_changed_folder_is_prepared_anew_and_the_old_files_go(folder: Path) -> None:
    prepared(folder)
    prepared(folder, size=2)
    os.utime(add(folder, "1.png", (99, 0, 0)), (0, 0))
    assert reds(prepared(folder)) == [0, 99, 2, 3, 4, 5]
    kept = sorted(path.name.split("-")[1] for path in (folder.parent / "run").iterdir())
    assert kept == ["2", "2", "4", "4"]


def test_a_full_disk_is_one_clear_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(MachineError, match=r"There is no room in .*run"):
        prepared(folder)
    monkeypatch.undo()
    assert reds(prepared(folder)) == [0, 1, 2, 3, 4, 5]


def test_threads_need_not_change_how_warnings_are_filtered(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def warn(path: Path) -> Image:
        warnings.warn("a damaged profile", stacklevel=1)  # an error wherever it is not ignored
        return Image.filled(Extent(8, 8), (7, 7, 7))

    before = list(warnings.filters)
    monkeypatch.setattr(own_pictures, "read_picture", warn)
    assert reds(prepared(folder)) == [7] * 6
    assert warnings.filters == before
