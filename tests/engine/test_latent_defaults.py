from typing import Any

import numpy as np
import pytest

from t2i_studio.core.capabilities import Capabilities
from t2i_studio.core.concept import (
    Concept,
    FromEmbedding,
    FromPicture,
    FromPrompt,
    Mix,
    Reconstruct,
    Shift,
    TextDiff,
)
from t2i_studio.core.errors import UserError
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.core.latent import Basis, Embeddings, Space, Vectors
from t2i_studio.core.request import Classify, Decode, Embed, FitBasis, Generate, Strip
from t2i_studio.engine.backends.fake import CAPABILITIES
from t2i_studio.engine.backends.fake_latents import SPACE
from t2i_studio.engine.resolve import resolve

RED = Image.filled(Extent(4, 4), (200, 40, 40))
PICTURE = FromPicture(image=RED)
BASIS = Basis(
    space=SPACE,
    mean=Vectors(np.zeros((1, 3))),
    components=Vectors(np.eye(3)[:1]),
    variances=(1.0,),
    total_variance=1.0,
    count=9,
)
OTHER = Space(id="other", dim=3)
BLIND = CAPABILITIES.model_copy(update={"has_image_encoder": False})


def resolved(
    *edits: Any, base: Any = PICTURE, capabilities: Capabilities = CAPABILITIES, **fields: Any
) -> Decode:
    request = Decode(concept=Concept(base=base, edits=edits), **fields)
    return resolve(request, capabilities, lambda: 7)


def test_drawn_noise_leaves_the_decoders_defaults() -> None:
    decoder = resolved().decoder
    assert (decoder.steps, decoder.guidance, decoder.sampler) == (4, 3.0, "ddim")


def test_inverted_noise_is_decoded_as_it_was_found() -> None:
    request = resolved(noise="inverted")
    assert (request.inversion.steps, request.inversion.iterations) == (4, 1)
    assert request.decoder.steps == 4
    assert request.decoder.guidance == request.inversion.guidance == 1.0


@pytest.mark.parametrize(
    ("edits", "base", "guidance"),
    [
        pytest.param([TextDiff(before="a", after="b", theta=0.05)], PICTURE, 1.25, id="little"),
        pytest.param([TextDiff(before="a", after="b", theta=0.4)], PICTURE, 2.0, id="much"),
        pytest.param([Shift(basis=BASIS, amount=-0.5)], PICTURE, 1.5, id="half a deviation"),
        pytest.param([Reconstruct(basis=BASIS)], PICTURE, 2.0, id="reconstruction"),
        pytest.param([], Mix(corners=(PICTURE, PICTURE), x=0.9, y=0.5), 1.5, id="near a corner"),
        pytest.param(
            [], Mix(corners=(PICTURE, PICTURE, PICTURE), x=1.0, y=0.5), 2.0, id="between corners"
        ),
    ],
)
def test_the_guidance_rises_with_the_edits(edits: list[Any], base: Any, guidance: float) -> None:
    found = resolved(*edits, base=base, noise="inverted").decoder.guidance
    assert found == pytest.approx(guidance)


def test_what_is_asked_for_is_kept() -> None:
    asked = {"decoder": {"steps": 9, "guidance": 5.0}, "inversion": {"steps": 3, "guidance": 2.0}}
    request = resolved(noise="inverted", **asked)
    assert (request.decoder.steps, request.decoder.guidance) == (9, 5.0)
    assert (request.inversion.steps, request.inversion.guidance) == (3, 2.0)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"noise": "inverted", "decoder": {"sampler": "euler"}}, id="inverted"),
        pytest.param({"decoder": {"sampler": "euler", "eta": 0.5}}, id="eta"),
    ],
)
def test_only_ddim_takes_steps_back(fields: dict[str, Any]) -> None:
    with pytest.raises(UserError, match="Only the sampler ddim"):
        resolved(**fields)


def test_eta_brings_its_sampler() -> None:
    samplers = CAPABILITIES.model_copy(update={"samplers": ("euler", "ddim")})
    assert resolved(capabilities=samplers, decoder={"eta": 0.5}).decoder.sampler == "ddim"


def test_a_model_that_cannot_invert_says_so() -> None:
    stuck = CAPABILITIES.model_copy(update={"inversion": None})
    with pytest.raises(UserError, match="cannot find the noise"):
        resolved(capabilities=stuck, noise="inverted")


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(Decode(concept=Concept(base=PICTURE)), id="decode"),
        pytest.param(Embed(inputs=("a", RED)), id="embed"),
        pytest.param(Classify(start=PICTURE, labels=("a", "b")), id="classify"),
    ],
)
def test_without_an_image_encoder_pictures_are_refused(request_: Any) -> None:
    with pytest.raises(UserError, match="has no image encoder"):
        resolve(request_, BLIND)


def test_without_an_image_encoder_prompts_can_be_explored() -> None:
    request = Decode(concept=Concept(base=FromPrompt(prompt="a fox")))
    assert resolve(request, BLIND).size == Extent(256, 256)


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(
            lambda known: Decode(concept=Concept(base=FromEmbedding(embedding=known))), id="decode"
        ),
        pytest.param(
            lambda known: Classify(start=FromEmbedding(embedding=known), labels=("a", "b")),
            id="classify",
        ),
        pytest.param(
            lambda known: Decode(
                concept=Concept(
                    base=PICTURE,
                    edits=(Shift(basis=BASIS.model_copy(update={"space": OTHER}), amount=1),),
                )
            ),
            id="basis",
        ),
    ],
)
def test_spaces_never_mix_and_both_are_named(make: Any) -> None:
    foreign = Embeddings(space=OTHER, vectors=Vectors(np.ones((1, 3))))
    with pytest.raises(UserError, match=r"other \(3 dimensions\).*fake-colours \(3 dimensions\)"):
        resolve(make(foreign), CAPABILITIES)


def test_a_basis_is_fitted_in_its_own_space() -> None:
    foreign = Embeddings(space=OTHER, vectors=Vectors(np.ones((4, 3))))
    with pytest.raises(UserError, match="Spaces never mix"):
        resolve(FitBasis(embeddings=foreign, components=2), CAPABILITIES)


def test_the_frames_of_a_strip_share_a_random_seed() -> None:
    seeds = iter((5, 6, 7))
    frames = (
        Generate(prompt="a"),
        Decode(concept=Concept(base=PICTURE)),
        Generate(prompt="b", seed=1),
    )
    strip = resolve(Strip(frames=frames), CAPABILITIES, lambda: next(seeds))
    assert [frame.seed for frame in strip.frames] == [5, 5, 1]
