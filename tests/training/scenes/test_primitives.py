"""Shapes from formulas: alike at every size, unlike each other, and in the colour they are told."""

import itertools

import numpy as np
import pytest

from t2i_studio.training.scenes import primitives
from t2i_studio.training.scenes.vocabulary import ARTS, COLOURS, PRIMITIVES

EVERY = list(itertools.product(PRIMITIVES, ARTS))
SMALL = 22  # px, the smallest in a picture of 64 px


@pytest.mark.parametrize(("name", "art"), EVERY)
def test_the_colour_is_the_one_that_is_told(name: str, art: str) -> None:
    pixels = primitives.shade(name, art, SMALL).coloured(COLOURS["blue"])

    colour = np.median(pixels[pixels[..., 3] == 255][:, :3], axis=0)

    nearest = min(COLOURS, key=lambda other: np.abs(colour - COLOURS[other]).sum())
    assert nearest == "blue"


@pytest.mark.parametrize(("name", "art"), EVERY)
def test_a_shape_is_the_same_at_every_size(name: str, art: str) -> None:
    small = primitives.shade(name, art, 32).coloured(COLOURS["red"]).astype(float)
    large = primitives.shade(name, art, 128).coloured(COLOURS["red"]).astype(float)

    reduced = large.reshape(32, 4, 32, 4, 4).mean((1, 3))

    assert np.abs(reduced[..., 3] - small[..., 3]).mean() < 4


@pytest.mark.parametrize("art", ARTS)
def test_shapes_are_told_apart_when_small(art: str) -> None:
    outlines = [primitives.shade(name, art, SMALL).coverage for name in PRIMITIVES]

    differences = [np.abs(a - b).mean() for a, b in itertools.combinations(outlines, 2)]

    assert min(differences) > 0.08


@pytest.mark.parametrize("name", PRIMITIVES)
def test_flat_icons_have_at_most_two_tones(name: str) -> None:
    shading = primitives.shade(name, "flat icon", 96)
    pixels = shading.coloured(COLOURS["green"])[shading.coverage == 1]

    colours, counts = np.unique(pixels, axis=0, return_counts=True)

    # Between two tones lies a line of pixels that are partly both.
    assert len(colours[counts > 0.03 * len(pixels)]) in {1, 2}
    assert np.sort(counts)[-2:].sum() > 0.95 * len(pixels)


@pytest.mark.parametrize("name", PRIMITIVES)
def test_arts_differ(name: str) -> None:
    drawn = [primitives.shade(name, art, 64).coloured(COLOURS["pink"]) for art in ARTS]

    for one, other in itertools.combinations(drawn, 2):
        assert np.abs(one.astype(int) - other).mean() > 1


def test_outlines_are_smooth() -> None:
    coverage = primitives.shade("sphere", "sticker", 64).coverage

    assert 0.02 < ((coverage > 0) & (coverage < 1)).mean() < 0.1
    assert coverage.min() == 0
    assert coverage.max() == 1
