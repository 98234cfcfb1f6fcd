"""Fill a request's defaults from what the model can do; say plainly what it cannot."""

import random
from collections.abc import Callable
from typing import Any, TypeVar, cast

from t2i_studio.core.capabilities import Capabilities
from t2i_studio.core.errors import UserError
from t2i_studio.core.frozen import Frozen
from t2i_studio.core.geometry import Extent
from t2i_studio.core.request import (
    RANDOM_SEED,
    UPSAMPLERS,
    Decode,
    Generate,
    Inpaint,
    Pictures,
    Refine,
    Strip,
    Work,
)
from t2i_studio.core.stage_settings import UpsamplerSettings
from t2i_studio.core.words import tr
from t2i_studio.engine.latent_defaults import check_inputs, with_latent_defaults

W = TypeVar("W", bound=Work)
R = TypeVar("R", bound=Pictures)
S = TypeVar("S", bound=Frozen)

RANDOM_SEEDS = 2**32  # drawn below this: short enough to read, say and type


def random_seed() -> int:
    return random.randrange(RANDOM_SEEDS)


def resolve(request: W, capabilities: Capabilities, draw: Callable[[], int] = random_seed) -> W:
    """Return the request with no default left; raises UserError for what the model cannot do."""
    if request.kind not in capabilities.kinds:
        raise UserError(
            tr("{model} cannot do this ({kind}).", model=capabilities.title, kind=request.kind)
        )
    return cast(W, _resolved(request, capabilities, draw))


def _resolved(request: Work, capabilities: Capabilities, draw: Callable[[], int]) -> Work:
    match request:
        case Strip():
            return _strip(request, capabilities, draw)
        case Decode():
            return _decode(request, capabilities, draw)
        case Generate() | Inpaint() | Refine():
            return _pictures(request, capabilities, draw)
    check_inputs(request, capabilities)
    return request


def _pictures(request: R, capabilities: Capabilities, draw: Callable[[], int]) -> R:
    return request.model_copy(
        update={
            "seed": draw() if request.seed == RANDOM_SEED else request.seed,
            "size": _size(request.size, capabilities),
            "negative_prompt": _negative(request.negative_prompt, capabilities),
            "prior": _stage(request.prior, "prior", capabilities, _prior(request, capabilities)),
            "decoder": _stage(
                request.decoder, "decoder", capabilities, _decoder(request, capabilities)
            ),
            **{key: _upsampler(request, key, capabilities) for key in UPSAMPLERS},
            "rerank": request.rerank and capabilities.has_rerank,
        }
    )


def _decode(request: Decode, capabilities: Capabilities, draw: Callable[[], int]) -> Decode:
    check_inputs(request, capabilities)
    return _pictures(with_latent_defaults(request, capabilities), capabilities, draw)


def _strip(request: Strip, capabilities: Capabilities, draw: Callable[[], int]) -> Strip:
    """Resolve every frame; those that leave the seed to chance share one."""
    seed = draw()
    frames = tuple(resolve(frame, capabilities, lambda: seed) for frame in request.frames)
    return request.model_copy(update={"frames": frames})


def _size(size: Extent | None, capabilities: Capabilities) -> Extent:
    if size is None:
        return capabilities.sizes[0]
    if size not in capabilities.sizes:
        possible = tr(" or ").join(str(extent) for extent in sorted(capabilities.sizes))
        raise UserError(
            tr(
                "{model} makes {possible} pixels, not {size}.",
                model=capabilities.title,
                possible=possible,
                size=size,
            )
        )
    return size


def _negative(text: str, capabilities: Capabilities) -> str:
    return text if capabilities.has_negative_prompt else ""


def _prior(request: Pictures, capabilities: Capabilities) -> dict[str, Any]:
    settings = request.prior
    if capabilities.stage("prior") is None and settings.kind in {"diffusion", "none"}:
        return {"kind": "none"}  # "diffusion" is the default of requests for every model
    if settings.kind not in capabilities.priors:
        possible = ", ".join(capabilities.priors)
        raise UserError(
            tr(
                "{model} has no {kind} prior; it has: {possible}.",
                model=capabilities.title,
                kind=settings.kind,
                possible=possible,
            )
        )
    candidates = settings.candidates or capabilities.candidates
    if candidates > capabilities.max_candidates:
        raise UserError(
            tr(
                "The prior draws 1 to {most} candidates, not {count}.",
                most=capabilities.max_candidates,
                count=candidates,
            )
        )
    return {"candidates": candidates}


def _decoder(request: Pictures, capabilities: Capabilities) -> dict[str, Any]:
    sampler = request.decoder.sampler
    if sampler is None:
        sampler = capabilities.samplers[0] if capabilities.samplers else None
    elif sampler not in capabilities.samplers:
        possible = ", ".join(capabilities.samplers)
        raise UserError(
            tr(
                "There is no sampler {sampler} here; choose one of: {possible}.",
                sampler=repr(sampler),
                possible=possible,
            )
        )
    stage = capabilities.stage("decoder")
    own = stage.inpaint_guidance if stage and request.kind == "inpaint" else None
    if own is not None and request.decoder.guidance is None:
        return {"sampler": sampler, "guidance": own}
    return {"sampler": sampler}


def _upsampler(request: Pictures, key: str, capabilities: Capabilities) -> UpsamplerSettings:
    """Fill the steps; a number is meant for the diffusion models, if there are any, alone."""
    settings: UpsamplerSettings = getattr(request, key)
    stages = [stage for each in UPSAMPLERS if (stage := capabilities.stage(each))]
    is_fixed = {stage.key: stage.has_fixed_steps for stage in stages}
    if is_fixed.get(key) and not all(is_fixed.values()):
        settings = UpsamplerSettings()
    return _stage(settings, key, capabilities, {})


def _stage(settings: S, key: str, capabilities: Capabilities, update: dict[str, Any]) -> S:
    """Fill steps and guidance of one stage and check the number of steps."""
    stage = capabilities.stage(key)
    if stage is None:
        return settings.model_copy(update=update)
    asked: Any = settings
    steps = stage.steps if asked.steps is None else asked.steps
    if not stage.min_steps <= steps <= stage.max_steps:
        least, most = stage.min_steps, stage.max_steps
        possible = (
            f"{least}" if stage.has_fixed_steps else tr("{least} to {most}", least=least, most=most)
        )
        raise UserError(
            tr(
                "{stage}: the number of steps must be {possible}, not {steps}.",
                stage=stage.title,
                possible=possible,
                steps=steps,
            )
        )
    update["steps"] = steps
    if "guidance" in type(settings).model_fields and asked.guidance is None:
        update.setdefault("guidance", stage.guidance)
    return settings.model_copy(update=update)
