"""Denoising steps: what a step reports, the selectable samplers, the loop over a scheduler."""

import hashlib
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol, cast

import torch
from diffusers import (
    DDIMScheduler,
    DDPMScheduler,
    DPMSolverMultistepScheduler,
    EulerAncestralDiscreteScheduler,
    EulerDiscreteScheduler,
    UniPCMultistepScheduler,
)
from torch import Tensor

MAX_SEED = 2**63 - 1
FULL_STRENGTH = 1.0  # from pure noise

# What a scheduler must know of the process the network was trained on. Everything else in a
# saved configuration (clipping, thresholding, spacing) belongs to the scheduler that saved it
# and does harm when another one inherits it.
PROCESS_KEYS = (
    "num_train_timesteps",
    "beta_start",
    "beta_end",
    "beta_schedule",
    "trained_betas",
    "prediction_type",
)

Denoiser = Callable[[Tensor, Tensor], Tensor]
"""(x_t, t) -> the network's output, shaped like x_t, or with channels for the variance added."""

Estimate = Callable[[Tensor, Tensor, Tensor], Tensor]
"""(x_t, the network's output, alpha_bar) -> x_0."""


@dataclass(frozen=True)
class Start:
    """What sampling begins with instead of pure noise (SDEdit, Meng et al. 2021, 2108.01073).

    The last steps alone are taken, `strength` of all, from x_0 at the first one's noise level.
    """

    x_0: Tensor  # (B or 1, C, h, w)
    strength: float  # above 0, below 1


@dataclass(frozen=True)
class Step:
    """One finished denoising step; `preview` computes the clean-sample estimate only when called.

    `index` counts from 1 to `total` within `stage`. The preview lies in the stage's own space:
    embeddings (B, N, D) for the prior, pixels (B, 3, H, W) in [-1, 1] for decoder and upsampler.
    """

    stage: str
    index: int
    total: int
    preview: Callable[[], Tensor] | None = None


class StepOutput(Protocol):
    """What a scheduler's step returns, as far as it is used here."""

    prev_sample: Tensor


class Scheduler(Protocol):
    """The part of diffusers' schedulers that the samplers below share."""

    timesteps: Tensor
    alphas_cumprod: Tensor
    init_noise_sigma: float

    def set_timesteps(self, num_inference_steps: int) -> None: ...

    def scale_model_input(self, sample: Tensor, timestep: Tensor) -> Tensor: ...

    def add_noise(self, original_samples: Tensor, noise: Tensor, timesteps: Tensor) -> Tensor: ...

    def step(
        self, model_output: Tensor, timestep: Tensor, sample: Tensor, **options: object
    ) -> StepOutput: ...


class _WithSigmas(Protocol):
    sigmas: Tensor  # (steps + 1,) noise over signal


class SchedulerClass(Protocol):
    """A scheduler's class: builds a fresh one from a configuration."""

    def from_config(self, config: Mapping[str, object], **options: object) -> object: ...


@dataclass(frozen=True)
class Sampler:
    """A scheduler with the options under which it suits a cosine schedule without signal at T."""

    label: str
    scheduler: SchedulerClass
    options: Mapping[str, object] = field(default_factory=dict)
    is_random: bool = False
    has_eta: bool = False


_MULTISTEP = {"final_sigmas_type": "zero", "use_karras_sigmas": False}

# Each was looked at with 8, 15 and 25 steps on a v-prediction model whose signal at T is nearly
# zero. Left out: Heun and KDPM2 (their correction multiplies an error by sigma_max = 20,000), PNDM
# (grey background below 15 steps), LCM (needs a distilled model), LMS (needs scipy).
SAMPLERS: Mapping[str, Sampler] = {
    "dpm++2m": Sampler(
        "DPM-Solver++ 2M",
        DPMSolverMultistepScheduler,
        {**_MULTISTEP, "algorithm_type": "dpmsolver++", "solver_order": 2},
    ),
    "dpm++3m": Sampler(
        "DPM-Solver++ 3M",
        DPMSolverMultistepScheduler,
        {**_MULTISTEP, "algorithm_type": "dpmsolver++", "solver_order": 3},
    ),
    "dpm++2m-sde": Sampler(
        "DPM-Solver++ 2M SDE",
        DPMSolverMultistepScheduler,
        {**_MULTISTEP, "algorithm_type": "sde-dpmsolver++", "solver_order": 2},
        is_random=True,
    ),
    "ddim": Sampler(
        "DDIM",
        DDIMScheduler,
        {"clip_sample": False, "thresholding": False, "set_alpha_to_one": True},
        is_random=True,
        has_eta=True,
    ),
    "ddpm": Sampler("DDPM", DDPMScheduler, {"clip_sample": False}, is_random=True),
    "euler": Sampler("Euler", EulerDiscreteScheduler),
    "euler-a": Sampler("Euler ancestral", EulerAncestralDiscreteScheduler, is_random=True),
    "unipc": Sampler("UniPC", UniPCMultistepScheduler, {"final_sigmas_type": "zero"}),
}


