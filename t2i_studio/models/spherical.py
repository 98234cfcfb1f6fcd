"""Moving along the sphere on which normalised embeddings and noise lie."""

import torch
from torch import Tensor
from torch.nn import functional as F

PARALLEL = 1e-4  # radians: below, the sphere is flat and the quotient of sines is 0 / 0


def slerp(start: Tensor, end: Tensor, share: float) -> Tensor:
    """Interpolate from `start` (share 0) to `end` (share 1) along the great circle.

    start, end: (..., D). Directions follow Shoemake 1985 (section 3.3), lengths go linearly, as
    embeddings of some models are not unit length. Raises ValueError for shapes that differ.
    """
    if start.shape != end.shape:
        raise ValueError(f"slerp of {tuple(start.shape)} and {tuple(end.shape)}")
    a, b = F.normalize(start, dim=-1), F.normalize(end, dim=-1)
    angle = torch.acos((a * b).sum(-1, keepdim=True).clamp(-1, 1))
    sine = angle.sin().clamp_min(PARALLEL)
    curved = (((1 - share) * angle).sin() * a + (share * angle).sin() * b) / sine
    flat = torch.lerp(a, b, share)
    direction = torch.where(angle < PARALLEL, flat, curved)
    length = torch.lerp(start.norm(dim=-1, keepdim=True), end.norm(dim=-1, keepdim=True), share)
    return direction * length
