"""Retrieval: which embeddings lie closest to a query, text <-> picture."""

import torch
from torch import Tensor
from torch.nn import functional as F

CHUNK = 16_384  # items at a time: 48 MiB of 768 float32


@torch.no_grad()
def ranked(queries: Tensor, items: Tensor, count: int | None = None) -> tuple[Tensor, Tensor]:
    """Return the closest `count` items of each query, best first, and their cosines: (Q, count).

    queries: (Q, D); items: (N, D) of any float type; count: all N if None or more. Of equal
    cosines the earlier item comes first. Takes the memory of a chunk, not that of all cosines.
    Raises ValueError if the dimensions differ.
    """
    if queries.shape[1] != items.shape[1]:
        raise ValueError(f"Queries {tuple(queries.shape)} do not fit items {tuple(items.shape)}.")
    count = len(items) if count is None else min(count, len(items))
    unit = F.normalize(queries.float(), dim=-1)
    order = torch.empty(len(queries), 0, dtype=torch.int64, device=queries.device)
    cosines = torch.empty(len(queries), 0, device=queries.device)
    for start in range(0, len(items), CHUNK):
        found, matches = _best(unit, items[start : start + CHUNK].to(unit.device), count)
        order, cosines = torch.cat([order, found + start], 1), torch.cat([cosines, matches], 1)
        cosines, kept = _first(cosines, count)
        order = order.gather(1, kept)
    return order, cosines


def _best(unit: Tensor, items: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """Return the best items of one chunk in the chunk's order, and their cosines."""
    # Dividing the few products by the lengths spares a unit copy of the items.
    items = items.float()
    lengths = items.norm(dim=-1).clamp_min(torch.finfo(torch.float32).tiny)
    cosines = unit @ items.T / lengths
    found = cosines.topk(min(count, len(items)), dim=1).indices.sort(dim=1).values
    return found, cosines.gather(1, found)


def _first(cosines: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """Sort descending; of equal ones the first stays first."""
    found = cosines.sort(dim=1, descending=True, stable=True)
    return found.values[:, :count], found.indices[:, :count]
