"""Pictures and masks as immutable arrays, with one JSON form for requests and recipes.

In JSON a picture is `{"png": "<base64>"}`, or `{"sha256": "<digest>"}` when the (de)serialisation
context holds a `Blobs` under the key "blobs": a recipe names its inputs, it does not carry them.
"""

import base64
import hashlib
import io
import re
import struct
import zlib
from collections.abc import Callable
from typing import Any, ClassVar, Protocol, Self

import numpy as np
import PIL.Image
from numpy.typing import NDArray
from pydantic import GetCoreSchemaHandler
from pydantic_core import core_schema

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.words import tr

Pixels = NDArray[np.uint8]
MAX_PIXELS = 100_000_000
OVERSAMPLING = 2  # pixels per side that a thumbnail is filtered from, at least
DIGEST = re.compile("[0-9a-f]{64}")
# What Pillow raises for damaged files, depending on where the damage is.
DECODER_ERRORS = (
    OSError,
    ValueError,
    SyntaxError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    EOFError,
    RuntimeError,
    struct.error,
    zlib.error,
    PIL.Image.DecompressionBombError,
)


class Blobs(Protocol):
    """Where pictures of recipes are kept by the digest of their pixels."""

    def put(self, raster: "Raster") -> str:
        """Keep it and return its digest."""

    def get(self, digest: str) -> bytes:
        """Return the PNG; raises KeyError if it is not there."""


class Raster:
    """An immutable grid of 8-bit values; equal when every value is equal."""

    mode: ClassVar[str]
    dims: ClassVar[int]

    def __init__(self, pixels: Pixels) -> None:
        if pixels.dtype != np.uint8 or pixels.ndim != self.dims or 0 in pixels.shape:
            raise ValueError(f"{type(self).__name__} of {pixels.dtype} {pixels.shape}")
        if not _is_frozen(pixels):
            pixels = pixels.copy()
            pixels.flags.writeable = False
        self.pixels = pixels

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and np.array_equal(self.pixels, other.pixels)

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.extent})"

    @property
    def extent(self) -> Extent:
        return Extent(self.pixels.shape[1], self.pixels.shape[0])

    @property
    def digest(self) -> str:
        """SHA-256 of shape and values: the same picture has it whatever its file format was."""
        data = hashlib.sha256(f"{self.mode} {self.extent} ".encode())
        data.update(np.ascontiguousarray(self.pixels).data)
        return data.hexdigest()

    def crop(self, bounds: Bounds) -> Self:
        """Cut out `bounds`, which must lie inside."""
        if bounds.intersection(Bounds.at_origin(self.extent)) != bounds:
            raise ValueError(f"{bounds} does not lie in {self.extent}")
        return type(self)(self.pixels[bounds.slices])

    def resized(self, extent: Extent, *, smooth: bool = True) -> Self:
        """Scale to `extent`, antialiased, or by nearest neighbour if not `smooth`."""
        if extent == self.extent:
            return self
        how = PIL.Image.Resampling.LANCZOS if smooth else PIL.Image.Resampling.NEAREST
        return self.from_pil(self.to_pil().resize((extent.width, extent.height), how))

    @classmethod
    def from_pil(cls, picture: PIL.Image.Image) -> Self:
        return cls(np.asarray(picture.convert(cls.mode), dtype=np.uint8))

    def to_pil(self) -> PIL.Image.Image:
        return PIL.Image.fromarray(self.pixels)

    def to_png(self) -> bytes:
        buffer = io.BytesIO()
        self.to_pil().save(buffer, "PNG", compress_level=1)
        return buffer.getvalue()

    @classmethod
    def from_png(cls, data: bytes) -> Self:
        """Read what `to_png` wrote; raises ValueError for anything else."""
        try:
            with PIL.Image.open(io.BytesIO(data), formats=("PNG",)) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    raise ValueError(f"a picture of {picture.width} x {picture.height}")
                return cls.from_pil(picture)
        except DECODER_ERRORS as error:
            raise ValueError(tr("The picture that belongs here is damaged.")) from error

    @classmethod
    def _from_json(cls, value: Any, info: core_schema.ValidationInfo) -> Self:
        if isinstance(value, cls):
            return value
        try:
            if "sha256" in value:
                blobs: Blobs = (info.context or {})["blobs"]
                return cls._from_blobs(value["sha256"], blobs)
            return cls.from_png(base64.b64decode(value["png"], validate=True))
        except (KeyError, TypeError, ValueError, OSError) as error:
            raise ValueError(tr("The picture that belongs here is missing or damaged.")) from error

    @classmethod
    def _from_blobs(cls, digest: str, blobs: Blobs) -> Self:
        """Fetch a picture that is named by its digest: by nothing else, and no other picture."""
        if not DIGEST.fullmatch(digest):
            raise ValueError(f"{digest!r} is no digest")
        raster = cls.from_png(blobs.get(digest))
        if raster.digest != digest:
            raise ValueError(f"another picture lies under {digest}")
        return raster

    def _to_json(self, info: core_schema.SerializationInfo) -> dict[str, str]:
        blobs: Blobs | None = (info.context or {}).get("blobs")
        if blobs is not None:
            return {"sha256": blobs.put(self)}
        return {"png": base64.b64encode(self.to_png()).decode()}

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        to_json: Callable[..., Any] = cls._to_json
        return core_schema.with_info_plain_validator_function(
            cls._from_json,
            serialization=core_schema.plain_serializer_function_ser_schema(
                to_json, info_arg=True, when_used="json"
            ),
        )


