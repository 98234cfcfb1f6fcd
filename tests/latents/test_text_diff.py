"""Text diffs: turns by an angle, which keep the length."""

import math

import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from t2i_studio.latents import text_diff

LENGTH = 13.86


def drawn(seed: int, dim: int = 48) -> Tensor:
    return torch.randn(1, dim, generator=torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("length", [1.0, LENGTH])
@pytest.mark.parametrize("theta", [0.0, 0.2, 0.5, 1.0])
def test_a_turn_keeps_the_length_of_what_it_turns(length: float, theta: float) -> None:
    z = F.normalize(drawn(0), dim=-1) * length
    turned = text_diff.turned(z, 3 * drawn(1), 7 * drawn(2), theta)
    assert turned.norm().item() == pytest.approx(length, rel=1e-5)


def test_theta_0_is_the_identity() -> None:
    z = drawn(0)
    assert torch.allclose(text_diff.turned(z, drawn(1), drawn(2), 0.0), z, atol=1e-6)


def test_theta_1_is_the_direction_of_the_difference() -> None:
    z, z_t, z_t0 = drawn(0), drawn(1), drawn(2)
    turned = text_diff.turned(z, z_t, z_t0, 1.0)
    assert torch.allclose(turned, F.normalize(z_t - z_t0) * z.norm(), atol=1e-5)


def test_half_of_theta_is_half_of_the_angle() -> None:
    z, z_t, z_t0 = torch.tensor([[2.0, 0.0]]), torch.tensor([[0.0, 5.0]]), torch.zeros(1, 2)
    turned = text_diff.turned(z, z_t, z_t0, 0.5)
    assert torch.allclose(turned, torch.full((1, 2), 2 * math.sqrt(0.5)), atol=1e-6)


def test_a_batch_is_turned_by_one_difference() -> None:
    z = torch.cat([drawn(0), drawn(3)])
    turned = text_diff.turned(z, drawn(1), drawn(2), 0.3)
    assert torch.allclose(turned[1:], text_diff.turned(drawn(3), drawn(1), drawn(2), 0.3))


def test_turning_away_from_itself_keeps_the_length() -> None:
    """The difference may lie just opposite to z."""
    z = drawn(0)
    assert torch.allclose(text_diff.turned(z, -z, z, 0.5).norm(), z.norm())


@pytest.mark.parametrize("rounding", [0.0, 1e-6])
def test_captions_that_mean_the_same_have_no_direction(rounding: float) -> None:
    z_t = drawn(1)
    assert text_diff.is_same(z_t, z_t + rounding)
    with pytest.raises(ValueError, match="mean the same"):
        text_diff.turned(drawn(0), z_t, z_t + rounding, 0.5)


def test_captions_that_differ_a_little_have_one() -> None:
    assert not text_diff.is_same(drawn(1), drawn(1) + 0.01 * drawn(2))
