from collections.abc import Mapping

import pytest
import torch

from t2i_studio.models import inversion
from t2i_studio.models.sampling import (
    Denoiser,
    Scheduler,
    build_scheduler,
    clean_from_eps,
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


def eps_round_trip_error(process: Mapping[str, object], steps: int, iterations: int) -> float:
    """With the exact network for data that is -1 or 1 in each pixel: E[x_0 | x_t] =
    tanh(a x_t / s^2).
    """
    scheduler = build_scheduler("ddim", process, steps, timestep_spacing="leading")

    def predict(x_t: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
        a, s = scheduler.alphas_cumprod[t].sqrt(), (1 - scheduler.alphas_cumprod[t]).sqrt()
        return (x_t - a * torch.tanh(a * x_t / s**2)) / s

    x_0 = randn([stage_generator(0, "test")], (256,)).sign()
    show = torch.nn.Identity()
    ascent = {"ascend": inversion.ascend_eps, "clean": clean_from_eps}
    run = inversion.invert(
        scheduler, predict, x_0, iterations=iterations, stage="inversion", show=show, **ascent
    )
    x_T = finish(run)  # noqa: N806
    again = sample(
        scheduler,
        predict,
        x_T,
        stage="decoder",
        show=show,
        options={"eta": 0.0},
        clean=clean_from_eps,
    )
    return (finish(again) - x_0).abs().max().item()


KARLO = COSINE | {"prediction_type": "epsilon"}
KANDINSKY = {
    "num_train_timesteps": 1000,
    "beta_schedule": "linear",
    "beta_start": 0.00085,
    "beta_end": 0.012,
    "prediction_type": "epsilon",
}


@pytest.mark.parametrize(
    ("process", "steps", "plain", "exact"),
    [
        pytest.param(KARLO, 10, 0.30, 4e-3, id="Karlo-10"),
        pytest.param(KARLO, 50, 0.09, 8e-4, id="Karlo-50"),
        pytest.param(KANDINSKY, 10, 0.43, 5e-3, id="Kandinsky-10"),
        pytest.param(KANDINSKY, 50, 0.09, 6e-5, id="Kandinsky-50"),
    ],
)
def test_inversion_of_noise_predictions_is_as_exact_as_was_measured(
    process: Mapping[str, object], steps: int, plain: float, exact: float
) -> None:
    """Largest errors, found with a network that is exact."""
    assert eps_round_trip_error(process, steps, iterations=1) <= plain
    assert eps_round_trip_error(process, steps, iterations=5) <= exact
