"""Which steps of a picture are shown while it is made, and which of those are kept."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from time import perf_counter

import numpy as np
import torch

from t2i_studio.core.events import Estimate
from t2i_studio.core.image import Image
from t2i_studio.latents.pixels import to_image
from t2i_studio.models.sampling import Step
from t2i_studio.models.unclip.decoder import INVERSION_STAGE
from t2i_studio.models.unclip.decoder import STAGE as DECODER
from t2i_studio.models.unclip.prior import STAGE as PRIOR

# The prior's estimates are no pictures, those of an inversion all show what it starts from.
UNSEEN = PRIOR, INVERSION_STAGE
COSTLY_S = 0.02  # seconds that a preview may take and still be shown at every step
PAUSE_S = 0.25  # seconds between costly ones: four a second
PAUSES = 4  # costs that such a pause takes at least: previews take a fifth of the time at most
KEPT = 64  # estimates of one picture
EDGE = 256  # px, the longer side of one that is kept


@dataclass
class _Stage:
    shown: int = 0
    cost: float = inf  # seconds, the least so far
    ended: float = -inf


class Previews:
    """Shows every step while that is cheap, and few where it is not, as where MoVQ has to decode.

    Each stage is measured, and its cheapest preview of two or more counts: a machine that was busy
    for a moment hides nothing. The first and the last step of a stage are always shown.
    """

    def __init__(self, device: torch.device, clock: Callable[[], float] = perf_counter) -> None:
        self._device = device
        self._clock = clock  # seconds
        self._stages: defaultdict[str, _Stage] = defaultdict(_Stage)

    def show(self, step: Step) -> Image | None:
        """Make the picture of a step; None for one that is not to be seen."""
        if step.preview is None or step.stage in UNSEEN or not self._is_due(step):
            return None
        if self._device.type != "cpu":
            torch.accelerator.synchronize(self._device)  # the step's own time is not the preview's
        started = self._clock()
        image = to_image(step.preview())
        stage, now = self._stages[step.stage], self._clock()
        stage.shown += 1
        stage.cost = min(stage.cost, now - started)
        stage.ended = now
        return image

    def _is_due(self, step: Step) -> bool:
        stage = self._stages[step.stage]
        is_cheap = stage.shown < 2 or stage.cost <= COSTLY_S
        pause = max(PAUSE_S, PAUSES * stage.cost)
        has_paused = self._clock() - stage.ended >= pause
        return step.index in (1, step.total) or is_cheap or has_paused


class Estimates:
    """What the decoder showed of one picture: at most KEPT, evenly thinned, small.

    The first and the last are among them.
    """

    def __init__(self) -> None:
        self.kept: list[Estimate] = []

    def add(self, step: Step, image: Image) -> None:
        if step.stage == DECODER and step.index in _kept(step.total):
            self.kept.append(Estimate(step=step.index, image=image.fitted(EDGE)))


def _kept(total: int) -> set[int]:
    """List the steps of 1 to `total` whose estimates are kept."""
    return set(np.linspace(1, total, min(total, KEPT)).round().astype(int).tolist())
