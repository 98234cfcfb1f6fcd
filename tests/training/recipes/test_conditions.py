"""What prior and decoder are told: embeddings of one length, and a null that is a caption."""

import torch
from transformers import CLIPTokenizer

from t2i_studio.training.recipes.conditions import Conditions, as_device
from t2i_studio.training.recipes.tokenizer import CONTEXT, tokenize
from tests.training.recipes.conftest import DIM, SIDE


def test_embeddings_have_unit_variance(conditions: Conditions, tokenizer: CLIPTokenizer) -> None:
    ids = tokenize(tokenizer, ["red", "blue at the top"])
    z_t, hidden = conditions.texts(ids, torch.tensor([False, False]))
    z_i = conditions.images(torch.rand(2, 3, SIDE, SIDE))
    assert conditions.scale == DIM**0.5
    assert (z_t.shape, hidden.shape, z_i.shape) == ((2, DIM), (2, CONTEXT, 16), (2, DIM))
    for z in (z_t, z_i):
        torch.testing.assert_close(z.square().mean(1), torch.ones(2))


def test_null_is_the_encoding_of_the_empty_caption(
    conditions: Conditions, tokenizer: CLIPTokenizer
) -> None:
    ids = tokenize(tokenizer, ["red", "red", ""])
    z_t, hidden = conditions.texts(ids, torch.tensor([True, False, False]))
    assert torch.equal(z_t[0], z_t[2])
    assert torch.equal(hidden[0], hidden[2])
    assert not torch.equal(z_t[1], z_t[2])


def test_clip_is_frozen_and_stays_in_evaluation_mode(conditions: Conditions) -> None:
    conditions.train()
    assert not any(module.training for module in conditions.modules())
    assert not any(weight.requires_grad for weight in conditions.parameters())
    assert not conditions.images(torch.rand(1, 3, SIDE, SIDE)).requires_grad


def test_null_ids_are_not_saved_with_the_weights(conditions: Conditions) -> None:
    assert all(name.startswith("clip.") for name in conditions.state_dict())


def test_batches_are_moved_whole() -> None:
    batch = {"x": torch.ones(2), "y": torch.zeros(1)}
    moved = as_device(batch, torch.device("meta"))
    assert {name: tensor.device.type for name, tensor in moved.items()} == {
        "x": "meta",
        "y": "meta",
    }
