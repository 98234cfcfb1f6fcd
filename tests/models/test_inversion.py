import pytest
import torch

from t2i_studio.models import inversion
from t2i_studio.models.sampling import (
    Denoiser,
    Scheduler,
    build_scheduler,
    randn,
    sample,
    stage_generator,
)
from tests.models.running import collect, finish
from tests.models.test_sampling import COSINE

STEPS = 15  # does not divide 1000: DDIM then lands beside its own timesteps


def best_denoiser(scheduler: Scheduler, spread: float = 0.5) -> Denoiser:
    """The exact network for data that is N(0, spread^2) in each pixel, so that E[x_0 | x_t] =
    a spread^2 x_t / (a^2 spread^2 + s^2).
    """

    def predict_v(x_t: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
        a, s = scheduler.alphas_cumprod[t].sqrt(), (1 - scheduler.alphas_cumprod[t]).sqrt()
        x_0 = a * spread**2 * x_t / (a**2 * spread**2 + s**2)
        return (a * x_t - x_0) / s

    return predict_v


def round_trip_error(iterations: int) -> float:
    x_0 = 0.5 * randn([stage_generator(0, "test")], (256,))
    scheduler = build_scheduler("ddim", COSINE, STEPS)
    predict = best_denoiser(scheduler)
    x_T = finish(  # noqa: N806
        inversion.invert(
            scheduler, predict, x_0, iterations=iterations, stage="inversion", show=lambda x: x
        )
    )
    again = finish(
        sample(scheduler, predict, x_T, stage="decoder", show=lambda x: x, options={"eta": 0.0})
    )
    return (again - x_0).abs().max().item()


def test_fixed_point_iterations_make_inversion_exact() -> None:
    errors = [round_trip_error(iterations) for iterations in (1, 2, 5)]

    assert errors == sorted(errors, reverse=True)
    assert errors[-1] < 1e-3


@pytest.mark.parametrize("iterations", [1, 3])
def test_inversion_counts_every_call_of_the_network(iterations: int) -> None:
    scheduler = build_scheduler("ddim", COSINE, 5)
    run = inversion.invert(
        scheduler,
        best_denoiser(scheduler),
        torch.ones(1, 4),
        iterations=iterations,
        stage="inversion",
        show=lambda x: x,
    )
    steps, _ = collect(run)
    assert [step.index for step in steps] == list(range(1, 5 * iterations + 1))
    assert {step.total for step in steps} == {5 * iterations}
