"""What CLIP takes a picture for, with labels of one's own and with a word written on it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Literal

from psygnal import Signal
from pydantic import ValidationError

from t2i_studio.core.concept import Concept, FromPicture
from t2i_studio.core.errors import FROM_PYDANTIC
from t2i_studio.core.image import Image
from t2i_studio.core.request import Classify, Decode
from t2i_studio.core.words import later, tr
from t2i_studio.studio.background import Background
from t2i_studio.studio.explorer.attack import Attack
from t2i_studio.studio.explorer.exploration import Pick
from t2i_studio.studio.explorer.reading import Reading
from t2i_studio.studio.explorer.strip import FilmStripRun
from t2i_studio.studio.session import Session

Source = Literal["canvas", "explorer"]

PRESETS: Mapping[str, tuple[str, ...]] = {
    later("Things"): ("fox", "cat", "robot", "apple", "car", "house", "sign that says stop"),
    later("Places"): (
        "green field", "field at night", "winter landscape", "autumn landscape", "beach",
        "city street", "desert",
    ),
    "Granny Smith, iPod, pizza": ("granny smith", "ipod", "pizza"),
}  # fmt: skip
"""Labels to begin with: the first that every model knows, Scenes too; the last are the paper's."""

TEMPLATES = ("a photo of a {}",)
VARIATIONS = 4  # of what CLIP sees in the attacked picture


@dataclass(frozen=True)
class Bars:
    """Shares of 0 to 1 for each label, and before the word was written; empty while unknown."""

    labels: tuple[str, ...] = ()
    shares: tuple[float, ...] = ()
    before: tuple[float, ...] | None = None


