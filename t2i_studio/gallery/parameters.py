"""The `parameters` text that AUTOMATIC1111's web UI made common: prompt, negative prompt, pairs."""

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import TypedDict

from t2i_studio import __version__
from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.inpaint import frame_around
from t2i_studio.core.recipe import Recipe
from t2i_studio.core.request import MAX_SEED, Editing, Inpaint, Pictures
from t2i_studio.core.text import MAX_PROMPT

MAX_PARAMETERS = 256 * 1024  # characters
MAX_SIDE = 65_536  # px
NEGATIVE = "Negative prompt:"
MIN_PAIRS = 3  # with fewer, the last line belongs to the prompt
PAIR = re.compile(r'\s*(\w[\w \-/]+):\s*("(?:\\.|[^\\"])+"|[^,]*)(?:,|$)')

# Ours -> how the others spell it.
SAMPLERS: Mapping[str, str] = {
    "ddim": "DDIM",
    "dpm++2m": "DPM++ 2M",
    "euler": "Euler",
    "euler_a": "Euler a",
    "heun": "Heun",
    "unipc": "UniPC",
}
CONTENTS: Mapping[str, str] = {"noise": "latent noise"}  # the others have the same names


class Parameters(TypedDict, total=False):
    """What a picture says about how it was made; what it does not say is not there."""

    prompt: str
    negative_prompt: str
    raw_prompt: str  # as it was written, where that is not what the model has read
    raw_negative: str
    seed: int
    steps: int
    guidance: float
    size: Extent
    sampler: str  # as we spell it
    model: str


def write_parameters(recipe: Recipe, size: Extent) -> str:
    """Describe a picture of `size` pixels."""
    request = recipe.request
    lines = [request.title]
    if request.negative_prompt:
        lines.append(f"{NEGATIVE} {request.negative_prompt}")
    pairs = {**_common(recipe, size), **_ours(request), "Version": f"T2I Studio {__version__}"}
    written = (f"{key}: {_quoted(value)}" for key, value in pairs.items() if value is not None)
    return "\n".join([*lines, ", ".join(written)])


def parse_parameters(text: str) -> Parameters:
    """Read such a text from anywhere; a value that cannot be is left out."""
    *lines, last = text[:MAX_PARAMETERS].strip().split("\n")
    pairs = dict(_pairs(last))
    if len(pairs) < MIN_PAIRS:
        pairs = {}
        lines.append(last)
    prompt, negative = _prompts(lines)
    found = Parameters()
    if prompt:
        found["prompt"] = prompt
    if negative:
        found["negative_prompt"] = negative
    return {**found, **_values(pairs)}


def _common(recipe: Recipe, size: Extent) -> dict[str, object]:
    """Return the pairs that every program knows, in their usual order."""
    request = recipe.request
    sampler = request.decoder.sampler
    return {
        "Steps": request.decoder.steps,
        "Sampler": SAMPLERS.get(sampler, sampler) if sampler else None,
        "CFG scale": _number(request.decoder.guidance),
        "Seed": request.seed,
        "Size": size,
        "Model hash": recipe.model.sha256[:10],
        "Model": recipe.model.name,
    }


def _ours(request: Pictures) -> dict[str, object]:
    prior = request.prior
    pairs: dict[str, object] = {}
    if isinstance(request, Editing):
        pairs["Denoising strength"] = _number(request.strength)
    if isinstance(request, Inpaint):
        pairs |= _repaint(request)
    if prior.kind == "none":
        pairs["Prior"] = prior.kind
    else:
        pairs["Prior steps"] = prior.steps
        pairs["Prior CFG scale"] = _number(prior.guidance)
        pairs["Prior candidates"] = prior.candidates
    pairs["Decoder steps"] = request.decoder.steps
    pairs["Upsampler steps"] = request.upsampler.steps
    pairs["Upsampler 1024 steps"] = request.upsampler_1024.steps
    if request.raw_prompt:
        pairs["Raw prompt"] = request.raw_prompt
        pairs["Raw negative prompt"] = request.raw_negative or None
    return pairs


