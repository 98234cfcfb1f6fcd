"""Decode, Strip, Embed, Classify and FitBasis over the embedded checkpoint."""

from collections import Counter
from typing import Any

import numpy as np
import pytest
import torch

from t2i_studio.core.cancel import CancelToken
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
from t2i_studio.core.events import (
    BaseReady,
    BasisReady,
    CandidatesRanked,
    Classified,
    Embedded,
    Event,
    ImageReady,
    LatentReady,
    Preview,
    Progress,
)
from t2i_studio.core.generators import result_of
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.core.latent import Embeddings, Space, Vectors
from t2i_studio.core.recipe import Recipe
from t2i_studio.core.request import Classify, Decode, Embed, FitBasis, Generate, Strip, Work
from t2i_studio.engine.backends.unclip import UnclipBackend, load
from t2i_studio.engine.resolve import resolve
from t2i_studio.latents.text_diff import turned
from tests.core.strategies import Shelf
from tests.models.conftest import SCENES

SMALL = Extent(64, 64)
FEW: dict[str, Any] = {"decoder": {"steps": 3}, "size": SMALL, "seed": 5}


@pytest.fixture(scope="module")
def scenes() -> UnclipBackend:
    return result_of(load("scenes", SCENES, "cpu"))


@pytest.fixture(scope="module")
def fox(scenes: UnclipBackend) -> Image:
    return run(scenes, Generate(prompt="a fox on a white background", **FEW))[-1].image


def run(backend: UnclipBackend, request: Work) -> list[Any]:
    resolved = resolve(request, backend.capabilities, lambda: 7)
    return list(backend.run(resolved, CancelToken()))


def of(events: list[Event], kind: type) -> list[Any]:
    return [event for event in events if isinstance(event, kind)]


def picture(backend: UnclipBackend, request: Decode) -> Image:
    return of(run(backend, request), ImageReady)[0].image


def difference(a: Image, b: Image) -> float:
    return float(np.abs(a.pixels.astype(float) - b.pixels).mean())


def inverted(image: Image, *edits: Any, **options: Any) -> Decode:
    concept = Concept(base=FromPicture(image=image), edits=edits)
    fields = {"concept": concept, "noise": "inverted", "size": SMALL, "seed": 5, **options}
    return Decode.model_validate(fields)


def by_hand(backend: UnclipBackend, z: torch.Tensor, diff: TextDiff) -> torch.Tensor:
    texts = [backend._loaded.bench.embed_text(text).embeds for text in (diff.after, diff.before)]
    return turned(z, *texts, diff.theta)


def test_a_text_diff_at_theta_0_reproduces_the_picture(scenes: UnclipBackend, fox: Image) -> None:
    still = TextDiff(before="a fox", after="a robot", theta=0.0)

    rebuilt = picture(scenes, inverted(fox, still))

    assert difference(rebuilt, fox) < 2.5  # levels


def test_more_iterations_rebuild_it_more_exactly(scenes: UnclipBackend, fox: Image) -> None:
    errors = [
        difference(picture(scenes, inverted(fox, inversion={"steps": 10, "iterations": n})), fox)
        for n in (1, 4)
    ]
    assert errors[1] < errors[0] / 2


def test_edits_are_made_in_their_order(scenes: UnclipBackend, fox: Image) -> None:
    first = TextDiff(before="red", after="blue", theta=0.4)
    second = TextDiff(before="winter", after="autumn", theta=0.4)
    few = {"inversion": {"steps": 2, "iterations": 1}}

    one, other = (
        of(run(scenes, inverted(fox, *edits, **few)), LatentReady)[0]
        for edits in ((first, second), (second, first))
    )

    for found, edits in ((one, (first, second)), (other, (second, first))):
        z = scenes._loaded.bench.embed_picture(fox)
        for edit in edits:
            z = by_hand(scenes, z, edit)
        assert np.allclose(found.embedding.vectors.values, z.numpy(), atol=1e-5)
    assert not np.allclose(one.embedding.vectors.values, other.embedding.vectors.values, atol=0.01)
    assert len(one.to_texts) == 2


def test_x_t_is_found_once_for_all_sliders(scenes: UnclipBackend, fox: Image) -> None:
    steps = {"inversion": {"steps": 4, "iterations": 2}, "decoder": {"steps": 2}}
    other = Image(255 - fox.pixels)
    counts = []
    for theta in (0.1, 0.2):
        diff = TextDiff(before="a", after="b", theta=theta)
        request = resolve(inverted(other, diff, **steps), scenes.capabilities)
        plan = {stage.key: stage.steps for stage in scenes.plan(request)}
        done = Counter(e.stage for e in of(run(scenes, request), Progress))
        assert plan == done
        counts.append(done["inversion"])
    assert counts == [8, 0]


