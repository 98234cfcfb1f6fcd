"""The sheet: rows of what was decoded, each above the pictures that it should be like."""

import numpy as np
import pytest
import torch
from transformers import CLIPTokenizer

from t2i_studio.training.recipes.conditions import Conditions
from t2i_studio.training.recipes.decoder import Decoder, DecoderSizes, new_unet
from t2i_studio.training.recipes.sheet import draw_sheet
from tests.training.recipes.conftest import DIM, SIDE, Squares

SIZES = DecoderSizes(channels=(16, 32), groups=8, heads=2)


@pytest.fixture
def decoder(conditions: Conditions) -> Decoder:
    torch.manual_seed(0)
    return Decoder(new_unet(SIZES, SIDE, DIM), conditions, SIZES.patch).eval()


@pytest.mark.parametrize(("count", "columns", "rows"), [(3, 3, 1), (14, 12, 1), (24, 12, 2)])
def test_sheet_has_whole_rows(
    decoder: Decoder, tokenizer: CLIPTokenizer, count: int, columns: int, rows: int
) -> None:
    sheet = draw_sheet(decoder, tokenizer, Squares(count))
    assert sheet.size == (columns * SIDE, 2 * rows * SIDE)


def test_true_pictures_stand_below(decoder: Decoder, tokenizer: CLIPTokenizer) -> None:
    checks = Squares(3)
    sheet = np.asarray(draw_sheet(decoder, tokenizer, checks))
    below = np.concatenate(list(checks.pictures), axis=1).astype(int)
    assert np.abs(sheet[SIDE:] - below).max() <= 1
    assert np.abs(sheet[:SIDE] - below).mean() > 10


def test_the_same_network_draws_the_same_sheet(decoder: Decoder, tokenizer: CLIPTokenizer) -> None:
    one, other = (np.asarray(draw_sheet(decoder, tokenizer, Squares(2))) for _ in range(2))
    assert np.array_equal(one, other)


def test_sheet_depends_on_the_captions(
    decoder: Decoder, tokenizer: CLIPTokenizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    torch.nn.init.normal_(decoder.unet.conv_out.weight, std=0.1)
    one = np.asarray(draw_sheet(decoder, tokenizer, Squares(2)), int)
    captions = [("red at the left",), ("white at the bottom",)]
    monkeypatch.setattr(Squares, "captions", captions)
    other = np.asarray(draw_sheet(decoder, tokenizer, Squares(2)), int)
    assert np.abs(one - other)[:SIDE, SIDE:].max() > 0