def _repaint(request: Inpaint) -> dict[str, object]:
    """Return the pairs of a repaint; those that everybody takes for granted are None."""
    is_original, padding = request.content == "original", _padding(request)
    return {
        "Mask blur": request.feather,
        "Masked content": None if is_original else CONTENTS.get(request.content, request.content),
        "Inpaint area": None if padding is None else "Only masked",
        "Masked area padding": padding,
    }


def _padding(request: Inpaint) -> int | None:
    """Return how much the model saw around the mask; None where it saw the whole picture."""
    whole, mask = Bounds.at_origin(request.image.extent), request.mask.bounds
    frame = request.frame
    if frame is None and request.size is not None:
        frame = frame_around(mask, whole.extent, request.size)
    if frame is None or frame.union(whole) == frame:
        return None
    sides = mask.x - frame.x, mask.y - frame.y, frame.right - mask.right, frame.bottom - mask.bottom
    return max(0, min(sides))


def _number(value: float | None) -> object:
    return int(value) if value is not None and value.is_integer() else value


def _quoted(value: object) -> str:
    text = str(value)
    return json.dumps(text, ensure_ascii=False) if set(text) & set(',:\n"') else text


def _pairs(line: str) -> Iterator[tuple[str, str]]:
    """Yield what `PAIR.findall` finds, but in linear time for hostile lines, too."""
    position = 0
    while 0 <= position < len(line):
        match = PAIR.match(line, position)
        if match:
            yield match[1], _unquoted(match[2])
            position = match.end()
        else:
            position = line.find(",", position) + 1 or -1


def _unquoted(value: str) -> str:
    if value.startswith('"'):
        try:
            return str(json.loads(value))
        except (ValueError, RecursionError):
            return value
    return value.strip()


def _prompts(lines: list[str]) -> tuple[str, str]:
    """Split at the first line that begins with "Negative prompt:"."""
    stripped = [line.strip() for line in lines]
    starts = [index for index, line in enumerate(stripped) if line.startswith(NEGATIVE)]
    start = starts[0] if starts else len(stripped)
    negative = [line.removeprefix(NEGATIVE).strip() for line in stripped[start:]]
    return _clean("\n".join(stripped[:start])), _clean("\n".join(negative))


def _clean(text: str) -> str:
    whole = text.replace("\0", "").encode(errors="ignore").decode()
    return whole.strip()[:MAX_PROMPT]


def _values(pairs: Mapping[str, str]) -> Parameters:
    found = Parameters()
    readers: Mapping[str, tuple[str, Callable[[str], object]]] = {
        "Seed": ("seed", _whole(0, MAX_SEED)),
        "Steps": ("steps", _whole(1, 1000)),
        "CFG scale": ("guidance", _guidance),
        "Size": ("size", _size),
        "Sampler": ("sampler", _sampler),
        "Model": ("model", _clean),
        "Raw prompt": ("raw_prompt", _clean),
        "Raw negative prompt": ("raw_negative", _clean),
    }
    for key, (name, read) in readers.items():
        value = read(pairs.get(key, ""))
        if value is not None and value != "":
            found[name] = value  # type: ignore[literal-required]  # names are its own keys
    return found


def _whole(lowest: int, highest: int) -> Callable[[str], int | None]:
    def read(text: str) -> int | None:
        is_number = text.isascii() and text.isdigit() and len(text) <= len(str(highest))
        value = int(text) if is_number else -1
        return value if lowest <= value <= highest else None

    return read


def _guidance(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and 0.0 <= value <= 100.0 else None


def _size(text: str) -> Extent | None:
    side = _whole(1, MAX_SIDE)
    width, _, height = text.partition("x")
    w, h = side(width), side(height)
    return Extent(w, h) if w and h else None


def _sampler(text: str) -> str | None:
    """Return our name of it; older files name the noise schedule, too ("DPM++ 2M Karras")."""
    known = {spelling.lower(): name for name, spelling in SAMPLERS.items()}
    return known.get(text.lower().removesuffix(" karras"))