def stage_generator(seed: int, stage: str, index: int = 0) -> torch.Generator:
    """Make a CPU generator of its own for each (seed, stage, index).

    Stages do not share a stream, so the decoder's noise does not depend on how many numbers the
    prior drew. Hashed because torch's CPU generator looks at 32 bits of its seed only: s and
    s + 2**32 would be the same picture.
    """
    if not 0 <= seed <= MAX_SEED:
        raise ValueError(f"A seed lies between 0 and {MAX_SEED}, not {seed}.")
    digest = hashlib.blake2b(f"{seed}/{stage}/{index}".encode(), digest_size=8).digest()
    return torch.Generator(device="cpu").manual_seed(int.from_bytes(digest, "little") & MAX_SEED)


def randn(generators: Sequence[torch.Generator], shape: Sequence[int]) -> Tensor:
    """Draw standard normal noise (B, *shape), item b from generator b: batches equal singles."""
    return torch.stack([torch.randn(tuple(shape), generator=each) for each in generators])


def build_scheduler(
    name: str, process: Mapping[str, object], steps: int, **changes: object
) -> Scheduler:
    """Make a fresh scheduler of that sampler, set to `steps` trailing timesteps (on the CPU).

    `process`: configuration of any scheduler of the same diffusion process. Trailing, as the first
    step must start at T, where x_T is pure noise (Lin et al. 2024, arXiv 2305.08891, section 3.3).
    `changes`: options of the scheduler in place of the sampler's.
    """
    if name not in SAMPLERS:
        raise ValueError(f"Unknown sampler '{name}'. Choose one of: {', '.join(SAMPLERS)}.")
    sampler = SAMPLERS[name]
    config = {key: process[key] for key in PROCESS_KEYS if key in process}
    options = {"timestep_spacing": "trailing", **sampler.options, **changes}
    scheduler = cast(Scheduler, sampler.scheduler.from_config(config, **options))
    set_steps(scheduler, steps)
    if name == "euler-a":
        # From sigma_max = 20,000 on, its sqrt(sigma_to^2 - sigma_up^2) rounds below zero in
        # float32 and gives NaN (diffusers 0.42, 3 steps; test_sampling tells when it may go).
        ancestral = cast(_WithSigmas, scheduler)
        ancestral.sigmas = ancestral.sigmas.double()
    return scheduler


def set_steps(scheduler: Scheduler, steps: int, least: int = 1) -> None:
    """Set the timesteps; raises ValueError for a number that the process does not have."""
    longest = len(scheduler.alphas_cumprod)
    if not least <= steps <= longest:
        raise ValueError(f"The number of steps lies between {least} and {longest}, not {steps}.")
    scheduler.set_timesteps(steps)


def count_steps(
    name: str, process: Mapping[str, object], steps: int, strength: float = FULL_STRENGTH
) -> int:
    """How many `Step`s (calls of the network) a run of that sampler yields."""
    return steps_left(len(build_scheduler(name, process, steps).timesteps), strength)


def steps_left(steps: int, strength: float) -> int:
    """How many of all steps a `Start` takes: as diffusers rounds, but always one."""
    return max(1, int(steps * strength))


def start_of(x_0: Tensor | None, strength: float) -> Start | None:
    """Make the start of sampling, None for pure noise; raises ValueError for half of one."""
    if not 0 < strength <= FULL_STRENGTH:
        raise ValueError(f"The strength lies above 0 and up to 1, not {strength}.")
    if strength == FULL_STRENGTH:
        return None
    if x_0 is None:
        raise ValueError("A strength below 1 needs a picture to start from.")
    return Start(x_0, strength)


