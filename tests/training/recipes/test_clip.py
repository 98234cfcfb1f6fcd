"""CLIP: its loss is InfoNCE without false negatives, it learns, and it is saved whole."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor
from transformers import (
    CLIPImageProcessor,
    CLIPTextModelWithProjection,
    CLIPTokenizer,
    CLIPVisionModelWithProjection,
)

from t2i_studio.training.recipes.clip import MAX_LOG_SCALE, Clip, ClipRecipe, load_clip, longest
from t2i_studio.training.recipes.tokenizer import CONTEXT, tokenize
from tests.training.recipes.conftest import (
    DIM,
    PLAN,
    SIDE,
    Squares,
    assert_batches_depend_on_index_and_rank_alone,
    losses,
)


class Told(Clip):
    """A CLIP whose embeddings are made by hand."""

    z_i: Tensor
    z_t: Tensor

    def embed_images(self, pixels: Tensor) -> Tensor:
        return self.z_i

    def embed_texts(self, ids: Tensor) -> Tensor:
        return self.z_t


@pytest.fixture
def told(clip: Clip) -> Told:
    made = Told(clip.text_encoder, clip.image_encoder, math.log(10))
    made.z_i = torch.eye(3)
    angles = torch.tensor([0.3, 0.7, 1.1])
    made.z_t = torch.stack([angles.cos(), angles.sin(), torch.zeros(3)], 1)
    return made


def loss(clip: Clip, keys: list[int]) -> float:
    pictures = torch.zeros(len(keys), SIDE, SIDE, 3, dtype=torch.uint8)
    ids = torch.zeros(len(keys), 4, dtype=torch.int64)
    return clip({"pictures": pictures, "ids": ids, "keys": torch.tensor(keys)}).item()


def log_softmax_of_pairs(logits: list[list[float]]) -> float:
    """Return the mean of -log p(i | i), where -inf has no part."""
    table = np.array(logits)
    return float(np.mean(np.log(np.exp(table).sum(1)) - np.diag(table)))


def test_loss_is_symmetric_info_nce(told: Told) -> None:
    logits = (10 * told.z_i @ told.z_t.T).numpy()
    expected = (log_softmax_of_pairs(logits.tolist()) + log_softmax_of_pairs(logits.T.tolist())) / 2
    assert loss(told, [1, 2, 3]) == pytest.approx(expected, rel=1e-5)


def test_pictures_of_one_key_are_no_negatives(told: Told) -> None:
    logits = (10 * told.z_i @ told.z_t.T).numpy()
    logits[0, 2] = logits[2, 0] = -np.inf
    expected = (log_softmax_of_pairs(logits.tolist()) + log_softmax_of_pairs(logits.T.tolist())) / 2
    assert loss(told, [7, 2, 7]) == pytest.approx(expected, rel=1e-5)
    assert loss(told, [7, 7, 7]) == pytest.approx(0, abs=1e-6)


def test_temperature_does_not_pass_its_bound(told: Told) -> None:
    told.log_scale.data.fill_(MAX_LOG_SCALE)
    at_the_bound = loss(told, [1, 2, 3])
    told.log_scale.data.fill_(MAX_LOG_SCALE + 1)
    assert loss(told, [1, 2, 3]) == at_the_bound


def test_logits_are_not_rounded_under_autocast(told: Told) -> None:
    told.log_scale.data.fill_(math.log(50))
    exact = loss(told, [1, 2, 3])
    with torch.autocast("cpu", torch.bfloat16):
        assert loss(told, [1, 2, 3]) == pytest.approx(exact, rel=1e-6)


@pytest.fixture
def recipe(clip: Clip, tokenizer: CLIPTokenizer, corpus: Squares) -> ClipRecipe:
    return ClipRecipe(clip, tokenizer, corpus, Squares(100), PLAN)


def test_loss_falls(recipe: ClipRecipe) -> None:
    found = losses(recipe, steps=40, lr=1e-2)
    assert found[-1] < 0.7 * found[0]


def test_embeddings_are_unit_vectors(recipe: ClipRecipe) -> None:
    batch, clip = recipe.batch(0, 0), recipe.objective
    for z in (clip.embed_images(torch.rand(8, 3, SIDE, SIDE)), clip.embed_texts(batch["ids"])):
        assert z.shape == (8, DIM)
        torch.testing.assert_close(z.norm(dim=1), torch.ones(8))


def test_batches_depend_on_index_and_rank_alone(
    clip: Clip, tokenizer: CLIPTokenizer, corpus: Squares
) -> None:
    assert_batches_depend_on_index_and_rank_alone(
        lambda: ClipRecipe(clip, tokenizer, corpus, corpus, PLAN)
    )


def test_batches_hold_pictures_with_their_captions(recipe: ClipRecipe, corpus: Squares) -> None:
    batch = recipe.batch(0, 0)
    chosen = corpus.hard_indices(8, 0, 0)
    assert np.array_equal(batch["pictures"], corpus.pictures[chosen])
    assert batch["keys"].tolist() == corpus.keys[chosen].tolist()


def test_padding_is_left_away_and_changes_nothing(clip: Clip, tokenizer: CLIPTokenizer) -> None:
    ids = tokenize(tokenizer, ["red", "blue at the top"])
    short = ids[:, : longest(ids, tokenizer)]
    assert short.shape[1] < CONTEXT
    assert (short[:, -1] == tokenizer.eos_token_id).all()
    torch.testing.assert_close(clip.embed_texts(short), clip.embed_texts(ids))


def test_retrieval_is_the_share_of_captions_whose_picture_comes_first(
    told: Told, tokenizer: CLIPTokenizer, corpus: Squares
) -> None:
    told.z_i = torch.eye(100)
    told.z_t = torch.eye(100)[[*range(90), *range(99, 89, -1)]]
    recipe = ClipRecipe(told, tokenizer, corpus, Squares(250), PLAN)
    assert recipe.measure() == {"retrieval_at_1": pytest.approx(0.9)}


def test_too_few_pictures_to_search_give_no_figure(
    clip: Clip, tokenizer: CLIPTokenizer, corpus: Squares
) -> None:
    assert ClipRecipe(clip, tokenizer, corpus, Squares(99), PLAN).measure() == {}


def test_saved_clip_embeds_the_same(recipe: ClipRecipe, tmp_path: Path) -> None:
    recipe.save(tmp_path)
    log_scale = json.loads((tmp_path / "clip.json").read_text())["log_scale"]
    again, clip = load_clip(tmp_path, log_scale), recipe.objective
    pixels = torch.rand(2, 3, SIDE, SIDE)
    ids = recipe.batch(0, 0)["ids"]
    assert again.log_scale == clip.log_scale
    assert torch.equal(again.embed_images(pixels), clip.embed_images(pixels))
    assert torch.equal(again.embed_texts(ids), clip.embed_texts(ids))


def test_saved_folders_are_those_of_the_library(recipe: ClipRecipe, tmp_path: Path) -> None:
    recipe.save(tmp_path)
    CLIPTextModelWithProjection.from_pretrained(tmp_path / "text_encoder")
    CLIPVisionModelWithProjection.from_pretrained(tmp_path / "image_encoder")
    CLIPTokenizer.from_pretrained(tmp_path / "tokenizer")
    extractor = CLIPImageProcessor.from_pretrained(tmp_path / "feature_extractor")
    picture = np.zeros((SIDE, SIDE, 3), np.uint8)
    pixels = extractor(picture, return_tensors="pt").pixel_values
    assert (pixels.shape, pixels.min(), pixels.max()) == ((1, 3, SIDE, SIDE), -1, -1)


def test_saved_temperature_keeps_its_bound(recipe: ClipRecipe, tmp_path: Path) -> None:
    recipe.objective.log_scale.data.fill_(9)
    recipe.save(tmp_path)
    assert json.loads((tmp_path / "clip.json").read_text())["log_scale"] == pytest.approx(
        MAX_LOG_SCALE
    )