def test_the_recipe_of_a_decode_replays_to_the_same_picture(
    scenes: UnclipBackend, fox: Image
) -> None:
    diff = TextDiff(before="white", after="blue", theta=0.3)
    few = {"inversion": {"steps": 3}, "decoder": {"steps": 3}}
    [made] = of(run(scenes, inverted(fox, diff, **few)), ImageReady)
    blobs = Shelf()

    recipe = Recipe.from_json(made.recipe.to_json(blobs), blobs)

    again = result_of(load("scenes", SCENES, "cpu"))
    assert picture(again, recipe.request) == made.image


def test_interpolation_ends_at_its_corners(scenes: UnclipBackend, fox: Image) -> None:
    corners = (FromPicture(image=fox), FromPrompt(prompt="a robot on a beach", seed=3))

    def z(**base: float) -> np.ndarray[Any, Any]:
        request = Decode(concept=Concept(base=Mix(corners=corners, **base)), **FEW)
        vectors: np.ndarray[Any, Any] = of(run(scenes, request), LatentReady)[
            0
        ].embedding.vectors.values[0]
        return vectors

    [alone] = of(run(scenes, Decode(concept=Concept(base=corners[1]), **FEW)), LatentReady)
    assert np.allclose(z(x=1.0), alone.embedding.vectors.values[0], atol=1e-4)
    norms = [float(np.linalg.norm(z(x=x))) for x in (0.0, 0.3, 1.0)]
    assert np.allclose(norms, norms[0], rtol=1e-4)


@pytest.mark.parametrize("count", [2, 3, 4])
def test_mixes_take_x_t_of_every_corner(scenes: UnclipBackend, fox: Image, count: int) -> None:
    prompts = [FromPrompt(prompt=f"a {thing}", seed=1) for thing in ("robot", "cat", "house")]
    corners = (FromPicture(image=fox), *prompts)[:count]
    few = {"inversion": {"steps": 2, "iterations": 1}, "decoder": {"steps": 2}}
    fields = {"size": SMALL, "seed": 1, **few}
    concept = Concept(base=Mix(corners=corners, x=0.4, y=0.6))

    slerped = Decode.model_validate({"concept": concept, "noise": "inverted", **fields})
    fixed = Decode.model_validate({"concept": concept, **fields})

    assert picture(scenes, slerped) != picture(scenes, fixed)


def test_variations_with_eta_depart_further_from_the_picture(
    scenes: UnclipBackend, fox: Image
) -> None:
    by_eta = [
        difference(picture(scenes, inverted(fox, decoder={"eta": eta})), fox)
        for eta in (0.0, 0.3, 1.0)
    ]
    assert by_eta == sorted(by_eta)
    assert by_eta[0] < by_eta[2] / 3


def test_each_variation_has_its_own_noise(scenes: UnclipBackend, fox: Image) -> None:
    concept = Concept(base=FromPicture(image=fox))
    made = of(run(scenes, Decode(concept=concept, count=2, **FEW)), ImageReady)
    alone = picture(scenes, Decode(concept=concept, **(FEW | {"seed": 6})))

    assert made[0].image != made[1].image
    assert made[1].image == alone
    assert [event.recipe.request.seed for event in made] == [5, 6]


def test_a_strip_draws_the_candidates_of_one_prior_run(scenes: UnclipBackend) -> None:
    frames = tuple(
        Generate(prompt="a lion", prior={"steps": 3, "candidates": 3, "draw": draw}, **FEW)
        for draw in range(3)
    )
    events = run(scenes, Strip(frames=frames))

    stages = Counter(event.stage for event in of(events, Progress))
    assert stages["prior"] == 3
    ranked = of(events, CandidatesRanked)[0]
    best = run(scenes, Generate(prompt="a lion", prior={"steps": 3, "candidates": 3}, **FEW))
    of_best_draw = of(events, ImageReady)[ranked.draws[0]]
    assert of(best, ImageReady)[0].image == of_best_draw.image


