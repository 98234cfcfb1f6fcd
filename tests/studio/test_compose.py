"""What a press of Generate asks for, from the state of the canvas."""

import numpy as np
import pytest

from t2i_studio.core.errors import UserError
from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask, Pixels
from t2i_studio.core.request import Generate, Inpaint, Refine
from t2i_studio.studio.compose import Composed, Task, compose, known_share, task_of
from t2i_studio.studio.document import Document
from t2i_studio.studio.frame import Area, GenerationFrame
from t2i_studio.studio.settings import Settings

NATIVE = Extent(64, 64)
PICTURE = Image.filled(Extent(128, 96), (200, 100, 50))
WHOLE = Bounds(0, 0, 128, 96)
OVER_THE_RIGHT = Bounds(80, 0, 96, 96)


def document(mask: Bounds | None = None) -> Document:
    made = Document()
    made.open(PICTURE)
    if mask:
        pixels = np.zeros((96, 128), np.uint8)
        pixels[mask.slices] = 255
        made.set_mask(Mask(pixels))
    return made


def box(bounds: Bounds) -> GenerationFrame:
    return GenerationFrame(area=Area.frame, bounds=bounds)


def asked(canvas: Document, frame: GenerationFrame | None = None, **settings: object) -> Composed:
    wanted = Settings(prompt="a fox", seed=3, **settings)  # type: ignore[arg-type]
    return compose(wanted, canvas, frame or GenerationFrame(), NATIVE)


def holed(hole: Bounds) -> Document:
    """Return a picture with a hole that one can look through."""
    pixels = np.full((96, 128, 4), (200, 100, 50, 255), np.uint8)
    pixels[hole.slices] = 0
    made = document()
    made.add_layer("Holed", pixels)
    made.remove_layer(made.layers[0].id)
    return made


def test_an_empty_canvas_is_a_new_picture() -> None:
    assert isinstance(asked(Document()).request, Generate)


def test_an_unmasked_picture_at_full_strength_is_a_new_picture() -> None:
    assert isinstance(asked(document()).request, Generate)


def test_a_mask_is_repainted_with_what_the_settings_say() -> None:
    request = asked(
        document(Bounds(10, 20, 30, 40)),
        strength=0.5,
        content="blur",
        feather=9,
        seam=3,
        colour_match=False,
    ).request

    assert isinstance(request, Inpaint)
    assert (request.strength, request.content, request.feather) == (0.5, "blur", 9)
    assert (request.seam, request.colour_match) == (3, False)
    assert request.mask.bounds == Bounds(10, 20, 30, 40)
    assert request.image == PICTURE
    assert request.frame is None  # the engine's choice


def test_below_full_strength_an_unmasked_picture_is_refined() -> None:
    request = asked(document(), strength=0.4).request

    assert isinstance(request, Refine)
    assert (request.strength, request.image, request.frame) == (0.4, PICTURE, None)


def test_only_masked_shows_the_model_the_mask_with_its_padding() -> None:
    frame = GenerationFrame(area=Area.mask, padding=8)

    request = asked(document(Bounds(40, 30, 20, 20)), frame).request

    assert isinstance(request, Inpaint)
    assert request.frame == Bounds(32, 22, 36, 36)


def test_whole_picture_shows_the_model_all_of_it() -> None:
    request = asked(document(Bounds(40, 30, 20, 20)), GenerationFrame(area=Area.picture)).request

    assert isinstance(request, Inpaint)
    assert request.frame == WHOLE


def test_a_box_limits_what_is_repainted() -> None:
    request = asked(document(Bounds(10, 20, 100, 40)), box(Bounds(0, 0, 64, 64))).request

    assert isinstance(request, Inpaint)
    assert request.mask.bounds == Bounds(10, 20, 54, 40)
    assert request.frame == Bounds(0, 0, 64, 64)


def test_a_box_over_nothing_painted_is_made_anew() -> None:
    request = asked(document(), box(Bounds(16, 8, 64, 64))).request

    assert isinstance(request, Inpaint)
    assert request.mask.bounds == Bounds(16, 8, 64, 64)


def test_a_box_is_refined_below_full_strength() -> None:
    request = asked(document(), box(Bounds(16, 8, 64, 64)), strength=0.3).request

    assert isinstance(request, Refine)
    assert request.frame == Bounds(16, 8, 64, 64)


def test_a_box_over_the_border_grows_the_picture() -> None:
    composed = asked(document(), box(OVER_THE_RIGHT))
    request = composed.request

    assert isinstance(request, Inpaint)
    assert request.image.extent == Extent(176, 96)
    assert request.mask.bounds == Bounds(128, 0, 48, 96)
    assert (request.frame, composed.origin) == (OVER_THE_RIGHT, (0, 0))
    assert request.image.crop(WHOLE) == PICTURE


