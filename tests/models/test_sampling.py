import pytest
import torch

from t2i_studio.models.sampling import (
    MAX_SEED,
    SAMPLERS,
    Start,
    build_scheduler,
    clean_from_v,
    count_steps,
    randn,
    sample,
    stage_generator,
    start_of,
    step_options,
    steps_left,
)
from tests.models.running import collect, finish

COSINE = {
    "num_train_timesteps": 1000,
    "beta_schedule": "squaredcos_cap_v2",
    "prediction_type": "v_prediction",
}
# What other schedulers leave in a configuration; none of it may reach a sampler.
LEFTOVERS = {
    "variance_type": "learned_range",
    "clip_sample": True,
    "clip_sample_range": 0.1,
    "thresholding": True,
    "timestep_spacing": "leading",
    "steps_offset": 1,
    "set_alpha_to_one": False,
}


def draw(seed: int, stage: str = "decoder", index: int = 0) -> torch.Tensor:
    return torch.randn(8, generator=stage_generator(seed, stage, index))


def test_the_same_seed_stage_and_index_draw_the_same_numbers() -> None:
    assert torch.equal(draw(7, "prior", 1), draw(7, "prior", 1))


@pytest.mark.parametrize(
    "other",
    [(8, "prior", 1), (7, "decoder", 1), (7, "prior", 2), (7 + 2**32, "prior", 1)],
    ids=["seed", "stage", "index", "high bits"],
)
def test_each_of_seed_stage_and_index_changes_the_numbers(other: tuple[int, str, int]) -> None:
    assert not torch.equal(draw(7, "prior", 1), draw(*other))


def test_streams_of_two_stages_are_uncorrelated() -> None:
    numbers = torch.stack(
        [torch.randn(4096, generator=stage_generator(seed, "a")) for seed in range(20)]
    )
    correlation = torch.corrcoef(numbers) - torch.eye(20)
    assert correlation.abs().max() < 5 / 4096**0.5


@pytest.mark.parametrize("seed", [0, MAX_SEED])
def test_the_ends_of_the_seed_range_work(seed: int) -> None:
    assert draw(seed).isfinite().all()


@pytest.mark.parametrize("seed", [-1, MAX_SEED + 1])
def test_seeds_out_of_range_are_refused(seed: int) -> None:
    with pytest.raises(ValueError, match="seed"):
        stage_generator(seed, "decoder")


def test_noise_of_an_item_does_not_depend_on_its_neighbours() -> None:
    batch = randn([stage_generator(seed, "decoder") for seed in (1, 2, 3)], (3, 4))
    single = randn([stage_generator(2, "decoder")], (3, 4))
    assert torch.equal(batch[1:2], single)


def test_v_gives_back_the_clean_sample() -> None:
    generator = stage_generator(0, "test")
    x_0, eps = randn([generator] * 2, (16,))
    for alpha_bar in torch.tensor([0.0, 1e-6, 0.3, 1.0], dtype=torch.float32):
        x_t = alpha_bar.sqrt() * x_0 + (1 - alpha_bar).sqrt() * eps
        v = alpha_bar.sqrt() * eps - (1 - alpha_bar).sqrt() * x_0
        torch.testing.assert_close(clean_from_v(x_t, v, alpha_bar), x_0, atol=1e-6, rtol=0)


