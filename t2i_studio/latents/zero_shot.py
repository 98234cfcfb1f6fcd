"""Zero-shot classification: which text describes a picture best (Radford et al. 2021, 3.1)."""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional as F


def captions(labels: Sequence[str], templates: Sequence[str]) -> list[str]:
    """Put each label into every template in place of its "{}", label by label."""
    return [template.replace("{}", label) for label in labels for template in templates]


def class_embeddings(z_t: Tensor, counts: int | Sequence[int]) -> Tensor:
    """Average the captions of each class (Radford et al. 2021, section 3.1.4): (L, D), unit length.

    z_t: (captions, D) text embeddings, class by class, of which only the directions count;
    counts: how many each class has, one number if all have the same.
    """
    unit = F.normalize(z_t, dim=-1)
    groups = torch.split(unit, counts if isinstance(counts, int) else list(counts))
    return F.normalize(torch.stack([group.mean(0) for group in groups]), dim=-1)


def cosines(z_i: Tensor, classes: Tensor) -> Tensor:
    """Return the cosines (N, L) of image embeddings (N, D) and class embeddings (L, D)."""
    return F.normalize(z_i, dim=-1) @ F.normalize(classes, dim=-1).T


def shares(matches: Tensor, logit_scale: float) -> Tensor:
    """Turn cosines (N, L) into shares (N, L) of 1: softmax(logit_scale * cosine)."""
    return F.softmax(logit_scale * matches, dim=-1)
