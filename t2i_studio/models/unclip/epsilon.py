"""Decoders that predict noise and, in further channels, its variance: Karlo's, Kandinsky's."""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import cast

from diffusers import DDPMScheduler
from torch import Tensor

from t2i_studio.models import inversion
from t2i_studio.models.guidance import is_guided
from t2i_studio.models.sampling import (
    FULL_STRENGTH,
    Denoiser,
    Scheduler,
    SchedulerClass,
    Start,
    Step,
    build_scheduler,
    clean_from_eps,
    sample,
    set_steps,
    stage_generator,
    step_options,
    steps_left,
)
from t2i_studio.models.unclip.decoder import INVERSION_STAGE, STAGE, DecoderSettings
from t2i_studio.models.unclip.process import MIN_STEPS, unclip_process
from t2i_studio.models.unclip.region import Region
from t2i_studio.models.unclip.system import Inversion

DDIM = "ddim"


@dataclass(frozen=True)
class Process:
    """The noise process of a decoder, and the sampler that its makers took.

    `own`: "unclip" (learned variance between two bounds, Karlo) or "ddpm" (the same, Kandinsky).
    """

    own: str
    config: Mapping[str, object]

    @property
    def samplers(self) -> tuple[str, ...]:
        return (self.own, DDIM)

    def scheduler(self, sampler: str, steps: int, guidance: float = 1.0) -> Scheduler:
        """Make a fresh scheduler; raises ValueError for a sampler that does not suit the decoder.

        DDIM takes leading timesteps (0, n, 2n, ...), as does Dhariwal & Nichol 2021: eps says
        nothing about x_0 at T, where the cosine schedule leaves no signal.
        """
        if sampler not in self.samplers:
            possible = ", ".join(self.samplers)
            raise ValueError(f"This decoder has no sampler '{sampler}'. Choose one of: {possible}.")
        if sampler == "unclip":
            return unclip_process(self.config, steps)
        if sampler == DDIM:
            scheduler = build_scheduler(
                DDIM, self.config, steps, timestep_spacing="leading", **self._clipping(guidance)
            )
        else:
            made = cast(SchedulerClass, DDPMScheduler).from_config(self.config)
            scheduler = cast(Scheduler, made)
        set_steps(scheduler, steps, MIN_STEPS)
        return scheduler

    def _clipping(self, guidance: float) -> dict[str, object]:
        """Clip x_0 where guidance is used, which would drive it further out with each step.

        Static thresholding, Saharia et al. 2022, section 2.3. Without guidance there is no need,
        and inversion is exact only if nothing is clipped.
        """
        if not is_guided(guidance):
            return {}
        return {"clip_sample": True, "clip_sample_range": self.config["clip_sample_range"]}


def count_steps(
    process: Process, settings: DecoderSettings, strength: float = FULL_STRENGTH
) -> int:
    """Count the `Step`s that `denoise` yields."""
    steps = len(process.scheduler(settings.sampler, settings.steps).timesteps)
    return steps_left(steps, strength)


def denoise(
    process: Process,
    predict: Denoiser,
    x_T: Tensor,  # noqa: N803  # the paper's letter
    *,
    seeds: Sequence[int],
    settings: DecoderSettings,
    show: Callable[[Tensor], Tensor],
    region: Region,
    start: Start | None = None,
) -> Generator[Step, None, Tensor]:
    """Sample x_0 (B, C, h, w) from x_T; `predict` gives (B, 2C, h, w), guided.

    What the region keeps is replaced after each step by the known picture at that step's noise
    level, made with x_T (Song et al. 2021, arXiv 2011.13456, appendix I.2).
    """
    generators = [stage_generator(seed, f"{STAGE} steps") for seed in seeds]
    options = step_options(DDIM, generators, settings.eta)
    if settings.sampler != DDIM:
        del options["eta"]
    elif is_guided(settings.guidance):
        options["use_clipped_model_output"] = True
    return sample(
        process.scheduler(settings.sampler, settings.steps, settings.guidance),
        predict if settings.sampler != DDIM else partial(_noise, predict),
        x_T,
        stage=STAGE,
        show=show,
        options=options,
        clean=clean_from_eps,
        keep=partial(_replaced, region, x_T),
        start=start,
    )


def invert(
    process: Process,
    predict: Denoiser,
    x_0: Tensor,
    *,
    how: Inversion,
    show: Callable[[Tensor], Tensor],
) -> Generator[Step, None, Tensor]:
    """Find x_T from which `denoise` with "ddim", without guidance, gives x_0."""
    if how.steps < inversion.MIN_STEPS or how.iterations < 1:
        raise ValueError(f"Inversion needs {inversion.MIN_STEPS} steps and one iteration or more.")
    return inversion.invert(
        process.scheduler(DDIM, how.steps),
        predict,
        x_0,
        iterations=how.iterations,
        stage=INVERSION_STAGE,
        show=show,
        ascend=inversion.ascend_eps,
        clean=clean_from_eps,
    )


def _noise(predict: Denoiser, x_t: Tensor, t: Tensor) -> Tensor:
    return predict(x_t, t)[:, : x_t.shape[1]]


def _replaced(region: Region, noise: Tensor, x: Tensor, alpha_bar: Tensor) -> Tensor:
    known = alpha_bar.sqrt() * region.known + (1 - alpha_bar).sqrt() * noise
    return x * region.mask + known * (1 - region.mask)
