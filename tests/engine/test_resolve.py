from typing import Any

import numpy as np
import pytest

from t2i_studio.core.capabilities import Capabilities, Stage
from t2i_studio.core.errors import UserError
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.core.request import Generate, Inpaint
from t2i_studio.core.stage_settings import DecoderSettings
from t2i_studio.engine.resolve import RANDOM_SEEDS, random_seed, resolve

FULL = Capabilities(
    title="Full",
    kinds=frozenset({"generate"}),
    stages=(
        Stage(key="prior", title="Prior", steps=20, min_steps=2, guidance=2.0),
        Stage(key="decoder", title="Decoder", steps=15, max_steps=100, guidance=3.0),
        Stage(key="upsampler", title="Upsampler", steps=1, max_steps=1),
    ),
    sizes=(Extent(256, 256), Extent(64, 64)),
    samplers=("dpm++2m", "ddim"),
    priors=("diffusion", "none"),
    candidates=2,
    max_candidates=16,
    has_negative_prompt=True,
    has_rerank=True,
)
BARE = Capabilities(
    title="Bare",
    kinds=frozenset({"generate"}),
    stages=(Stage(key="decoder", title="Decoder", steps=15),),
    sizes=(Extent(64, 64),),
    priors=("none",),
)


def with_upsamplers(first: int, second: int) -> Capabilities:
    """Give FULL two upsamplers of so many steps by default; one step means one pass."""
    stages = [
        Stage(key=key, title=title, steps=steps, max_steps=1 if steps == 1 else 250)
        for key, title, steps in (
            ("upsampler", "Upsampler", first),
            ("upsampler_1024", "Upsampler 1024", second),
        )
    ]
    return FULL.model_copy(update={"stages": (*FULL.stages[:2], *stages)})


def resolved(capabilities: Capabilities = FULL, **fields: Any) -> dict[str, Any]:
    request = resolve(Generate(prompt="a fox", **fields), capabilities, lambda: 77)
    return request.model_dump(exclude={"prior": {"draw"}, "decoder": {"eta"}})


@pytest.mark.parametrize(
    ("capabilities", "fields", "expected"),
    [
        pytest.param(FULL, {}, {"seed": 77}, id="random seed is drawn"),
        pytest.param(FULL, {"seed": 0}, {"seed": 0}, id="seed is kept"),
        pytest.param(FULL, {}, {"size": {"width": 256, "height": 256}}, id="first size"),
        pytest.param(
            FULL,
            {"size": Extent(64, 64)},
            {"size": {"width": 64, "height": 64}},
            id="size is kept",
        ),
        pytest.param(
            FULL,
            {},
            {
                "prior": {
                    "kind": "diffusion",
                    "steps": 20,
                    "guidance": 2.0,
                    "candidates": 2,
                }
            },
            id="prior's defaults",
        ),
        pytest.param(
            FULL,
            {
                "prior": {
                    "kind": "none",
                    "steps": 5,
                    "guidance": 0.0,
                    "candidates": 16,
                }
            },
            {
                "prior": {
                    "kind": "none",
                    "steps": 5,
                    "guidance": 0.0,
                    "candidates": 16,
                }
            },
            id="prior is kept",
        ),
        pytest.param(
            FULL,
            {},
            {"decoder": {"steps": 15, "guidance": 3.0, "sampler": "dpm++2m"}},
            id="decoder's defaults",
        ),
        pytest.param(
            FULL,
            {"decoder": {"steps": 100, "guidance": 0.0, "sampler": "ddim"}},
            {"decoder": {"steps": 100, "guidance": 0.0, "sampler": "ddim"}},
            id="decoder is kept",
        ),
        pytest.param(FULL, {}, {"upsampler": {"steps": 1}}, id="upsampler's default"),
        pytest.param(FULL, {}, {"upsampler_1024": {"steps": None}}, id="no second upsampler"),
        pytest.param(
            with_upsamplers(27, 15),
            {"upsampler": {"steps": 9}},
            {"upsampler": {"steps": 9}, "upsampler_1024": {"steps": 15}},
            id="each upsampler has its steps",
        ),
        pytest.param(
            with_upsamplers(1, 15),
            {"upsampler": {"steps": 9}, "upsampler_1024": {"steps": 9}},
            {"upsampler": {"steps": 1}, "upsampler_1024": {"steps": 9}},
            id="steps are for the upsampler that is a diffusion model",
        ),
        pytest.param(
            FULL,
            {"negative_prompt": "blurry", "rerank": True},
            {"negative_prompt": "blurry", "rerank": True},
            id="extras are kept",
        ),
        pytest.param(
            BARE,
            {"negative_prompt": "blurry", "rerank": True},
            {"negative_prompt": "", "rerank": False},
            id="extras that there are not are dropped",
        ),
        pytest.param(
            BARE,
            {},
            {
                "prior": {"kind": "none", "steps": None, "guidance": None, "candidates": None},
                "decoder": {"steps": 15, "guidance": None, "sampler": None},
                "upsampler": {"steps": None},
            },
            id="without prior, samplers, upsampler",
        ),
        pytest.param(
            BARE.model_copy(update={"priors": ()}),
            {"prior": {"kind": "none"}},
            {"prior": {"kind": "none", "steps": None, "guidance": None, "candidates": None}},
            id="no prior asked where there is no such thing",
        ),
    ],
)
def test_defaults_are_filled_in(
    capabilities: Capabilities, fields: dict[str, Any], expected: dict[str, Any]
) -> None:
    request = resolved(capabilities, **fields)

    assert {key: request[key] for key in expected} == expected


