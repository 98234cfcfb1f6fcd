"""Make what a model has painted fit what is known: its colours, its border, its detail.

Pictures here are of one size; `hole` (H, W) is where the painted one will be seen.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import PIL.Image
import PIL.ImageFilter
from numpy.typing import NDArray

from t2i_studio.core.distances import squared_depths
from t2i_studio.core.image import Image, Pixels
from t2i_studio.core.pyramid import Floats, around, cells_of, enlarged, spread

Hole = NDArray[np.bool_]

# Differences across the border, in levels of 255: below the first they are an error of the model,
# above the second an edge that it has painted on purpose.
COLOUR_ERRORS: Final = 24.0, 64.0
SEAM_ERRORS: Final = 48.0, 112.0
COLOUR_CELLS, SEAM_CELLS = 128, 256  # along the longer side, in which the border is compared
LIKE: Final = 24.0  # levels: standard deviation within which a colour counts as the same
DOUBT: Final = 4.0  # cells that speak for leaving a colour as it is
FINE: Final = 32  # px: seams up to this wide are computed from every pixel
MAX_PAIRS: Final = 400  # of which a table of colours is made
TABLE: Final = 17  # entries for each channel
DETAIL_CELLS: Final = 64  # along the longer side: what a decoder sees; finer things are detail
CHANGED: Final = 96.0  # levels by which a cell may change at strength 0 before its detail goes


@dataclass(frozen=True)
class _Border:
    """The cells along the border of the hole: (h, w, 3) and (h, w)."""

    painted: Floats
    difference: Floats  # known - painted
    is_border: NDArray[np.bool_]
    trust: Floats  # 1 where the difference is an error, 0 where it is an edge
    cell: int  # px


def match_colours(known: Image, painted: Image, hole: Hole) -> Image:
    """Shift the painted colours by what they differ from the known ones across the border.

    Where a colour meets the border, what lies behind it should be the same surface: the mean
    difference there goes to that colour wherever it is, and fades out with the distance to it, so
    that a sky that came out too dark becomes right while the object before it keeps its own.
    """
    border = _border(known, painted, hole, COLOUR_CELLS, COLOUR_ERRORS)
    met = border.trust > 0
    if not met.any():
        return painted
    table = _table(border.painted[met], border.difference[met], border.trust[met])
    return Image.from_pil(painted.to_pil().filter(table))


def bend_seam(known: Image, painted: Image, hole: Hole, width: int) -> Image:
    """Take the step off the border: less and less over `width` px into the hole.

    A membrane that has the border's differences at its edge (Pérez et al. 2003, section 2) is
    added to what is painted.
    """
    if width == 0 or hole.all():
        return painted
    border = _border(known, painted, hole, SEAM_CELLS, SEAM_ERRORS)
    errors = border.difference * border.trust[..., None]
    membrane = spread(errors, border.is_border.astype(np.float32))
    full = _pixels_of(membrane, border.cell, hole.shape)
    full *= (_fade(hole, width) * hole)[..., None]
    full += painted.pixels
    return Image(_levels(full))


def keep_detail(known: Image, painted: Image, strength: float) -> Image:
    """Give back the detail of what was there wherever it has hardly changed.

    A model that works at a small size loses what is finer, even where it leaves all as it was.
    What a cell has changed by is added to the known picture, detail and all; the more it changed,
    and the higher the `strength`, the more of the painted picture is taken instead.
    """
    everywhere = np.ones(known.pixels.shape[:2], np.float32)
    cell = -(-max(everywhere.shape) // DETAIL_CELLS)
    change = _cells(painted, everywhere, cell) - _cells(known, everywhere, cell)
    most = np.abs(change).max(axis=2, keepdims=True)
    near, _ = around(most, np.ones(most.shape[:2], np.float32))
    limit = max(CHANGED * (1 - strength), 1)
    share = _smooth(np.clip((limit - near) / limit * 1.5, 0, 1))
    kept = _pixels_of(change, cell, everywhere.shape)
    kept += known.pixels
    kept -= painted.pixels
    kept *= _pixels_of(share, cell, everywhere.shape)
    kept += painted.pixels
    return Image(_levels(kept))


def _border(
    known: Image, painted: Image, hole: Hole, edge: int, errors: tuple[float, float]
) -> _Border:
    """Compare the means on both sides, of a cell and its neighbours."""
    cell = -(-max(hole.shape) // edge)
    inside = hole.astype(np.float32)
    near_known, out = around(*cells_of(known.pixels.astype(np.float32), 1 - inside, cell))
    means, shares = cells_of(painted.pixels.astype(np.float32), inside, cell)
    near_painted, _ = around(means, shares)
    is_border = (shares > 0) & (out > 0)
    difference = near_known - near_painted
    low, high = errors
    trust = _smooth(np.clip((high - np.abs(difference).max(axis=2)) / (high - low), 0, 1))
    return _Border(near_painted, difference, is_border, trust * is_border, cell)


def _fade(hole: Hole, width: int) -> Floats:
    """Return 1 along the border of the hole, and less down to 0 `width` px inside.

    Wide ones are computed from every n-th pixel: they are smooth enough.
    """
    step = max(1, width // FINE)
    some = hole[::step, ::step]
    depths = np.sqrt(squared_depths(some, width // step + 1), dtype=np.float32)
    fade = _smooth(np.clip(1 - (depths - 1) * step / width, 0, 1))
    return _pixels_of(fade[..., None], step, hole.shape)[..., 0] if step > 1 else fade


def _table(colours: Floats, differences: Floats, trust: Floats) -> PIL.ImageFilter.Color3DLUT:
    """Make the table that shifts colours (N, 3) by their differences, and like ones by less."""
    some = np.linspace(0, len(colours) - 1, min(len(colours), MAX_PAIRS)).astype(int)
    levels = np.linspace(0, 255, TABLE, dtype=np.float32)
    blue, green, red = np.meshgrid(levels, levels, levels, indexing="ij")
    nodes = np.stack([red, green, blue], axis=-1).reshape(-1, 3)
    squared = (nodes**2).sum(axis=1)[:, None] + (colours[some] ** 2).sum(axis=1)
    squared -= 2 * nodes @ colours[some].T
    likeness = np.exp(squared / (-2 * LIKE**2)) * trust[some]
    shift = likeness @ differences[some] / (likeness.sum(axis=1, keepdims=True) + DOUBT)
    table = np.clip((nodes + shift) / 255, 0, 1)
    return PIL.ImageFilter.Color3DLUT(TABLE, table.ravel().tolist())


def _cells(image: Image, weights: Floats, cell: int) -> Floats:
    return cells_of(image.pixels.astype(np.float32), weights, cell)[0]


def _pixels_of(cells: Floats, cell: int, shape: tuple[int, ...]) -> Floats:
    """Interpolate cells, of which the last may stick out, to pixels."""
    height, width = cells.shape[0] * cell, cells.shape[1] * cell
    return enlarged(cells, (height, width))[: shape[0], : shape[1]]


def _smooth(share: Floats) -> Floats:
    """Ease in and out between 0 and 1."""
    return share * share * (3 - 2 * share)


def _levels(values: Floats) -> Pixels:
    """Round to levels; spends `values`."""
    np.rint(np.clip(values, 0, 255, out=values), out=values)
    return values.astype(np.uint8)
