"""The tool in hand and how it works: what the tool bar shows and the canvas obeys."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Final

from psygnal import SignalGroupDescriptor
from pydantic import Field

from t2i_studio.studio.pressure import LINEAR, Curve, felt
from t2i_studio.studio.restoring import restore_fields

MIN_SIZE: Final = 1
MAX_SIZE: Final = 600
MAX_TEXT: Final = 1000  # px
SHARE_STEP: Final = 0.1  # of hardness and opacity, per key press
ACCENT: Final = "#6CB2FF"
BLACK: Final = "#000000"
WHITE: Final = "#FFFFFF"


class Tool(StrEnum):
    """What the left mouse button does on the canvas."""

    brush = "brush"
    eraser = "eraser"
    rectangle = "rectangle"
    lasso = "lasso"
    fill = "fill"
    colour_select = "colour_select"
    text = "text"
    eyedropper = "eyedropper"
    move = "move"
    frame = "frame"
    crop = "crop"
    pan = "pan"


class TextAlign(StrEnum):
    """Where the lines of a text begin."""

    left = "left"
    centre = "centre"
    right = "right"


Size = Annotated[int, Field(ge=MIN_SIZE, le=MAX_SIZE)]
Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]
Share = Annotated[float, Field(ge=0.0, le=1.0)]
Tolerance = Annotated[int, Field(ge=0, le=255)]
TextSize = Annotated[int, Field(ge=4, le=MAX_TEXT)]


@dataclass
class ToolOptions:
    """One field per control; emits `events.<field>`."""

    events: ClassVar[SignalGroupDescriptor] = SignalGroupDescriptor()

    tool: Tool = Tool.brush
    brush_size: Size = 50  # px of the picture
    mask_colour: Colour = ACCENT
    mask_opacity: Share = 0.5
    is_mask_visible: bool = True
    has_mask_outline: bool = True
    hardness: Share = 1.0  # 1: a sharp edge
    brush_opacity: Share = 1.0
    colour: Colour = BLACK  # of brush, rectangle, lasso, fill and text on picture layers
    background: Colour = WHITE  # the other one
    pressure_size: bool = True  # a pen's pressure sets the width
    pressure_opacity: bool = False
    pressure_curve: Curve = LINEAR
    tolerance: Tolerance = 32  # levels that a channel may differ from the colour that was hit
    contiguous: bool = True  # fill only what hangs together
    select_contiguous: bool = False  # the same for the selection by colour
    text_font: str = ""  # "": the system's own
    text_size: TextSize = 48  # px of the picture
    text_bold: bool = False
    text_italic: bool = False
    text_align: TextAlign = TextAlign.left

    def __post_init__(self) -> None:
        self._previous = Tool.pan if self.tool is Tool.brush else Tool.brush
        self.events.tool.connect(self._remember)

    def switch_back(self) -> None:
        """Take the tool again that was in hand before this one."""
        self.tool = self._previous

    def grow(self) -> None:
        self.resize(self.brush_size + self._step)

    def shrink(self) -> None:
        self.resize(self.brush_size - self._step)

    def resize(self, size: int) -> None:
        """Set the brush size to the nearest one possible."""
        self.brush_size = min(max(size, MIN_SIZE), MAX_SIZE)

    def harden(self) -> None:
        self.hardness = _stepped(self.hardness, SHARE_STEP)

    def soften(self) -> None:
        self.hardness = _stepped(self.hardness, -SHARE_STEP)

    def thicken(self) -> None:
        self.brush_opacity = _stepped(self.brush_opacity, SHARE_STEP)

    def thin(self) -> None:
        """Let the brush cover less, but never nothing."""
        self.brush_opacity = max(_stepped(self.brush_opacity, -SHARE_STEP), SHARE_STEP)

    def swap_colours(self) -> None:
        self.colour, self.background = self.background, self.colour

    def reset_colours(self) -> None:
        self.colour, self.background = BLACK, WHITE

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    def restore(self, data: dict[str, Any]) -> list[str]:
        """Take over every field that is valid; return the names of those that were not."""
        return restore_fields(self, data)

    @property
    def rgb(self) -> tuple[int, int, int]:
        """The colour as red, green and blue, 0 to 255."""
        red, green, blue = (int(self.colour[i : i + 2], 16) for i in (1, 3, 5))
        return red, green, blue

    def size_at(self, pressure: float) -> float:
        """Return the brush's width under a pen's pressure, 0 to 1; never less than a pixel."""
        share = felt(self.pressure_curve, pressure) if self.pressure_size else 1.0
        return max(float(MIN_SIZE), self.brush_size * share)

    def flow_at(self, pressure: float) -> float:
        """Return the share of the brush's opacity that it has under a pen's pressure."""
        return felt(self.pressure_curve, pressure) if self.pressure_opacity else 1.0

    @property
    def _step(self) -> int:
        return max(1, round(self.brush_size * 0.1))

    def _remember(self, _new: Tool, old: Tool) -> None:
        self._previous = old


def _stepped(share: float, step: float) -> float:
    return round(min(max(share + step, 0.0), 1.0), 2)
