"""What a checkpoint can do, read from its files without loading weights or torch."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, Field, ValidationError

from t2i_studio.catalogue import kandinsky, karlo
from t2i_studio.catalogue.configs import damaged, read_config, require_parts, tokenizer_file
from t2i_studio.catalogue.layouts import layout_of
from t2i_studio.core.capabilities import Capabilities, Inversion, Stage
from t2i_studio.core.geometry import Extent
from t2i_studio.core.words import later, tr

# What `models.sampling` offers for a v-prediction decoder, the default first.
SAMPLERS = (
    "dpm++2m",
    "dpm++3m",
    "dpm++2m-sde",
    "ddim",
    "ddpm",
    "euler",
    "euler-a",
    "unipc",
)
MAX_CANDIDATES = 16
LATENT_KINDS = ("decode", "strip", "embed", "classify", "fit_basis")
PUBLISHED_KINDS = frozenset({"generate", "inpaint", "refine", *LATENT_KINDS})
# What `models.unclip.weights` loads; without one of them there are no pictures.
PARTS = ("text_encoder", "prior", "decoder", "tokenizer")
IMAGE_ENCODER = "image_encoder"  # without it there are pictures, but none can be looked at
UPSAMPLER, SECOND_UPSAMPLER = "upsampler_256", "upsampler_1024"
ENLARGED, LARGE = Extent(256, 256), Extent(1024, 1024)

MAX_STEPS: int = Stage.model_fields["max_steps"].default
MIN_PRIOR_STEPS = 2  # UnCLIPScheduler divides by the number of steps less one

Guidance = Annotated[float, Field(ge=0.0, le=100.0, allow_inf_nan=False)]


class _Decoder(BaseModel):
    steps: Annotated[int, Field(ge=1, le=MAX_STEPS)]
    guidance: Guidance


class _Prior(BaseModel):
    steps: Annotated[int, Field(ge=MIN_PRIOR_STEPS, le=MAX_STEPS)]
    guidance: Guidance


class _Text(BaseModel):
    max_length: Annotated[int, Field(ge=3, le=4096)]  # start, one token, end


class _Inpainting(BaseModel):
    guidance: Annotated[float, Field(ge=0, allow_inf_nan=False)]


class _OnePass(BaseModel):
    mode: Literal["residual"]

    def stage(self, key: str, title: str) -> Stage:
        return Stage(key=key, title=title, steps=1, max_steps=1)


class _Diffusion(BaseModel):
    mode: Literal["diffusion"]
    steps: Annotated[int, Field(ge=1, le=MAX_STEPS)]

    def stage(self, key: str, title: str) -> Stage:
        return Stage(key=key, title=title, steps=self.steps)


_Upsampler = Annotated[_OnePass | _Diffusion, Field(discriminator="mode")]


class UnclipConfig(BaseModel):
    """The part of unclip.json that says what the checkpoint can do.

    Its keys decide, as in `models.unclip.layout`; a part that is named must be there.
    """

    title: str
    image_size: Annotated[int, Field(ge=8, le=4096)]
    text: _Text
    prior: _Prior
    decoder: _Decoder
    upsampler_256: _Upsampler | None = None
    upsampler_1024: _Upsampler | None = None
    inpainting: _Inpainting | None = None
    inversion: Inversion = Inversion(steps=20, iterations=3, guidance=1.0, edit_guidance=2.0)
    examples: tuple[str, ...] = ()


def capabilities(folder: Path) -> Capabilities:
    """Derive what the unCLIP checkpoint in `folder` can do, whatever its layout.

    Raises MachineError when a configuration is damaged, does not describe an unCLIP, or names a
    part that is not there.
    """
    match layout_of(folder):
        case "karlo":
            return karlo.capabilities(folder, PUBLISHED_KINDS, MAX_CANDIDATES)
        case "kandinsky":
            return kandinsky.capabilities(folder, PUBLISHED_KINDS, MAX_CANDIDATES)
    return _native(folder)


def _native(folder: Path) -> Capabilities:
    config = _read(folder / "unclip.json")
    _check_parts(folder, config)
    return Capabilities(
        title=config.title,
        kinds=frozenset({*_kinds(folder), *LATENT_KINDS}),
        stages=_stages(config),
        sizes=_sizes(config),
        samplers=SAMPLERS,
        priors=("diffusion", "none", "caption"),
        candidates=2,
        max_candidates=MAX_CANDIDATES,
        has_negative_prompt=True,
        has_previews=True,
        has_rerank=(folder / IMAGE_ENCODER).is_dir(),
        has_image_encoder=(folder / IMAGE_ENCODER).is_dir(),
        inversion=config.inversion,
        token_limit=config.text.max_length,
        tokenizer=tokenizer_file(folder / "tokenizer"),
        examples=config.examples,
    )


def _check_parts(folder: Path, config: UnclipConfig) -> None:
    first, second = config.upsampler_256, config.upsampler_1024
    if second and not first:
        raise damaged(
            folder / "unclip.json",
            tr("{what} needs {needed}", what=SECOND_UPSAMPLER, needed=UPSAMPLER),
        )
    upsamplers = {UPSAMPLER: first, SECOND_UPSAMPLER: second}
    require_parts(folder, *PARTS, *(name for name, part in upsamplers.items() if part))


def _sizes(config: UnclipConfig) -> tuple[Extent, ...]:
    """Return where the way through the upsamplers can end, the first of them being the default."""
    base = Extent(config.image_size, config.image_size)
    if not config.upsampler_256:
        return (base,)
    return (ENLARGED, base, LARGE) if config.upsampler_1024 else (ENLARGED, base)


def _kinds(folder: Path) -> frozenset[str]:
    """Inpainting needs the decoder's channels for the masked picture (3) and the mask (1)."""
    decoder = read_config(folder / "decoder" / "config.json")
    noisy = decoder.get("out_channels")
    can_inpaint = isinstance(noisy, int) and decoder.get("in_channels") == 2 * noisy + noisy // 3
    return frozenset({"generate", "refine", *({"inpaint"} if can_inpaint else ())})


def _stages(config: UnclipConfig) -> tuple[Stage, ...]:
    prior, decoder, inpainting = config.prior, config.decoder, config.inpainting
    stages = (
        Stage(key="text", title=later("CLIP text"), steps=1, max_steps=1),
        Stage(
            key="prior",
            title=later("Prior"),
            steps=prior.steps,
            min_steps=MIN_PRIOR_STEPS,
            guidance=prior.guidance,
        ),
        Stage(
            key="decoder",
            title=later("Decoder"),
            steps=decoder.steps,
            guidance=decoder.guidance,
            inpaint_guidance=inpainting.guidance if inpainting else None,
        ),
    )
    return (*stages, *_upsampling(config))


def _upsampling(config: UnclipConfig) -> Iterator[Stage]:
    if config.upsampler_256:
        yield config.upsampler_256.stage("upsampler", later("Upsampler"))
    if config.upsampler_1024:
        yield config.upsampler_1024.stage("upsampler_1024", later("Upsampler 1024"))


def _read(path: Path) -> UnclipConfig:
    try:
        return UnclipConfig.model_validate(read_config(path))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise damaged(path, f"{where}: {first['msg']}") from error
