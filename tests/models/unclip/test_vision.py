from pathlib import Path
from typing import Any

import numpy as np
import PIL.Image
import pytest
import torch
from transformers import CLIPImageProcessor

from t2i_studio.models.unclip.vision import Preprocessing, read_preprocessing, resized
from tests.models.tiny_clip import COLOURS, save_preprocessing

SIZE = 32  # px
TWO_LEVELS = 2 / 255 / 0.26


@pytest.mark.parametrize("shape", [(64, 64), (48, 80), (81, 40), (20, 24)])
def test_pictures_are_prepared_as_the_published_processor_does(shape: tuple[int, int]) -> None:
    rows, columns = (np.linspace(0, 3, side) for side in shape)
    grey = np.sin(rows)[:, None] * np.cos(columns)
    levels = (np.stack([grey, -grey, grey**2], axis=-1) * 100 + 128).astype(np.uint8)
    kind: Any = CLIPImageProcessor
    processor = kind(size={"shortest_edge": SIZE}, crop_size={"height": SIZE, "width": SIZE})
    theirs = processor(PIL.Image.fromarray(levels), return_tensors="pt").pixel_values

    ours = Preprocessing(SIZE)(torch.from_numpy(levels).permute(2, 0, 1)[None] / 127.5 - 1)

    assert ours.shape == (1, 3, SIZE, SIZE)
    assert (ours - theirs).abs().max() < TWO_LEVELS


def test_statistics_come_from_the_file_or_are_openais(tmp_path: Path) -> None:
    save_preprocessing(tmp_path / "here")

    found = read_preprocessing(tmp_path / "here", SIZE)

    assert list(found.mean) == COLOURS["image_mean"]
    assert list(found.std) == COLOURS["image_std"]
    assert read_preprocessing(tmp_path / "nowhere", SIZE) == Preprocessing(SIZE)


@pytest.mark.parametrize("shape", [(3, 8, 8), (1, 1, 8, 8)])
def test_what_is_no_batch_of_pictures_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="Pictures are"):
        Preprocessing(SIZE)(torch.zeros(shape))
    with pytest.raises(ValueError, match="Pictures are"):
        resized(torch.zeros(shape), SIZE)
