"""Pictures as a published CLIP wants them: cut to a square, normalised by its own statistics."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F

from t2i_studio.models.unclip.checkpoint import CheckpointError, read_json
from t2i_studio.models.unclip.clip import check_pixels

FILE_NAME = "preprocessor_config.json"


@dataclass(frozen=True)
class Preprocessing:
    """The side of the encoder's square in px, mean and deviation of colours in [0, 1]."""

    size: int
    mean: tuple[float, ...] = (0.48145466, 0.4578275, 0.40821073)  # of OpenAI's CLIP
    std: tuple[float, ...] = (0.26862954, 0.26130258, 0.27577711)

    def __call__(self, pixels: Tensor) -> Tensor:
        """Bring pictures (B, 3, H, W) in [-1, 1] to the encoder's input (B, 3, S, S), float32.

        Resized in float32: in half precision the CPU cannot (torch 2.15).
        """
        check_pixels(pixels)
        square = _middle(_covering(pixels.float(), self.size), self.size).clamp(-1, 1)
        mean, std = (torch.tensor(each, device=pixels.device) for each in (self.mean, self.std))
        return ((square + 1) / 2 - mean[:, None, None]) / std[:, None, None]


def read_preprocessing(folder: Path, size: int) -> Preprocessing:
    """Read the statistics in `folder`, if there are any; raises CheckpointError."""
    path = folder / FILE_NAME
    if not folder.exists():
        return Preprocessing(size)
    values = read_json(path)
    return Preprocessing(
        size, _colour(path, values, "image_mean"), _colour(path, values, "image_std")
    )


def resized(pixels: Tensor, size: int) -> Tensor:
    """Squeeze pictures (B, 3, H, W) in [-1, 1] to (B, 3, S, S), float32."""
    check_pixels(pixels)
    small = F.interpolate(pixels.float(), size=(size, size), mode="bicubic", antialias=True)
    return small.clamp(-1, 1)


def _colour(path: Path, values: dict[str, object], key: str) -> tuple[float, ...]:
    found = values.get(key)
    if (
        not isinstance(found, Sequence)
        or len(found) != 3
        or not all(isinstance(each, int | float) and 0 < each <= 1 for each in found)
    ):
        raise CheckpointError(f"{path}: '{key}' must be three numbers above 0 and up to 1.")
    return tuple(float(each) for each in found)


def _covering(pixels: Tensor, size: int) -> Tensor:
    """Bring the shorter side to `size`."""
    height, width = pixels.shape[2:]
    short = min(height, width)
    shape = (size * height // short, size * width // short)
    return F.interpolate(pixels, size=shape, mode="bicubic", antialias=True)


def _middle(pixels: Tensor, size: int) -> Tensor:
    top, left = ((side - size) // 2 for side in pixels.shape[2:])
    return pixels[:, :, top : top + size, left : left + size]
