import numpy as np
import pytest
from hypothesis import given
from pydantic import ValidationError

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.core.request import (
    MAX_COUNT,
    MAX_SEED,
    REQUEST,
    Generate,
    Inpaint,
    Load,
    Refine,
    Request,
    Strip,
)
from t2i_studio.core.text import MAX_PROMPT
from tests.core.strategies import requests

PICTURE = Image.filled(Extent(4, 3), (1, 2, 3))
WHOLE = Bounds(0, 0, 64, 48)
LARGE = Image.filled(WHOLE.extent, (1, 2, 3))
PAINTED = Mask.empty(Extent(4, 3)).inverted()


@given(requests)
def test_every_request_survives_json(request: Request) -> None:
    assert REQUEST.validate_json(REQUEST.dump_json(request)) == request


def test_every_request_has_an_id_of_its_own() -> None:
    assert Load().id != Load().id


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        pytest.param({"prompt": ""}, "The prompt is empty", id="no prompt"),
        pytest.param({"prompt": " \n\t"}, "The prompt is empty", id="blank prompt"),
        pytest.param({"prompt": "a\0b"}, "NUL", id="NUL"),
        pytest.param({"prompt": "\ud800"}, "half a character", id="lone surrogate"),
        pytest.param({"negative_prompt": "\udfff"}, "half a character", id="in the negative"),
        pytest.param({"prompt": "a" * (MAX_PROMPT + 1)}, "20,001 characters", id="too long"),
        pytest.param({"model": "\udcff"}, "not readable text", id="unreadable model"),
        pytest.param({"count": 0}, "1 to 1000, not 0", id="no pictures"),
        pytest.param({"count": MAX_COUNT + 1}, "1 to 1000, not 1001", id="too many pictures"),
        pytest.param({"seed": -2}, "-1 .random. or 0", id="negative seed"),
        pytest.param({"seed": MAX_SEED + 1}, "0 to 9223372036854775807", id="seed too large"),
        pytest.param({"seed": MAX_SEED, "count": 2}, "854775806", id="a later seed too large"),
        pytest.param({"decoder": {"steps": 0}}, "greater than or equal to 1", id="no steps"),
        pytest.param({"decoder": {"guidance": float("nan")}}, "finite", id="NaN guidance"),
        pytest.param({"prior": {"guidance": -1.0}}, "greater than or equal", id="bad guidance"),
        pytest.param({"prior": {"candidates": 65}}, "less than or equal to 64", id="candidates"),
        pytest.param({"size": {"width": 4}}, "height", id="half a size"),
        pytest.param({"colour": "red"}, "Extra inputs", id="unknown field"),
    ],
)
def test_impossible_request_says_why(fields: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Generate.model_validate({"prompt": "a fox", **fields})


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"prompt": "a" * MAX_PROMPT}, id="longest prompt"),
        pytest.param({"prompt": "猫 🦊\n"}, id="any script"),
        pytest.param({"seed": MAX_SEED}, id="highest seed"),
        pytest.param({"seed": MAX_SEED - 1, "count": 2}, id="highest seeds"),
        pytest.param({"seed": -1, "count": MAX_COUNT}, id="random seed, most pictures"),
    ],
)
def test_extremes_are_possible(fields: dict[str, object]) -> None:
    assert Generate.model_validate({"prompt": "a fox", **fields})


def test_mask_of_another_size_is_refused() -> None:
    with pytest.raises(ValidationError, match="mask is 3x4 and the picture 4x3"):
        Inpaint(prompt="a", image=PICTURE, mask=Mask.empty(Extent(3, 4)).inverted())


def test_empty_mask_is_refused() -> None:
    with pytest.raises(ValidationError, match="mask is empty"):
        Inpaint(prompt="a", image=PICTURE, mask=Mask.empty(Extent(4, 3)))


def test_painted_mask_of_the_same_size_is_accepted() -> None:
    assert Inpaint(prompt="a", image=PICTURE, mask=PAINTED).feather == 4


def test_requests_cannot_be_changed() -> None:
    request = Generate(prompt="a")

    with pytest.raises(ValidationError, match="frozen"):
        request.prompt = "b"  # type: ignore[misc]  # the point of the test


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        pytest.param({"strength": 0.0}, "greater than 0", id="no strength"),
        pytest.param({"strength": 1.01}, "less than or equal to 1", id="too strong"),
        pytest.param({"frame": Bounds(0, 0, 7, 64)}, "at least 8 px", id="a sliver"),
        pytest.param({"frame": Bounds(64, 0, 64, 64)}, "lies outside the picture", id="beside it"),
    ],
)
def test_impossible_edit_says_why(fields: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Refine.model_validate({"prompt": "a fox", "image": LARGE, **fields})


def test_a_mask_beside_the_frame_is_refused() -> None:
    corner = np.zeros((48, 64), np.uint8)
    corner[:8, :8] = 255

    with pytest.raises(ValidationError, match="The mask lies outside the frame: move"):
        Inpaint(prompt="a fox", image=LARGE, mask=Mask(corner), frame=Bounds(16, 16, 64, 64))


def test_frame_may_stick_out_over_the_border() -> None:
    frame = Bounds(-32, -16, 64, 64)

    assert Refine(prompt="a fox", image=LARGE, frame=frame).frame == frame


def test_image_to_image_keeps_some_of_the_picture_by_default() -> None:
    assert Refine(prompt="a fox", image=LARGE).strength == 0.75
    assert Inpaint(prompt="a fox", image=PICTURE, mask=PAINTED).strength == 1.0


def test_each_picture_has_its_own_prompt_where_they_differ() -> None:
    request = Generate(
        prompt="a red cube",
        raw_prompt="a {red|blue} cube",
        prompts=("a red cube", "a blue cube"),
        seed=5,
        count=2,
    )

    second = request.single(1)

    assert (second.prompt, second.prompts, second.seed) == ("a blue cube", (), 6)
    assert second.raw_prompt == "a {red|blue} cube"


def test_each_picture_has_its_own_negative_prompt_where_they_differ() -> None:
    request = Generate(
        prompt="a", raw_prompt="a", raw_negative="{x|y}", negative_prompt="y",
        negative_prompts=("y", "x"), seed=5, count=2,
    )  # fmt: skip

    second = request.single(1)

    assert (second.negative_prompt, second.negative_prompts) == ("x", ())
    assert second.raw_negative == "{x|y}"


def test_without_prompts_of_their_own_all_pictures_share_one() -> None:
    assert Generate(prompt="a cube", seed=5, count=2).single(1).prompt == "a cube"


def test_there_is_a_prompt_for_each_picture_or_for_none() -> None:
    for field in ("prompts", "negative_prompts"):
        with pytest.raises(ValidationError, match="2 prompts for 3 pictures"):
            Generate.model_validate({"prompt": "a", field: ("a", "b"), "count": 3})


def test_a_strip_holds_every_kind_of_picture_and_survives_json() -> None:
    frames = (
        Generate(prompt="a"),
        Inpaint(prompt="a", image=PICTURE, mask=PAINTED),
        Refine(prompt="a", image=LARGE, strength=0.3),
    )
    strip = Strip(frames=frames)

    assert REQUEST.validate_json(strip.model_dump_json()) == strip
    assert strip.title == "a"
    assert Strip(frames=(*frames, Generate(prompt="b"))).title == "a and on to b"


def test_unreadable_text_is_refused_in_every_prompt() -> None:
    with pytest.raises(ValidationError, match="NUL"):
        Generate(prompt="a", prompts=("a", "b\0"), count=2)