def step_options(name: str, generators: Sequence[torch.Generator], eta: float) -> dict[str, object]:
    """Collect what `scheduler.step` of that sampler takes besides the sample."""
    sampler = SAMPLERS[name]
    options: dict[str, object] = {"generator": list(generators)} if sampler.is_random else {}
    if sampler.has_eta:
        options["eta"] = eta
    return options


def clean_from_v(x_t: Tensor, v: Tensor, alpha_bar: Tensor) -> Tensor:
    """x_0 = sqrt(alpha_bar) x_t - sqrt(1 - alpha_bar) v (Salimans & Ho 2022, appendix D)."""
    return alpha_bar.sqrt() * x_t - (1 - alpha_bar).sqrt() * v


def clean_from_eps(x_t: Tensor, output: Tensor, alpha_bar: Tensor) -> Tensor:
    """x_0 = (x_t - sqrt(1 - alpha_bar) eps) / sqrt(alpha_bar) (Ho et al. 2020, eq. 15).

    output: eps, followed by as many channels of variance or by none.
    """
    eps = output[:, : x_t.shape[1]]
    return (x_t - (1 - alpha_bar).sqrt() * eps) / alpha_bar.sqrt()


def clean_as_predicted(x_t: Tensor, output: Tensor, alpha_bar: Tensor) -> Tensor:
    """x_0 of a network that predicts it."""
    return output


def as_is(x: Tensor, alpha_bar: Tensor) -> Tensor:
    """Keep nothing: all of x is sampled."""
    return x


def sample(
    scheduler: Scheduler,
    predict: Denoiser,
    x_T: Tensor,  # noqa: N803  # the paper's letter
    *,
    stage: str,
    show: Callable[[Tensor], Tensor],
    options: Mapping[str, object],
    clean: Estimate = clean_from_v,
    keep: Callable[[Tensor, Tensor], Tensor] = as_is,
    start: Start | None = None,
) -> Generator[Step, None, Tensor]:
    """Run a network down the scheduler's timesteps; returns x_0 shaped like x_T.

    x_T: standard normal. `show` turns a clean-sample estimate, which `clean` makes of the output,
    into what a preview displays. `keep(x, alpha_bar)` may replace a part of what each step leads
    to, alpha_bar being its noise level. `start` leaves the first steps out.
    """
    x, timesteps = _begin(scheduler, x_T, start)
    total = len(timesteps)
    for index, t in enumerate(timesteps, start=1):
        x_t = scheduler.scale_model_input(x, t)
        output = predict(x_t, t)
        x = scheduler.step(output, t, x, **options).prev_sample
        x = keep(x, _alpha_bar_before(scheduler, timesteps, index))
        alpha_bar = scheduler.alphas_cumprod[t.long()]
        estimate = partial(clean, x_t, output, alpha_bar)
        yield Step(stage, index, total, partial(preview, show, estimate))
    return x


def _begin(
    scheduler: Scheduler,
    x_T: Tensor,  # noqa: N803  # the paper's letter
    start: Start | None,
) -> tuple[Tensor, Tensor]:
    """Return where sampling begins, and the timesteps that are left."""
    if start is None:
        return x_T * scheduler.init_noise_sigma, scheduler.timesteps
    skipped = len(scheduler.timesteps) - steps_left(len(scheduler.timesteps), start.strength)
    timesteps = scheduler.timesteps[skipped:]
    x_0 = start.x_0.expand_as(x_T).contiguous()  # strides change the last bits of convolutions
    return scheduler.add_noise(x_0, x_T, timesteps[:1].expand(len(x_T))), timesteps


def _alpha_bar_before(scheduler: Scheduler, timesteps: Tensor, index: int) -> Tensor:
    """Look up the share of signal before step `index`, counted from 0; 1 after the last."""
    if index == len(timesteps):
        return torch.ones(())
    return scheduler.alphas_cumprod[timesteps[index].long()]


def preview(show: Callable[[Tensor], Tensor], estimate: Callable[[], Tensor]) -> Tensor:
    """Show a clean-sample estimate that is computed only now."""
    return show(estimate())
