"""How fast the canvas is with a large picture, as figures."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from t2i_studio.benchmarks.groups import Setting
from t2i_studio.benchmarks.measure import median_and_spread, percentile
from t2i_studio.benchmarks.report import LeftOut, Result, milliseconds
from t2i_studio.benchmarks.window import need_no_screen
from t2i_studio.ui import requirements

if TYPE_CHECKING:
    from t2i_studio.benchmarks.painting import Figures

GROUP = "canvas"
DAB_MS, UNDO_MS, FRAME_MS, STALL_MS = 4, 10, 16.7, 50  # at most
HISTORY_MB = 64
EXCESS = 1.1  # of the pixels under a dab: a rim that is soft


def canvas(setting: Setting) -> Iterator[Result | LeftOut]:
    """Paint on, take back, pan, zoom and open a picture; on no screen where there is none."""
    need_no_screen()
    if troubles := requirements.missing():
        yield LeftOut(group=GROUP, name="painting on a large picture", note=troubles[0])
        return
    from t2i_studio.benchmarks import painting  # Qt: not before it is known to load

    yield from _results(painting.measured(setting.rounds))


def _results(found: "Figures") -> Iterator[Result]:
    for name, rounds in found.dabs.items():
        yield from _both(name, rounds, DAB_MS)
    yield _plain("pixels renewed / under a dab", found.excess, "x", EXCESS)
    yield milliseconds(GROUP, "undo of a stroke", found.undo, UNDO_MS)
    yield _plain("history of 1,000 strokes", [found.history_bytes / 2**20], "MB", HISTORY_MB)
    yield from _both("frame of a pan", found.pan, FRAME_MS)
    yield from _both("frame of a zoom", found.zoom, FRAME_MS)
    yield _share("longest wait while a picture opens", found.opening, 1.0, STALL_MS)


def _both(name: str, rounds: list[list[float]], target: float) -> Iterator[Result]:
    """Report the median and what 99 % are faster than."""
    yield milliseconds(GROUP, name, [each for one in rounds for each in one], target)
    yield _share(f"{name}, 99 %", rounds, 0.99, target)


def _share(name: str, rounds: list[list[float]], share: float, target: float) -> Result:
    by_round = [percentile(each, share) for each in rounds]
    figure = milliseconds(GROUP, name, by_round, target)
    every = [each for one in rounds for each in one]
    return figure.model_copy(update={"value": 1000 * percentile(every, share)})


def _plain(name: str, values: list[float], unit: str, target: float) -> Result:
    value, spread = median_and_spread(values)
    return Result(
        group=GROUP, name=name, value=value, unit=unit, better="lower", target=target, spread=spread
    )
