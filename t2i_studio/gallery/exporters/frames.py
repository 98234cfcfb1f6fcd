"""Frames in one row or one after the other, brought to sizes that go together."""

from collections.abc import Sequence
from dataclasses import dataclass

from t2i_studio.core.errors import UserError
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import MAX_PIXELS, Image
from t2i_studio.core.recipe import Recipe
from t2i_studio.core.words import tr

BARS = (24, 24, 26)  # beside frames of another shape
MAX_ANIMATED = 5 * MAX_PIXELS  # px, all frames together


@dataclass(frozen=True)
class Frame:
    """A picture, how it came to be, and what is written under it in a strip."""

    image: Image
    recipe: Recipe
    caption: str = ""


def there_and_back(frames: Sequence[Frame]) -> tuple[Frame, ...]:
    """Append the way back, without showing either end twice in a row."""
    return (*frames, *frames[-2:0:-1])


def check_some(frames: Sequence[Frame]) -> None:
    if not frames:
        raise UserError(tr("There are no frames to export."))


def one_size(frames: Sequence[Frame]) -> list[Image]:
    """Return the pictures at the size that holds every one, enlarged until they touch its sides.

    Raises UserError when there are none, or too many for the memory.
    """
    check_some(frames)
    room = Extent(
        max(frame.image.extent.width for frame in frames),
        max(frame.image.extent.height for frame in frames),
    )
    if room.area * len(frames) > MAX_ANIMATED:
        raise UserError(
            tr("{count} frames of {size} are too large together.", count=len(frames), size=room),
            tr("Take fewer or smaller ones."),
        )
    return [_within(frame.image, room) for frame in frames]


def one_height(frames: Sequence[Frame]) -> list[Image]:
    """Return the pictures enlarged to the height of the tallest."""
    tallest = max(frame.image.extent.height for frame in frames)
    return [frame.image.resized(_as_tall(frame.image.extent, tallest)) for frame in frames]


def _as_tall(extent: Extent, height: int) -> Extent:
    return Extent(max(1, round(extent.width * height / extent.height)), height)


def _within(image: Image, room: Extent) -> Image:
    if image.extent == room:
        return image
    scale = min(room.width / image.extent.width, room.height / image.extent.height)
    fitted = image.resized(
        Extent(
            max(1, round(image.extent.width * scale)), max(1, round(image.extent.height * scale))
        )
    )
    canvas = Image.filled(room, BARS).to_pil()
    at = (room.width - fitted.extent.width) // 2, (room.height - fitted.extent.height) // 2
    canvas.paste(fitted.to_pil(), at)
    return Image.from_pil(canvas)
