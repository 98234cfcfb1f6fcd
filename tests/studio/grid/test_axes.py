import pytest

from t2i_studio.core.errors import UserError
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.core.request import Generate, Inpaint, Refine
from t2i_studio.engine.backends.fake import CAPABILITIES
from t2i_studio.studio.grid.axes import AXES, Draft, axis_of, label, side

PICTURE = Image.filled(Extent(64, 64), (1, 2, 3))
GENERATE = Generate(prompt="a red cube", negative_prompt="no cube", seed=5)
REFINE = Refine(prompt="a red cube", image=PICTURE)
INPAINT = Inpaint(prompt="a red cube", image=PICTURE, mask=Mask.empty(PICTURE.extent).inverted())


def put(key: str, written: str, place: int = 0, request: object = GENERATE) -> Draft:
    return side(key, written).put(Draft(request), place)  # type: ignore[arg-type]  # one of three


@pytest.mark.parametrize(
    ("key", "written", "path", "value"),
    [
        ("seed", "7", "seed", 7),
        ("size", "64x64", "size", Extent(64, 64)),
        ("decoder-steps", "9", "decoder.steps", 9),
        ("steps", "9", "decoder.steps", 9),
        ("Decoder Steps", "9", "decoder.steps", 9),
        ("guidance", "2.5", "decoder.guidance", 2.5),
        ("sampler", "euler", "decoder.sampler", "euler"),
        ("prior", "none", "prior.kind", "none"),
        ("prior-steps", "3", "prior.steps", 3),
        ("prior_guidance", "1", "prior.guidance", 1.0),
        ("candidates", "4", "prior.candidates", 4),
        ("upsampler-steps", "2", "upsampler.steps", 2),
        ("upsampler-steps", "2", "upsampler_1024.steps", 2),
        ("strength", "0.25", "strength", 0.25),
        ("content", "noise", "content", "noise"),
        ("feather", "9", "feather", 9),
        ("seam", "0", "seam", 0),
    ],
)
def test_a_value_reaches_its_setting(key: str, written: str, path: str, value: object) -> None:
    found: object = put(key, written, request=INPAINT).request
    for name in path.split("."):
        found = getattr(found, name)
    assert found == value


def test_the_first_text_is_searched_and_replaced_by_each() -> None:
    drafts = [put("prompt", 'cube, ball, "a, b",', place).request for place in range(4)]

    assert [draft.prompt for draft in drafts] == [
        "a red cube",
        "a red ball",
        "a red a, b",
        "a red ",
    ]
    assert drafts[1].negative_prompt == "no ball"


def test_a_text_that_is_not_there_is_the_users_mistake() -> None:
    with pytest.raises(UserError, match=r"not contain “sphere”\. The first value is searched"):
        put("prompt", "sphere, cube")


@pytest.mark.parametrize(
    ("written", "style"),
    [("Night", "Night"), ("none", ""), ("No style", "")],
)
def test_styles(written: str, style: str) -> None:
    assert put("style", written).style == style


def test_a_seed_of_minus_one_is_drawn() -> None:
    assert put("seed", "-1").request.seed >= 0


@pytest.mark.parametrize(
    ("key", "written", "problem"),
    [
        ("seed", "-2", "-2 lies outside of 0 to"),
        ("seed", "x", "Seed: x cannot be read"),
        ("size", "big", "WxH|size"),
        ("decoder-steps", "0", "steps"),
        ("guidance", "-1", "guidance"),
        ("prior", "magic", "kind"),
        ("strength", "0", "above 0 and up to 1"),
        ("content", "glue", "no content glue. Choose one of: original"),
        ("feather", "1000", "1000 lies outside of 0 to 256"),
        ("decoder-steps", "1.5", "Decoder steps: 1.5 is no whole number"),
    ],
)
def test_values_that_cannot_be(key: str, written: str, problem: str) -> None:
    with pytest.raises(UserError, match=problem):
        put(key, written, request=INPAINT)


def test_an_axis_that_is_not_there_names_those_there_are() -> None:
    with pytest.raises(UserError, match=r"no axis colour\. Choose one of: prompt, seed, style"):
        axis_of("colour")


@pytest.mark.parametrize(("value", "text"), [(2.0, "2"), (0.25, "0.25"), (7, "7"), ("", "–")])
def test_labels(value: object, text: str) -> None:
    assert label(value) == text  # type: ignore[arg-type]  # one of three


def fitting(request: object, **changes: object) -> list[str]:
    model = CAPABILITIES.model_copy(update=changes)
    return [axis.key for axis in AXES if axis.fits(model, type(request))]  # type: ignore[arg-type]


def test_axes_that_have_an_effect_are_offered() -> None:
    everything = [axis.key for axis in AXES]
    assert fitting(INPAINT) == [key for key in everything if key != "upsampler-steps"]
    assert set(fitting(INPAINT)) - set(fitting(REFINE)) == {"content", "feather", "seam"}
    assert set(fitting(REFINE)) - set(fitting(GENERATE)) == {"strength"}


def test_axes_without_an_effect_are_not() -> None:
    bare = fitting(GENERATE, stages=(), samplers=(), priors=(), sizes=CAPABILITIES.sizes[:1],
                   max_candidates=1)  # fmt: skip
    assert bare == ["prompt", "seed", "style"]
    assert [axis.key for axis in AXES if axis.fits(None, Generate)] == ["prompt", "seed", "style"]


def test_what_can_be_chosen_is_offered() -> None:
    offered = {axis.key: axis.choices(CAPABILITIES) for axis in AXES if axis.choices}
    assert offered["size"] == ("64x64", "256x256")
    assert offered["sampler"] == ("ddim", "euler")
    assert offered["prior"] == ("diffusion", "none", "caption")
    assert offered["content"] == ("original", "fill", "blur", "noise")
