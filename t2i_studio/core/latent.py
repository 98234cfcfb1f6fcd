"""Embeddings as plain data: arrays that know their space, and bases of such a space."""

import base64
import hashlib
import math
import zlib
from collections.abc import Callable
from typing import Annotated, Any, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, GetCoreSchemaHandler, field_validator, model_validator
from pydantic_core import core_schema

from t2i_studio.core.errors import UserError
from t2i_studio.core.frozen import Frozen
from t2i_studio.core.words import tr

MAX_DIM = 65_536
MAX_VALUES = 2**28  # of one array: 1 GiB
MAX_JSON_VALUES = 2**22  # of one in JSON: 16 MiB, every basis of up to 2048 dimensions
SPREAD = 16  # times its compressed bytes: numbers of an embedding never take more
UNIT = 1e-2  # how far from 1 the length of a component may be

Floats = NDArray[np.float32]


class Vectors:
    """An immutable (N, D) array of finite float32; in JSON its bytes, compressed.

    JSON comes from anywhere: what it takes in memory is bounded by the length of its text, as
    no array takes more than SPREAD times its compressed bytes, and none more than 16 MiB.
    """

    def __init__(self, values: NDArray[Any]) -> None:
        if values.ndim != 2 or 0 in values.shape or values.shape[1] > MAX_DIM:
            raise ValueError(f"Embeddings are (N, D), not {values.shape}.")
        if not np.isfinite(values).all():
            raise ValueError(tr("The embedding holds values that are no numbers."))
        self.values: Floats = np.array(values, np.float32)
        self.values.flags.writeable = False

    def __len__(self) -> int:
        return len(self.values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Vectors) and np.array_equal(self.values, other.values)

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"Vectors{self.values.shape}"

    @property
    def dim(self) -> int:
        return int(self.values.shape[1])

    @property
    def digest(self) -> str:
        """SHA-256 of shape and values."""
        data = hashlib.sha256(str(self.values.shape).encode())
        data.update(self.values.tobytes())
        return data.hexdigest()

    def _to_json(self) -> dict[str, Any]:
        plain = self.values.astype("<f4").tobytes()
        data = zlib.compress(plain, 6)
        if len(plain) > SPREAD * len(data):
            data = zlib.compress(plain, 0)
        return {"shape": list(self.values.shape), "float32": base64.b64encode(data).decode()}

    @classmethod
    def _from_json(cls, value: Any) -> Self:
        if isinstance(value, cls):
            return value
        try:
            rows, dim = _shape(value["shape"])
            packed = base64.b64decode(value["float32"], validate=True)
            if rows * dim * 4 > SPREAD * len(packed):
                raise ValueError("more zeros than an embedding has")
            data = zlib.decompressobj().decompress(packed, rows * dim * 4)
            return cls(np.frombuffer(data, "<f4").reshape(rows, dim))
        except (KeyError, TypeError, ValueError, zlib.error) as error:
            raise ValueError(
                tr("The embedding that belongs here is missing or damaged.")
            ) from error

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        to_json: Callable[..., Any] = cls._to_json
        return core_schema.no_info_plain_validator_function(
            cls._from_json,
            serialization=core_schema.plain_serializer_function_ser_schema(
                to_json, when_used="json"
            ),
        )


def _shape(sides: Any) -> tuple[int, int]:
    """Return the shape of an array in JSON; raises ValueError for what none can have."""
    if not isinstance(sides, list | tuple) or [type(side) for side in sides] != [int, int]:
        raise ValueError("no shape")
    rows, dim = sides
    if not (rows > 0 and 0 < dim <= MAX_DIM and rows * dim <= MAX_JSON_VALUES):
        raise ValueError("an absurd shape")
    return rows, dim


class Space(Frozen):
    """Which CLIP an embedding is of; equal length is not equal space."""

    id: str
    dim: Annotated[int, Field(ge=1, le=MAX_DIM)]

    def __str__(self) -> str:
        return f"{self.id} ({self.dim} dimensions)"


class Embeddings(Frozen):
    """N vectors of one space."""

    space: Space
    vectors: Vectors

    @model_validator(mode="after")
    def _fits(self) -> "Embeddings":
        if self.vectors.dim != self.space.dim:
            raise ValueError(f"Vectors of {self.vectors.dim} dimensions are not of {self.space}.")
        return self

    def __len__(self) -> int:
        return len(self.vectors)

    def row(self, index: int) -> "Embeddings":
        """Return one vector alone."""
        return Embeddings(space=self.space, vectors=Vectors(self.vectors.values[index : index + 1]))


class Basis(Frozen):
    """Principal components of embeddings: a mean (1, D), components (K, D), variances (K,).

    Components are orthonormal, the one with the largest variance first; `total_variance` is that
    of all D, `count` how many embeddings the basis was fitted on. `names`: the nearest words in
    both directions of each component, like "snow / grass"; empty if nobody named them.
    """

    space: Space
    mean: Vectors
    components: Vectors
    variances: tuple[float, ...]
    total_variance: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    count: Annotated[int, Field(ge=0)]
    names: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _fits(self) -> "Basis":
        shapes = self.mean.dim, self.components.dim, len(self.mean), len(self.variances)
        if shapes != (self.space.dim, self.space.dim, 1, len(self.components)):
            raise ValueError(f"The parts of this basis do not fit together or to {self.space}.")
        if len(self.names) not in {0, len(self)}:
            raise ValueError(f"{len(self)} components have {len(self.names)} names.")
        return self

    @field_validator("components")
    @classmethod
    def _orthonormal(cls, components: Vectors) -> Vectors:
        # Lengths stand for it: angles would take K^2 D products each time that one is read.
        lengths = np.linalg.norm(components.values.astype(np.float64), axis=1)
        if len(components) > components.dim or np.abs(lengths - 1).max() > UNIT:
            raise ValueError("The components of this basis are not orthonormal.")
        return components

    @field_validator("variances")
    @classmethod
    def _numbers(cls, variances: tuple[float, ...]) -> tuple[float, ...]:
        if not all(0 <= each < math.inf for each in variances):
            raise ValueError("The variances of this basis are not numbers from 0 up.")
        return variances

    def __len__(self) -> int:
        return len(self.components)

    def first(self, count: int) -> "Basis":
        """Return the basis of the first `count` components."""
        return self._part(slice(0, count))

    def only(self, component: int) -> "Basis":
        """Return the basis of one component alone, the first being 0."""
        return self._part(slice(component, component + 1))

    def _part(self, kept: slice) -> "Basis":
        return self.model_copy(
            update={
                "components": Vectors(self.components.values[kept]),
                "variances": self.variances[kept],
                "names": self.names[kept],
            }
        )


def check_space(found: Space, expected: Space, what: str) -> None:
    """Refuse to mix spaces; raises UserError that names both."""
    if found != expected:
        raise UserError(
            tr(
                "{what} lies in the space {found}, this model works in {expected}.",
                what=what,
                found=found,
                expected=expected,
            ),
            tr("Spaces never mix, even if they are equally long: embed it with this model."),
        )
