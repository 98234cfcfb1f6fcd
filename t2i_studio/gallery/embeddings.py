"""Embeddings and bases as safetensors files, with what they came from.

Tensors: "embeddings" (N, D) float32; of a basis "mean" (1, D), "components" (K, D) float32 and
"variances" (K,) float64. The metadata say the format, its version, the space as JSON, and the rest.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import numpy as np
from pydantic import BeforeValidator, Field, TypeAdapter, ValidationError, model_validator
from pydantic_core import to_json

from t2i_studio.core.concept import Concept
from t2i_studio.core.errors import UserError, explain
from t2i_studio.core.frozen import Frozen
from t2i_studio.core.latent import MAX_VALUES, Basis, Embeddings, Space, Vectors, check_space
from t2i_studio.core.request import Decode
from t2i_studio.core.words import tr
from t2i_studio.gallery.files import save_atomic
from t2i_studio.gallery.tensors import Array, Tensors, pack_tensors, read_tensors

SUFFIX = ".safetensors"
FORMAT = "t2i-studio embeddings"
BASIS_FORMAT = "t2i-studio basis"
VERSION = 1
ARRAY = "embeddings"
NAMED = 5  # names of tensors in a message
LONGEST = 200  # characters of a message

T = TypeVar("T")


def _whole(text: Any) -> Any:
    """Replace halves of characters, which names of files can hold and JSON cannot."""
    return text.encode(errors="replace").decode() if isinstance(text, str) else text


Line = Annotated[str, BeforeValidator(_whole)]


class OfText(Frozen):
    """The embedding of a text by CLIP alone."""

    kind: Literal["text"] = "text"
    text: Line


class OfFile(Frozen):
    """The embedding of a picture; the name of its file, without the folder."""

    kind: Literal["file"] = "file"
    name: Line


class OfRequest(Frozen):
    """What a request decoded; replaying it gives the embedding again, and its picture."""

    kind: Literal["request"] = "request"
    request: Decode


class OfConcept(Frozen):
    """What operations made, without the settings that they were made with."""

    kind: Literal["concept"] = "concept"
    concept: Concept


Source = Annotated[OfText | OfFile | OfRequest | OfConcept, Field(discriminator="kind")]
SOURCES: TypeAdapter[tuple[OfText | OfFile | OfRequest | OfConcept, ...]] = TypeAdapter(
    tuple[Source, ...]
)
LINES: TypeAdapter[tuple[str, ...]] = TypeAdapter(tuple[Line, ...])


class Kept(Frozen):
    """N embeddings, each with a title for people and what it came from."""

    embeddings: Embeddings
    titles: tuple[Line, ...]
    sources: tuple[Source, ...]

    @model_validator(mode="after")
    def _fits(self) -> "Kept":
        count = len(self.embeddings)
        if (len(self.titles), len(self.sources)) != (count, count):
            raise ValueError(
                f"{count} embeddings have {len(self.titles)} titles, {len(self.sources)} sources."
            )
        return self


def save(path: Path, kept: Kept) -> None:
    """Write or replace a file; raises UserError when it grows too large, and MachineError."""
    about = _about(FORMAT, kept.embeddings.space) | {
        "titles": to_json(kept.titles).decode(),
        "sources": SOURCES.dump_json(kept.sources).decode(),
    }
    save_atomic(path, pack_tensors({ARRAY: kept.embeddings.vectors.values}, about))


def load(path: Path, space: Space | None = None) -> Kept:
    """Read embeddings: ours, or with `space` those of another program, too.

    `space`: the one that they must be of. Another program's file holds its vectors as "embeddings"
    or as its only tensor, (N, D) or (D,). Raises UserError and MachineError.
    """
    file = read_tensors(path)
    if file.about.get("format") == FORMAT:
        kept = _checked(path, lambda: _ours(path, file))
        if space is not None:
            check_space(kept.embeddings.space, space, path.name)
        return kept
    if file.about.get("format") == BASIS_FORMAT:
        raise UserError(tr("{path}: This is a basis, not embeddings.", path=path))
    if space is None:
        raise UserError(
            tr("{path}: It does not say of which space its embeddings are.", path=path),
            tr("Say which model they were made with."),
        )
    return _checked(path, lambda: _foreign(path, file, space))


def save_basis(path: Path, basis: Basis) -> None:
    """Write or replace a file; raises UserError when it grows too large, and MachineError."""
    arrays: dict[str, Array] = {
        "mean": basis.mean.values,
        "components": basis.components.values,
        "variances": np.array(basis.variances, np.float64),
    }
    about = _about(BASIS_FORMAT, basis.space) | {
        "names": to_json(basis.names).decode(),
        "total_variance": to_json(basis.total_variance).decode(),
        "count": str(basis.count),
    }
    save_atomic(path, pack_tensors(arrays, about))


def load_basis(path: Path) -> Basis:
    """Read what `save_basis` wrote; raises UserError and MachineError."""
    file = read_tensors(path)
    if file.about.get("format") != BASIS_FORMAT:
        raise UserError(tr("{path}: This is not a basis that T2I Studio has saved.", path=path))
    return _checked(path, lambda: _basis(path, file))


def _about(form: str, space: Space) -> dict[str, str]:
    return {"format": form, "version": str(VERSION), "space": space.model_dump_json()}


def _ours(path: Path, file: Tensors) -> Kept:
    _check_version(path, file.about)
    space = Space.model_validate_json(file.about["space"])
    return Kept(
        embeddings=_embeddings(path, file.arrays[ARRAY], space),
        titles=LINES.validate_json(file.about["titles"]),
        sources=SOURCES.validate_json(file.about["sources"]),
    )


def _foreign(path: Path, file: Tensors, space: Space) -> Kept:
    embeddings = _embeddings(path, _only(path, file.arrays), space)
    count = len(embeddings)
    titles = [path.stem] if count == 1 else [f"{path.stem} {row + 1}" for row in range(count)]
    return Kept(
        embeddings=embeddings, titles=tuple(titles), sources=(OfFile(name=path.name),) * count
    )


def _only(path: Path, arrays: Mapping[str, Array]) -> Array:
    """Return the array that must be meant."""
    if ARRAY in arrays:
        return arrays[ARRAY]
    if len(arrays) != 1:
        names = ", ".join(repr(name[:40]) for name in sorted(arrays)[:NAMED])
        found = f"{len(arrays)} ({names})" if names else f"{len(arrays)}"
        raise UserError(
            tr(
                '{path}: It needs a tensor "{name}" or a single one, of floating-point numbers; '
                "it has {found}.",
                path=path,
                name=ARRAY,
                found=found,
            )
        )
    return next(iter(arrays.values()))


def _embeddings(path: Path, array: Array, space: Space) -> Embeddings:
    rows = array[None] if array.ndim == 1 else array
    if rows.ndim != 2:
        raise UserError(
            tr("{path}: Embeddings are (N, D) or (D,), not {shape}.", path=path, shape=array.shape)
        )
    if rows.shape[1] != space.dim:
        raise UserError(
            tr(
                "{path}: Its vectors have {count} dimensions, not those of {space}.",
                path=path,
                count=rows.shape[1],
                space=space,
            )
        )
    return Embeddings(space=space, vectors=_vectors(rows))


def _vectors(array: Array) -> Vectors:
    """Raise ValueError for what no embedding can be; float64 too large for float32 counts."""
    if array.size > MAX_VALUES:
        raise ValueError(tr("These are too many: {shape}.", shape=array.shape))
    with np.errstate(over="ignore"):
        return Vectors(array.astype(np.float32))


def _basis(path: Path, file: Tensors) -> Basis:
    _check_version(path, file.about)
    variances = file.arrays["variances"]
    if variances.ndim != 1:
        raise ValueError(
            tr("The variances of a basis are (K,), not {shape}.", shape=variances.shape)
        )
    return Basis(
        space=Space.model_validate_json(file.about["space"]),
        mean=_vectors(file.arrays["mean"]),
        components=_vectors(file.arrays["components"]),
        variances=tuple(variances.tolist()),
        total_variance=_number(file.about["total_variance"]),
        count=int(_number(file.about["count"])),
        names=LINES.validate_json(file.about["names"]),
    )


def _number(text: str) -> float:
    if not re.fullmatch(r"[0-9.eE+-]{1,40}", text) or not np.isfinite(float(text)):
        raise ValueError(tr("{what} is no number.", what=repr(text[:40])))
    return float(text)


def _check_version(path: Path, about: Mapping[str, str]) -> None:
    version = about["version"]
    if not re.fullmatch("[0-9]{1,9}", version):
        raise ValueError(tr("{what} is no version.", what=repr(version[:20])))
    if int(version) > VERSION:
        raise UserError(
            tr(
                "{path}: The file has version {version}; this program reads up to {newest}.",
                path=path,
                version=int(version),
                newest=VERSION,
            ),
            tr("Update T2I Studio."),
        )


def _checked(path: Path, read: Callable[[], T]) -> T:
    """Say in one line what is wrong with the content of a file."""
    try:
        return read()
    except KeyError as error:
        raise UserError(
            tr("{path}: The file is damaged: it has no {part}.", path=path, part=error)
        ) from error
    except ValidationError as error:
        raise UserError(f"{path}: {_line(explain(error).message)}") from error
    except ValueError as error:
        raise UserError(f"{path}: {_line(str(error))}") from error


def _line(text: str) -> str:
    """Keep what a hostile file can put into a message to one short line."""
    return " ".join(text.split())[:LONGEST]
