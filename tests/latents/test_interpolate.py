"""Mixes: corners at their places, and noise that stays noise."""

import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from t2i_studio.latents.interpolate import mixed, mixed_noise
from t2i_studio.models.spherical import slerp

CORNERS = [
    torch.randn(1, 32, generator=torch.Generator().manual_seed(seed)) * (seed + 1)
    for seed in range(4)
]
UNIT = [F.normalize(corner, dim=-1) for corner in CORNERS]


@pytest.mark.parametrize(
    ("count", "x", "y", "corner"),
    [
        (2, 0.0, 0.0, 0),
        (2, 1.0, 0.0, 1),
        (3, 0.0, 0.0, 0),
        (3, 1.0, 0.0, 1),
        (3, 0.0, 1.0, 2),
        (3, 1.0, 1.0, 2),
        (4, 0.0, 0.0, 0),
        (4, 1.0, 0.0, 1),
        (4, 0.0, 1.0, 2),
        (4, 1.0, 1.0, 3),
    ],
)
def test_the_corners_lie_at_the_ends(count: int, x: float, y: float, corner: int) -> None:
    assert torch.allclose(mixed(CORNERS[:count], x, y), CORNERS[corner], atol=1e-5)


def test_between_two_corners_y_does_nothing() -> None:
    assert torch.equal(mixed(CORNERS[:2], 0.3, 0.9), slerp(*CORNERS[:2], 0.3))


def test_a_board_is_mixed_along_its_rows_and_then_down() -> None:
    upper, lower = slerp(*CORNERS[:2], 0.3), slerp(*CORNERS[2:], 0.3)
    assert torch.equal(mixed(CORNERS, 0.3, 0.6), slerp(upper, lower, 0.6))


@pytest.mark.parametrize("count", [2, 3, 4])
def test_unit_vectors_stay_unit_vectors(count: int) -> None:
    assert mixed(UNIT[:count], 0.4, 0.7).norm().item() == pytest.approx(1, abs=1e-6)


def test_other_lengths_are_mixed_linearly() -> None:
    lengths = [corner.norm().item() for corner in CORNERS[:2]]
    expected = 0.75 * lengths[0] + 0.25 * lengths[1]
    assert mixed(CORNERS[:2], 0.25, 0.0).norm().item() == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("count", [1, 5])
def test_other_numbers_of_corners_are_refused(count: int) -> None:
    with pytest.raises(ValueError, match=f"not {count}"):
        mixed([UNIT[0]] * count, 0.5, 0.5)


def noises(count: int) -> list[Tensor]:
    return [
        torch.randn(1, 4, 24, 24, generator=torch.Generator().manual_seed(seed))
        for seed in range(count)
    ]


@pytest.mark.parametrize("count", [2, 3, 4])
def test_mixed_noise_keeps_to_its_shell(count: int) -> None:
    """A linear mix would have a standard deviation of about 0.7 in the middle."""
    noise = mixed_noise(noises(count), 0.5, 0.5)
    lengths = [each.norm().item() for each in noises(count)]
    assert noise.shape == (1, 4, 24, 24)
    assert min(lengths) - 1e-3 <= noise.norm().item() <= max(lengths) + 1e-3


def test_noise_is_mixed_as_one_vector() -> None:
    a, b = noises(2)
    expected = slerp(a.flatten(1), b.flatten(1), 0.3).view_as(a)
    assert torch.equal(mixed_noise([a, b], 0.3, 0.0), expected)
