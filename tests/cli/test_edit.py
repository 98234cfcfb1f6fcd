"""`inpaint`, `refine` and `outpaint`."""

import json
import os
from pathlib import Path

import numpy as np
import pytest

from t2i_studio.cli.picture_commands import InpaintOptions, OutpaintOptions, RefineOptions
from t2i_studio.core import paths
from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.pictures import read_mask, read_picture
from t2i_studio.core.request import DEFAULT_FEATHER, DEFAULT_STRENGTH, Editing, Inpaint, Refine
from t2i_studio.gallery.metadata import read_parameters, read_recipe
from t2i_studio.gallery.store import Gallery
from t2i_studio.studio.settings import Settings
from tests.cli.conftest import Command

OUT = Path("out.png")


def made(path: Path = OUT) -> Editing:
    """Return the request that made a picture."""
    recipe = read_recipe(path, Gallery(paths.gallery_folder()))
    assert recipe is not None
    assert isinstance(recipe.request, Editing)
    return recipe.request


def test_inpainting_changes_nothing_outside_the_mask(
    command: Command, picture: Path, mask: Path
) -> None:
    outcome = command("inpaint", picture, mask, "a red cube", "-o", "out.png", "--feather", 0)
    assert (outcome.code, outcome.err) == (0, "")
    before, after = read_picture(picture).pixels, read_picture(Path("out.png")).pixels
    outside = read_mask(mask).pixels == 0
    assert np.array_equal(before[outside], after[outside])
    assert not np.array_equal(before, after)


def test_an_inpainting_can_be_replayed_from_its_file(
    command: Command, picture: Path, mask: Path
) -> None:
    command("inpaint", picture, mask, "red", "-o", "out.png", "--seed", 1)
    gallery = Gallery(paths.gallery_folder())
    for kept in gallery.folder.rglob("*.png"):
        os.utime(kept, (0, 0))
    gallery.tidy()
    recipe = read_recipe(Path("out.png"), gallery)
    assert recipe is not None
    assert isinstance(recipe.request, Inpaint)
    assert recipe.request.image == read_picture(picture)


def test_inpainting_works_where_inputs_cannot_be_kept(
    command: Command, picture: Path, mask: Path, data_folder: Path
) -> None:
    data_folder.write_bytes(b"not a folder")
    assert command("inpaint", picture, mask, "red", "-o", "out.png").code == 0


def test_inpainting_never_replaces_what_it_starts_from(
    command: Command, picture: Path, mask: Path
) -> None:
    for source in (picture, mask):
        before = source.read_bytes()
        outcome = command("inpaint", picture, mask, "red", "-o", source)
        assert outcome.code == 2
        assert "would replace" in outcome.err
        assert source.read_bytes() == before


def test_formats_that_change_pixels_say_so(command: Command, picture: Path, mask: Path) -> None:
    outcome = command("inpaint", picture, mask, "red", "-o", "out.jpg")
    assert outcome.code == 0
    assert "Only a PNG keeps" in outcome.err


def test_every_option_of_a_repaint_reaches_the_request(
    command: Command, picture: Path, mask: Path
) -> None:
    command(
        "inpaint", picture, mask, "red", "-o", OUT, "--strength", 0.4, "--content", "fill",
        "--mask-blur", 7, "--seam", 5, "--no-colour-match", "--frame", "-8,4,40,32",
    )  # fmt: skip
    request = made()
    assert isinstance(request, Inpaint)
    assert (request.strength, request.content) == (0.4, "fill")
    assert (request.feather, request.seam, request.colour_match) == (7, 5, False)
    assert request.frame == Bounds(-8, 4, 40, 32)


@pytest.mark.parametrize(
    ("options", "frame"),
    [
        ((), None),
        (("--area", "picture"), Bounds(0, 0, 64, 48)),
        (("--area", "mask", "--padding", 0), Bounds(8, 0, 48, 48)),
        (("--area", "mask", "--padding", 4), Bounds(4, -4, 56, 56)),
    ],
    ids=["auto", "picture", "mask", "padding"],
)
def test_the_area_says_what_the_model_sees(
    command: Command, picture: Path, mask: Path, options: tuple[str, ...], frame: Bounds | None
) -> None:
    assert command("inpaint", picture, mask, "red", "-o", OUT, *options).code == 0
    assert made().frame == frame


def test_refining_starts_from_the_picture_and_replays(command: Command, picture: Path) -> None:
    outcome = command("refine", picture, "red", "-o", OUT, "--strength", 0.5, "--seed", 3)
    assert (outcome.code, outcome.out, outcome.err) == (0, "out.png\n", "")
    assert isinstance(made(), Refine)
    before, after = read_picture(picture), read_picture(OUT)
    assert after.extent == before.extent
    assert after != before
    again = command("replay", OUT, "-o", "again.png", "--json")
    assert json.loads(again.out)["bit_equal"] is True
    assert read_parameters(OUT)["prompt"] == "red"


def test_refining_with_a_frame_leaves_the_rest(command: Command, picture: Path) -> None:
    command("refine", picture, "red", "-o", OUT, "--frame", "32,0,32,48")
    before, after = read_picture(picture).pixels, read_picture(OUT).pixels
    assert np.array_equal(before[:, :32], after[:, :32])
    assert not np.array_equal(before, after)


