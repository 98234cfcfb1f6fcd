"""Staged results as JSON beside their pictures: in project files, and for the next start."""

import json
from collections.abc import Mapping
from typing import Any, Final

from pydantic_core import from_json, to_jsonable_python

from t2i_studio.core.errors import UserError
from t2i_studio.core.image import Blobs, Image
from t2i_studio.core.recipe import Recipe
from t2i_studio.studio.placement import Placement
from t2i_studio.studio.staging import Candidate

MAX_PLACE: Final = 1_000_000  # px


def result_to_json(candidate: Candidate, blobs: Blobs | None = None) -> dict[str, Any]:
    """Return all but the picture; with `blobs`, pictures that the recipe needs are put there."""
    recipe = from_json(candidate.recipe.to_json(blobs))
    return {"recipe": recipe, **placement_to_json(candidate.placement)}


def placement_to_json(placement: Placement) -> dict[str, Any]:
    settings = to_jsonable_python(placement.settings)
    return {"origin": list(placement.origin), "settings": settings}


def result_from_json(
    data: Mapping[str, Any], image: Image, blobs: Blobs | None = None
) -> Candidate | None:
    """Take a result back; None where its recipe cannot be used."""
    try:
        recipe = Recipe.from_json(json.dumps(data.get("recipe")), blobs)
    except UserError:
        return None
    return Candidate(image, recipe, placement=placement_from_json(data))


def placement_from_json(data: Mapping[str, Any]) -> Placement:
    """Take back where a result belongs: in the corner if that cannot be read."""
    settings = data.get("settings")
    return Placement(_origin(data.get("origin")), settings if isinstance(settings, dict) else None)


def _origin(value: object) -> tuple[int, int]:
    match value:
        case [int(x), int(y)] if max(abs(x), abs(y)) <= MAX_PLACE:
            return x, y
    return 0, 0
