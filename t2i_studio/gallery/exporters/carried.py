"""How several pictures in one file came to be."""

import base64
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from t2i_studio import __version__
from t2i_studio.core.errors import UserError
from t2i_studio.core.image import Blobs, Raster
from t2i_studio.core.recipe import Recipe
from t2i_studio.core.words import tr
from t2i_studio.gallery.chunks import MAX_CHUNK, read_texts

RECIPES = "t2i_studio_strip"
VERSION = 1
FACTS = {"kind", "seed", "size", "prior", "decoder", "upsampler", "upsampler_1024", "noise"}


class _Carried:
    """Pictures that travel with the recipes, each once (core.image.Blobs)."""

    def __init__(self, pictures: dict[str, str]) -> None:
        self.pictures = pictures

    def put(self, raster: Raster) -> str:
        digest = raster.digest
        if digest not in self.pictures:
            self.pictures[digest] = base64.b64encode(raster.to_png()).decode()
        return digest

    def get(self, digest: str) -> bytes:
        return base64.b64decode(self.pictures[digest])


def pack_recipes(recipes: Iterable[Recipe]) -> str:
    """Return the recipes as JSON with the pictures that they start from.

    Pictures that are too large to be read back stay out: they are then only named.
    """
    carried = _Carried({})
    texts = [recipe.to_json(carried) for recipe in recipes]
    held = {"version": VERSION, "recipes": texts, "pictures": carried.pictures}
    text = json.dumps(held)
    return text if len(text) <= MAX_CHUNK else json.dumps({**held, "pictures": {}})


def read_recipes(path: Path, blobs: Blobs | None = None) -> tuple[Recipe, ...]:
    """Return the recipes of a strip's frames, from left to right; none if it is no strip of ours.

    `blobs`: where pictures are looked for that the file does not carry. Raises UserError for
    recipes that cannot be used, and when the file cannot be opened.
    """
    text = read_texts(path).get(RECIPES)
    if not text:
        return ()
    try:
        held = json.loads(text)
        version, texts, pictures = held["version"], held["recipes"], held["pictures"]
        if not isinstance(version, int) or version > VERSION:
            raise UserError(
                tr("{path}: Its recipes are of a newer version.", path=path),
                tr("Update T2I Studio."),
            )
        if not (isinstance(texts, list) and isinstance(pictures, dict)):
            raise TypeError("other types")
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise UserError(tr("{path}: Its recipes are damaged.", path=path)) from error
    source = _Carried(pictures) if pictures or blobs is None else blobs
    return tuple(Recipe.from_json(str(each), source) for each in texts)


def facts(recipe: Recipe, count: int) -> str:
    """Return what may be told to everybody as JSON: which model, seed and settings, no words.

    A GIF is made to be passed on, and shows its comment to anyone: prompts, concepts and pictures
    are left out.
    """
    told: dict[str, Any] = {
        "program": f"T2I Studio {__version__}",
        "model": recipe.model.title,
        "sha256": recipe.model.sha256,
        "frames": count,
        "first": recipe.request.model_dump(mode="json", include=FACTS, exclude_none=True),
    }
    return json.dumps(told)
