"""What a decoder at a fixed size is told about inpainting."""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F


@dataclass(frozen=True)
class Region:
    """A picture and the part of it that is to be repainted, at the decoder's size."""

    known: Tensor  # (B, 3, S, S) in [-1, 1], zero where repainted
    mask: Tensor  # (B, 1, S, S), 1 = repaint, 0 = keep

    def paste(self, pixels: Tensor) -> Tensor:
        """Take `pixels` inside the mask, the known picture elsewhere."""
        return pixels * self.mask + self.known


def everything(batch: int, size: int, device: torch.device, channels: int = 3) -> Region:
    """Make the region of text to image, where nothing is known."""
    return Region(
        known=torch.zeros(batch, channels, size, size, device=device),
        mask=torch.ones(batch, 1, size, size, device=device),
    )


def region_of(
    known: Tensor | None, mask: Tensor | None, batch: int, size: int, device: torch.device
) -> Region:
    """Make the region of a repaint, or of text to image; raises ValueError for half of one."""
    if known is None and mask is None:
        return everything(batch, size, device)
    if known is None or mask is None:
        raise ValueError("Inpainting needs both a picture and a mask.")
    return fit_region(known.to(device), mask.to(device), batch, size)


def fit_region(known: Tensor, mask: Tensor, batch: int, size: int) -> Region:
    """Bring a picture and its mask to size S.

    known: (B or 1, 3, H, W) in [-1, 1]; mask: (B or 1, 1, H, W), 1 = repaint. A small pixel is
    repainted if the mask touches any pixel that it covers. Both use the same bins, so no colour
    from under the mask reaches a pixel that is kept (bicubic would carry it over the edge).
    """
    if known.ndim != 4 or known.shape[1] != 3:
        raise ValueError(f"The picture is (B, 3, H, W), not {tuple(known.shape)}.")
    if mask.ndim != 4 or mask.shape[1:] != (1, *known.shape[2:]):
        raise ValueError(f"The mask is (B, 1, H, W) like the picture, not {tuple(mask.shape)}.")
    touched = (F.adaptive_max_pool2d(mask.float(), size) > 0).float().expand(batch, -1, -1, -1)
    small = F.adaptive_avg_pool2d(known.float(), size).expand(batch, -1, -1, -1)
    return Region(known=small * (1 - touched), mask=touched)
