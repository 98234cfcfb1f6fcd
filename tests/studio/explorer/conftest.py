"""An explorer with an atlas over a gallery of colours and the fake engine."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from t2i_studio.catalogue.store import Checkpoint
from t2i_studio.core.errors import UserError
from t2i_studio.core.events import Event, Started
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.core.recipe import ModelRef, Recipe
from t2i_studio.core.request import Generate, Request
from t2i_studio.engine.backends.fake import CAPABILITIES
from t2i_studio.engine.inline import InlineEngine
from t2i_studio.engine.registry import Registry
from t2i_studio.engine.runner import Runner
from t2i_studio.gallery.store import Gallery
from t2i_studio.studio.background import InlineBackground
from t2i_studio.studio.explorer.atlas import Atlas
from t2i_studio.studio.explorer.explorer import Explorer
from t2i_studio.studio.notices import Notice
from t2i_studio.studio.settings import Settings
from tests.studio.conftest import FAKE

T = TypeVar("T")
MISSING = "missing"  # the name of a model that cannot be loaded
COLOURS = {"red": (200, 40, 40), "green": (40, 160, 60), "blue": (40, 70, 200)}


class Later(InlineBackground):
    """Runs tasks when the test says so."""

    def __init__(self) -> None:
        self.tasks: list[Callable[[], None]] = []

    def read(
        self,
        task: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self.tasks.append(lambda: self.run(task, done, failed))

    def work(self) -> None:
        while self.tasks:
            self.tasks.pop(0)()


class World:
    """What a test needs of it, and what was said."""

    def __init__(self, folder: Path) -> None:
        self.gallery = Gallery(folder / "gallery")
        self.settings = Settings()
        self.explorer = Explorer(self.settings)
        self.started: list[Request] = []
        self.once_started: Callable[[Request], None] = lambda request: None
        self.engine = InlineEngine(Runner(Registry(families=FAKE, find=found)), self.hear)
        self.explorer.connect(self.engine)
        self.explorer.follow_model(CAPABILITIES)
        self.notices: list[Notice] = []
        self.explorer.noticed.connect(self.notices.append)
        self.atlas = Atlas(self.explorer, self.gallery, InlineBackground(), ("red", "blue"))

    def hear(self, event: Event) -> None:
        if isinstance(event, Started):
            self.started.append(event.request)
        self.explorer.handle(event)
        if isinstance(event, Started):
            self.once_started(event.request)

    @property
    def run(self) -> Callable[[], None]:
        return self.engine.run_pending

    @property
    def said(self) -> str:
        return "\n".join(notice.text for notice in self.notices)

    def paint(self, *colours: str) -> None:
        """Put a picture of each colour into the gallery."""
        for seed, colour in enumerate(colours):
            image = Image.filled(Extent(8, 8), COLOURS[colour])
            self.gallery.add(image, recipe(f"a {colour} wall", seed))

    def mapped(self, *colours: str) -> Atlas:
        """Return the atlas with a map of such pictures, the last of them first."""
        self.paint(*colours)
        self.atlas.map_gallery()
        self.run()
        assert self.atlas.map is not None
        return self.atlas


def found(model: str) -> Checkpoint:
    if model == MISSING:
        raise UserError(f"There is no model {model}.")
    return Checkpoint(model, Path(), "fake")


def recipe(prompt: str, seed: int) -> Recipe:
    return Recipe(
        request=Generate(prompt=prompt, seed=seed),
        model=ModelRef(name="fake", title="Fake", sha256="0" * 64),
        device="cpu",
        dtype="float32",
        numerics={},
        versions={},
    )


@pytest.fixture
def world(data_folder: Path) -> Iterator[World]:
    world = World(data_folder)
    yield world
    world.engine.close()
