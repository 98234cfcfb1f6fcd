"""A grid on its way: cells that fill in one after the other, each kept like any picture."""

from collections.abc import Callable

from psygnal import Signal

from t2i_studio.core.events import Event, ImageReady, Preview, Progress, Started, Terminal
from t2i_studio.core.image import Image
from t2i_studio.core.request import Strip
from t2i_studio.gallery.exporters.frames import Frame
from t2i_studio.gallery.exporters.grid import GridSheet
from t2i_studio.studio.dispatch import Dispatcher
from t2i_studio.studio.grid.axes import Draft, side
from t2i_studio.studio.grid.plan import Grid, plan
from t2i_studio.studio.jobs import Job
from t2i_studio.studio.orders import Orders
from t2i_studio.studio.placement import Placement
from t2i_studio.studio.staging import Candidate, Staging

Keep = Callable[[Candidate, Callable[[Candidate], None]], None]
AxisText = tuple[str, str]  # the key of an axis, and the values as they are typed
NOTHING: AxisText = "", ""


class GridRun:
    """One grid is shown at a time; what was asked for before goes on, into the gallery.

    `x` and `y` are what somebody has chosen last (main thread).
    """

    changed = Signal()  # another grid, or it began or ended
    progressed = Signal()  # a step further
    cell_changed = Signal(int)  # it is made, or its preview moves on

    def __init__(
        self,
        orders: Orders,
        dispatcher: Dispatcher,
        staging: Staging,
        keep: Keep,
    ) -> None:
        self.x: AxisText = "decoder-guidance", "1-7 [4]"
        self.y: AxisText = NOTHING
        self.grid: Grid | None = None
        self.cells: list[Candidate | None] = []
        self.preview: tuple[int, Image] | None = None  # of the cell in work
        self.progress: Progress | None = None
        self._orders, self._dispatcher = orders, dispatcher
        self._staging, self._keep = staging, keep
        self._places: dict[str, int] = {}  # of the shown cells, by the id of their request
        self._asked: set[str] = set()  # ids of all requests of all grids
        self._placement = Placement()
        self._run = ""  # that is at work
        self._is_shown_run = False  # and whether its cells are those that are shown
        self._first = 0  # which of them it begins with

    @property
    def made(self) -> int:
        return sum(cell is not None for cell in self.cells)

    @property
    def job(self) -> Job | None:
        """The job that makes the grid, or what is left of it; None once it is done."""
        return next((job for job in self._dispatcher.jobs if self._is_shown(job)), None)

    @property
    def is_busy(self) -> bool:
        return self.job is not None and self.job.is_open

    def plan(self) -> tuple[Grid, Placement]:
        """Return the grid that the axes stand for; raises StudioError."""
        drafted = self._orders.draft()
        x, y = side(*self.x), side(*self.y) if self.y[0] else None
        draft = Draft(drafted.request, drafted.style)
        return plan(draft, x, y, drafted.means, drafted.capabilities), drafted.placement

    def seconds(self, grid: Grid) -> float | None:
        """Return how long a grid is going to take; None while that is unknown."""
        forecast = self._dispatcher.forecast
        return forecast.time(forecast.work(Job(cell) for cell in grid.cells))

    def start(self) -> Job:
        """Queue the grid that the axes stand for; raises StudioError."""
        self.grid, self._placement = self.plan()
        self.cells = [None] * len(self.grid.cells)
        self.preview = self.progress = None
        self._places = {cell.id: place for place, cell in enumerate(self.grid.cells)}
        self._asked |= self._places.keys()
        job = Job(self.grid.strip, self._placement)
        self._dispatcher.add(job)
        self.changed.emit()
        return job

    def cancel(self) -> None:
        """Stop; what is made stays."""
        if self.job:
            self._dispatcher.cancel(self.job)
            self.changed.emit()

    def stage(self, place: int) -> None:
        """Show a cell on the canvas, to be accepted or not; one that is staged is chosen."""
        candidate = self.cells[place]
        if candidate is None:
            return
        staged = self._staging.candidates
        found = next((i for i, each in enumerate(staged) if each.image is candidate.image), None)
        if found is None:
            self._staging.add(candidate)
            found = len(staged) - 1
        self._staging.select(1 + found)

    def sheet(self) -> GridSheet:
        """Return the grid with what is made of it, to be saved; there must be one."""
        assert self.grid is not None
        grid = self.grid
        return GridSheet(
            grid.title,
            grid.x.title,
            grid.x.labels,
            grid.y.title if grid.y else "",
            grid.y.labels if grid.y else (),
            tuple(Frame(cell.image, cell.recipe) if cell else None for cell in self.cells),
        )

    def handle(self, event: Event) -> bool:
        """Fold an event into the grid; True if it is about a cell of any grid."""
        match event:
            case Started(request=Strip() as strip) if strip.frames[0].id in self._asked:
                self._begin(strip)
                return True
        if event.request_id != self._run:
            return False
        match event:
            case Progress() if self._is_shown_run:
                self.progress = event
                self.progressed.emit()
            case Preview() if self._is_shown_run:
                self._show(event)
            case ImageReady():
                self._put(event)
            case _ if isinstance(event, Terminal):
                self._end()
        return True

    def _begin(self, strip: Strip) -> None:
        """Follow a run, which may be what was left of a grid."""
        self._run, first = strip.id, strip.frames[0].id
        self._is_shown_run, self._first = first in self._places, self._places.get(first, 0)
        self.changed.emit()

    def _show(self, event: Preview) -> None:
        place = self._first + event.index
        self.preview = place, event.image
        self.cell_changed.emit(place)

    def _put(self, event: ImageReady) -> None:
        candidate = Candidate(event.image, event.recipe, placement=self._placement)
        self._keep(candidate, self._fill)  # on the disk before it is shown

    def _fill(self, candidate: Candidate) -> None:
        """Put a picture into its cell, if that is shown."""
        place = self._places.get(candidate.recipe.request.id)
        if place is not None:
            self.cells[place] = candidate
            self.cell_changed.emit(place)

    def _end(self) -> None:
        self._run, self.preview, self.progress = "", None, None
        self.changed.emit()

    def _is_shown(self, job: Job) -> bool:
        request = job.request
        return isinstance(request, Strip) and request.frames[0].id in self._places
