"""Batches come in order, whoever makes them."""

import itertools
import os
from collections.abc import Mapping

import pytest
import torch
from torch import Tensor

from t2i_studio.training.feed import feed


def make(index: int, rank: int) -> Mapping[str, Tensor]:
    return {
        "index": torch.tensor(index),
        "rank": torch.tensor(rank),
        "by": torch.tensor(os.getpid()),
    }


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # Python 3.12 warns of our threads
@pytest.mark.parametrize("loaders", [0, 2])
def test_batches_come_in_order_from_the_first_that_is_due(loaders: int) -> None:
    batches = feed(make, 5, 1, torch.device("cpu"), loaders)
    first = list(itertools.islice(batches, 4))
    assert [int(batch["index"]) for batch in first] == [5, 6, 7, 8]
    assert {int(batch["rank"]) for batch in first} == {1}
    assert len({int(batch["by"]) for batch in first} - {os.getpid()}) == loaders
