"""The atlas: a map of many pictures by their principal components, and what can be done on it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from psygnal import Signal

from t2i_studio.core.events import BasisReady, Embedded, Event, Failed, Finished, Terminal
from t2i_studio.core.latent import Basis, Embeddings, Space, check_space
from t2i_studio.core.paths import cache_folder
from t2i_studio.core.pictures import read_picture
from t2i_studio.core.request import Embed, FitBasis
from t2i_studio.core.words import tr
from t2i_studio.gallery import embeddings as files
from t2i_studio.gallery.embedding_store import EmbeddingStore
from t2i_studio.gallery.store import Gallery
from t2i_studio.studio.background import Background
from t2i_studio.studio.explorer.components import Components, save_in_background
from t2i_studio.studio.explorer.desk import Hear
from t2i_studio.studio.explorer.exploration import CORNERS, Pick
from t2i_studio.studio.explorer.explorer import Explorer
from t2i_studio.studio.explorer.picture_map import PictureMap, Place
from t2i_studio.studio.explorer.survey import Find, Survey, pictures_in
from t2i_studio.studio.notices import Level, Notice, notice_of, warning_of

LEAST, MOST = 3, 2000  # pictures of a map
COMPONENTS = 64  # that are fitted, at most
NAMED = 3  # unreadable pictures that are told by name
FOLDER = "embeddings"  # in the cache
PROBE = "a picture"  # embedded only to learn of the space

T = TypeVar("T")


class Atlas:
    """One map of pictures, which stays until another one is ready (main thread).

    `words` are candidates for the names of components.
    """

    changed = Signal()  # the map, or what is going on
    selection_changed = Signal()

    def __init__(
        self,
        explorer: Explorer,
        gallery: Gallery,
        background: Background,
        words: tuple[str, ...] = (),
    ) -> None:
        self.map: PictureMap | None = None
        self.selection: tuple[int, ...] = ()
        self.note = ""  # one line about the map, or why there is none
        self.components = Components(explorer, background)
        self._explorer, self._gallery, self._background = explorer, gallery, background
        self._words = words
        self._survey: Survey | None = None
        self._asked = ""  # the request that runs
        self._doing = ""  # what it is for
        self._space: Space | None = None  # of the map, and of what is going on
        explorer.changed.connect(self._follow_model)

    @property
    def is_busy(self) -> bool:
        return self._survey is not None or bool(self._asked)

    @property
    def progress(self) -> str:
        """What is going on, like "120 of 400"."""
        if self._survey is None:
            return self._doing
        if not self._survey.total:
            return tr("Looking for pictures")
        done, total = self._survey.done, self._survey.total
        return tr("{done} of {total}", done=done, total=total)

    @property
    def share(self) -> float:
        """How much of the pictures is done, in [0, 1]."""
        survey = self._survey
        return survey.done / survey.total if survey and survey.total else 0.0

    # the map ---------------------------------------------------------------------------------

    def map_gallery(self) -> None:
        """Map the newest pictures of the gallery."""
        self._start(lambda: [picture.path for picture in self._gallery.newest(MOST)])

    def map_folder(self, folder: Path) -> None:
        """Map the newest pictures of a folder."""
        self._start(lambda: pictures_in(folder, MOST))

    def refit(self) -> None:
        """Map the selection alone: its components part what is alike on the whole map."""
        if self.map is not None:
            self.cancel()
            self._fit(*self.map.part(self.selection))

    def cancel(self) -> None:
        """Stop making a map; the last one stays."""
        if self._survey is not None:
            self._survey.cancel()
        self._explorer.desk.cancel(self._asked)
        self._survey, self._asked, self._doing = None, "", ""
        self.changed.emit()

    def select(self, indices: Sequence[int]) -> None:
        self.selection = tuple(indices)
        self.selection_changed.emit()

    def _start(self, find: Find) -> None:
        self._with_space(lambda space: self._survey_pictures(find, space))

    def _survey_pictures(self, find: Find, space: Space) -> None:
        self.cancel()
        store = EmbeddingStore(cache_folder() / FOLDER, space)
        survey = Survey(self._explorer.desk, self._background, store, self._explorer.model)
        survey.progressed.connect(self.changed.emit)
        survey.ended.connect(lambda: self._end(survey))
        self._survey, self._space = survey, space
        survey.start(find)

    def _end(self, survey: Survey) -> None:
        self._survey = None
        self._tell_of(survey)
        if survey.trouble is not None:
            self.changed.emit()
        elif self._is_enough(len(survey.places)):
            self._fit(survey.places, survey.embeddings)

    def _tell_of(self, survey: Survey) -> None:
        """Say what went wrong with single pictures, or stopped it all."""
        if survey.trouble is not None:
            self._say(survey.trouble)
        if survey.unkept is not None:
            self._say(notice_of(survey.unkept))
        if lost := survey.unreadable:
            self._say(Notice(Level.warn, _unreadable(lost)))

    def _is_enough(self, count: int) -> bool:
        """Tell whether so many make a map; say how many more are needed."""
        if count < LEAST:
            has = {0: tr("There is no picture here yet"), 1: tr("There is 1 picture here")}
            found = has.get(count, tr("There are {count} pictures here", count=count))
            self.note = tr("{found}: a map needs {value} more.", found=found, value=LEAST - count)
            self.changed.emit()
        return count >= LEAST

    def _fit(self, places: tuple[Place, ...], embeddings: Embeddings) -> None:
        if not self._is_enough(len(places)):
            return
        count = min(len(places) - 1, embeddings.space.dim, COMPONENTS)
        request = FitBasis(
            model=self._explorer.model,
            embeddings=embeddings,
            components=count,
            words=self._words,
        )

        def hear(event: Event) -> None:
            if isinstance(event, BasisReady):
                coordinates = event.coordinates.values
                self._show(PictureMap(places, embeddings, event.basis, coordinates))

        self._space = embeddings.space
        self._ask(request, tr("Finding the components"), hear)

    def _ask(self, request: Embed | FitBasis, doing: str, hear: Hear) -> None:
        """Send a request and hear its events, unless it is cancelled meanwhile."""

        def follow(event: Event) -> None:
            if event.request_id != self._asked:
                return
            if isinstance(event, Terminal):
                self._asked = self._doing = ""
                self.changed.emit()
            if isinstance(event, Failed):
                self._say(warning_of(event))
            hear(event)

        self._asked, self._doing = request.id, doing
        self._explorer.desk.ask(request, follow)
        self.changed.emit()

    def _show(self, found: PictureMap) -> None:
        self.map = found
        count = f"{len(found):,}"
        if len(found) == MOST:
            self.note = tr("{count} pictures, the newest", count=count)
        else:
            self.note = tr("{count} pictures", count=count)
        self.select(())
        self.components.take(found.basis)

    def _with_space(self, use: Callable[[Space], None]) -> None:
        """Go on with the model's space, which only the loaded model tells; or say a problem."""
        if problem := self._explorer.problem:
            self._say(Notice(Level.warn, problem))
            return
        found = self._explorer.capabilities
        if found is not None and found.space is not None:
            use(found.space)
            return
        spaces: list[Space] = []

        def hear(event: Event) -> None:
            match event:
                case Embedded():
                    spaces.append(event.embeddings.space)
                case Finished():
                    use(spaces[0])

        self.cancel()
        self._ask(Embed(model=self._explorer.model, inputs=(PROBE,)), tr("Loading the model"), hear)

    def _follow_model(self) -> None:
        """Drop what is of another model's space."""
        found = self._explorer.capabilities
        if found is None or self._space is None or found.space in (None, self._space):
            return
        self._space = None
        self.cancel()
        if self.map is not None:
            self.note = tr("The map was of another model: its embeddings lie in another space.")
        self.map = None
        self.components.clear()
        self.select(())
        self.changed.emit()

    # what is done on it ----------------------------------------------------------------------

    def explore(self, index: int) -> None:
        """Explore one picture."""
        self._pick([index], lambda picks: self._explorer.explore(picks[0]))

    def explore_mean(self) -> None:
        """Explore what the selection has in common; that of one picture is itself."""
        if len(self.selection) == 1:
            self.explore(self.selection[0])
        elif self.map is not None and self.selection:
            self._explorer.explore(Pick.embedding(self.map.mean(self.selection)))

    def mix(self) -> None:
        """Put the selection on the corners of the board."""
        if 2 <= len(self.selection) <= CORNERS:
            self._pick(self.selection, self._put_on_board)
        else:
            count = len(self.selection)
            text = tr(
                "The board has room for 2 to {corners} pictures, not {count}.",
                corners=CORNERS,
                count=count,
            )
            self._say(Notice(Level.info, text))

    def _put_on_board(self, picks: Sequence[Pick]) -> None:
        corners = (*picks, *(None,) * (CORNERS - len(picks)))
        self._explorer.set_mix(replace(self._explorer.state, corners=corners, is_mixed=True))

    def _pick(self, indices: Sequence[int], use: Callable[[list[Pick]], None]) -> None:
        """Read pictures, to start from them; places without a file start from the embedding."""
        found = self.map
        if found is not None:
            self._read(lambda: [_picked(found, index) for index in indices], use)

    # files -----------------------------------------------------------------------------------

    def save_embeddings(self, path: Path) -> None:
        """Save the embeddings of the map."""
        if self.map is not None:
            kept = self.map.kept
            save_in_background(
                path, lambda: files.save(path, kept), self._background, self._explorer
            )

    def load_basis(self, path: Path) -> None:
        """Take the components of a file; the map, if there is one, turns to lie along them."""
        self._with_space(lambda space: self._read(lambda: _basis(path, space), self._turn))

    def load_embeddings(self, path: Path) -> None:
        """Map the embeddings of a file."""
        self._with_space(lambda space: self._read(lambda: files.load(path, space), self._map_kept))

    def _turn(self, basis: Basis) -> None:
        self.components.take(basis)
        if self.map is not None:
            self.map = self.map.along(basis)
        else:
            self.note = tr(
                "{count} components of {count_2} pictures",
                count=len(basis),
                count_2=f"{basis.count:,}",
            )
        self.changed.emit()

    def _map_kept(self, kept: files.Kept) -> None:
        pairs = zip(kept.titles, kept.sources, strict=True)
        self.cancel()
        self._fit(tuple(Place(title, source) for title, source in pairs), kept.embeddings)

    def _read(self, task: Callable[[], T], use: Callable[[T], None]) -> None:
        self._background.read(task, use, self._complain)

    def _complain(self, error: Exception) -> None:
        self._say(notice_of(error))

    def _say(self, notice: Notice) -> None:
        self._explorer.noticed.emit(notice)


def _picked(found: PictureMap, index: int) -> Pick:
    """Read what to start from (any thread); raises UserError and MachineError."""
    place = found.places[index]
    if place.path is None:
        return Pick.embedding(found.start(index))
    return Pick.picture(read_picture(place.path), place.title, place.prompt)


def _basis(path: Path, space: Space) -> Basis:
    """Read a basis of this space (any thread); raises UserError and MachineError."""
    basis = files.load_basis(path)
    check_space(basis.space, space, path.name)
    return basis


def _unreadable(lost: Sequence[str]) -> str:
    """Say which pictures could not be read, the first of them by name."""
    names, more = ", ".join(lost[:NAMED]), len(lost) - NAMED
    if len(lost) == 1:
        return tr("1 picture could not be read: {names}.", names=names)
    if more <= 0:
        return tr("{count} pictures could not be read: {names}.", count=len(lost), names=names)
    return tr(
        "{count} pictures could not be read: {names} and {more} more.",
        count=len(lost),
        names=names,
        more=more,
    )
