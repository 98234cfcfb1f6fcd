"""The decoder: from an image embedding and a prompt to a small picture, and back to its noise."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import torch
from torch import Tensor
from torch.nn import functional as F

from t2i_studio.models import inversion
from t2i_studio.models.guidance import guided, is_guided
from t2i_studio.models.sampling import (
    FULL_STRENGTH,
    Denoiser,
    Step,
    build_scheduler,
    count_steps,
    randn,
    sample,
    stage_generator,
    start_of,
    step_options,
)
from t2i_studio.models.unclip.clip import TextCond
from t2i_studio.models.unclip.region import Region, everything, region_of
from t2i_studio.models.unclip.weights import Parts

STAGE = "decoder"
INVERSION_STAGE = "inversion"
DEFAULT_SAMPLER = "dpm++2m"


@dataclass(frozen=True)
class DecoderSettings:
    """How the decoder is sampled; `eta` (0 to 1) adds noise at each step of "ddim"."""

    steps: int
    guidance: float
    sampler: str = DEFAULT_SAMPLER
    eta: float = 0.0


def count_decoder_steps(
    parts: Parts, settings: DecoderSettings, strength: float = FULL_STRENGTH
) -> int:
    """Count the `Step`s that `decode` yields."""
    return count_steps(settings.sampler, _process(parts), settings.steps, strength)


def draw_noise(parts: Parts, seeds: Sequence[int]) -> Tensor:
    """Draw x_T (B, 3, S, S), standard normal, one seed per item."""
    shape = (3, parts.layout.image_size, parts.layout.image_size)
    noise = randn([stage_generator(seed, STAGE) for seed in seeds], shape)
    return noise.to(parts.device)


def decode(
    parts: Parts,
    z: Tensor,
    text: TextCond,
    null: TextCond,
    *,
    seeds: Sequence[int],
    settings: DecoderSettings,
    x_T: Tensor | None = None,  # noqa: N803  # the paper's letter
    known: Tensor | None = None,
    mask: Tensor | None = None,
    start: Tensor | None = None,
    strength: float = FULL_STRENGTH,
) -> Generator[Step, None, Tensor]:
    """Decode image embeddings z (B, D) to (B, 3, S, S) in [-1, 1] (Ramesh et al. 2022, 2.1).

    text: B prompts. null: one prompt or B: the empty one, or what the picture is to avoid.
    seeds: B, for x_T unless it is given (B, 3, S, S), and for the noise of random samplers.
    known, mask: inpainting (Nichol et al. 2022, GLIDE, section 2.4), any size, see `fit_region`.
    start: (B or 1, 3, S, S), where sampling begins with a `strength` below 1, see `sampling.Start`.
    """
    check_batch(parts.layout.embedding_dim, z, text, seeds)
    region = region_of(known, mask, len(z), parts.layout.image_size, parts.device)
    predict = _denoiser(parts, z, text, null, region, settings.guidance)
    noise = draw_noise(parts, seeds) if x_T is None else x_T.to(parts.device)
    generators = [stage_generator(seed, f"{STAGE} steps") for seed in seeds]
    begun = None if start is None else _to_patches(parts, start.to(parts.device))
    x_0 = yield from sample(
        build_scheduler(settings.sampler, _process(parts), settings.steps),
        predict,
        _to_patches(parts, noise),
        stage=STAGE,
        show=partial(_to_pixels, parts, region),
        options=step_options(settings.sampler, generators, settings.eta),
        start=start_of(begun, strength),
    )
    return _to_pixels(parts, region, x_0)


def invert(
    parts: Parts,
    pixels: Tensor,
    z: Tensor,
    text: TextCond,
    null: TextCond,
    *,
    steps: int,
    iterations: int = 1,
    guidance: float = 1.0,
) -> Generator[Step, None, Tensor]:
    """Find x_T (B, 3, S, S) from which `decode` rebuilds `pixels` (Ramesh et al. 2022, section 3).

    pixels: (B, 3, S, S) in [-1, 1]. Decode with the same z, texts, steps and guidance, "ddim".
    """
    size = parts.layout.image_size
    if pixels.shape != (len(z), 3, size, size):
        raise ValueError(f"Pictures are (B, 3, {size}, {size}), not {tuple(pixels.shape)}.")
    if steps < inversion.MIN_STEPS or iterations < 1:
        raise ValueError(f"Inversion needs {inversion.MIN_STEPS} steps and one iteration or more.")
    region = everything(len(z), size, parts.device)
    x_T = yield from inversion.invert(  # noqa: N806  # the paper's letter
        build_scheduler("ddim", _process(parts), steps),
        _denoiser(parts, z, text, null, region, guidance),
        _to_patches(parts, pixels.to(parts.device)),
        iterations=iterations,
        stage=INVERSION_STAGE,
        show=partial(_to_pixels, parts, region),
    )
    return F.pixel_shuffle(x_T, parts.layout.decoder.pixel_unshuffle)


def check_batch(dim: int, z: Tensor, text: TextCond, seeds: Sequence[int]) -> None:
    """Raise ValueError for embeddings of another space, and for other than one item each."""
    if z.ndim != 2 or z.shape[1] != dim:
        raise ValueError(f"z is (B, {dim}), not {tuple(z.shape)}.")
    if not len(z) == len(text) == len(seeds):
        counts = f"{len(z)}, {len(text)} and {len(seeds)}"
        raise ValueError(f"Embeddings, prompts and seeds differ in number: {counts}.")


def _process(parts: Parts) -> Mapping[str, object]:
    return parts.decoder_scheduler.config


def _denoiser(
    parts: Parts, z: Tensor, text: TextCond, null: TextCond, region: Region, guidance: float
) -> Denoiser:
    """Fill in everything but (x_t, t); the null branch sees z = 0."""
    network, dtype = parts.decoder, parts.decoder.dtype
    fixed = torch.cat([_to_patches(parts, region.known), _to_patches(parts, region.mask)], dim=1)
    if is_guided(guidance):
        text = null.expand(len(text)).followed_by(text)
        z, fixed = torch.cat([torch.zeros_like(z), z]), torch.cat([fixed, fixed])
    hidden = text.hidden.to(dtype)
    added = {"image_embeds": z.to(parts.device, dtype), "text_embeds": text.embeds.to(dtype)}

    @torch.no_grad()
    def predict(x_t: Tensor, t: Tensor) -> Tensor:
        v = network(
            torch.cat([x_t, fixed], dim=1).to(dtype),
            t,
            encoder_hidden_states=hidden,
            added_cond_kwargs=added,
        ).sample
        return v.float()

    return guided(predict, guidance)


def _to_patches(parts: Parts, pixels: Tensor) -> Tensor:
    return F.pixel_unshuffle(pixels, parts.layout.decoder.pixel_unshuffle)


def _to_pixels(parts: Parts, region: Region, patches: Tensor) -> Tensor:
    pixels = F.pixel_shuffle(patches, parts.layout.decoder.pixel_unshuffle)
    return region.paste(pixels.clamp(-1, 1))
