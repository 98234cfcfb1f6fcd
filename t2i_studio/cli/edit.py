"""Change pictures on the command line: `inpaint`, `refine` and `outpaint`."""

import re
from pathlib import Path
from typing import Any

from t2i_studio.cli import output, terminal
from t2i_studio.cli.following import MakeRegistry, following
from t2i_studio.cli.generate import make, prompted_fields
from t2i_studio.cli.options import Area
from t2i_studio.cli.picture_commands import (
    Editing,
    InpaintOptions,
    OutpaintOptions,
    RefineOptions,
    Repainting,
)
from t2i_studio.core.errors import UserError
from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.core.inpaint import frame_for
from t2i_studio.core.outpaint import Margins, extended, frame_of_extension
from t2i_studio.core.pictures import read_mask, read_picture
from t2i_studio.core.request import Inpaint, Refine

SQUARE = Extent(1, 1)  # the shape of all models that there are


def inpaint(options: InpaintOptions, make_registry: MakeRegistry | None = None) -> int:
    """Repaint a part of a picture; returns the exit code, raises StudioError."""
    _keep_sources(options, options.image, options.mask)
    image, mask = read_picture(options.image), read_mask(options.mask)
    request = Inpaint(
        **_repainting_fields(options),
        image=image,
        mask=mask,
        frame=_frame(options, image, mask),
        content=options.content.value,
    )
    with following(options, make_registry) as follower:
        return make(follower, [request], options)


def refine(options: RefineOptions, make_registry: MakeRegistry | None = None) -> int:
    """Make all of a picture anew; returns the exit code, raises StudioError."""
    _keep_sources(options, options.image)
    request = Refine(
        **_editing_fields(options),
        image=read_picture(options.image),
        frame=_bounds(options.frame),
    )
    with following(options, make_registry) as follower:
        return make(follower, [request], options)


def outpaint(options: OutpaintOptions, make_registry: MakeRegistry | None = None) -> int:
    """Let a picture grow; returns the exit code, raises StudioError."""
    _keep_sources(options, options.image)
    picture = read_picture(options.image)
    margins = _margins(options, picture.extent)
    image, mask = extended(picture, margins)
    request = Inpaint(
        **_repainting_fields(options),
        image=image,
        mask=mask,
        frame=_bounds(options.frame) or frame_of_extension(picture.extent, margins, SQUARE),
    )
    with following(options, make_registry) as follower:
        return make(follower, [request], options)


def _editing_fields(options: Editing) -> dict[str, Any]:
    if not 0 < options.strength <= 1:
        raise UserError(
            f"The strength lies above 0 and up to 1, not {options.strength:g}.",
            "1 starts from noise, 0.2 changes little.",
        )
    return {
        **prompted_fields(options),
        "prompt": terminal.decoded(options.prompt),
        "strength": options.strength,
        "colour_match": options.colour_match,
    }


def _repainting_fields(options: Repainting) -> dict[str, Any]:
    return {**_editing_fields(options), "feather": options.feather, "seam": options.seam}


def _keep_sources(options: Editing, *sources: Path) -> None:
    """Refuse to write over what the work starts from; say what other formats do to it."""
    if options.count == 1:
        output.check_apart(options.out, *sources)
    keeps_a_part = isinstance(options, Repainting) or options.frame is not None
    if keeps_a_part and options.out.suffix.lower() != ".png":
        terminal.say("Only a PNG keeps what is not repainted byte for byte.")


def _frame(options: InpaintOptions, image: Image, mask: Mask) -> Bounds | None:
    if options.frame is None:
        return frame_for(options.area, mask.bounds, options.padding, image.extent, SQUARE)
    if options.area is not Area.auto:
        raise UserError("There is a frame and an area.", "Leave one of them out.")
    return _bounds(options.frame)


def _bounds(text: str | None) -> Bounds | None:
    if text is None:
        return None
    match = re.fullmatch(r"\s*(-?\d{1,6}),\s*(-?\d{1,6}),\s*(\d{1,6}),\s*(\d{1,6})\s*", text)
    if match is None:
        raise UserError(f"A frame is written X,Y,W,H, like 128,0,256,256, not {text!r}.")
    x, y, width, height = map(int, match.groups())
    return Bounds(x, y, width, height)


def _margins(options: OutpaintOptions, picture: Extent) -> Margins:
    found = Margins(
        left=_grown("left", options.left, picture.width),
        top=_grown("top", options.top, picture.height),
        right=_grown("right", options.right, picture.width),
        bottom=_grown("bottom", options.bottom, picture.height),
    )
    most = min(picture.width, picture.height)
    if not found.longest:
        raise UserError("The picture does not grow.", "Say where it should: like --right 50%.")
    if found.longest > most:
        raise UserError(
            f"The picture grows by {found.longest} px over one border, and {most} px is the most.",
            "Let it grow several times.",
        )
    return found


def _grown(side: str, text: str, length: int) -> int:
    """Read "64", "64px" or "50%" of `length`."""
    match = re.fullmatch(r"\s*(\d{1,6}(?:\.\d{1,6})?)\s*(px|%)?\s*", text)
    if match is None:
        raise UserError(f"--{side} is written in pixels or percent, like 64 or 50%, not {text!r}.")
    amount = float(match[1])
    return round(amount * length / 100 if match[2] == "%" else amount)