class LabelLab:
    """Reads the picture on the canvas or in the explorer while somebody looks (main thread)."""

    changed = Signal()

    def __init__(self, session: Session, background: Background) -> None:
        self.attack = Attack(background)
        self.seen = FilmStripRun(session.explorer.desk)
        self.labels_text = ", ".join(PRESETS["Things"])
        self.templates_text = "\n".join(TEMPLATES)
        # What stands above the tabs, if anything does: bars of another picture would mislead.
        self.source: Source = "explorer" if session.explorer.after else "canvas"
        self.labels_problem = self.templates_problem = ""
        self.is_live = False
        self._session = session
        self._plain = Reading(session.explorer.desk)
        self._attacked = Reading(session.explorer.desk)
        self._seen_as = tuple(Reading(session.explorer.desk) for _ in range(VARIATIONS))
        self._follow()

    # state -----------------------------------------------------------------------------------

    @property
    def picture(self) -> Image | None:
        """What is read."""
        if self.source == "canvas":
            return self._session.shown_picture
        return self._session.explorer.after

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels as they are written: one for each line, or parted by commas."""
        return tuple(part.strip() for part in re.split(r"[,\n]", self.labels_text) if part.strip())

    @property
    def templates(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.templates_text.splitlines() if line.strip())

    @property
    def problem(self) -> str:
        """Why nothing can be read; empty if it can."""
        if problem := self._session.explorer.problem:
            return problem
        if self.picture is None:
            if self.source == "canvas":
                return tr("There is no picture on the canvas yet.")
            return tr("There is no picture in the explorer yet.")
        return self._plain.message or self._attacked.message

    @property
    def is_busy(self) -> bool:
        return self._plain.is_busy or self._attacked.is_busy

    @property
    def bars(self) -> Bars:
        """What the picture is taken for, or the attacked one if there is a word on it."""
        plain, attacked = self._plain.answer, self._attacked.answer
        if plain is None:
            return Bars()
        if attacked is None or attacked.labels != plain.labels:
            return Bars(plain.labels, plain.shares)
        return Bars(attacked.labels, attacked.shares, plain.shares)

    @property
    def verdict(self) -> str:
        """Say what the word has changed; empty while nobody knows."""
        bars = self.bars
        if bars.before is None:
            return ""
        was, now = _best(bars.labels, bars.before), _best(bars.labels, bars.shares)
        if was == now:
            return tr("Still taken for “{now}”.", now=now)
        return tr("The word turns “{was}” into “{now}”.", was=was, now=now)

    @property
    def lacks_word(self) -> bool:
        """Whether the word on the picture is part of no label, so that none can win by it."""
        word = self.attack.word.strip().lower()
        return bool(word) and not any(word in label.lower() for label in self.labels)

    def seen_as(self, place: int) -> str:
        """Say what a decoded picture is taken for; empty until that is known."""
        answer = self._seen_as[place].answer
        if answer is None:
            return ""
        return f"{_best(answer.labels, answer.shares)} {max(answer.shares):.0%}"

    # what is asked ---------------------------------------------------------------------------

    def set_live(self, is_live: bool) -> None:
        """Follow the picture, or stop while nobody looks."""
        self.is_live = is_live
        self._look()

    def set_source(self, source: Source) -> None:
        self.source = source
        self._look()

    def set_labels(self, text: str) -> None:
        self.labels_text = text
        self._look()

    def set_templates(self, text: str) -> None:
        self.templates_text = text
        self._look()

    def add_word(self) -> None:
        """Make the word on the picture a label."""
        self.set_labels(", ".join([*self.labels, self.attack.word.strip().lower()]))

    # the attacked picture --------------------------------------------------------------------

    def decode_attacked(self) -> None:
        """Decode what CLIP sees in the attacked picture: the embedding alone, from new noise.

        Where the labels are misled the object may stay: Ramesh et al. 2022, figure 6.
        """
        image = self.attack.image
        if image is None:
            return
        concept, model = Concept(base=FromPicture(image=image)), self._session.settings.model
        seeds = range(VARIATIONS)
        frames = [Decode(model=model, concept=concept, noise="drawn", seed=seed) for seed in seeds]
        self.seen.make(frames, [tr("Seed {seed}", seed=seed) for seed in seeds])

    def show_attacked(self) -> None:
        """Put the attacked picture on the canvas, without a second word over the first."""
        image, word = self.attack.image, self.attack.word
        if image is not None:
            self.attack.set_word("")
            self._session.open_picture(image, tr("Write “{word}”", word=word))

    def explore_attacked(self) -> None:
        if self.attack.image is not None:
            title = tr("With “{word}” on it", word=self.attack.word.strip())
            self._session.explorer.explore(Pick.picture(self.attack.image, title))

    def keep(self, place: int) -> None:
        """Save a decoded picture to the gallery and show it."""
        if made := self.seen.made(place):
            self._session.explorer.kept.emit(made)

    def explore(self, place: int) -> None:
        """Start exploring a decoded picture."""
        if made := self.seen.made(place):
            self._session.explore(made.image, made.recipe)

    # following -------------------------------------------------------------------------------

    def _follow(self) -> None:
        session = self._session
        pictures = (
            session.staging.shown_changed,
            session.document.picture_changed,
            session.document.extent_changed,
            session.explorer.shown_changed,
            session.explorer.changed,
        )
        for signal in pictures:
            signal.connect(self._look, max_args=0)
        session.model_described.connect(self._forget)
        self.attack.changed.connect(self._ask)
        self.seen.changed.connect(self._ask)
        for reading in (self._plain, self._attacked, *self._seen_as):
            reading.changed.connect(self.changed.emit)

    def _forget(self) -> None:
        """Drop what another model has said."""
        self._plain.clear()
        self._attacked.clear()
        self.seen.clear()
        self._look()

    def _look(self) -> None:
        if self.is_live:
            self.attack.set_picture(self.picture)
        self._ask()

    def _ask(self) -> None:
        """Ask about all pictures, as far as they are there, and say that something changed."""
        for reading, image in self._readings():
            request = self._request(image)
            if image is None:
                reading.clear()
            elif request is not None and self.is_live and not self._session.explorer.problem:
                reading.ask(request)
        self.changed.emit()

    def _readings(self) -> Iterator[tuple[Reading, Image | None]]:
        """Pair each reading with what it is to read: nothing where nothing is, or not yet."""
        yield self._plain, self.picture
        yield self._attacked, self.attack.image
        seen = (frame.image for frame in self.seen.frames)
        yield from zip_longest(self._seen_as, seen)

    def _request(self, image: Image | None) -> Classify | None:
        """Return the question; None, and what is wrong beside each field, if it makes no sense."""
        what: dict[str, Any] = {
            "model": self._session.settings.model,
            "start": None if image is None else FromPicture(image=image),
            "labels": self.labels,
            "templates": self.templates,
        }
        try:
            request = Classify.model_validate(what)
        except ValidationError as error:
            problems = _by_field(error)
            request = None
        else:
            problems = {}
        self.labels_problem = problems.get("labels", "")
        self.templates_problem = problems.get("templates", "")
        return request


def _best(labels: tuple[str, ...], shares: tuple[float, ...]) -> str:
    return labels[shares.index(max(shares))]


def _by_field(error: ValidationError) -> dict[str, str]:
    """Return the first sentence about each field."""
    problems: dict[str, str] = {}
    for each in error.errors(include_url=False):
        what = each["msg"].removeprefix(FROM_PYDANTIC)
        problems.setdefault(str(each["loc"][0]), what)
    return problems
