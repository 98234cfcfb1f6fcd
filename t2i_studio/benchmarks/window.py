"""How fast the explorer's window answers, as figures; what it needs of the system is seen to."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from t2i_studio.benchmarks.groups import Setting
from t2i_studio.benchmarks.measure import percentile
from t2i_studio.benchmarks.report import LeftOut, Result, milliseconds
from t2i_studio.core.errors import UserError
from t2i_studio.ui import requirements

if TYPE_CHECKING:
    from t2i_studio.benchmarks.dragging import Drags

COARSE_MS, SETTLED_MS, STALL_MS = 250, 1500, 50  # at most, on two cores with Scenes


def figures(group: str, setting: Setting) -> Iterator[Result | LeftOut]:
    """Drag a slider of the real window; on no screen where there is none."""
    need_no_screen()
    try:
        yield from _results(group, _measured(setting))
    except UserError as error:
        yield LeftOut(group=group, name="drag of a slider", note=str(error))


def need_no_screen() -> None:
    """Let windows open without a screen where there is none."""
    if not requirements.has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        os.environ.setdefault("QT_LOGGING_RULES", "default.warning=false")  # it says what it lacks


def _measured(setting: Setting) -> "Drags":
    """Raise UserError where no window can open, and for a model that cannot look at pictures."""
    if troubles := requirements.missing():
        raise UserError(troubles[0])
    from t2i_studio.benchmarks import dragging  # Qt: not before it is known to load

    return dragging.measured(setting)


def _results(group: str, drags: "Drags") -> Iterator[Result]:
    yield milliseconds(group, "drag to coarse preview", drags.coarse, COARSE_MS)
    yield milliseconds(group, "release to settled picture", drags.settled, SETTLED_MS)
    waits = [wait for each in drags.waits for wait in each]
    for name, share in (("99 % of the", 0.99), ("longest of the", 1.0)):
        by_drag = [percentile(each, share) for each in drags.waits]
        figure = milliseconds(group, f"{name} event loop's waits", by_drag, STALL_MS)
        yield figure.model_copy(update={"value": 1000 * percentile(waits, share)})
