"""Make pictures on the command line: `generate` and `inpaint`."""

from collections.abc import Sequence
from typing import Any

from t2i_studio.cli import output, pictures, prompting, terminal
from t2i_studio.cli.commands import Drawing
from t2i_studio.cli.following import MakeRegistry, following
from t2i_studio.cli.picture_commands import GenerateOptions, InpaintOptions
from t2i_studio.cli.terminal import decoded
from t2i_studio.core.errors import UserError
from t2i_studio.core.geometry import Extent
from t2i_studio.core.pictures import read_mask, read_picture
from t2i_studio.core.request import RANDOM_SEED, UPSAMPLERS, Generate, Inpaint


def generate(options: GenerateOptions, make_registry: MakeRegistry | None = None) -> int:
    """Make pictures from a prompt; returns the exit code, raises StudioError."""
    requests = [
        Generate(**{**_fields(options), "prompt": prompt}) for prompt in prompting.prompts(options)
    ]
    return _make(requests, options, make_registry)


def inpaint(options: InpaintOptions, make_registry: MakeRegistry | None = None) -> int:
    """Repaint a part of a picture; returns the exit code, raises StudioError."""
    _keep_sources(options)
    request = Inpaint(
        **_fields(options),
        image=read_picture(options.image),
        mask=read_mask(options.mask),
        feather=options.feather,
    )
    return _make([request], options, make_registry)


def drawing_fields(options: Drawing) -> dict[str, Any]:
    """Return what all requests for pictures have in common; raises UserError."""
    return {
        "model": options.model,
        "negative_prompt": decoded(options.negative),
        "seed": options.seed,
        "size": _extent(options.size),
        "prior": {
            "kind": str(options.prior),
            "steps": options.prior_steps,
            "guidance": options.prior_guidance,
            "candidates": options.candidates,
        },
        "decoder": {
            "steps": options.steps,
            "guidance": options.guidance,
            "sampler": options.sampler,
        },
        **{key: {"steps": options.upsampler_steps} for key in UPSAMPLERS},
    }


def _fields(options: GenerateOptions | InpaintOptions) -> dict[str, Any]:
    """Return what `Generate` and `Inpaint` have in common."""
    return {
        **drawing_fields(options),
        "prompt": decoded(options.prompt),
        "count": options.count,
        "rerank": options.rerank,
    }


def _keep_sources(options: InpaintOptions) -> None:
    """Refuse to write over what the repaint starts from; say what other formats do to it."""
    if options.count == 1:
        output.check_apart(options.out, options.image, options.mask)
    if options.out.suffix.lower() != ".png":
        terminal.say("Only a PNG keeps what lies outside the mask byte for byte.")


def _extent(text: str | None) -> Extent | None:
    try:
        return None if text is None else Extent.parse(text)
    except ValueError as error:
        raise UserError(str(error)) from error


def _make(
    requests: Sequence[Generate | Inpaint],
    options: GenerateOptions | InpaintOptions,
    make_registry: MakeRegistry | None,
) -> int:
    with following(options, make_registry) as follower:
        filled = prompting.filled(requests, options, lambda: follower.capabilities)
        return pictures.make_all(
            follower,
            filled,
            options.out,
            as_json=options.as_json,
            is_seed_drawn=options.seed == RANDOM_SEED,
        )
