"""Text diffs: turn an image embedding from one caption's meaning towards another's."""

from torch import Tensor
from torch.nn import functional as F

from t2i_studio.models.spherical import slerp

SAME = 1e-3  # of their length: a smaller difference of two embeddings is rounding


def turned(z: Tensor, z_t: Tensor, z_t0: Tensor, theta: float) -> Tensor:
    """Compute slerp(z, z_d, theta), z_d = norm(z_t - z_t0) (Ramesh et al. 2022, section 3.3).

    z: (B, D) image embeddings; z_t, z_t0: (B or 1, D) embeddings of the caption to go to and of
    the one to leave; theta: 0 (z itself) to 1, typically 0.25 to 0.5. Only directions turn: the
    result is as long as z, as embeddings of some models are not unit length. Two captions that
    mean the same (`is_same`) have no direction to turn in: ValueError.
    """
    if is_same(z_t, z_t0):
        raise ValueError("The captions mean the same: there is no direction between them.")
    direction = F.normalize(z_t - z_t0, dim=-1) * z.norm(dim=-1, keepdim=True)
    return slerp(z, direction.expand_as(z), theta)


def is_same(z_t: Tensor, z_t0: Tensor) -> bool:
    """Tell whether embeddings (B, D) of two captions are equal but for rounding, in any row."""
    lengths = z_t.norm(dim=-1).maximum(z_t0.norm(dim=-1))
    return bool(((z_t - z_t0).norm(dim=-1) <= SAME * lengths).any())
