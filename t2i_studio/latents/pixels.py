"""Pictures as tensors."""

import numpy as np
import torch
from torch import Tensor

from t2i_studio.core.image import Image, Mask


def to_image(pixels: Tensor) -> Image:
    """Bring (1, 3, H, W) in [-1, 1] to a picture, values beyond clipped."""
    assert pixels.ndim == 4
    assert pixels.shape[:2] == (1, 3)
    levels = ((pixels[0].float().clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8)
    return Image(levels.permute(1, 2, 0).cpu().numpy())


def to_tensor(image: Image) -> Tensor:
    """Bring a picture to (1, 3, H, W) float32 in [-1, 1], on the CPU."""
    levels = torch.from_numpy(image.pixels.astype(np.float32))
    return (levels / 127.5 - 1).permute(2, 0, 1)[None]


def mask_tensor(mask: Mask) -> Tensor:
    """Bring a mask to (1, 1, H, W) float32: 1 where anything is to be repainted."""
    return torch.from_numpy((mask.pixels > 0).astype(np.float32))[None, None]
