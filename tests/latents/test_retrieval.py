"""Retrieval: the same order as from all cosines at once, in pieces."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn import functional as F

from t2i_studio.latents import retrieval


def drawn(n: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(n, 8, generator=torch.Generator().manual_seed(seed))


@settings(max_examples=25, deadline=None)
@given(n=st.integers(1, 40), count=st.none() | st.integers(1, 50), chunk=st.integers(1, 50))
def test_pieces_rank_as_the_whole(n: int, count: int | None, chunk: int) -> None:
    queries, items = drawn(3, seed=1), drawn(n)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(retrieval, "CHUNK", chunk)
        order, cosines = retrieval.ranked(queries, items, count)
    every = F.normalize(queries, dim=-1) @ F.normalize(items, dim=-1).T
    best = every.sort(dim=1, descending=True)
    assert torch.equal(order, best.indices[:, :count])
    assert torch.allclose(cosines, best.values[:, :count], atol=1e-6)


def test_equal_items_keep_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrieval, "CHUNK", 4)
    order, cosines = retrieval.ranked(drawn(1), drawn(1).expand(10, -1), 6)
    assert order.tolist() == [[0, 1, 2, 3, 4, 5]]
    assert torch.allclose(cosines, torch.ones(1, 6))


def test_lengths_do_not_count_and_nothing_is_close_to_nothing() -> None:
    items = torch.tensor([[0.0, 0.0], [9.0, 9.0], [0.1, 0.0]])
    order, cosines = retrieval.ranked(torch.tensor([[2.0, 0.0]]), items)
    assert order.tolist() == [[2, 1, 0]]
    assert torch.allclose(cosines, torch.tensor([[1.0, 0.5**0.5, 0.0]]))


def test_half_precision_items_are_read_as_they_are() -> None:
    items = drawn(30)
    assert torch.equal(
        retrieval.ranked(drawn(2, 1), items.half(), 3)[0],
        retrieval.ranked(drawn(2, 1), items.half().float(), 3)[0],
    )


def test_other_dimensions_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        retrieval.ranked(torch.ones(1, 3), torch.ones(2, 4))
