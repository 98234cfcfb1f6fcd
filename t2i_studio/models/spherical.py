"""Moving along the sphere on which normalised embeddings and noise lie."""

import torch
from torch import Tensor
from torch.nn import functional as F

OPPOSITE = 1e-4  # radians: so close to opposite, what is left beside the line is rounding


def slerp(start: Tensor, end: Tensor, share: float) -> Tensor:
    """Interpolate from `start` (share 0) to `end` (share 1) along the great circle.

    start, end: (..., D). Directions follow Shoemake 1985 (section 3.3), lengths go linearly, as
    embeddings of some models are not unit length. Between opposite vectors, which every great
    circle joins, it takes always the same one. Raises ValueError for shapes that differ.
    """
    if start.shape != end.shape:
        raise ValueError(f"slerp of {tuple(start.shape)} and {tuple(end.shape)}")
    a, b = F.normalize(start, dim=-1), F.normalize(end, dim=-1)
    cosine = (a * b).sum(-1, keepdim=True)
    beside = b - cosine * a
    sine = beside.norm(dim=-1, keepdim=True)
    # Shoemake's quotient of sines is 0 / 0 at both ends; sine and cosine of one angle never are.
    angle = share * torch.atan2(sine, cosine)
    is_opposite = (sine < OPPOSITE) & (cosine < 0)
    across = torch.where(is_opposite, _orthogonal(a), F.normalize(beside, dim=-1))
    direction = angle.cos() * a + angle.sin() * across
    length = torch.lerp(start.norm(dim=-1, keepdim=True), end.norm(dim=-1, keepdim=True), share)
    return direction * length


def _orthogonal(a: Tensor) -> Tensor:
    """Return unit vectors at right angles to a (..., D): towards the axis where a is smallest."""
    smallest = a.abs().argmin(-1, keepdim=True)
    axis = torch.zeros_like(a).scatter_(-1, smallest, 1.0)
    return F.normalize(axis - a.gather(-1, smallest) * a, dim=-1)
