"""One palette for all frames of a GIF, so that nothing flickers.

A palette per frame changes the colours of what stands still, and error diffusion lets dots crawl
over it. Here a pixel that keeps its colour keeps its entry: the palette is shared, and the dots
depend on the place alone (ordered dithering; Bayer 1973).
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

from t2i_studio.core.image import Image, Pixels

COLOURS = 255  # a GIF has 256: one is left for what does not change from frame to frame
SAMPLES = 60_000  # pixels that the palette is made from
SETTLED = 300  # of them may still move to another colour when k-means ends
STRENGTH = 0.75  # of the dots, as a share of the distance between colours of the palette
ORDER = 3  # a matrix of 8 x 8

Palette = NDArray[np.uint8]  # (K, 3)


def indexed(frames: Sequence[Image]) -> list[Pillow.Image]:
    """Return the frames in mode P with one palette: exact if 255 colours are enough."""
    colours = _all_colours(frames)
    if colours is not None:
        return [_in_palette(_exact(frame.pixels, colours), _rgb(colours)) for frame in frames]
    palette = _chosen(frames)
    return [_in_palette(_dithered(frame.pixels, palette), palette) for frame in frames]


def _all_colours(frames: Iterable[Image]) -> NDArray[np.uint32] | None:
    """Return every colour, packed and sorted; None if there are too many."""
    found: set[tuple[int, ...]] = set()
    for frame in frames:
        counted = frame.to_pil().getcolors(COLOURS)
        found |= {colour for _, colour in counted or () if isinstance(colour, tuple)}
        if counted is None or len(found) > COLOURS:
            return None
    return _packed(np.array(sorted(found), np.uint8))


def _packed(pixels: Pixels) -> NDArray[np.uint32]:
    wide = pixels.astype(np.uint32)
    packed: NDArray[np.uint32] = wide @ np.array([1 << 16, 1 << 8, 1], np.uint32)
    return packed


def _rgb(packed: NDArray[np.uint32]) -> Palette:
    return np.stack([packed >> 16, packed >> 8 & 255, packed & 255], axis=-1).astype(np.uint8)


def _exact(pixels: Pixels, colours: NDArray[np.uint32]) -> Pixels:
    return np.searchsorted(colours, _packed(pixels)).astype(np.uint8)


def _chosen(frames: Sequence[Image]) -> Palette:
    """Choose the colours from pixels of every frame (median cut, refined by k-means)."""
    every = max(1, round((sum(frame.extent.area for frame in frames) / SAMPLES) ** 0.5))
    rows = [
        frame.pixels[every // 2 :: every, every // 2 :: every].reshape(-1, 3) for frame in frames
    ]
    sample = Pillow.fromarray(np.concatenate(rows)[None])
    chosen = sample.quantize(COLOURS, Pillow.Quantize.MEDIANCUT, kmeans=SETTLED)
    return np.array(chosen.getpalette(), np.uint8).reshape(-1, 3)[:COLOURS]


def _dithered(pixels: Pixels, palette: Palette) -> Pixels:
    height, width = pixels.shape[:2]
    dots = np.tile(_bayer() * _spacing(palette), (height // 8 + 1, width // 8 + 1))
    shifted = np.clip(pixels + dots[:height, :width, None].astype(np.int16), 0, 255)
    target = _in_palette(np.zeros((1, 1), np.uint8), palette)
    picture = Pillow.fromarray(shifted.astype(np.uint8))
    return np.asarray(picture.quantize(palette=target, dither=Pillow.Dither.NONE))


def _bayer() -> NDArray[np.float64]:
    """Return the matrix of thresholds, (8, 8) in -0.5 to 0.5."""
    matrix = np.zeros((1, 1))
    for _ in range(ORDER):
        matrix = np.block([[4 * matrix, 4 * matrix + 2], [4 * matrix + 3, 4 * matrix + 1]])
    return (matrix + 0.5) / matrix.size - 0.5


def _spacing(palette: Palette) -> float:
    """Return how far a colour of the palette is from the next, per channel."""
    colours = palette.astype(np.float64)
    apart = ((colours[:, None] - colours[None]) ** 2).sum(axis=2)
    apart[np.diag_indices(len(apart))] = np.inf
    return STRENGTH * float(np.sqrt(np.median(apart.min(axis=1))))


def _in_palette(indices: Pixels, palette: Palette) -> Pillow.Image:
    picture = Pillow.fromarray(np.ascontiguousarray(indices), "P")
    picture.putpalette(palette.tobytes())
    return picture
