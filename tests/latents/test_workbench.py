"""The workbench: concepts to latents on Scenes, against the operations by hand."""

from collections import Counter
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

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
from t2i_studio.core.latent import Basis, Vectors
from t2i_studio.latents import interpolate, pca
from t2i_studio.latents.text_diff import turned
from t2i_studio.latents.workbench import Latent, Manner, Workbench
from t2i_studio.models.sampling import Step
from t2i_studio.models.unclip.native import Native
from t2i_studio.models.unclip.prior import PriorSettings
from t2i_studio.models.unclip.system import Inversion, System
from t2i_studio.models.unclip.weights import load_parts
from tests.models.conftest import SCENES
from tests.models.running import collect, finish

RED = Image.filled(Extent(64, 64), (200, 40, 40))
BLUE = Image.filled(Extent(64, 64), (40, 40, 200))
FEW = Manner(seed=5, prior=PriorSettings(2, 1.0, 2), inversion=Inversion(2, 2))
COLOUR = TextDiff(before="a red cube", after="a blue cube", theta=0.4)
SEASON = TextDiff(before="winter", after="autumn", theta=0.3)


@pytest.fixture(scope="module")
def system() -> System:
    return Native(finish(load_parts(SCENES)))


@pytest.fixture
def bench(system: System) -> Workbench:
    return Workbench(system)


def latent(bench: Workbench, concept: Concept, manner: Manner = FEW) -> Latent:
    return finish(bench.resolve(concept, manner))


def embedded(bench: Workbench) -> FromEmbedding:
    z = torch.randn(1, bench.space.dim, generator=torch.Generator().manual_seed(3))
    return FromEmbedding(embedding=bench.embeddings(z))


def by_hand(bench: Workbench, z: Tensor, diff: TextDiff) -> Tensor:
    after, before = (bench.embed_text(text).embeds for text in (diff.after, diff.before))
    return turned(z, after, before, diff.theta)


def a_basis(bench: Workbench, seed: int = 0, mean: float = 0.0) -> Basis:
    values = torch.randn(40, bench.space.dim, generator=torch.Generator().manual_seed(seed))
    return pca.fit(values + mean, 3).to_basis(bench.space)


def test_edits_are_made_one_after_the_other_in_their_order(bench: Workbench) -> None:
    start = embedded(bench)
    z = bench.tensor(start.embedding, "it")
    found = latent(bench, Concept(base=start, edits=(COLOUR, SEASON))).z
    assert torch.equal(found, by_hand(bench, by_hand(bench, z, COLOUR), SEASON))
    assert not torch.allclose(found, by_hand(bench, by_hand(bench, z, SEASON), COLOUR), atol=1e-2)


def test_where_a_latent_lies_is_told_by_cosines(bench: Workbench) -> None:
    start = embedded(bench)
    z = bench.tensor(start.embedding, "it")
    found = latent(bench, Concept(base=start, edits=(COLOUR, SEASON)))
    texts = [bench.embed_text(diff.after).embeds for diff in (COLOUR, SEASON)]
    assert found.to_start == pytest.approx(F.cosine_similarity(found.z, z).item())
    assert found.to_texts == pytest.approx(
        [F.cosine_similarity(found.z, z_t).item() for z_t in texts]
    )


def test_a_diff_of_texts_that_the_model_reads_alike_is_refused(bench: Workbench) -> None:
    """Beyond the last token that it reads, the texts differ."""
    long = "a red cube " * 100
    alike = TextDiff(before=long, after=f"{long} and a fox", theta=0.5)
    with pytest.raises(UserError, match="alike: nothing changes"):
        latent(bench, Concept(base=embedded(bench), edits=(alike,)))


@pytest.mark.parametrize("edit", [COLOUR, "reconstruct", "shift"], ids=["diff", "part", "shift"])
def test_every_edit_keeps_the_length(bench: Workbench, edit: Any) -> None:
    basis = a_basis(bench)
    made = {"reconstruct": Reconstruct(basis=basis), "shift": Shift(basis=basis.only(1), amount=3)}
    start = embedded(bench)
    found = latent(bench, Concept(base=start, edits=(made.get(edit, edit),)))
    assert found.z.norm().item() == pytest.approx(
        float(np.linalg.norm(start.embedding.vectors.values)), rel=1e-5
    )
    assert found.to_start < 0.999


