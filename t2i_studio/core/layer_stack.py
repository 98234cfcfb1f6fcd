"""The list of layers in an OpenRaster file: stack.xml.

https://www.openraster.org/baseline/layer-stack-spec.html
"""

import math
import re
import xml.parsers.expat as expat
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Final
from xml.sax.saxutils import quoteattr

from t2i_studio.core.errors import UserError
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import MAX_PIXELS
from t2i_studio.core.words import tr

VERSION: Final = "0.0.6"
NORMAL: Final = "svg:src-over"
MAX_LAYERS: Final = 256
MAX_DEPTH: Final = 100  # of stacks in stacks
MAX_OFFSET: Final = 1_000_000  # px
LONGEST_NAME: Final = 200  # characters
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Entry:
    """One layer: where its picture lies in the file, and where that lies in the document."""

    name: str
    source: str
    x: int = 0  # px
    y: int = 0
    opacity: float = 1.0
    is_visible: bool = True
    is_selected: bool = False
    blend: str = NORMAL


@dataclass(frozen=True)
class LayerStack:
    """The size of the document, and its layers, bottom first; `groups` that were dissolved."""

    extent: Extent
    entries: tuple[Entry, ...]
    groups: int = 0


def write_stack(stack: LayerStack) -> bytes:
    """Write stack.xml, in which the topmost layer comes first."""
    extent = stack.extent
    lines = [
        "<?xml version='1.0' encoding='UTF-8'?>",
        f'<image version="{VERSION}" w="{extent.width}" h="{extent.height}" xres="72" yres="72">',
        "<stack>",
        *(_element(entry) for entry in reversed(stack.entries)),
        "</stack>",
        "</image>",
    ]
    return "\n".join(lines).encode()


def read_stack(data: bytes) -> LayerStack:
    """Read stack.xml; nested stacks are dissolved into their layers.

    Raises UserError; a document type, which could hold entities, is refused.
    """
    reader = _Reader()
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.StartDoctypeDeclHandler = reader.refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # LookupError: of the encoding
        raise UserError(tr("Its list of layers is damaged ({error}).", error=error)) from error
    if reader.extent is None or not reader.entries:
        raise UserError(tr("It holds no layers."))
    return LayerStack(reader.extent, tuple(reversed(reader.entries)), reader.groups)


class _Reader:
    """Follows the elements; keeps what the open stacks say, combined, and the layers found."""

    def __init__(self) -> None:
        self.extent: Extent | None = None
        self.entries: list[Entry] = []  # topmost first
        self.groups = 0
        self._open: list[Entry] = []

    def start(self, element: str, given: dict[str, str]) -> None:
        if self.extent is None:
            self.extent = _extent(element, given)
        elif element == "stack":
            self._open.append(self._combined(given))
            self.groups += len(self._open) > 1
        elif element == "layer":
            self.entries.append(self._combined(given))
        if len(self.entries) > MAX_LAYERS:
            raise UserError(tr("It has more than {most} layers.", most=MAX_LAYERS))
        if len(self._open) > MAX_DEPTH:
            raise UserError(tr("Its groups of layers are nested too deeply."))

    def end(self, element: str) -> None:
        if element == "stack" and self._open:
            self._open.pop()

    def refuse(self, *_: object) -> None:
        raise UserError(tr("Its list of layers has a document type, which may hold anything."))

    def _combined(self, given: dict[str, str]) -> Entry:
        """Return what an element says, within the stack that it lies in."""
        own = _entry(given)
        if not self._open:
            return own
        around = self._open[-1]
        return replace(
            own,
            x=around.x + own.x,
            y=around.y + own.y,
            opacity=around.opacity * own.opacity,
            is_visible=around.is_visible and own.is_visible,
            blend=own.blend if around.blend == NORMAL else around.blend,
        )


def _extent(element: str, given: dict[str, str]) -> Extent:
    extent = Extent(_whole(given.get("w", "")), _whole(given.get("h", "")))
    if element != "image" or min(extent.width, extent.height) < 1:
        raise UserError(tr("Its list of layers does not say how large the picture is."))
    if extent.area > MAX_PIXELS:
        most = MAX_PIXELS // 1_000_000
        raise UserError(tr("The picture has more than {most} megapixels.", most=most))
    return extent


def _entry(given: dict[str, str]) -> Entry:
    source = given.get("src", "")
    return Entry(
        name=(given.get("name") or PurePosixPath(source).stem)[:LONGEST_NAME],
        source=source,
        x=_whole(given.get("x", "0")),
        y=_whole(given.get("y", "0")),
        opacity=min(max(_number(given.get("opacity", "1")), 0.0), 1.0),
        is_visible=given.get("visibility", "visible") != "hidden",
        is_selected=given.get("selected") == "true",
        blend=given.get("composite-op", NORMAL),
    )


def _whole(text: str) -> int:
    value = _number(text)
    if abs(value) > MAX_OFFSET:
        raise UserError(tr("Its list of layers has a size or place of {value}.", value=text))
    return round(value)


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        said = repr(text[:40])
        raise UserError(tr("Its list of layers says {value} where a number belongs.", value=said))
    return value


def _element(entry: Entry) -> str:
    given: Iterable[tuple[str, str]] = (
        ("name", NOT_XML.sub("", entry.name)),
        ("src", entry.source),
        ("x", str(entry.x)),
        ("y", str(entry.y)),
        ("opacity", f"{entry.opacity:.6g}"),
        ("visibility", "visible" if entry.is_visible else "hidden"),
        ("composite-op", entry.blend),
        *((("selected", "true"),) if entry.is_selected else ()),
    )
    attributes = " ".join(f"{name}={quoteattr(value)}" for name, value in given)
    return f"<layer {attributes}/>"
