"""The tool in hand and how it works: what the tool bar shows and the canvas obeys."""

from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Final, get_type_hints

from psygnal import SignalGroupDescriptor
from pydantic import Field, TypeAdapter, ValidationError

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
        forms = get_type_hints(ToolOptions, include_extras=True)
        known = [field.name for field in fields(self) if field.name in data]
        return [name for name in known if not self._take(name, forms[name], data[name])]

    def _take(self, name: str, form: Any, value: Any) -> bool:
        try:
            setattr(self, name, TypeAdapter(form).validate_python(value))
        except ValidationError:
            return False
        return True

    @property
    def _step(self) -> int:
        return max(1, round(self.brush_size * 0.1))
