"""A session over the fake backend, without Qt."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from t2i_studio.catalogue.store import Checkpoint
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.engine.backends.fake import CAPABILITIES
from t2i_studio.engine.inline import InlineEngine
from t2i_studio.engine.registry import Registry
from t2i_studio.engine.runner import Runner
from t2i_studio.gallery.store import Gallery
from t2i_studio.studio.background import InlineBackground
from t2i_studio.studio.notices import Notice
from t2i_studio.studio.session import Session
from t2i_studio.studio.shelf import Shelf

FAKE = {"fake": "t2i_studio.engine.backends.fake:load"}
PICTURE = Image.filled(Extent(64, 48), (200, 180, 160))


def fake_registry() -> Registry:
    return Registry(families=FAKE, find=lambda model: Checkpoint(model, Path(), "fake"))


@dataclass
class Bench:
    """A session and what it has said; `run` lets the engine work."""

    session: Session
    engine: InlineEngine
    notices: list[Notice] = field(default_factory=list)

    @property
    def run(self) -> Callable[[], None]:
        return self.engine.run_pending

    @property
    def said(self) -> str:
        return "\n".join(notice.text for notice in self.notices)


@contextmanager
def bench_over(data_folder: Path) -> Iterator[Bench]:
    """Make a session as a start of the program does."""
    background = InlineBackground()
    shelf = Shelf(Gallery(data_folder / "gallery"), background)
    session = Session(shelf, background, lambda model: CAPABILITIES)
    engine = InlineEngine(Runner(fake_registry()), session.handle)
    session.connect(engine)
    session.describe_model()
    bench = Bench(session, engine)
    session.noticed.connect(bench.notices.append)
    yield bench
    engine.close()


@pytest.fixture
def bench(data_folder: Path) -> Iterator[Bench]:
    with bench_over(data_folder) as bench:
        bench.session.settings.prompt = "a red cube"
        yield bench
