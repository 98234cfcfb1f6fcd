"""How long a part is trained and with what: the numbers that a resumed run must share."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """The run ends after `samples` or after `minutes`, whichever comes first."""

    samples: int  # over all ranks
    minutes: float  # of training, over all resumptions
    batch: int  # samples per rank and step
    lr: float
    warmup: int = 100  # steps
    floor: float = 0.01  # of lr, where the cosine ends
    weight_decay: float = 0.01
    betas: tuple[float, float] = (0.9, 0.99)
    clip: float = 1.0  # of the gradient's norm
    ema: float = 0.95  # decay per EMA update
    ema_every: int = 8  # steps
    sync_every: int = 1  # steps; 1: gradients are averaged, else parameters (local SGD)

    def progress(self, samples: int, minutes: float) -> float:
        """How much of the run is done, in [0, 1]."""
        return min(1.0, max(samples / self.samples, minutes / self.minutes))

    def lr_at(self, step: int, progress: float) -> float:
        """Linear warm-up over steps 0, 1, ..., times a cosine over the run's progress in [0, 1].

        Loshchilov & Hutter 2017, eq. 5, without restarts.
        """
        cosine = 0.5 * (1 + math.cos(math.pi * progress))
        rise = min(1.0, (step + 1) / self.warmup) if self.warmup else 1.0
        return self.lr * rise * (self.floor + (1 - self.floor) * cosine)
