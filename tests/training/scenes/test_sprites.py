"""Sprites: square, standing, kept on disk, made anew when what they come from changes."""

import json
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.training.scenes import sprites as module
from t2i_studio.training.scenes.icons import ICON_SETS
from t2i_studio.training.scenes.sprites import ALL_SPRITES, STORED, Sprite, Sprites
from t2i_studio.training.scenes.vocabulary import ARTS, COLOURS, NOUNS, PRIMITIVES

OWL = Sprite("owl", None, "sticker")


def test_there_is_one_for_every_object_art_and_colour() -> None:
    assert len(ALL_SPRITES) == len(ARTS) * (len(NOUNS) + len(PRIMITIVES) * len(COLOURS))


@pytest.mark.parametrize("side", [20, 112, 113, STORED])
def test_an_icon_stands_on_the_lower_edge_in_the_middle(sprites: Sprites, side: int) -> None:
    image = sprites.image(OWL, side)

    assert (image.mode, image.size) == ("RGBA", (side, side))
    assert image.getchannel("A").getbbox() == (0, 0, side, side)


def test_a_wide_icon_keeps_its_proportions_and_stands() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="32" height="32">'
        '<path fill="red" d="M2 3h20v10h-20z"/></svg>'
    )

    alpha = module._drawn(OWL, {"sticker owl": svg}, 64)[..., 3]

    assert alpha[34:62, 2:62].min() > 240
    assert alpha[62:, 2:62].min() > 60
    assert alpha[:30].max() < 5


def test_they_are_read_from_disk_the_second_time(
    sprites: Sprites, sprites_folder: Path, icon_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)

    again = Sprites.load(sprites_folder, icon_folder)

    assert again.image(OWL, 50) == sprites.image(OWL, 50)


@pytest.fixture
def only_owl(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make loading quick."""
    monkeypatch.setattr(module, "ALL_SPRITES", (OWL,))


@pytest.mark.usefixtures("only_owl")
@pytest.mark.parametrize("length", [0, 100, 2000])
def test_a_cache_that_is_not_whole_is_made_anew(
    icon_folder: Path, tmp_path: Path, length: int
) -> None:
    before = Sprites.load(tmp_path, icon_folder)
    [kept] = tmp_path.glob("*.npz")
    whole = kept.read_bytes()
    kept.write_bytes(whole[:length])

    again = Sprites.load(tmp_path, icon_folder)

    assert again.image(OWL, 50) == before.image(OWL, 50)
    assert kept.stat().st_size == len(whole)


def test_other_icons_make_other_sprites(tmp_path: Path, icon_folder: Path) -> None:
    own = shutil.copytree(icon_folder, tmp_path / "own")
    before = module._key(own)
    path = own / "noto" / "icons.json"
    path.write_text(path.read_text().replace("circle", "ellipse"))

    assert module._key(own) != before
    assert module._key(None) != before


def test_large_sprites_have_edges_as_sharp_as_small_ones(sprites: Sprites) -> None:
    widths = []
    for side in (200, 800):
        row = np.asarray(sprites.image(OWL, side), int)[side // 2, :, 0]
        widths.append(np.count_nonzero(np.abs(np.diff(row)) > 8))

    assert widths[1] <= widths[0] + 2


@pytest.mark.usefixtures("only_owl")
def test_a_large_sprite_is_kept_and_drawn_anew_if_it_is_not_whole(
    icon_folder: Path, tmp_path: Path
) -> None:
    before = Sprites.load(tmp_path, icon_folder).image(OWL, 600)
    [kept] = tmp_path.glob("*/sticker owl.png")
    whole = kept.read_bytes()
    kept.write_bytes(whole[:1000])

    again = Sprites.load(tmp_path, icon_folder).image(OWL, 600)

    assert again == before
    assert kept.read_bytes() == whole


def test_without_resvg_one_line_tells_what_to_install(
    tmp_path: Path, icon_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)

    with pytest.raises(MachineError, match=r"resvg_py, which is not installed.*t2i-studio\[train"):
        Sprites.load(tmp_path, icon_folder)


def test_without_npm_and_icons_the_way_out_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(MachineError, match="--icons FOLDER"):
        Sprites.load(tmp_path)


def test_an_icon_that_is_no_drawing_is_named(tmp_path: Path, icon_folder: Path) -> None:
    own = shutil.copytree(icon_folder, tmp_path / "own")
    path = own / ICON_SETS["sticker"].name / "icons.json"
    table = json.loads(path.read_text())
    table["icons"]["fox-face"]["body"] = "<path"
    path.write_text(json.dumps(table))

    with pytest.raises(UserError, match="The icon of sticker fox cannot be drawn") as caught:
        Sprites.load(tmp_path / "cache", own)

    assert "\n" not in str(caught.value)
