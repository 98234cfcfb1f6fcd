import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.core.pictures import read_picture
from t2i_studio.gallery.chunks import read_texts
from t2i_studio.gallery.exporters import strip
from t2i_studio.gallery.exporters.carried import facts, read_recipes
from t2i_studio.gallery.exporters.frames import Frame, there_and_back
from t2i_studio.gallery.exporters.strip import (
    Timing,
    save_folder,
    save_gif,
    save_strip,
    save_webp,
)
from t2i_studio.gallery.metadata import read_recipe
from tests.gallery.latents import recipe

COLOURS = ((200, 30, 30), (30, 160, 60), (40, 80, 220))
SMALL = Extent(64, 48)
Save = Callable[[Path, list[Frame]], None]
TO_FILES = pytest.mark.parametrize("save", [save_gif, save_webp, save_strip])


def three(extent: Extent = SMALL) -> list[Frame]:
    return [
        Frame(Image.filled(extent, colour), recipe(seed)) for seed, colour in enumerate(COLOURS)
    ]


def shown(path: Path) -> list[np.ndarray]:
    """Return the frames of an animation as a viewer shows them."""
    with PIL.Image.open(path) as picture:
        found = []
        for number in range(getattr(picture, "n_frames", 1)):
            picture.seek(number)
            found.append(np.asarray(picture.convert("RGB")).astype(int))
        return found


@pytest.mark.parametrize(("save", "error"), [(save_gif, 0), (save_webp, 6)])
def test_an_animation_shows_every_frame(tmp_path: Path, save: Save, error: int) -> None:
    save(tmp_path / "a", list(there_and_back(three())))
    frames = shown(tmp_path / "a")
    assert len(frames) == 4
    for pixels, colour in zip(frames, (*COLOURS, COLOURS[1]), strict=True):
        assert np.abs(pixels - colour).max() <= error


def test_what_moves_leaves_nothing_behind(tmp_path: Path) -> None:
    pictures = []
    for x in range(4):
        pixels = np.full((16, 32, 3), 255, np.uint8)
        pixels[4:12, 8 * x : 8 * x + 8] = COLOURS[0]
        pictures.append(Image(pixels))
    save_gif(tmp_path / "a.gif", [Frame(picture, recipe()) for picture in pictures])
    for picture, pixels in zip(pictures, shown(tmp_path / "a.gif"), strict=True):
        np.testing.assert_array_equal(pixels, picture.pixels)


@pytest.mark.parametrize(("plays", "gif", "webp"), [(0, 0, 0), (1, None, 1), (3, 2, 3)])
def test_an_animation_plays_as_often_as_it_should(
    tmp_path: Path, plays: int, gif: int | None, webp: int
) -> None:
    save_gif(tmp_path / "a.gif", three(), Timing(254, plays))
    save_webp(tmp_path / "a.webp", three(), Timing(254, plays))
    with PIL.Image.open(tmp_path / "a.gif") as picture:
        assert (picture.info.get("loop"), picture.info["duration"]) == (gif, 250)
    with PIL.Image.open(tmp_path / "a.webp") as picture:
        picture.load()
        assert (picture.info["loop"], picture.info["duration"]) == (webp, 254)


@pytest.mark.parametrize("wrong", [{"frame_ms": 19}, {"frame_ms": 60_001}, {"plays": -1}])
def test_a_time_out_of_range_is_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(UserError):
        Timing(**wrong)


def test_a_gif_tells_facts_and_a_webp_that_a_model_made_it(tmp_path: Path) -> None:
    save_gif(tmp_path / "a.gif", three())
    save_webp(tmp_path / "a.webp", three())
    with PIL.Image.open(tmp_path / "a.gif") as picture:
        assert picture.info["comment"].decode() == facts(recipe(0), 3)
    assert b"trainedAlgorithmicMedia" in (tmp_path / "a.webp").read_bytes()


