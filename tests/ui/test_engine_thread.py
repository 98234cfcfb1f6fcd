"""The engine in its thread: events come to the main thread, previews never queue up."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from t2i_studio.catalogue.store import Checkpoint
from t2i_studio.core.events import (
    Cancelled,
    Event,
    Failed,
    Finished,
    ImageReady,
    Preview,
    Progress,
)
from t2i_studio.core.request import Generate
from t2i_studio.engine.backends import fake
from t2i_studio.engine.backends.fake import FakeBackend
from t2i_studio.engine.registry import Registry
from t2i_studio.engine.runner import Runner
from t2i_studio.ui.engine_thread import EngineThread

BeforeStep = Callable[[str, int], None]


class Bench:
    """A running engine thread, its events, and a hook that the test may set before each step."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.events: list[Event] = []
        self.threads: set[int] = set()
        self.before_step: BeforeStep = lambda stage, step: None
        backend = FakeBackend(lambda stage, step: self.before_step(stage, step))
        monkeypatch.setattr(fake, "FakeBackend", lambda: backend)
        families = {"fake": "t2i_studio.engine.backends.fake:load"}
        registry = Registry(families=families, find=lambda model: Checkpoint(model, Path(), "fake"))
        self.engine = EngineThread(Runner(registry))
        self.engine.event_received.connect(self._take)
        self.engine.start()

    def _take(self, event: Event) -> None:
        self.threads.add(threading.get_ident())
        self.events.append(event)

    def kinds(self, request: Generate) -> list[type[Event]]:
        return [type(event) for event in self.events if event.request_id == request.id]

    def has_ended(self, request: Generate) -> bool:
        return bool({Finished, Cancelled, Failed} & set(self.kinds(request)))


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    bench = Bench(monkeypatch)
    yield bench
    bench.engine.close()


def test_events_arrive_in_the_main_thread(qtbot: QtBot, bench: Bench) -> None:
    request = Generate(prompt="a red cube")
    bench.engine.submit(request)
    qtbot.waitUntil(lambda: bench.has_ended(request))
    assert bench.threads == {threading.get_ident()}
    assert bench.kinds(request).count(ImageReady) == 1


def test_a_backend_error_is_a_failed_run_and_the_next_one_works(
    qtbot: QtBot, bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    def explode(stage: str, step: int) -> None:
        raise ValueError("a bug")

    bad, good = Generate(prompt="a red cube"), Generate(prompt="a blue cube")
    bench.before_step = explode
    bench.engine.submit(bad)
    qtbot.waitUntil(lambda: bench.has_ended(bad))
    bench.before_step = lambda stage, step: None
    bench.engine.submit(good)
    qtbot.waitUntil(lambda: bench.has_ended(good))
    assert bench.kinds(bad)[-1] is Failed
    assert bench.kinds(good)[-1] is Finished
    assert "a bug" in caplog.text


def test_cancel_stops_within_a_step(qtbot: QtBot, bench: Bench) -> None:
    reached, may_go_on = threading.Event(), threading.Event()

    def wait_in_decoder(stage: str, step: int) -> None:
        if stage == "decoder" and step == 2:
            reached.set()
            may_go_on.wait(10)

    request = Generate(prompt="a red cube")
    bench.before_step = wait_in_decoder
    bench.engine.submit(request)
    qtbot.waitUntil(reached.is_set)
    bench.engine.cancel(request.id)
    may_go_on.set()
    qtbot.waitUntil(lambda: bench.has_ended(request))
    assert bench.kinds(request)[-1] is Cancelled
    steps = [e.stage_step for e in bench.events if isinstance(e, Progress) and e.stage == "decoder"]
    assert max(steps) <= 2


def test_cancelled_while_waiting_ends_at_once(qtbot: QtBot, bench: Bench) -> None:
    reached, may_go_on = threading.Event(), threading.Event()

    def wait(stage: str, step: int) -> None:
        reached.set()
        may_go_on.wait(10)

    running, waiting = Generate(prompt="a red cube"), Generate(prompt="a blue cube")
    bench.before_step = wait
    bench.engine.submit(running)
    bench.engine.submit(waiting)
    qtbot.waitUntil(reached.is_set)
    bench.engine.cancel(waiting.id)
    assert bench.kinds(waiting) == [Cancelled]
    may_go_on.set()
    qtbot.waitUntil(lambda: bench.has_ended(running))
    assert bench.kinds(waiting) == [Cancelled]


def test_of_many_previews_only_the_latest_waits(qtbot: QtBot, bench: Bench) -> None:
    sent, request = threading.Event(), Generate(prompt="a red cube", decoder={"steps": 200})

    def note(stage: str, step: int) -> None:
        if stage == "upsampler":
            sent.set()

    bench.before_step = note
    bench.engine.submit(request)
    assert sent.wait(10)  # the main thread has not looked at anything yet
    qtbot.waitUntil(lambda: bench.has_ended(request))
    assert bench.kinds(request).count(Preview) < 10
    assert bench.kinds(request).count(Progress) > 200


def test_closing_stops_what_runs(qtbot: QtBot, bench: Bench) -> None:
    started = threading.Event()
    bench.before_step = lambda stage, step: started.set()
    bench.engine.submit(Generate(prompt="a red cube", count=1000))
    qtbot.waitUntil(started.is_set)
    bench.engine.close()
    assert not bench.engine.isRunning()