def test_the_ablation_changes_what_conditions_the_decoder(scenes: UnclipBackend) -> None:
    made = {
        kind: of(run(scenes, Generate(prompt="a fox", prior={"kind": kind}, **FEW)), ImageReady)
        for kind in ("caption", "none", "diffusion")
    }
    pictures = [images[0].image for images in made.values()]
    assert len({image.digest for image in pictures}) == 3


def test_the_decoder_tells_its_estimate_after_each_step(scenes: UnclipBackend) -> None:
    [base] = of(run(scenes, Generate(prompt="a fox", **FEW)), BaseReady)
    assert [each.step for each in base.estimates] == [1, 2, 3]
    first, *_, last = (difference(each.image, base.image) for each in base.estimates)
    assert last < first


def test_an_inversion_shows_nothing_as_it_knows_its_picture(
    scenes: UnclipBackend, fox: Image
) -> None:
    steps = {"inversion": {"steps": 2, "iterations": 2}, "decoder": {"steps": 3}}
    events = run(scenes, inverted(Image(fox.pixels[::-1]), **steps))
    stages = [e.stage for e in of(events, Progress)]
    assert stages == ["inversion"] * 4 + ["decoder"] * 3
    assert len(of(events, Preview)) == 3


def test_pictures_and_texts_are_embedded_into_one_space(scenes: UnclipBackend, fox: Image) -> None:
    [embedded] = of(run(scenes, Embed(inputs=(fox, "a fox", "a beach"))), Embedded)
    z = embedded.embeddings.vectors.values
    z = z / np.linalg.norm(z, axis=1, keepdims=True)

    assert embedded.embeddings.space == scenes.capabilities.space
    assert z[0] @ z[1] > z[0] @ z[2]


def test_the_label_bars_name_the_object(scenes: UnclipBackend, fox: Image) -> None:
    labels = ("a robot", "a fox", "a house")
    [found] = of(
        run(
            scenes,
            Classify(start=FromPicture(image=fox), labels=labels, templates=("{}", "{} on white")),
        ),
        Classified,
    )
    assert found.labels[int(np.argmax(found.shares))] == "a fox"
    assert sum(found.shares) == pytest.approx(1)


def test_a_basis_of_all_components_is_the_identity(scenes: UnclipBackend, fox: Image) -> None:
    rng = np.random.default_rng(0)
    noise = Vectors(rng.standard_normal((200, 192)))
    space = scenes.capabilities.space
    assert space is not None
    known = Embeddings(space=space, vectors=noise)
    [ready] = of(run(scenes, FitBasis(embeddings=known, components=192)), BasisReady)

    whole, part, shifted = (
        of(run(scenes, inverted(fox, *edits, inversion={"steps": 2})), LatentReady)[0]
        for edits in (
            (Reconstruct(basis=ready.basis),),
            (Reconstruct(basis=ready.basis.first(20)),),
            (Shift(basis=ready.basis.only(0), amount=2.0),),
        )
    )

    assert whole.to_start == pytest.approx(1, abs=1e-4)
    assert part.to_start < 0.9
    assert 0.5 < shifted.to_start < 0.999


def test_components_are_named_by_words_that_the_model_knows(scenes: UnclipBackend) -> None:
    texts = tuple(f"a {thing} in a {place}" for thing in ("fox", "robot") for place in "abcd")
    [embedded] = of(run(scenes, Embed(inputs=texts)), Embedded)
    words = ("fox", "robot", "beach", "xylophone")
    fit = FitBasis(embeddings=embedded.embeddings, components=2, words=words)
    [ready] = of(run(scenes, fit), BasisReady)

    assert "xylophone" not in " ".join(ready.basis.names)
    assert set(ready.basis.names[0].split(" / ")) == {"fox", "robot"}
    assert ready.coordinates.values.shape == (8, 2)


def test_an_embedding_of_another_space_is_refused(scenes: UnclipBackend) -> None:
    space = Space(id="openai/ViT-L-14", dim=192)
    foreign = Embeddings(space=space, vectors=Vectors(np.ones((1, 192))))
    concept = Concept(base=FromEmbedding(embedding=foreign))
    with pytest.raises(UserError, match=r"openai/ViT-L-14 \(192 dim.*clip-192-"):
        run(scenes, Decode(concept=concept))


def test_remembering_changes_no_picture(scenes: UnclipBackend, fox: Image) -> None:
    request = inverted(fox, TextDiff(before="a", after="b", theta=0.2), inversion={"steps": 3})
    first, again = (picture(scenes, request) for _ in range(2))
    assert torch.is_grad_enabled()
    assert first == again