def test_a_strip_holds_the_frames_in_a_row_and_their_recipes(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    save_strip(path, three())
    pixels = read_picture(path).pixels
    assert pixels.shape == (48, 3 * 64 + 2 * 2, 3)
    assert [tuple(pixels[24, x]) for x in (32, 98, 164)] == list(COLOURS)
    assert tuple(pixels[24, 64]) == strip.PAPER
    assert read_recipes(path) == tuple(recipe(seed) for seed in range(3))
    assert "trainedAlgorithmicMedia" in read_texts(path)["XML:com.adobe.xmp"]


def test_captions_stand_under_their_frames(tmp_path: Path) -> None:
    first, second, third = three()
    save_strip(tmp_path / "a.png", [first, Frame(second.image, second.recipe, "fox"), third])
    under = read_picture(tmp_path / "a.png").pixels[48:]
    columns = np.flatnonzero((under < 128).all(axis=2).any(axis=0))
    assert 66 < columns.min() < columns.max() < 130
    assert columns.mean() == pytest.approx(98, abs=3)


@pytest.mark.parametrize(
    ("caption", "lines"),
    [
        ("", []),
        (" a  fox\n", ["a fox"]),
        ("θ 0.25 → 猫", ["theta 0.25", "-> ?"]),
        ("one two three four five six seven", ["one two", "three four", "five six…"]),
        ("Donaudampfschifffahrt", ["Donauda…"]),
    ],
)
def test_a_caption_is_broken_into_lines_that_fit(caption: str, lines: list[str]) -> None:
    assert strip._lines(caption, 58, 11.0) == lines


def test_no_room_for_even_one_letter_leaves_an_ellipsis() -> None:
    assert strip._lines("fox", 2, 11.0) == ["…"]


@TO_FILES
def test_the_file_is_replaced_and_nothing_else_is_left(tmp_path: Path, save: Save) -> None:
    path, link = tmp_path / "a", tmp_path / "link"
    path.write_bytes(b"old")
    link.symlink_to(path)
    save(link, three())
    assert len(path.read_bytes()) > 3
    assert sorted(os.listdir(tmp_path)) == ["a", "link"]
    assert link.is_symlink()


@TO_FILES
def test_no_frames_and_paths_that_are_no_files_are_refused(tmp_path: Path, save: Save) -> None:
    with pytest.raises(UserError, match="no frames"):
        save(tmp_path / "a", [])
    for path in (tmp_path, Path(os.devnull), tmp_path / "a\0b"):
        with pytest.raises(UserError):
            save(path, three())


def test_what_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError, match="WEBP file ends at 16,383"):
        save_webp(tmp_path / "a", three(Extent(16_384, 1)))
    with pytest.raises(UserError, match="GIF file ends at 65,535"):
        save_gif(tmp_path / "a", three(Extent(65_536, 1)))
    monkeypatch.setattr(strip, "MAX_PIXELS", 9000)
    with pytest.raises(UserError, match="3 frames would have 196x48"):
        save_strip(tmp_path / "a", three())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("is_there", [False, True])
def test_a_folder_holds_numbered_pictures_with_their_recipes(
    tmp_path: Path, is_there: bool
) -> None:
    folder = tmp_path / "new" / "frames"
    if is_there:
        folder.mkdir(parents=True)
    save_folder(folder, three())
    assert sorted(os.listdir(folder)) == ["001.png", "002.png", "003.png"]
    assert os.listdir(folder.parent) == ["frames"]
    assert read_picture(folder / "002.png") == three()[1].image
    assert read_recipe(folder / "003.png") == recipe(2)


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").write_bytes(b"mine")
    for path in (tmp_path, tmp_path / "mine"):
        with pytest.raises(UserError, match="something in it already"):
            save_folder(path, three())
    assert os.listdir(tmp_path) == ["mine"]


def test_a_folder_that_fails_half_way_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = strip.files.save_atomic

    def full(path: Path, data: bytes) -> None:
        if path.name == "003.png":
            raise MachineError("There is no room.")
        whole(path, data)

    monkeypatch.setattr(strip.files, "save_atomic", full)
    with pytest.raises(MachineError):
        save_folder(tmp_path / "frames", three())
    assert list(tmp_path.iterdir()) == []


def test_a_folder_whose_name_is_taken_meanwhile_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = os.rename

    def late(source: Path, target: Path) -> None:
        target.mkdir()
        (target / "mine").touch()
        rename(source, target)

    monkeypatch.setattr(os, "rename", late)
    with pytest.raises(MachineError, match="Cannot write"):
        save_folder(tmp_path / "frames", three())
    assert list(tmp_path.rglob("*")) == [tmp_path / "frames", tmp_path / "frames" / "mine"]


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(MachineError):
        save_folder(tmp_path / "file" / "frames", three())
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    for path in (tmp_path / "a\0b", tmp_path / ("a" * 300), loop / "frames"):
        with pytest.raises(UserError, match="cannot be used"):
            save_folder(path, three())