@pytest.mark.parametrize(
    ("options", "extent", "at", "frame"),
    [
        (("--right", 32), Extent(96, 48), (0, 0), Bounds(48, 0, 48, 48)),
        (("--left", "50%"), Extent(96, 48), (32, 0), Bounds(0, 0, 48, 48)),
        (("--top", "25 %"), Extent(64, 60), (0, 12), Bounds(0, -2, 64, 64)),
        (("--bottom", "16px"), Extent(64, 64), (0, 0), Bounds(0, 0, 64, 64)),
        (("--left", 8, "--top", 8), Extent(72, 56), (8, 8), Bounds(0, -8, 72, 72)),
        (("--right", 32, "--frame", "40,0,56,48"), Extent(96, 48), (0, 0), Bounds(40, 0, 56, 48)),
    ],
    ids=["right", "left", "top", "bottom", "corner", "frame"],
)
def test_a_picture_grows_and_what_is_there_stays(
    command: Command,
    picture: Path,
    options: tuple[object, ...],
    extent: Extent,
    at: tuple[int, int],
    frame: Bounds,
) -> None:
    assert command("outpaint", picture, "red", "-o", OUT, *options).code == 0
    before, after = read_picture(picture), read_picture(OUT)
    assert after.extent == extent
    assert after.crop(Bounds.at_origin(before.extent).moved(*at)) == before
    request = made()
    assert request.frame == frame
    assert isinstance(request, Inpaint)
    assert (request.mask.pixels > 0).sum() == extent.area - before.extent.area


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("refine", "--strength", 0), "strength lies above 0 and up to 1, not 0"),
        (("refine", "--strength", 2), "not 2. 1 starts from noise"),
        (("refine", "--strength", "nan"), "not nan"),
        (("refine", "--strength", "much"), "--strength"),
        (("refine", "--frame", "1,2,3"), "written X,Y,W,H, like 128,0,256,256, not '1,2,3'"),
        (("refine", "--frame", "0,0,4,48"), "at least 8 px"),
        (("refine", "--frame", "64,0,64,64"), "outside the picture: move it"),
        (("outpaint",), "does not grow. Say where"),
        (("outpaint", "--right", "0%"), "does not grow"),
        (("outpaint", "--right", "-5"), "--right is written in pixels or percent"),
        (("outpaint", "--top", "wide"), "--top is written in pixels or percent"),
        (("outpaint", "--right", 49), "grows by 49 px over one border, and 48 px is the most"),
        (("outpaint", "--left", "999999"), "Let it grow several times"),
        (("outpaint", "--left", 8, "--frame", "30,0,20,20"), "mask lies outside the frame"),
        (("outpaint", "--left", 8, "--strength", -1), "strength"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(
    command: Command, picture: Path, arguments: tuple[object, ...], words: str
) -> None:
    name, *options = arguments
    outcome = command(name, picture, "red", "-o", OUT, *options)
    assert outcome.code == 2
    assert words in outcome.err
    assert outcome.err.count("\n") == 1
    assert not OUT.exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--area", "mask", "--frame", "0,0,64,48"), "a frame and an area"),
        (("--frame", "0,0,8,8"), "The mask lies outside the frame"),
        (("--content", "lava"), "--content"),
        (("--seam", 999), "--seam"),
        (("--padding", -1), "--padding"),
    ],
)
def test_a_repaint_that_cannot_be_is_refused(
    command: Command, picture: Path, mask: Path, options: tuple[object, ...], words: str
) -> None:
    outcome = command("inpaint", picture, mask, "red", "-o", OUT, *options)
    assert outcome.code == 2
    assert words in outcome.err
    assert outcome.err.count("\n") == 1


def test_nothing_replaces_what_it_starts_from(command: Command, picture: Path) -> None:
    for name in ("refine", "outpaint"):
        outcome = command(name, picture, "red", "-o", picture)
        assert outcome.code == 2
        assert "would replace" in outcome.err


def test_a_refined_jpeg_is_no_loss_unless_a_part_should_stay(
    command: Command, picture: Path
) -> None:
    assert command("refine", picture, "red", "-o", "out.jpg").err == ""
    framed = command("refine", picture, "red", "-o", "out.jpg", "--frame", "0,0,32,32")
    assert "Only a PNG keeps" in framed.err


def test_prompts_of_edits_are_read_as_those_of_pictures(command: Command, picture: Path) -> None:
    command("refine", picture, "a {red|red} cube", "-o", OUT)
    assert (made().prompt, made().raw_prompt) == ("a red cube", "a {red|red} cube")


def test_the_defaults_are_those_of_requests_and_of_the_studio() -> None:
    files = {"image": Path("a.png"), "prompt": "x", "out": OUT}
    repaint, settings = InpaintOptions(**files, mask=OUT), Settings()
    assert repaint.feather == DEFAULT_FEATHER
    assert (repaint.seam, repaint.colour_match) == (settings.seam, settings.colour_match)
    assert repaint.strength == OutpaintOptions(**files).strength == 1
    assert RefineOptions(**files).strength == DEFAULT_STRENGTH
