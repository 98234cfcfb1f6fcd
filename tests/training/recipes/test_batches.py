"""Pixels, captions and masks of batches."""

import numpy as np
import pytest
import torch

from t2i_studio.training.recipes.batches import (
    FULL_MASK_SHARE,
    draw_masks,
    pick_captions,
    take_pictures,
    to_unit,
)
from tests.training.recipes.conftest import Squares

CHOSEN = np.array([5, 0, 5, 17])


def test_pictures_are_those_that_were_chosen(corpus: Squares) -> None:
    pictures = take_pictures(corpus, CHOSEN)
    assert (pictures.shape, pictures.dtype) == ((4, 32, 32, 3), torch.uint8)
    assert np.array_equal(pictures.numpy(), corpus.pictures[CHOSEN])


def test_unit_range_keeps_pixels_where_they_are() -> None:
    pictures = torch.zeros(1, 2, 4, 3, dtype=torch.uint8)
    pictures[0, 1, 3] = torch.tensor([255, 0, 127])
    x = to_unit(pictures)
    assert x.shape == (1, 3, 2, 4)
    assert x[0, :, 1, 3].tolist() == pytest.approx([1, -1, -1 / 255])
    assert x.min() == -1


def test_captions_are_of_the_chosen_pictures_and_vary(corpus: Squares) -> None:
    picked = [pick_captions(corpus, CHOSEN, index, rank) for index in range(6) for rank in range(2)]
    for captions in picked:
        assert all(c in corpus.captions[i] for c, i in zip(captions, CHOSEN, strict=True))
    assert len({tuple(captions) for captions in picked}) > 5
    assert pick_captions(corpus, CHOSEN, 3, 1) == picked[7]


def test_masks_are_full_or_have_a_part_to_repaint() -> None:
    masks = draw_masks(400, 32, 0, 0)
    assert (masks.shape, masks.dtype) == ((400, 1, 32, 32), torch.float32)
    assert masks.unique().tolist() == [0, 1]
    shares = masks.mean((1, 2, 3))
    assert shares.min() > 0
    assert (shares == 1).float().mean().item() == pytest.approx(FULL_MASK_SHARE, abs=0.06)
    parts = shares[shares < 1]
    assert (parts < 0.3).any()
    assert (parts > 0.7).any()


def test_masks_depend_on_index_and_rank_alone() -> None:
    masks = [draw_masks(40, 16, *which) for which in ((0, 0), (1, 0), (0, 1), (0, 0))]
    assert masks[0].equal(masks[3])
    assert not masks[0].equal(masks[1])
    assert not masks[0].equal(masks[2])


def test_masks_are_alike_at_every_size() -> None:
    small, large = draw_masks(30, 16, 0, 0), draw_masks(30, 64, 0, 0)
    reduced = torch.nn.functional.avg_pool2d(large, 4)
    assert (reduced - small).abs().mean() < 0.03