def test_a_box_over_the_left_border_tells_where_the_result_belongs() -> None:
    composed = asked(document(), box(Bounds(-32, -16, 96, 96)))
    request = composed.request

    assert isinstance(request, Inpaint)
    assert composed.origin == (-32, -16)
    assert request.image.extent == Extent(160, 112)
    assert request.frame == Bounds(0, 0, 96, 96)
    assert not request.mask.pixels[16:, 32:].any()
    assert request.mask.pixels[:96, :32].all()


def test_what_can_be_looked_through_is_repainted() -> None:
    request = asked(holed(Bounds(5, 6, 7, 8))).request

    assert isinstance(request, Inpaint)
    assert request.mask.bounds == Bounds(5, 6, 7, 8)


def test_what_can_be_looked_through_takes_the_colours_around_it() -> None:
    request = asked(holed(Bounds(50, 40, 7, 8))).request

    assert isinstance(request, Inpaint)
    assert np.abs(request.image.pixels.astype(int) - (200, 100, 50)).max() <= 1


@pytest.mark.parametrize(
    ("frame", "mask", "strength", "task"),
    [
        pytest.param(None, None, 1.0, Task.generate, id="nothing painted"),
        pytest.param(None, Bounds(0, 0, 9, 9), 0.5, Task.inpaint, id="mask"),
        pytest.param(None, None, 0.5, Task.refine, id="strength"),
        pytest.param(Bounds(0, 0, 64, 64), None, 1.0, Task.inpaint, id="box"),
        pytest.param(Bounds(0, 0, 64, 64), None, 0.5, Task.refine, id="box and strength"),
        pytest.param(OVER_THE_RIGHT, None, 0.5, Task.outpaint, id="over the border"),
    ],
)
def test_what_generate_will_do(
    frame: Bounds | None, mask: Bounds | None, strength: float, task: Task
) -> None:
    where = box(frame) if frame else GenerationFrame()

    assert task_of(Settings(strength=strength), document(mask), where) is task


def test_a_hidden_box_does_nothing() -> None:
    hidden = GenerationFrame(area=Area.auto, bounds=OVER_THE_RIGHT)

    assert task_of(Settings(), document(), hidden) is Task.generate


@pytest.mark.parametrize(
    ("frame", "share"),
    [
        pytest.param(Bounds(0, 0, 64, 64), 1.0, id="inside"),
        pytest.param(Bounds(64, 0, 128, 96), 0.5, id="half beyond"),
        pytest.param(Bounds(500, 500, 64, 64), 0.0, id="outside"),
    ],
)
def test_how_much_of_the_box_is_known(frame: Bounds, share: float) -> None:
    assert known_share(document(), box(frame)) == share


def test_what_is_painted_over_is_not_known() -> None:
    assert known_share(document(Bounds(0, 0, 32, 64)), box(Bounds(0, 0, 64, 64))) == 0.5


def test_without_a_box_or_picture_all_is_known() -> None:
    assert known_share(Document(), box(WHOLE)) == 1.0
    assert known_share(document(), GenerationFrame()) == 1.0


def test_a_canvas_is_not_changed_by_asking() -> None:
    canvas = document(Bounds(10, 20, 30, 40))
    before: Pixels = canvas.mask_pixels.copy()

    asked(canvas, box(Bounds(-32, 0, 96, 96)))

    assert np.array_equal(canvas.mask_pixels, before)
    assert canvas.picture == PICTURE


def test_a_box_beside_the_picture_is_refused_before_anything_is_made() -> None:
    with pytest.raises(UserError, match="outside the picture"):
        asked(document(), box(Bounds(16_000, 16_000, 64, 64)))


def test_a_box_that_memory_cannot_hold_is_refused() -> None:
    with pytest.raises(UserError, match="too large"):
        asked(document(), box(Bounds(0, 0, 16_384, 16_384)))


def test_what_lies_beyond_a_corner_repeats_it() -> None:
    pixels = np.arange(4 * 4 * 3, dtype=np.uint8).reshape(4, 4, 3)
    canvas = Document()
    canvas.open(Image(pixels))

    request = asked(canvas, box(Bounds(-3, -2, 12, 9))).request

    assert isinstance(request, Inpaint)
    assert np.array_equal(request.image.pixels, np.pad(pixels, ((2, 3), (3, 5), (0, 0)), "edge"))


def test_how_much_of_a_large_box_is_known() -> None:
    canvas = Document()
    canvas.open(Image.filled(Extent(2048, 1024), (1, 2, 3)))

    assert known_share(canvas, box(Bounds(-1024, 0, 2048, 1024))) == pytest.approx(0.5, abs=0.01)


def test_nothing_is_known_beside_the_picture() -> None:
    assert known_share(document(), box(Bounds(500, 0, 64, 64))) == 0
