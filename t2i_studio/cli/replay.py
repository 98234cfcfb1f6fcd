"""`replay`: a picture made again from its recipe."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydantic import ValidationError
from pydantic_core import from_json

from t2i_studio.cli import output, pictures, terminal
from t2i_studio.cli.commands import Common
from t2i_studio.cli.following import CANCELLED, MakeRegistry, following
from t2i_studio.cli.latent_commands import ReplayOptions
from t2i_studio.core import paths
from t2i_studio.core.errors import MachineError, StudioError, UserError, explain
from t2i_studio.core.image import Image
from t2i_studio.core.pictures import read_picture
from t2i_studio.core.recipe import Recipe
from t2i_studio.core.request import REQUEST, Frame
from t2i_studio.gallery.exporters.carried import read_recipes
from t2i_studio.gallery.metadata import read_recipe
from t2i_studio.gallery.store import Gallery

MAX_BYTES = 2**28  # of a recipe with its pictures


@dataclass(frozen=True)
class Original:
    """What is made again; `recipe` and `image` are None where the file does not hold them."""

    request: Frame
    recipe: Recipe | None = None
    image: Image | None = None


def replay(options: ReplayOptions, make_registry: MakeRegistry | None = None) -> int:
    """Make it again, and tell what differs; returns the exit code, raises StudioError."""
    output.check_apart(options.out, options.recipe)
    original = _read(options)
    request = original.request
    if options.model is not None:
        request = request.model_copy(update={"model": options.model})
    common = Common(
        model=request.model,
        device=options.device,
        offline=options.offline,
        as_json=options.as_json,
    )
    with following(common, make_registry) as follower:
        run = pictures.Run([request], output.plan(options.out, request.count))
        error: StudioError | None = None
        try:
            run.follow(follower)
        except StudioError as problem:
            error = problem
        facts = dict(follower.facts)
        if run.first is not None:
            facts |= _compared(original, run.first.image, run.first.recipe)
        run.report(facts, error, as_json=options.as_json)
        if error:
            raise error
        return CANCELLED if run.is_cancelled else 0


def _read(options: ReplayOptions) -> Original:
    """Read what is to be made; raises StudioError."""
    path = options.recipe
    if path.suffix.lower() == ".json":
        return _of_json(path)
    gallery = Gallery(paths.gallery_folder())
    recipe = read_recipe(path, gallery)
    if recipe is not None:
        return Original(recipe.request, recipe, read_picture(path))
    recipes = read_recipes(path, gallery)
    if not recipes:
        raise UserError(f"{path}: It holds no recipe.", "Name a .png that this program has made.")
    if options.frame is None or options.frame > len(recipes):
        raise UserError(f"{path}: It is a strip of {len(recipes)}.", "Say which one: --frame N.")
    return Original(recipes[options.frame - 1].request, recipes[options.frame - 1])


def _of_json(path: Path) -> Original:
    """Read a recipe or a request."""
    gallery = Gallery(paths.gallery_folder())
    text = _text(path)
    try:
        data = from_json(text)
        if isinstance(data, dict) and "request" in data:
            recipe = Recipe.from_json(text, gallery)
            return Original(recipe.request, recipe)
        request = REQUEST.validate_python(data, context={"blobs": gallery})
    except ValidationError as error:
        raise UserError(f"{path}: This is no recipe: {explain(error).message}") from error
    except ValueError as error:
        raise UserError(f"{path}: This is no readable JSON.") from error
    if not isinstance(request, Frame):
        raise UserError(f"{path}: It makes no single picture ({request.kind}).")
    return Original(request)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UserError(f"{path}: The file is larger than {MAX_BYTES // 2**20} MiB.")
        return path.read_text("utf-8")
    except FileNotFoundError as error:
        raise UserError(f"{path}: There is no such file.") from error
    except UnicodeDecodeError as error:
        raise UserError(f"{path}: This is no readable JSON.") from error
    except OSError as error:
        raise MachineError(f"{path}: Cannot be read ({error.strerror}).") from error


def _compared(original: Original, image: Image, recipe: Recipe) -> dict[str, object]:
    """Say on stderr what differs from before; returns what --json tells of it."""
    differences = list(_differences(original.recipe, recipe)) if original.recipe else []
    for difference in differences:
        terminal.say(f"Not as before: {difference}.")
    facts: dict[str, object] = {"differences": differences}
    if original.image is not None:
        facts |= {"bit_equal": image == original.image}
        if image != original.image:
            off = _largest(image, original.image)
            facts["largest_difference"] = off
            text = "the size" if off is None else f"values by up to {off} of 255"
            terminal.say(f"The pictures differ: {text}.")
    return facts


def _differences(before: Recipe, after: Recipe) -> Iterator[str]:
    """Name what may make the picture another one."""
    if before.model.sha256 != after.model.sha256:
        yield f"the weights of {before.model.title} are others now"
    pairs = {
        "device": (before.device, after.device),
        "dtype": (before.dtype, after.dtype),
        **{
            name: (before.versions.get(name), after.versions.get(name))
            for name in sorted({*before.versions, *after.versions})
        },
        **{
            name: (before.numerics.get(name), after.numerics.get(name))
            for name in sorted({*before.numerics, *after.numerics})
        },
    }
    for name, (old, new) in pairs.items():
        if old != new:
            yield f"{name} was {old or 'unknown'} and is {new or 'unknown'}"


def _largest(a: Image, b: Image) -> int | None:
    """Return the largest difference of values; None for pictures of different sizes."""
    if a.extent != b.extent:
        return None
    return int(np.abs(a.pixels.astype(np.int16) - b.pixels).max())
