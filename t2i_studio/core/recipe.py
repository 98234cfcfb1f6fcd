"""A recipe: the request plus what resolved it, as versioned JSON.

The same form lies in the PNG, on the command line and in a bug report. Replaying a recipe gives
the same picture.
"""

from typing import Any, Literal

from pydantic import ValidationError
from pydantic_core import from_json

from t2i_studio.core.errors import UserError, explain
from t2i_studio.core.frozen import Frozen
from t2i_studio.core.image import Blobs
from t2i_studio.core.request import AnyPictures
from t2i_studio.core.words import tr

VERSION: Literal[1] = 1


class ModelRef(Frozen):
    """Which weights made a picture; `sha256` covers every weight file of the checkpoint."""

    name: str
    title: str
    sha256: str


class Recipe(Frozen):
    """How one picture came to be.

    `request` is the one that makes just this picture: nothing left to default, its own seed,
    count 1. `numerics` names what changes the last digits (matmul precision, threads).
    """

    version: Literal[1] = VERSION
    request: AnyPictures
    model: ModelRef
    device: str
    dtype: str
    numerics: dict[str, str]
    versions: dict[str, str]

    def to_json(self, blobs: Blobs | None = None) -> str:
        """Write as one line of JSON; with `blobs`, pictures are kept there and only named."""
        return self.model_dump_json(context=_context(blobs))

    @staticmethod
    def from_json(text: str, blobs: Blobs | None = None) -> "Recipe":
        """Read any version up to ours; raises UserError for anything else."""
        try:
            data: Any = from_json(text)
        except ValueError as error:
            raise UserError(tr("The recipe is not readable JSON.")) from error
        version = data.get("version") if isinstance(data, dict) else None
        if isinstance(version, int) and version > VERSION:
            raise UserError(
                tr(
                    "The recipe has version {version}; this program reads up to {newest}.",
                    version=version,
                    newest=VERSION,
                ),
                tr("Update T2I Studio."),
            )
        try:
            return Recipe.model_validate(data, context=_context(blobs))
        except ValidationError as error:
            raise explain(error) from error


def _context(blobs: Blobs | None) -> dict[str, Blobs] | None:
    return None if blobs is None else {"blobs": blobs}
