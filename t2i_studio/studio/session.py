"""The root of the program's state: what the window shows and what its actions do."""

from collections.abc import Callable

from psygnal import Signal

from t2i_studio.catalogue import inspect
from t2i_studio.catalogue.store import locate
from t2i_studio.core import paths
from t2i_studio.core.capabilities import Capabilities
from t2i_studio.core.errors import Blame, StudioError
from t2i_studio.core.events import (
    Cancelled,
    Event,
    Failed,
    Finished,
    ImageReady,
    Loading,
    ModelReady,
    Preview,
    Started,
)
from t2i_studio.core.image import Image
from t2i_studio.core.recipe import Recipe
from t2i_studio.core.request import RANDOM_SEED, Load, Making
from t2i_studio.core.words import tr
from t2i_studio.engine.api import Engine
from t2i_studio.studio.background import Background
from t2i_studio.studio.dispatch import Dispatcher
from t2i_studio.studio.document import Document
from t2i_studio.studio.explorer.exploration import Pick
from t2i_studio.studio.explorer.explorer import Explorer
from t2i_studio.studio.frame import Area, Direction
from t2i_studio.studio.grid.run import GridRun
from t2i_studio.studio.jobs import Job
from t2i_studio.studio.keeping import Keeper
from t2i_studio.studio.live import LiveMode
from t2i_studio.studio.notices import Level, Notice, notice_of
from t2i_studio.studio.notify import NotifyOptions
from t2i_studio.studio.orders import Order, Orders
from t2i_studio.studio.pinned_draw import PinnedDraw
from t2i_studio.studio.placement import Placement
from t2i_studio.studio.places import keep_places
from t2i_studio.studio.prompting.desk import PromptDesk
from t2i_studio.studio.recall import recall, take_back
from t2i_studio.studio.ribbon import Ribbon
from t2i_studio.studio.settings import Settings
from t2i_studio.studio.shelf import Shelf
from t2i_studio.studio.staging import ORIGINAL, Candidate, Staging
from t2i_studio.studio.tokens import TokenCounter
from t2i_studio.studio.tools import ToolOptions
from t2i_studio.studio.workspace import Workspace

Describe = Callable[[str], Capabilities]


def describe(model: str) -> Capabilities:
    """Return what a model can do, from its files alone; raises StudioError."""
    return inspect.capabilities(locate(model).folder)


