from dataclasses import replace

import pytest
import torch
from torch.nn import functional as F

from t2i_studio.models.unclip.upsampler import upsample
from t2i_studio.models.unclip.weights import Parts
from tests.models.running import collect, finish


def test_a_picture_is_enlarged_in_one_step_and_stays_the_same_picture(parts: Parts) -> None:
    base = torch.linspace(-1, 1, 64).expand(2, 3, 64, 64)

    steps, pixels = collect(upsample(parts, base))

    assert [(step.stage, step.index, step.total) for step in steps] == [("upsampler", 1, 1)]
    assert pixels.shape == (2, 3, 256, 256)
    assert pixels.abs().max() <= 1
    assert (F.avg_pool2d(pixels, 4) - base).abs().mean() < 0.02


def test_a_checkpoint_without_an_upsampler_says_so(parts: Parts) -> None:
    with pytest.raises(ValueError, match="no upsampler"):
        finish(upsample(replace(parts, upsampler=None), torch.zeros(1, 3, 64, 64)))
