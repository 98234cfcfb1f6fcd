"""Karlo's noise process, `diffusers.UnCLIPScheduler`, behind the interface of other schedulers."""

from collections.abc import Mapping
from typing import Protocol, cast

from diffusers import UnCLIPScheduler
from torch import Tensor

from t2i_studio.models.sampling import Scheduler, SchedulerClass, StepOutput, set_steps

MIN_STEPS = 2  # UnCLIPScheduler divides by steps - 1


class _Told(Protocol):
    """A scheduler whose step must be told where the next one starts."""

    timesteps: Tensor
    alphas_cumprod: Tensor
    init_noise_sigma: float

    def set_timesteps(self, num_inference_steps: int) -> None: ...

    def add_noise(self, original_samples: Tensor, noise: Tensor, timesteps: Tensor) -> Tensor: ...

    def step(
        self,
        model_output: Tensor,
        timestep: Tensor,
        sample: Tensor,
        prev_timestep: Tensor | None,
        **options: object,
    ) -> StepOutput: ...


class UnclipProcess:
    """A scheduler for one run: it finds the next timestep by itself."""

    def __init__(self, config: Mapping[str, object]) -> None:
        made = cast(SchedulerClass, UnCLIPScheduler).from_config(config)
        self._scheduler = cast(_Told, made)
        self.alphas_cumprod = self._scheduler.alphas_cumprod
        self.init_noise_sigma = self._scheduler.init_noise_sigma
        self.timesteps = self._scheduler.timesteps

    def set_timesteps(self, num_inference_steps: int) -> None:
        self._scheduler.set_timesteps(num_inference_steps)
        self.timesteps = self._scheduler.timesteps

    def scale_model_input(self, sample: Tensor, timestep: Tensor) -> Tensor:
        return sample

    def add_noise(self, original_samples: Tensor, noise: Tensor, timesteps: Tensor) -> Tensor:
        return self._scheduler.add_noise(original_samples, noise, timesteps)

    def step(
        self, model_output: Tensor, timestep: Tensor, sample: Tensor, **options: object
    ) -> StepOutput:
        later = self.timesteps[self.timesteps < timestep]
        following = later[0] if len(later) else None
        return self._scheduler.step(model_output, timestep, sample, following, **options)


def unclip_process(config: Mapping[str, object], steps: int) -> Scheduler:
    """Make a fresh one with that many steps; raises ValueError for too few or too many."""
    process = UnclipProcess(config)
    set_steps(process, steps, MIN_STEPS)
    return process