class Session:
    """Prompt, document, staging, jobs, gallery and model, and what happens to them (main thread).

    `connect` gives it the engine, whose events come back through `handle`.
    """

    noticed = Signal(Notice)
    model_described = Signal()  # its capabilities are known, or it has none
    model_changed = Signal()  # phase or residence
    last_seed_changed = Signal(object)

    def __init__(
        self, shelf: Shelf, background: Background, describe_model: Describe = describe
    ) -> None:
        self.settings = Settings()
        self.desk = PromptDesk(self.settings, paths.data_folder())
        self.tools = ToolOptions()
        self.document = Document()
        self.staging = Staging()
        self.workspace = Workspace(self.settings, self.document, self.staging)
        self.frame = self.workspace.frame
        self.intent = self.workspace.intent
        self.orders = Orders(self.settings, self.workspace, self.desk, lambda: self.capabilities)
        self.dispatcher = Dispatcher(read=self.desk.read_again)
        self.jobs = self.dispatcher.jobs
        self.notify = NotifyOptions()
        self.ribbon = Ribbon()
        self.explorer = Explorer(self.settings)
        self.pinned_draw = PinnedDraw(self.settings)
        self.live = LiveMode(
            *(self.settings, self.document, self.frame, self.staging),
            *(self.explorer.desk, self.orders.picture),
        )
        self.shelf = shelf
        self.keeper = Keeper(shelf, self.staging, background)
        self.grid = GridRun(self.orders, self.dispatcher, self.staging, self.keeper.archive)
        self.capabilities: Capabilities | None = None
        self.ready: ModelReady | None = None
        self.phase = ""  # what happens while a model is loaded
        self.last_seed: int | None = None
        self._engine: Engine | None = None
        self._describe = describe_model
        self._running_id = ""  # whose stages the ribbon shows
        self._loading_id = ""  # whose loading `phase` tells of
        self._accepted: Candidate | None = None  # the last one
        told = shelf, self.keeper, self.explorer, self.pinned_draw, self.dispatcher, self.live
        for part in (*told, self.desk):
            part.noticed.connect(self.noticed.emit)
        self.explorer.kept.connect(self._keep_explored)
        self.live.kept.connect(self.keeper.archive)
        self.tokens: TokenCounter | None = None  # None where the model has no limit
        self.settings.events.model.connect(self._follow_model)
        keep_places(self.document, self.jobs, self.staging)
        self.desk.changed.connect(self._show_prompt)

    # model -----------------------------------------------------------------------------------

    def connect(self, engine: Engine) -> None:
        self._engine = engine
        self.explorer.connect(engine)
        self.dispatcher.connect(engine)

    def describe_model(self) -> None:
        """Follow the chosen model's abilities, before anything of it is loaded."""
        try:
            self.capabilities = self._describe(self.settings.model)
        except StudioError as error:
            self.capabilities = None
            self.noticed.emit(notice_of(error))
        self.ribbon.reset(self.capabilities)
        self.explorer.follow_model(self.capabilities)
        limit = self.capabilities.token_limit if self.capabilities else None
        tokenizer = self.capabilities.tokenizer if self.capabilities else None
        self.tokens = TokenCounter(tokenizer, limit) if limit and tokenizer else None
        self.desk.follow_model(self.capabilities)
        self.model_described.emit()

    def warm_up(self) -> None:
        """Load the chosen model, so that the first picture does not wait for it."""
        if self._engine and self.capabilities:
            self._engine.submit(Load(model=self.settings.model))

    def _show_prompt(self) -> None:
        """Show what is written, unless the ribbon belongs to a run."""
        if self.jobs.current is None:
            self._show_tokens(self.desk.preview().prompt)

    def _show_tokens(self, prompt: str) -> None:
        if self.tokens:
            count = self.tokens.count(prompt)
            self.ribbon.show_tokens(count.pieces, count.room)

    def _follow_model(self) -> None:
        self.ready = None
        self.describe_model()
        self.warm_up()

    # jobs ------------------------------------------------------------------------------------

    def generate(self, *, front: bool = False) -> Job | None:
        """Queue a job with a snapshot of all settings; None and a notice if they cannot work.

        front: before all that wait.
        """
        job = self._queue(self.orders.picture, at_front=front)
        if job:
            self.settings.remember_prompt()
        return job

    def make_variations(self, image: Image) -> Job | None:
        """Queue pictures of what this one means, each from noise of its own."""
        return self._queue(lambda: self.orders.variations(image))

    def _queue(self, make: Callable[[], Order], *, at_front: bool = False) -> Job | None:
        try:
            order = make()
        except StudioError as error:
            self.noticed.emit(Notice(Level.warn, str(error)))
            return None
        is_drawn = self.settings.seed == RANDOM_SEED
        job = Job(order.request, order.placement, is_seed_drawn=is_drawn)
        self.staging.begin()
        self.dispatcher.add(job, at_front=at_front)
        return job

    def edit(self, job: Job) -> None:
        """Take a job out of the queue, unless it runs by now, and its settings to the desk."""
        put_back = take_back(job, self.settings, self.frame, self.explorer)

        def undo() -> None:
            put_back()
            self.dispatcher.bring_back([job])

        if not job.is_running:  # or its pictures would be nobody's
            self.jobs.remove(job)
        text = tr("The settings of the job are on the desk again.")
        self.noticed.emit(Notice(Level.info, text, tr("Undo"), undo))

    def cancel(self, job: Job) -> None:
        self.dispatcher.cancel(job)

    def cancel_current(self) -> None:
        if self.jobs.current:
            self.cancel(self.jobs.current)

    def cancel_all(self) -> None:
        self.dispatcher.cancel_all()

    # events ----------------------------------------------------------------------------------

    def handle(self, event: Event) -> None:
        """Fold one event of the engine into the state."""
        job = self.jobs.find(event.request_id)
        self._show_stages(event)
        is_explored, is_cell = self.explorer.handle(event), self.grid.handle(event)
        match event:
            case Loading():
                self._loading_id = event.request_id
                self._set_phase(event.phase)
            case ModelReady():
                self._made_ready(event)
            case Started(request=request) if job and isinstance(request, Making):
                self.last_seed = request.seed
                self.last_seed_changed.emit(self.last_seed)
            case Preview() if job and not is_cell:
                self._preview(event, job.placement)
            case ImageReady() if job and not is_cell:
                self.keeper.keep(
                    Candidate(event.image, event.recipe, placement=job.placement, score=event.score)
                )
            case Finished() | Cancelled() | Failed():
                self._ended(event, is_told=is_explored)
        self.dispatcher.handle(event)

    def _show_stages(self, event: Event) -> None:
        """Let the ribbon follow the run that works, whatever happens to those that wait."""
        if isinstance(event, Started):
            self._running_id = event.request_id
            if isinstance(event.request, Making):
                self._show_tokens(event.request.prompt)
        if event.request_id == self._running_id:
            self.ribbon.handle(event)

    def _made_ready(self, event: ModelReady) -> None:
        if event.model == self.settings.model:
            self.ready = event
            self.explorer.follow_model(event.capabilities)
        self._set_phase("")

    def _preview(self, event: Preview, placement: Placement) -> None:
        if self.document.is_painting:
            self.staging.stay()
        frame = event.frame.moved(*placement.origin) if event.frame else None
        self.staging.preview(event.image, frame)

    def _set_phase(self, phase: str) -> None:
        self.phase = phase
        self.model_changed.emit()

    def _ended(self, event: Finished | Cancelled | Failed, *, is_told: bool) -> None:
        is_job = self.jobs.find(event.request_id) is not None
        if isinstance(event, Failed) and not is_told and not is_job:
            self._say(event)
        if event.request_id == self._loading_id:
            self._set_phase("")
        if event.request_id == self._running_id and is_job:
            self.staging.end_preview()  # a live mode's stays

    def _say(self, event: Failed) -> None:
        level = Level.warn if event.blame is Blame.user else Level.danger
        self.noticed.emit(Notice(level, f"{event.message} {event.hint}".strip()))

    # pictures --------------------------------------------------------------------------------

    def vary_shown(self) -> None:
        """Make variations of what the canvas shows, or say that there is nothing."""
        if self.shown_picture is None:
            self.noticed.emit(Notice(Level.info, tr("Open or make a picture to vary it.")))
        else:
            self.make_variations(self.shown_picture)

    def explore_shown(self) -> None:
        """Explore what the canvas shows, or say that there is nothing."""
        picture, candidate = self.shown_picture, self.staging.selected or self._accepted
        if picture is None:
            self.noticed.emit(Notice(Level.info, tr("Open or make a picture to explore it.")))
        else:
            is_known = candidate is not None and candidate.image == picture
            self.explore(picture, candidate.recipe if candidate and is_known else None)

    def explore(self, image: Image, recipe: Recipe | None = None) -> None:
        """Start exploring a picture."""
        text = recipe.request.prompt if recipe else ""
        self.explorer.explore(Pick.picture(image, text, text))

    def _keep_explored(self, event: ImageReady) -> None:
        self.staging.begin()
        self.keeper.keep(Candidate(event.image, event.recipe))

    def accept(self, *, as_layer: bool = False) -> None:
        """Lay the selected candidate into the picture, or over it: one undo step."""
        draft = self.staging.draft
        accepted = self.workspace.accept(as_layer=as_layer)
        if accepted is None:
            return
        self._accepted = accepted
        if accepted is draft:
            self.live.keep_once(draft)
        self.live.rest()

    def choose_area(self, area: Area) -> None:
        """Let the model see another part of the picture while it repaints."""
        self.workspace.choose_area(area, self.workspace.native(self.capabilities))

    def fit_frame(self) -> None:
        """Make the frame as large as the model works."""
        self.workspace.fit_frame(self.workspace.native(self.capabilities))

    def outpaint(self, direction: Direction, amount: float, unit: str) -> None:
        """Let the frame stick out over one border by "px" or "%" of the picture."""
        self.workspace.outpaint(direction, amount, unit)

    def redo(self) -> None:
        self.document.redo()

    @property
    def shown_picture(self) -> Image | None:
        """What the canvas shows: the selected result, or the document's picture."""
        return self.staging.selected.image if self.staging.selected else self.document.picture

    def undo(self) -> None:
        """Take back the last step that can be seen: first the look at a result."""
        if self.staging.index != ORIGINAL and not (self.live.is_on and self.staging.shows_live):
            self.staging.select(ORIGINAL)
        else:
            self.document.undo()

    def open_picture(self, image: Image, name: str = "") -> None:
        """Put a picture on the canvas; what was staged stays in the gallery only."""
        self.staging.clear()
        self.frame.leave()
        self.document.open(image, name or tr("Open picture"))

    def recall(self, recipe: Recipe, *, what: str) -> None:
        """Take the prompt, the seed, or all settings from a recipe."""
        if notice := recall(recipe, what, self.settings, self.explorer):
            self.noticed.emit(notice)
