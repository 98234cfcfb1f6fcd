from typing import Any

import pytest

from t2i_studio.core.concept import Concept, FromPrompt
from t2i_studio.core.errors import Blame
from t2i_studio.core.events import Cancelled, Failed, Finished
from t2i_studio.core.geometry import Extent
from t2i_studio.core.request import Decode, Generate
from t2i_studio.core.stage_settings import DecoderSettings
from t2i_studio.engine.backends.fake import CAPABILITIES
from t2i_studio.studio.explorer.desk import Desk
from t2i_studio.studio.explorer.live import Asked, Live, coarse


class Engine:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.submitted: list[str] = []
        self.cancelled: list[str] = []

    def submit(self, request: Any) -> None:
        self.submitted.append(request.id)

    submit_next = submit

    def cancel(self, request_id: str) -> None:
        self.cancelled.append(request_id)

    def close(self) -> None: ...


class Setting:
    def __init__(self) -> None:
        self.engine, self.desk = Engine(), Desk()
        self.desk.connect(self.engine)
        self.failures: list[Failed] = []
        self.live = Live(self.desk, self.failures.append)

    def ask(self, name: str, *, is_coarse: bool) -> None:
        concept = Concept(base=FromPrompt(prompt=name))
        self.live.show(Asked(Decode(id=name, concept=concept), is_coarse))

    def end(self, name: str) -> None:
        self.desk.handle(Finished(request_id=name, seconds=0.1))


@pytest.fixture
def setting() -> Setting:
    return Setting()


def test_of_those_that_wait_only_the_newest_runs(setting: Setting) -> None:
    for name in "abcd":
        setting.ask(name, is_coarse=True)
    setting.end("a")
    assert setting.engine.submitted == ["a", "d"]
    assert setting.engine.cancelled == []


def test_a_settled_one_gives_way_at_once(setting: Setting) -> None:
    setting.ask("full", is_coarse=False)
    setting.ask("coarse", is_coarse=True)
    assert setting.engine.cancelled == ["full"]
    setting.desk.handle(Cancelled(request_id="full"))
    assert setting.engine.submitted == ["full", "coarse"]


def test_a_failure_is_told_and_the_next_one_runs(setting: Setting) -> None:
    setting.ask("bad", is_coarse=True)
    setting.ask("good", is_coarse=False)
    setting.desk.handle(Failed(request_id="bad", blame=Blame.user, message="no"))
    assert [failure.message for failure in setting.failures] == ["no"]
    assert setting.engine.submitted == ["bad", "good"]


def test_it_is_busy_from_the_first_to_the_last(setting: Setting) -> None:
    told: list[bool] = []
    setting.live.busy_changed.connect(told.append)
    setting.ask("a", is_coarse=True)
    setting.ask("b", is_coarse=False)
    setting.end("a")
    setting.end("b")
    assert told == [True, False]


def test_stopping_drops_what_waits(setting: Setting) -> None:
    setting.ask("a", is_coarse=True)
    setting.ask("b", is_coarse=False)
    setting.live.stop()
    setting.desk.handle(Cancelled(request_id="a"))
    assert setting.engine.submitted == ["a"]
    assert not setting.live.is_busy


def test_events_of_nobody_here_are_left_to_others(setting: Setting) -> None:
    assert not setting.desk.handle(Finished(request_id="other", seconds=1))


@pytest.mark.parametrize(
    ("asked", "least", "expected"),
    [(None, 1, 4), (15, 1, 4), (2, 1, 2), (15, 6, 6)],
)
def test_a_coarse_picture_takes_few_steps(asked: int | None, least: int, expected: int) -> None:
    stages = tuple(
        stage.model_copy(update={"min_steps": least}) if stage.key == "decoder" else stage
        for stage in CAPABILITIES.stages
    )
    request = Generate(prompt="a", decoder=DecoderSettings(steps=asked))
    made = coarse(request, CAPABILITIES.model_copy(update={"stages": stages}))
    assert made.decoder.steps == expected
    assert made.size == Extent(64, 64)


def test_a_coarse_picture_of_an_unknown_model_leaves_the_size_to_it() -> None:
    assert coarse(Generate(prompt="a"), None).size is None