@pytest.mark.parametrize(
    ("capabilities", "fields", "message"),
    [
        pytest.param(
            FULL, {"size": Extent(65, 64)}, "makes 64x64 or 256x256 pixels, not 65x64", id="size"
        ),
        pytest.param(
            FULL,
            {"decoder": {"sampler": "x"}},
            "choose one of: dpm[+][+]2m, ddim",
            id="sampler",
        ),
        pytest.param(
            FULL, {"decoder": {"steps": 101}}, "must be 1 to 100, not 101", id="most steps"
        ),
        pytest.param(FULL, {"prior": {"steps": 1}}, "must be 2 to 250, not 1", id="fewest steps"),
        pytest.param(FULL, {"upsampler": {"steps": 2}}, "must be 1, not 2", id="upsampler"),
        pytest.param(
            with_upsamplers(1, 1),
            {"upsampler_1024": {"steps": 2}},
            "Upsampler 1024: the number of steps must be 1, not 2",
            id="second upsampler",
        ),
        pytest.param(
            with_upsamplers(1, 15),
            {"upsampler_1024": {"steps": 251}},
            "must be 1 to 250, not 251",
            id="most steps of an upsampler",
        ),
        pytest.param(
            FULL,
            {"prior": {"kind": "autoregressive"}},
            "no autoregressive prior; it has: diffusion, none",
            id="prior",
        ),
        pytest.param(
            FULL,
            {"prior": {"candidates": 17}},
            "1 to 16 candidates, not 17",
            id="candidates",
        ),
        pytest.param(
            BARE, {"prior": {"kind": "autoregressive"}}, "it has: none", id="prior without any"
        ),
    ],
)
def test_impossible_wishes_are_refused_with_what_is_possible(
    capabilities: Capabilities, fields: dict[str, Any], message: str
) -> None:
    with pytest.raises(UserError, match=message):
        resolved(capabilities, **fields)


def test_unknown_kind_is_refused() -> None:
    picture = Image.filled(Extent(2, 2), (0, 0, 0))
    request = Inpaint(prompt="a", image=picture, mask=Mask(np.full((2, 2), 255, np.uint8)))

    with pytest.raises(UserError, match=r"Full cannot do this \(inpaint\)"):
        resolve(request, FULL)


@pytest.mark.parametrize("capabilities", [FULL, BARE])
def test_resolving_twice_changes_nothing(capabilities: Capabilities) -> None:
    once = resolve(Generate(prompt="a fox"), capabilities)

    assert resolve(once, capabilities) == once


def test_request_itself_stays_as_it_was() -> None:
    request = Generate(prompt="a fox")

    resolve(request, FULL)

    assert request.seed == -1
    assert request.size is None


def test_random_seeds_are_short_and_differ() -> None:
    seeds = {random_seed() for _ in range(20)}

    assert len(seeds) > 1
    assert all(0 <= seed < RANDOM_SEEDS for seed in seeds)


def test_repaints_have_a_guidance_of_their_own_where_the_model_says_so() -> None:
    stage = Stage(key="decoder", title="Decoder", steps=4, guidance=3.0, inpaint_guidance=2.0)
    model = Capabilities(
        title="M", kinds={"generate", "inpaint"}, stages=(stage,), sizes=(Extent(2, 2),)
    )
    picture, mask = Image.filled(Extent(2, 2), (0, 0, 0)), Mask(np.full((2, 2), 255, np.uint8))
    repaint = Inpaint(prompt="a", image=picture, mask=mask)
    asked = repaint.model_copy(update={"decoder": DecoderSettings(guidance=7.0)})
    assert resolve(repaint, model).decoder.guidance == 2.0
    assert resolve(asked, model).decoder.guidance == 7.0
    assert resolve(Generate(prompt="a"), model).decoder.guidance == 3.0
