"""Previews: every step while they are cheap, few where they are not; and what is kept of them."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
import torch

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.engine.backends.unclip_previews import Estimates, Previews
from t2i_studio.models.sampling import Step

GREY = Image.filled(Extent(4, 4), (9, 9, 9))


class Clock:
    """Seconds that pass only as they are told to; a preview takes the next of `costs`."""

    def __init__(self, costs: Sequence[float]) -> None:
        self.now = 0.0
        self._costs = costs
        self._made = 0

    def preview(self) -> torch.Tensor:
        self.now += self._costs[min(self._made, len(self._costs) - 1)]
        self._made += 1
        return torch.zeros(1, 3, 2, 2)


def shown(
    costs: Sequence[float], step_s: float, total: int = 20, stages: Sequence[str] = ("decoder",)
) -> list[int]:
    """List the steps of the last stage that are shown, each taking `step_s` without its preview."""
    clock = Clock(costs)
    previews = Previews(torch.device("cpu"), lambda: clock.now)
    for stage in stages:
        seen = []
        for index in range(1, total + 1):
            clock.now += step_s
            if previews.show(Step(stage, index, total, clock.preview)) is not None:
                seen.append(index)
    return seen


def test_cheap_previews_come_at_every_step() -> None:
    assert shown([0.001], 0.002) == list(range(1, 21))


def test_costly_ones_are_thinned_to_four_a_second_with_both_ends() -> None:
    assert shown([0.05], 0.1) == [1, 2, 5, 8, 11, 14, 17, 20]


def test_very_costly_ones_take_a_fifth_of_the_time() -> None:
    assert shown([2.0], 1.0) == [1, 2, 10, 18, 20]


def test_a_moment_of_a_busy_machine_hides_nothing() -> None:
    assert shown([0.4, 0.001], 0.002) == list(range(1, 21))
    assert shown([0.001, 0.4], 0.002) == list(range(1, 21))


def test_the_last_step_of_the_next_picture_is_shown_too() -> None:
    assert shown([0.05], 0.01, 3, ["decoder"] * 3) == [1, 3]


def test_stages_are_measured_apart() -> None:
    assert shown([0.1] * 20 + [0.001], 1.0, 10, ["decoder", "upsampler"]) == list(range(1, 11))


@pytest.mark.parametrize("stage", ["prior", "inversion"])
def test_what_shows_nothing_new_is_not_even_made(stage: str) -> None:
    clock = Clock([1.0])
    previews = Previews(torch.device("cpu"), lambda: clock.now)
    assert previews.show(Step(stage, 1, 1, clock.preview)) is None
    assert previews.show(Step("decoder", 1, 1)) is None
    assert clock.now == 0


@pytest.mark.parametrize("total", [1, 2, 63, 64, 65, 100, 1000])
def test_few_estimates_are_kept_evenly_with_both_ends(total: int) -> None:
    estimates = Estimates()
    kept = []
    for index in range(1, total + 1):
        estimates.add(Step("decoder", index, total), GREY)
        if len(estimates.kept) > len(kept):
            kept.append(index)
    gaps = [b - a for a, b in pairwise(kept)]
    assert len(kept) == min(total, 64)
    assert (kept[0], kept[-1]) == (1, total)
    assert max(gaps, default=0) - min(gaps, default=0) <= 1


def test_estimates_are_kept_small() -> None:
    estimates = Estimates()
    for side in (64, 1024):
        estimates.add(Step("decoder", 1, 1), Image.filled(Extent(side, side // 2), (9, 9, 9)))
    assert [each.image.extent for each in estimates.kept] == [Extent(64, 32), Extent(256, 128)]


def test_only_the_decoders_estimates_are_kept() -> None:
    estimates = Estimates()
    estimates.add(Step("upsampler", 1, 1), GREY)
    assert estimates.kept == []
