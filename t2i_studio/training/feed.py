"""Batches for the loop, made ahead by other processes where a GPU would wait for them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import torch
from accelerate.utils import send_to_device  # type: ignore[import-untyped]  # has no py.typed
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

Batch = Mapping[str, Tensor]


@dataclass(frozen=True)
class _Batches(Dataset[Batch]):
    make: Callable[[int, int], Batch]
    rank: int

    def __getitem__(self, index: int) -> Batch:
        return self.make(index, self.rank)


def feed(
    make: Callable[[int, int], Batch], first: int, rank: int, device: torch.device, loaders: int
) -> Iterator[Batch]:
    """Yield batch `first`, `first` + 1, ... of a rank on the device, without end.

    With `loaders` > 0 so many processes make them ahead; they are forked, so that recipes need
    not be pickled and share their pictures, and must not touch the GPU.
    """
    loader = DataLoader(
        _Batches(make, rank),
        batch_size=None,
        sampler=range(first, 2**62),
        num_workers=loaders,
        multiprocessing_context="fork" if loaders else None,
        pin_memory=device.type == "cuda",
    )
    for batch in loader:
        yield send_to_device(batch, device, non_blocking=device.type == "cuda")
