"""The learning rate over a run."""

from dataclasses import replace

import pytest

from tests.training.conftest import PLAN


@pytest.mark.parametrize(
    ("step", "progress", "share"),
    [
        pytest.param(0, 0.0, 0.25, id="first of four warm-up steps"),
        pytest.param(3, 0.0, 1.0, id="warm"),
        pytest.param(99, 0.5, 0.505, id="half way between 1 and the floor"),
        pytest.param(99, 1.0, 0.01, id="the floor"),
    ],
)
def test_learning_rate_rises_and_falls(step: int, progress: float, share: float) -> None:
    assert PLAN.lr_at(step, progress) == pytest.approx(PLAN.lr * share)


def test_without_warm_up_the_learning_rate_starts_whole() -> None:
    assert replace(PLAN, warmup=0).lr_at(0, 0.0) == PLAN.lr


@pytest.mark.parametrize(
    ("samples", "minutes", "progress"), [(80, 3, 0.25), (80, 45, 0.75), (999, 0, 1.0)]
)
def test_progress_is_whichever_is_first(samples: int, minutes: float, progress: float) -> None:
    assert PLAN.progress(samples, minutes) == progress
