"""What a model is shown of an edit, and how its work is laid into the picture."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.core.request import MIN_FRAME, Inpaint, Refine
from t2i_studio.engine.canvas import canvas_of

SIZE = Extent(64, 64)
GREY = (120, 120, 120)
RED = (220, 20, 20)


def noise(width: int, height: int) -> Image:
    values = np.random.default_rng(0).integers(0, 256, (height, width, 3))
    return Image(values.astype(np.uint8))


def masked(extent: Extent, hole: Bounds) -> Mask:
    pixels = np.zeros((extent.height, extent.width), np.uint8)
    pixels[hole.slices] = 255
    return Mask(pixels)


def inpaint(image: Image, hole: Bounds, **options: object) -> Inpaint:
    how = {"prompt": "a fox", "size": SIZE, "feather": 0, **options}
    return Inpaint(image=image, mask=masked(image.extent, hole), **how)


def refine(image: Image, **options: object) -> Refine:
    return Refine(prompt="a fox", size=SIZE, image=image, **options)


@st.composite
def edits(draw: st.DrawFn) -> Inpaint:
    """Repaints with everything that an edit has, in pictures of any shape."""
    width, height = draw(st.integers(10, 40)), draw(st.integers(10, 40))
    image = Image(draw(npst.arrays(np.uint8, (height, width, 3))))
    levels = st.sampled_from([0, 0, 255, 90])
    pixels = draw(npst.arrays(np.uint8, (height, width), elements=levels).filter(np.any))
    rows, columns = np.nonzero(pixels)
    side = draw(st.integers(MIN_FRAME, 50))
    frame = Bounds(int(columns[0]) - side // 2, int(rows[0]) - side // 2, side, side)
    return Inpaint(
        prompt="a fox",
        seed=1,
        size=SIZE,
        image=image,
        mask=Mask(pixels),
        frame=draw(st.sampled_from([None, frame])),
        strength=draw(st.sampled_from([1.0, 0.4])),
        content=draw(st.sampled_from(["original", "fill", "blur", "noise"])),
        colour_match=draw(st.booleans()),
        seam=draw(st.sampled_from([0, 1, 16, 256])),
        feather=draw(st.sampled_from([0, 3])),
    )


@given(edits(), st.tuples(*[st.integers(0, 255)] * 3))
def test_whatever_is_asked_for_nothing_changes_outside_mask_and_frame(
    request_: Inpaint, colour: tuple[int, int, int]
) -> None:
    canvas = canvas_of(request_)

    found = canvas.finish(Image.filled(SIZE, colour))

    kept = request_.mask.pixels == 0
    if request_.frame:
        out = np.ones_like(kept)
        out[request_.frame.intersection(Bounds.at_origin(request_.image.extent)).slices] = False
        kept |= out
    assert found.extent == request_.image.extent
    assert np.array_equal(found.pixels[kept], request_.image.pixels[kept])


def test_without_a_frame_the_engine_chooses_it_around_the_mask() -> None:
    canvas = canvas_of(inpaint(noise(400, 300), Bounds(200, 100, 20, 20)))

    assert canvas.frame == Bounds(178, 78, 64, 64)
    assert canvas.seen.extent == Extent(64, 64)


@pytest.mark.parametrize(
    ("frame", "seen"),
    [
        pytest.param(Bounds(10, 20, 100, 100), Bounds(10, 20, 100, 100), id="square"),
        pytest.param(Bounds(10, 20, 200, 100), Bounds(10, 0, 200, 200), id="wide"),
        pytest.param(Bounds(10, 20, 40, 100), Bounds(0, 20, 100, 100), id="tall"),
        pytest.param(Bounds(350, 50, 100, 100), Bounds(350, 50, 100, 100), id="sticking out"),
    ],
)
def test_the_model_sees_the_square_around_the_frame(frame: Bounds, seen: Bounds) -> None:
    image = noise(400, 300)

    for request in (
        inpaint(image, Bounds(0, 0, 400, 300), frame=frame),
        refine(image, frame=frame),
    ):
        canvas = canvas_of(request)
        assert canvas.frame == seen
        assert canvas.weights.bounds == frame.intersection(Bounds.at_origin(image.extent))


def test_only_the_masked_part_of_the_frame_changes() -> None:
    image = noise(100, 100)
    request = inpaint(image, Bounds(0, 0, 50, 100), frame=Bounds(30, 20, 40, 40))

    found = canvas_of(request).finish(Image.filled(SIZE, RED)).pixels

    assert (found[20:60, 30:50] == RED).all()
    rest = np.ones((100, 100), np.bool_)
    rest[20:60, 30:50] = False
    assert np.array_equal(found[rest], image.pixels[rest])


@pytest.mark.parametrize("side", [32, 64, 256, 300], ids=str)
def test_frames_of_any_size_are_laid_back_where_they_were(side: int) -> None:
    """A picture that the model gives back as it was stays what it was, as far as scaling goes."""
    rows, columns = np.mgrid[:300, :300]
    smooth = 128 + 100 * np.sin(np.stack([rows / 40, columns / 50, (rows + columns) / 60], -1))
    image = Image(smooth.astype(np.uint8))
    frame = Bounds(0, 0, side, side)
    canvas = canvas_of(inpaint(image, frame, frame=frame))

    found = canvas.finish(canvas.seen.resized(SIZE))

    difference = np.abs(found.pixels.astype(int) - image.pixels)
    assert difference[2:-2, 2:-2].mean() < 2
    assert difference.max() < 24


def test_full_strength_starts_from_noise() -> None:
    assert canvas_of(inpaint(noise(64, 64), Bounds(8, 8, 20, 20))).start(0) is None
    assert canvas_of(refine(noise(64, 64), strength=1.0)).start(0) is None


def test_less_starts_from_what_is_there() -> None:
    image = noise(64, 64)

    assert canvas_of(refine(image, strength=0.5)).start(0) == image
    assert canvas_of(inpaint(image, Bounds(8, 8, 20, 20), strength=0.5)).start(0) == image


@pytest.mark.parametrize("content", ["fill", "blur", "noise"])
def test_masked_content_replaces_what_is_under_the_mask(content: str) -> None:
    image, hole = noise(64, 64), Bounds(16, 16, 32, 32)
    canvas = canvas_of(inpaint(image, hole, strength=0.9, content=content))

    start = canvas.start(3)

    assert start is not None
    kept = canvas.request.mask.pixels == 0  # type: ignore[union-attr]  # a repaint
    assert np.array_equal(start.pixels[kept], image.pixels[kept])
    assert not np.array_equal(start.crop(hole).pixels, image.crop(hole).pixels)
    assert (start != canvas.start(4)) == (content == "noise")


def test_a_soft_border_is_mixed_with_the_masked_content() -> None:
    """With the object that is to go it would leave a rim of it."""
    hole = Bounds(30, 30, 40, 40)
    pixels = np.full((100, 100, 3), GREY, np.uint8)
    pixels[hole.slices] = RED
    painted = Image.filled(SIZE, GREY)

    def rim(content: str) -> float:
        request = inpaint(Image(pixels), hole, feather=8, content=content)
        found = canvas_of(request).finish(painted).pixels[30:33, 35:65].astype(int)
        return float(np.abs(found - GREY).max())

    assert rim("original") > 50
    assert rim("fill") <= 2


def test_noise_is_not_shown_to_the_model_as_a_picture() -> None:
    image, hole = Image.filled(Extent(64, 64), GREY), Bounds(16, 16, 32, 32)

    canvas = canvas_of(inpaint(image, hole, strength=0.9, content="noise"))

    assert np.abs(canvas.seen.pixels.astype(int) - GREY).max() <= 1


def test_a_refined_frame_blends_into_the_picture_around_it() -> None:
    image = Image.filled(Extent(200, 200), GREY)
    request = refine(image, strength=1.0, frame=Bounds(40, 40, 160, 100))

    row = canvas_of(request).finish(Image.filled(SIZE, RED)).pixels[90, :, 0].astype(int)

    assert (row[:40] == GREY[0]).all()
    assert GREY[0] < row[42] < RED[0]
    assert (row[50:] == RED[0]).all()  # the border of the picture is not softened


def test_a_refined_picture_is_new_everywhere() -> None:
    found = canvas_of(refine(noise(90, 60), strength=1.0)).finish(Image.filled(SIZE, RED))

    assert (found.pixels == RED).all()


def test_little_strength_keeps_the_detail_that_the_model_does_not_see() -> None:
    pixels = np.full((256, 256, 3), 120, np.uint8)
    pixels[::2] = 160
    blurred = Image.filled(SIZE, (145, 145, 145))

    kept = canvas_of(refine(Image(pixels), strength=0.2)).finish(blurred)
    new = canvas_of(refine(Image(pixels), strength=1.0)).finish(blurred)

    assert kept.pixels.std() > 19
    assert new.pixels.std() == 0


def test_colours_are_matched_and_the_seam_is_bent_where_asked() -> None:
    image, hole = Image.filled(Extent(128, 128), GREY), Bounds(32, 32, 64, 64)
    painted = Image.filled(SIZE, (135, 135, 135))

    def off(**options: object) -> tuple[float, float]:
        found = canvas_of(inpaint(image, hole, **options)).finish(painted)
        difference = np.abs(found.pixels.astype(int) - GREY)
        return float(difference[32:96, 32].mean()), float(difference[64, 64].mean())

    assert off() == (15, 15)
    border, middle = off(seam=8)
    assert border < 2
    assert middle == 15
    assert max(off(colour_match=True)) < 3


def test_the_preview_shows_the_frame_with_its_surroundings() -> None:
    image = Image.filled(Extent(400, 400), GREY)
    canvas = canvas_of(inpaint(image, Bounds(150, 150, 100, 100)))

    shown = canvas.preview(Image.filled(SIZE, RED))

    assert shown.extent == SIZE
    assert shown.pixels[0, 0].tolist() == list(GREY)
    assert shown.pixels[32, 32].tolist() == list(RED)
