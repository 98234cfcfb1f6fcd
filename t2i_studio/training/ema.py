"""An exponential moving average of weights (Polyak & Juditsky 1992), which samples better."""

import contextlib
from collections.abc import Iterator, Mapping

import torch
from torch import Tensor


class Ema:
    """theta_ema <- d theta_ema + (1 - d) theta, with d = min(decay, n / (n + 5)) at update n.

    The warm-up forgets the random start, as Karras et al. 2022 and others do it.
    """

    def __init__(self, weights: Mapping[str, Tensor], decay: float) -> None:
        self.updates = 0
        self._weights, self._decay = weights, decay
        self._average = {name: weight.detach().clone() for name, weight in weights.items()}

    def update(self) -> None:
        self.updates += 1
        decay = min(self._decay, self.updates / (self.updates + 5))
        weights = [weight.detach() for weight in self._weights.values()]
        torch._foreach_lerp_(list(self._average.values()), weights, 1 - decay)

    @contextlib.contextmanager
    def in_place(self) -> Iterator[None]:
        """Let the network compute with the average; the trained weights come back afterwards."""
        self._swap()
        try:
            yield
        finally:
            self._swap()

    def state(self) -> dict[str, Tensor]:
        return self._average

    def restore(self, average: Mapping[str, Tensor], updates: int) -> None:
        self.updates = updates
        for name, tensor in average.items():
            self._average[name].copy_(tensor)

    def _swap(self) -> None:
        """Exchange the values, not the tensors: the optimizer holds on to those."""
        with torch.no_grad():
            for name, weight in self._weights.items():
                kept = weight.detach().clone()
                weight.copy_(self._average[name])
                self._average[name].copy_(kept)
