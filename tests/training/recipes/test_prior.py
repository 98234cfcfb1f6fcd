"""The prior: whitened targets, conditions that are really left out, figures of what is held out."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
import torch
from diffusers import PriorTransformer, UnCLIPScheduler
from torch import Tensor
from transformers import CLIPTokenizer

from t2i_studio.training.recipes import prior as module
from t2i_studio.training.recipes.batches import take_pictures, to_unit
from t2i_studio.training.recipes.conditions import Conditions
from t2i_studio.training.recipes.prior import (
    Prior,
    PriorRecipe,
    PriorSizes,
    embed_corpus,
    new_transformer,
)
from tests.training.recipes.conftest import (
    DIM,
    PLAN,
    Squares,
    assert_batches_depend_on_index_and_rank_alone,
    losses,
)

SIZES = PriorSizes(heads=2, head_width=8, layers=1)
Z = torch.randn(48, DIM, generator=torch.Generator().manual_seed(0)) * 3 + 1


@pytest.fixture
def prior(conditions: Conditions) -> Prior:
    torch.manual_seed(0)
    prior = Prior(new_transformer(SIZES, DIM), conditions)
    prior.whiten_by(Z)
    return prior


@pytest.fixture
def recipe(prior: Prior, tokenizer: CLIPTokenizer, corpus: Squares) -> PriorRecipe:
    return PriorRecipe(prior, tokenizer, corpus, Z, PLAN)


@pytest.fixture
def batch(recipe: PriorRecipe) -> dict[str, Tensor]:
    return dict(recipe.batch(0, 0))


def loss(prior: Prior, batch: Mapping[str, Tensor], **changes: Tensor) -> float:
    with torch.no_grad():
        return prior({**batch, **changes}).item()


def test_loss_falls(recipe: PriorRecipe) -> None:
    found = losses(recipe, steps=30, lr=1e-2)
    assert found[-1] < 0.7 * found[0]


def test_whitened_embeddings_have_no_scale_of_their_own(
    prior: Prior, batch: dict[str, Tensor]
) -> None:
    before = loss(prior, batch)
    prior.whiten_by(5 * Z - 7)
    assert loss(prior, batch, z=5 * batch["z"] - 7) == pytest.approx(before, rel=1e-4)


def test_what_is_to_be_predicted_is_the_whitened_embedding(
    prior: Prior, batch: dict[str, Tensor]
) -> None:
    for weight in prior.transformer.proj_to_clip_embeddings.parameters():
        weight.data.zero_()  # always predicts zero
    x = (batch["z"] - Z.mean(0)) / Z.std(0)
    assert loss(prior, batch) == pytest.approx(x.square().mean().item(), rel=1e-5)


def test_network_sees_the_whitened_embedding_in_noise(
    prior: Prior, batch: dict[str, Tensor]
) -> None:
    seen: list[Tensor] = []
    prior.transformer.register_forward_pre_hook(lambda module, given: seen.append(given[0]))
    loss(prior, batch)
    x, alpha_bar = (batch["z"] - Z.mean(0)) / Z.std(0), prior.alphas_cumprod[batch["t"]][:, None]
    torch.testing.assert_close(
        seen[0], alpha_bar.sqrt() * x + (1 - alpha_bar).sqrt() * batch["eps"]
    )
    assert prior.alphas_cumprod[0] > 0.999
    assert prior.alphas_cumprod[999] < 0.001


def test_dropped_captions_do_not_reach_the_network(prior: Prior, batch: dict[str, Tensor]) -> None:
    others = batch["ids"].flip(0)
    for share, reaches in ((0.09, False), (0.11, True)):
        drops = torch.full((8,), share)
        differs = loss(prior, batch, drops=drops) != loss(prior, batch, drops=drops, ids=others)
        assert differs == reaches


def test_mean_and_spread_are_not_trained(prior: Prior) -> None:
    trained = {name for name, weight in prior.named_parameters() if weight.requires_grad}
    assert trained
    assert all(name.startswith("transformer.") for name in trained)
    assert not trained & {"transformer.clip_mean", "transformer.clip_std"}


def test_batches_depend_on_index_and_rank_alone(
    prior: Prior, tokenizer: CLIPTokenizer, corpus: Squares
) -> None:
    assert_batches_depend_on_index_and_rank_alone(
        lambda: PriorRecipe(prior, tokenizer, corpus, Z, PLAN)
    )


def test_a_twentieth_is_held_out_and_measured(
    prior: Prior, tokenizer: CLIPTokenizer, corpus: Squares
) -> None:
    z = Z.clone()
    z[-2:] = 100
    recipe = PriorRecipe(prior, tokenizer, corpus, z, PLAN)
    assert all(recipe.batch(index, 0)["z"].max() < 100 for index in range(30))
    assert recipe.measure()["held_out_loss"] > 100
    assert recipe.measure() == recipe.measure()


def test_too_few_to_hold_any_out_give_no_figure(
    prior: Prior, tokenizer: CLIPTokenizer, corpus: Squares
) -> None:
    assert PriorRecipe(prior, tokenizer, corpus, Z[:19], PLAN).measure() == {}


def test_saved_prior_is_whole(recipe: PriorRecipe, prior: Prior, tmp_path: Path) -> None:
    recipe.save(tmp_path)
    again = PriorTransformer.from_pretrained(tmp_path / "prior")
    assert all(
        torch.equal(weight, again.state_dict()[name])
        for name, weight in prior.transformer.state_dict().items()
    )
    torch.testing.assert_close(again.clip_mean[0], Z.mean(0))
    torch.testing.assert_close(again.clip_std[0], Z.std(0))
    scheduler = UnCLIPScheduler.from_pretrained(tmp_path / "prior_scheduler")
    assert scheduler.config.prediction_type == "sample"
    torch.testing.assert_close(scheduler.alphas_cumprod, prior.alphas_cumprod)


def test_embeddings_of_a_corpus_are_in_order(
    conditions: Conditions, corpus: Squares, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = np.arange(3, 40)
    expected = conditions.images(to_unit(take_pictures(corpus, chosen)))
    monkeypatch.setattr(module, "_CHUNK", 10)
    z = embed_corpus(conditions, corpus, chosen)
    assert (z.shape, z.dtype, z.device.type) == ((37, DIM), torch.float16, "cpu")
    torch.testing.assert_close(z.float(), expected, atol=2e-3, rtol=0)
