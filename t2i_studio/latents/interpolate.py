"""Mixing embeddings, and the noise that belongs to them."""

from collections.abc import Sequence

from torch import Tensor

from t2i_studio.models.spherical import slerp


def mixed(corners: Sequence[Tensor], x: float, y: float) -> Tensor:
    """Mix 2 to 4 embeddings (B, D): slerp(slerp(c0, c1, x), slerp(c2, c3, x), y).

    The corners lie in reading order: two on a line, where y does nothing; three with the last one
    alone below; four. Ramesh et al. 2022, section 3.2, has the line.
    """
    if not 2 <= len(corners) <= 4:
        raise ValueError(f"2 to 4 corners can be mixed, not {len(corners)}.")
    upper = slerp(corners[0], corners[1], x)
    if len(corners) == 2:
        return upper
    lower = corners[2] if len(corners) == 3 else slerp(corners[2], corners[3], x)
    return slerp(upper, lower, y)


def mixed_noise(corners: Sequence[Tensor], x: float, y: float) -> Tensor:
    """Mix x_T (B, C, h, w) in the same way: as one long vector each, which stays on its shell."""
    flat = [noise.flatten(1) for noise in corners]
    return mixed(flat, x, y).view_as(corners[0])