@pytest.mark.parametrize("steps", [1, 2, 3, 7])
@pytest.mark.parametrize("name", SAMPLERS)
def test_every_sampler_finds_a_known_clean_sample_in_the_announced_steps(
    name: str, steps: int
) -> None:
    """A perfect network for data that is one point: all samplers must end there."""
    target = torch.linspace(-1, 1, 12).reshape(1, 3, 2, 2)
    scheduler = build_scheduler(name, COSINE | LEFTOVERS, steps)

    def predict_v(x_t: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
        alpha_bar = scheduler.alphas_cumprod[t.long()].double()
        eps = (x_t - alpha_bar.sqrt() * target) / (1 - alpha_bar).sqrt()
        return (alpha_bar.sqrt() * eps - (1 - alpha_bar).sqrt() * target).float()

    run = sample(
        scheduler,
        predict_v,
        randn([stage_generator(0, "decoder")], (3, 2, 2)),
        stage="decoder",
        show=lambda x_0: x_0,
        options=step_options(name, [stage_generator(0, "steps")], eta=0.5),
    )
    yielded, x_0 = collect(run)

    total = count_steps(name, COSINE, steps)
    assert [(step.index, step.total) for step in yielded] == [
        (index + 1, total) for index in range(total)
    ]
    torch.testing.assert_close(x_0, target, atol=0.02, rtol=0)
    last = yielded[-1].preview
    assert last is not None
    torch.testing.assert_close(last(), target, atol=1e-3, rtol=0)


@pytest.mark.parametrize(
    ("steps", "strength", "left"),
    [(15, 1.0, 15), (15, 0.99, 14), (15, 0.5, 7), (15, 0.2, 3), (15, 0.01, 1), (1, 0.5, 1)],
)
def test_strength_is_the_share_of_the_steps_that_are_taken(
    steps: int, strength: float, left: int
) -> None:
    assert steps_left(steps, strength) == left
    assert count_steps("ddim", COSINE, steps, strength) == left


@pytest.mark.parametrize("strength", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("name", SAMPLERS)
def test_every_sampler_starts_at_the_noise_of_the_first_step_left(
    name: str, strength: float
) -> None:
    """The network sees sqrt(alpha_bar) x_0 + sqrt(1 - alpha_bar) eps; a perfect one ends at x_0."""
    x_0 = torch.linspace(-1, 1, 12).reshape(1, 3, 2, 2)
    noise = randn([stage_generator(seed, "decoder") for seed in (0, 1)], (3, 2, 2))
    scheduler = build_scheduler(name, COSINE, 10)
    seen: list[tuple[float, torch.Tensor]] = []

    def predict_v(x_t: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
        alpha_bar = scheduler.alphas_cumprod[t.long()].double()
        seen.append((float(alpha_bar), x_t))
        eps = (x_t - alpha_bar.sqrt() * x_0) / (1 - alpha_bar).sqrt()
        return (alpha_bar.sqrt() * eps - (1 - alpha_bar).sqrt() * x_0).float()

    steps, found = collect(
        sample(
            scheduler,
            predict_v,
            noise,
            stage="decoder",
            show=lambda x: x,
            options=step_options(name, [stage_generator(0, "steps")] * 2, eta=0.0),
            start=Start(x_0, strength),
        )
    )

    alpha_bar, x_t = seen[0]
    expected = alpha_bar**0.5 * x_0 + (1 - alpha_bar) ** 0.5 * noise
    torch.testing.assert_close(x_t, expected, atol=1e-5, rtol=0)
    assert [step.index for step in steps] == list(range(1, round(10 * strength) + 1))
    assert {step.total for step in steps} == {round(10 * strength)}
    torch.testing.assert_close(found, x_0.expand_as(found), atol=0.02, rtol=0)


def test_full_strength_has_no_start() -> None:
    assert start_of(torch.zeros(1, 3, 2, 2), 1.0) is None
    assert start_of(None, 1.0) is None


@pytest.mark.parametrize("strength", [0.0, -0.1, 1.1, float("nan")])
def test_strengths_that_are_no_share_are_refused(strength: float) -> None:
    with pytest.raises(ValueError, match="strength lies above 0"):
        start_of(torch.zeros(1, 3, 2, 2), strength)


def test_a_strength_below_one_needs_a_picture() -> None:
    with pytest.raises(ValueError, match="needs a picture"):
        start_of(None, 0.5)


@pytest.mark.parametrize("name", SAMPLERS)
def test_the_first_step_starts_at_pure_noise(name: str) -> None:
    assert build_scheduler(name, COSINE, 10).timesteps[0] == 999


def test_nothing_of_a_preview_is_computed_before_it_is_asked_for() -> None:
    def show(x_0: torch.Tensor) -> torch.Tensor:
        pytest.fail("computed a preview nobody asked for")

    run = sample(
        build_scheduler("ddim", COSINE, 2),
        lambda x_t, t: torch.zeros_like(x_t),
        torch.ones(1, 1),
        stage="decoder",
        show=show,
        options={},
    )
    finish(run)


@pytest.mark.parametrize(("name", "steps"), [("heun", 5), ("ddim", 0), ("ddim", 1001)])
def test_unknown_samplers_and_impossible_step_counts_are_refused(name: str, steps: int) -> None:
    with pytest.raises(ValueError, match=r"heun|steps"):
        build_scheduler(name, COSINE, steps)