def _is_frozen(pixels: Pixels) -> bool:
    """Tell whether nobody can write to this memory: read-only down to its owner.

    A read-only view of somebody's buffer (a QImage, a writeable array) is not enough.
    """
    owner: object = pixels
    while isinstance(owner, np.ndarray):
        if owner.flags.writeable:
            return False
        owner = owner.base
    return owner is None or type(owner) is bytes


class Image(Raster):
    """A picture; `pixels`: (H, W, 3) uint8 sRGB."""

    mode = "RGB"
    dims = 3

    def __init__(self, pixels: Pixels) -> None:
        super().__init__(pixels)
        if pixels.shape[2] != 3:
            raise ValueError(f"Image of shape {pixels.shape}")

    @staticmethod
    def filled(extent: Extent, colour: tuple[int, int, int]) -> "Image":
        return Image(np.full((extent.height, extent.width, 3), colour, np.uint8))

    def fitted(self, edge: int) -> "Image":
        """Scale down to fit into `edge` x `edge`; smaller ones come back as they are.

        Takes every n-th pixel and filters only those: the cost depends on `edge` alone.
        """
        height, width = self.pixels.shape[:2]
        scale = edge / max(width, height)
        if scale >= 1:
            return self
        small = max(1, round(width * scale)), max(1, round(height * scale))
        across, down = (
            max(1, side // (OVERSAMPLING * goal))
            for side, goal in zip((width, height), small, strict=True)
        )
        taken = PIL.Image.fromarray(self.pixels[down // 2 :: down, across // 2 :: across])
        how = PIL.Image.Resampling.LANCZOS
        return Image.from_pil(taken.resize(small, how, reducing_gap=1.0))


class Mask(Raster):
    """What to repaint; `pixels`: (H, W) uint8, 255 = repaint, 0 = keep."""

    mode = "L"
    dims = 2

    @staticmethod
    def empty(extent: Extent) -> "Mask":
        return Mask(np.zeros((extent.height, extent.width), np.uint8))

    @property
    def bounds(self) -> Bounds:
        """The smallest rectangle around everything above 0; empty if there is nothing."""
        rows = np.flatnonzero(self.pixels.any(axis=1))
        columns = np.flatnonzero(self.pixels.any(axis=0))
        if not rows.size:
            return Bounds(0, 0, 0, 0)
        x, y = int(columns[0]), int(rows[0])
        return Bounds(x, y, int(columns[-1]) - x + 1, int(rows[-1]) - y + 1)

    @property
    def is_empty(self) -> bool:
        return not self.pixels.any()

    def inverted(self) -> "Mask":
        return Mask(255 - self.pixels)