def test_bases_that_share_their_components_are_told_apart(bench: Workbench) -> None:
    basis = a_basis(bench)
    moved = basis.model_copy(update={"mean": Vectors(basis.mean.values + 2)})
    wider = basis.model_copy(update={"variances": tuple(9 * each for each in basis.variances)})
    start = embedded(bench)

    def z(edit: Reconstruct | Shift) -> Tensor:
        return latent(bench, Concept(base=start, edits=(edit,))).z

    assert not torch.equal(z(Reconstruct(basis=basis)), z(Reconstruct(basis=moved)))
    shifted = (z(Shift(basis=each.only(0), amount=1)) for each in (basis, wider))
    assert not torch.equal(*shifted)


def test_a_mix_has_the_embedding_and_the_noise_of_its_corners(bench: Workbench) -> None:
    corners = (FromPicture(image=RED), FromPrompt(prompt="a fox", seed=1), embedded(bench))
    alone = [latent(bench, Concept(base=corner)) for corner in corners]
    mixed = latent(bench, Concept(base=Mix(corners=corners, x=0.3, y=0.6)))
    assert torch.equal(mixed.z, interpolate.mixed([each.z for each in alone], 0.3, 0.6))
    noises = [each.x_T for each in alone if each.x_T is not None]
    assert mixed.x_T is not None
    assert torch.equal(mixed.x_T, interpolate.mixed_noise(noises, 0.3, 0.6))


def test_without_inversion_the_noise_is_left_to_the_decoder(bench: Workbench) -> None:
    corners = (FromPicture(image=RED), FromPicture(image=BLUE))
    drawn = replace(FEW, inversion=None)
    assert latent(bench, Concept(base=Mix(corners=corners)), drawn).x_T is None


@pytest.mark.parametrize(
    "base",
    [
        FromPicture(image=RED),
        FromPrompt(prompt="a fox"),
        Mix(corners=(FromPicture(image=RED), FromPrompt(prompt="a fox", seed=1))),
        Mix(corners=(FromPicture(image=RED), FromPicture(image=BLUE), FromPicture(image=RED))),
    ],
    ids=["picture", "prompt", "both", "one picture twice"],
)
@pytest.mark.parametrize("inversion", [None, Inversion(3, 2)], ids=["drawn", "inverted"])
def test_the_plan_counts_the_steps_that_then_come(
    bench: Workbench, base: Any, inversion: Inversion | None
) -> None:
    concept, manner = Concept(base=base), replace(FEW, inversion=inversion)
    plan = dict(bench.plan(concept, manner))
    planned: Counter[str] = Counter()
    for key, steps in plan.items():
        planned[str(key[0])] += steps
    parts, first = collect(bench.resolve(concept, manner))
    assert Counter(part.stage for part in parts if isinstance(part, Step)) == planned
    assert list(bench.plan(concept, manner)) == []
    parts, again = collect(bench.resolve(concept, manner))
    assert not any(isinstance(part, Step) for part in parts)
    assert torch.equal(first.z, again.z)


@pytest.mark.parametrize(
    "change",
    [
        {"seed": 6},
        {"negative": "a house"},
        {"prior": PriorSettings(3, 1.0, 2)},
        {"prior": PriorSettings(2, 2.0, 2)},
        {"prior": PriorSettings(2, 1.0, 3)},
    ],
    ids=str,
)
def test_what_the_prior_depends_on_is_never_taken_from_the_memo(
    bench: Workbench, change: dict[str, Any]
) -> None:
    concept = Concept(base=FromPrompt(prompt="a fox"))
    latent(bench, concept)
    changed = replace(FEW, **change)
    fresh = Workbench(bench.system)
    assert torch.equal(latent(bench, concept, changed).z, latent(fresh, concept, changed).z)
    assert list(Workbench(bench.system).plan(concept, changed))


@pytest.mark.parametrize("how", [Inversion(3, 2), Inversion(2, 1), Inversion(2, 2, 3.0)], ids=str)
def test_what_an_inversion_depends_on_is_never_taken_from_the_memo(
    bench: Workbench, how: Inversion
) -> None:
    concept = Concept(base=FromPicture(image=RED))
    before, changed = latent(bench, concept).x_T, replace(FEW, inversion=how)
    after = latent(bench, concept, changed).x_T
    fresh = latent(Workbench(bench.system), concept, changed).x_T
    assert before is not None
    assert after is not None
    assert fresh is not None
    assert torch.equal(after, fresh)
    assert not torch.equal(after, before)
