"""Layered pictures as OpenRaster files, which Krita, GIMP and MyPaint open.

https://www.openraster.org: a zip file with its type first, a list of layers, a PNG for each, and
the whole as one picture. What is ours lies under t2i-studio/, where others do not look.
"""

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import PIL.Image
import PIL.PngImagePlugin

from t2i_studio.core.archive import Archive, opened
from t2i_studio.core.errors import UserError
from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import DECODER_ERRORS, Mask, Pixels
from t2i_studio.core.layer_stack import NORMAL, Entry, LayerStack, read_stack, write_stack
from t2i_studio.core.layers import Layer, new_id, window
from t2i_studio.core.pictures import read_layer
from t2i_studio.core.png import encode_png
from t2i_studio.core.words import tr

TYPE: Final = b"image/openraster"
STACK, MERGED, THUMBNAIL = "stack.xml", "mergedimage.png", "Thumbnails/thumbnail.png"
OURS: Final = "t2i-studio/"
MAX_XML: Final = 2**22  # bytes
MAX_LAYER_BYTES: Final = 2**31  # of all layers in memory
MAX_EXCESS: Final = 16  # times the picture's pixels that a layer may have
ALWAYS_FINE: Final = 2**24  # pixels
THUMBNAIL_SIDE: Final = 256  # px
WHEN: Final = (1980, 1, 1, 0, 0, 0)  # of all members: the same picture is the same file


@dataclass(frozen=True, eq=False)
class OpenRaster:
    """What a file holds: layers, bottom first, of the document's size, and what is ours by name.

    `notices` say, for people, what could not be kept as it was.
    """

    extent: Extent
    layers: tuple[Layer, ...]
    active: str | None = None  # the id of a layer
    extras: Mapping[str, bytes] = field(default_factory=dict)
    notices: tuple[str, ...] = ()


def write_openraster(drawing: OpenRaster, merged: Pixels) -> bytes:
    """Return the file; `merged`, (H, W, 4), is what all layers look like together.

    Raises UserError for one of more than 4 GiB.
    """
    buffer = io.BytesIO()
    try:
        with zipfile.ZipFile(buffer, "w", allowZip64=False) as file:
            for name, data in _members(drawing, merged):
                packing = zipfile.ZIP_DEFLATED if _shrinks(name) else zipfile.ZIP_STORED
                file.writestr(zipfile.ZipInfo(name, WHEN), data, packing)
    except zipfile.LargeZipFile as error:
        raise UserError(
            tr("The project would be larger than 4 GiB."), tr("Merge some layers.")
        ) from error
    return buffer.getvalue()


def read_openraster(path: Path) -> OpenRaster:
    """Read a file of any program; raises UserError, or MachineError when the machine fails."""
    with opened(path) as archive:
        return _read(archive)


def layer_png(pixels: Pixels) -> bytes:
    """Write (H, W, 4) pixels; without an alpha channel where nothing is transparent."""
    return encode_png(pixels[..., :3] if pixels[..., 3].min() == 255 else pixels)


def png_area(data: bytes) -> int:
    """Return how many pixels a PNG is going to have, before they take any memory; 0 if it is none.

    As the decoder reads it: a hostile file can tell its size twice.
    """
    try:
        with PIL.PngImagePlugin.PngImageFile(io.BytesIO(data)) as picture:
            return int(picture.width * picture.height)
    except DECODER_ERRORS:
        return 0


def cut_png(pixels: Pixels) -> tuple[Bounds, bytes]:
    """Write what can be seen of (H, W, 4) pixels, and say where it lies; at least one pixel."""
    bounds = Mask(pixels[..., 3]).bounds
    if bounds.is_empty:
        bounds = Bounds(0, 0, 1, 1)
    return bounds, layer_png(pixels[bounds.slices])


def laid_out(pixels: Pixels, x: int, y: int, extent: Extent) -> Pixels:
    """Bring a layer of any size to the document's, with its corner at (x, y)."""
    if (x, y) == (0, 0) and pixels.shape[:2] == (extent.height, extent.width):
        return pixels
    return window(pixels, Bounds(-x, -y, extent.width, extent.height))


def _members(drawing: OpenRaster, merged: Pixels) -> Iterator[tuple[str, bytes]]:
    yield "mimetype", TYPE
    entries = []
    for index, layer in enumerate(drawing.layers):
        bounds, data = cut_png(layer.pixels)
        entry = _entry(layer, f"data/layer{index:03d}.png", bounds, drawing.active)
        entries.append(entry)
        yield entry.source, data
    yield STACK, write_stack(LayerStack(drawing.extent, tuple(entries)))
    yield MERGED, layer_png(merged)
    yield THUMBNAIL, _thumbnail(merged)
    for name, data in drawing.extras.items():
        yield OURS + name, data


def _entry(layer: Layer, source: str, bounds: Bounds, active: str | None) -> Entry:
    return Entry(
        name=layer.name,
        source=source,
        x=bounds.x,
        y=bounds.y,
        opacity=layer.opacity,
        is_visible=layer.is_visible,
        is_selected=layer.id == active,
    )


def _thumbnail(merged: Pixels) -> bytes:
    small = PIL.Image.fromarray(merged)
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return layer_png(np.asarray(small))


def _shrinks(name: str) -> bool:
    return name.endswith((".xml", ".json"))


def _read(archive: Archive) -> OpenRaster:
    if STACK not in archive:
        raise UserError(tr("This is no OpenRaster file: it has no list of layers."))
    stack = read_stack(archive.read(STACK, MAX_XML))
    entries = [entry for entry in stack.entries if entry.source.lower().endswith(".png")]
    if 4 * stack.extent.area * len(entries) > MAX_LAYER_BYTES:
        limit = MAX_LAYER_BYTES // 2**30
        raise UserError(tr("Its layers take more than {limit} GiB of memory.", limit=limit))
    layers = tuple(_layer(archive, entry, stack.extent) for entry in entries)
    if not layers:
        raise UserError(tr("It holds no layers that can be read."))
    selected = [layer.id for layer, e in zip(layers, entries, strict=True) if e.is_selected]
    extras = {name[len(OURS) :]: archive.read(name) for name in archive if name.startswith(OURS)}
    active = selected[-1] if selected else None
    return OpenRaster(stack.extent, layers, active, extras, tuple(_losses(stack, len(entries))))


def _layer(archive: Archive, entry: Entry, extent: Extent) -> Layer:
    try:
        data = archive.read(entry.source)
        if png_area(data) > max(MAX_EXCESS * extent.area, ALWAYS_FINE):
            raise UserError(tr("It is much larger than the picture itself."))
        pixels = read_layer(data, ("PNG",))
    except KeyError as error:
        what = tr("The picture of the layer {name} is missing.", name=entry.name)
        raise UserError(what) from error
    except UserError as error:
        what = tr("The layer {name} cannot be read.", name=entry.name)
        raise UserError(f"{what} {error.message}") from error
    pixels = laid_out(pixels, entry.x, entry.y, extent)
    return Layer(new_id(), entry.name, pixels, entry.is_visible, entry.opacity)


def _losses(stack: LayerStack, kept: int) -> Iterator[str]:
    """Say what was not taken over as it was."""
    if any(entry.blend != NORMAL for entry in stack.entries):
        yield tr("Layers with other blend modes are shown as normal ones.")
    if stack.groups:
        yield tr("Groups have been dissolved into their layers.")
    if kept < len(stack.entries):
        yield tr("Layers that are no PNG pictures have been left out.")
