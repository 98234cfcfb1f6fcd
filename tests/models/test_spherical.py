"""slerp: ends, lengths, angles, and vectors that are nearly parallel."""

import math

import pytest
import torch
from torch.nn import functional as F

from t2i_studio.models.spherical import slerp

A = torch.tensor([[3.0, 0.0, 0.0]])
B = torch.tensor([[0.0, 1.0, 0.0]])


def test_the_ends_are_reached() -> None:
    assert torch.allclose(slerp(A, B, 0.0), A, atol=1e-6)
    assert torch.allclose(slerp(A, B, 1.0), B, atol=1e-6)


@pytest.mark.parametrize("share", [0.1, 0.25, 0.5, 0.9])
def test_the_angle_and_the_length_grow_evenly(share: float) -> None:
    z = slerp(A, B, share)
    angle = torch.acos(F.cosine_similarity(z, A))
    assert angle.item() == pytest.approx(share * math.pi / 2, abs=1e-5)
    assert z.norm().item() == pytest.approx(3 + share * (1 - 3), abs=1e-5)


def test_vectors_of_one_length_stay_on_their_sphere() -> None:
    generator = torch.Generator().manual_seed(0)
    a, b = (F.normalize(torch.randn(5, 192, generator=generator), dim=-1) * 13.9 for _ in "ab")
    assert torch.allclose(slerp(a, b, 0.3).norm(dim=-1), torch.full((5,), 13.9), atol=1e-3)


def test_equal_vectors_stay_where_they_are() -> None:
    assert torch.allclose(slerp(A, A, 0.4), A)
    nearly = A + torch.tensor([[0.0, 1e-6, 0.0]])
    assert torch.allclose(slerp(A, nearly, 0.5), A, atol=1e-5)


@pytest.mark.parametrize("off", [0.0, 1e-6, 1e-3], ids=["exactly", "nearly", "almost"])
@pytest.mark.parametrize("share", [0.0, 0.25, 0.5, 1.0])
def test_opposite_vectors_are_joined_by_one_great_circle(share: float, off: float) -> None:
    start = torch.tensor([[4.0, 0.0, 3.0]])
    end = -start + torch.tensor([[0.0, off, 0.0]])
    z = slerp(start, end, share)
    angle = torch.acos(F.cosine_similarity(z, start).clamp(-1, 1))
    assert z.norm().item() == pytest.approx(5, abs=1e-4)
    assert angle.item() == pytest.approx(share * math.pi, abs=2e-3)
    assert torch.equal(z, slerp(start, end, share))


def test_only_the_opposite_ones_of_a_batch_go_across() -> None:
    batch = slerp(torch.cat([A, A]), torch.cat([-A, B]), 0.5)
    assert torch.allclose(batch, torch.cat([slerp(A, -A, 0.5), slerp(A, B, 0.5)]))


def test_other_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="slerp of"):
        slerp(A, B[:, :2], 0.5)
