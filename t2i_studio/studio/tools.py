"""The tool in hand and how it works: what the tool bar shows and the canvas obeys."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Final

from psygnal import SignalGroupDescriptor
from pydantic import Field

from t2i_studio.studio.restoring import restore_fields

MIN_SIZE: Final = 1
MAX_SIZE: Final = 600
ACCENT: Final = "#6CB2FF"


class Tool(StrEnum):
    """What the left mouse button does on the canvas."""

    brush = "brush"
    eraser = "eraser"
    pan = "pan"


Size = Annotated[int, Field(ge=MIN_SIZE, le=MAX_SIZE)]
Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]
Share = Annotated[float, Field(ge=0.0, le=1.0)]


@dataclass
class ToolOptions:
    """One field per control; emits `events.<field>`."""

    events: ClassVar[SignalGroupDescriptor] = SignalGroupDescriptor()

    tool: Tool = Tool.brush
    brush_size: Size = 50  # px of the picture
    mask_colour: Colour = ACCENT
    mask_opacity: Share = 0.5
    is_mask_visible: bool = True

    def grow(self) -> None:
        self.resize(self.brush_size + self._step)

    def shrink(self) -> None:
        self.resize(self.brush_size - self._step)

    def resize(self, size: int) -> None:
        """Set the brush size to the nearest one possible."""
        self.brush_size = min(max(size, MIN_SIZE), MAX_SIZE)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    def restore(self, data: dict[str, Any]) -> list[str]:
        """Take over every field that is valid; return the names of those that were not."""
        return restore_fields(self, data)

    @property
    def _step(self) -> int:
        return max(1, round(self.brush_size * 0.1))
