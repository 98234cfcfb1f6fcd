"""Make pictures from prompts on the command line: `generate`."""

from collections.abc import Sequence
from typing import Any

from t2i_studio.cli import grids, pictures, prompting
from t2i_studio.cli.commands import Drawing
from t2i_studio.cli.following import Follower, MakeRegistry, following
from t2i_studio.cli.picture_commands import GenerateOptions, Prompted
from t2i_studio.cli.terminal import decoded
from t2i_studio.core.errors import UserError
from t2i_studio.core.geometry import Extent
from t2i_studio.core.request import RANDOM_SEED, UPSAMPLERS, Generate, Inpaint, Refine


def generate(options: GenerateOptions, make_registry: MakeRegistry | None = None) -> int:
    """Make pictures from a prompt; returns the exit code, raises StudioError."""
    requests = [
        Generate(**prompted_fields(options), prompt=prompt) for prompt in prompting.prompts(options)
    ]
    with following(options, make_registry) as follower:
        return make(follower, requests, options)


def make(
    follower: Follower, requests: Sequence[Generate | Inpaint | Refine], options: Prompted
) -> int:
    """Make the pictures of prompts as they are written, or a grid; returns the exit code."""
    if grids.is_asked(options):
        return grids.make(follower, requests, options)
    filled = prompting.filled(requests, options, lambda: follower.capabilities)
    return pictures.make_all(
        follower,
        filled,
        options.out,
        as_json=options.as_json,
        is_seed_drawn=options.seed == RANDOM_SEED,
    )


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


def prompted_fields(options: Prompted) -> dict[str, Any]:
    """Return what requests have in common that are made from a prompt, without it."""
    return {**drawing_fields(options), "count": options.count, "rerank": options.rerank}


def _extent(text: str | None) -> Extent | None:
    try:
        return None if text is None else Extent.parse(text)
    except ValueError as error:
        raise UserError(str(error)) from error
