"""Zero-shot classification: averages over templates, and shares."""

import pytest
import torch
from torch.nn import functional as F

from t2i_studio.latents import zero_shot

Z_T = torch.tensor([[1.0, 0.0, 0.0], [0.0, 5.0, 0.0], [0.0, 0.0, 2.0]])


def test_every_label_goes_into_every_template() -> None:
    prompts = zero_shot.captions(["cat", "{dog}"], ["a {}", "{} {x}"])
    assert prompts == ["a cat", "cat {x}", "a {dog}", "{dog} {x}"]


def test_a_class_is_the_mean_of_directions_not_of_lengths() -> None:
    classes = zero_shot.class_embeddings(Z_T, [2, 1])
    half = 0.5**0.5
    assert torch.allclose(classes, torch.tensor([[half, half, 0.0], [0.0, 0.0, 1.0]]))


def test_classes_of_one_size_need_one_number() -> None:
    classes = zero_shot.class_embeddings(Z_T.repeat(2, 1), 3)
    assert torch.equal(classes, zero_shot.class_embeddings(Z_T.repeat(2, 1), [3, 3]))


def test_cosines_ignore_lengths() -> None:
    z_i = torch.tensor([[3.0, 4.0, 0.0]])
    assert torch.allclose(zero_shot.cosines(z_i, Z_T), torch.tensor([[0.6, 0.8, 0.0]]))


def test_shares_are_a_softmax_of_scaled_cosines() -> None:
    matches = torch.tensor([[0.3, 0.2], [0.1, 0.1]])
    shares = zero_shot.shares(matches, 100.0)
    assert torch.allclose(shares.sum(1), torch.ones(2))
    assert shares[0, 0].item() == pytest.approx(1 / (1 + torch.e**-10))
    assert torch.equal(shares[1], torch.tensor([0.5, 0.5]))


def test_the_closest_label_has_the_largest_share() -> None:
    classes = zero_shot.class_embeddings(Z_T, [1, 1, 1])
    z_i = F.normalize(torch.tensor([[0.1, 0.2, 0.9]]), dim=-1)
    assert zero_shot.shares(zero_shot.cosines(z_i, classes), 20.0).argmax(1).item() == 2
