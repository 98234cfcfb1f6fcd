from collections.abc import Callable

import pytest

from t2i_studio.core.concept import FromPicture
from t2i_studio.core.events import Event, Failed, Started
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.core.request import Classify
from t2i_studio.engine.inline import InlineEngine
from t2i_studio.engine.registry import Registry
from t2i_studio.engine.runner import Runner
from t2i_studio.studio.explorer.desk import Desk
from t2i_studio.studio.explorer.reading import Reading
from tests.studio.conftest import FAKE
from tests.studio.explorer.conftest import MISSING, found

COLOURS = {"red": (200, 40, 40), "green": (40, 160, 60), "blue": (40, 70, 200)}


def question(colour: str, labels: tuple[str, ...] = tuple(COLOURS)) -> Classify:
    image = Image.filled(Extent(8, 8), COLOURS[colour])
    return Classify(start=FromPicture(image=image), labels=labels)


class Setting:
    def __init__(self) -> None:
        self.desk = Desk()
        self.engine = InlineEngine(Runner(Registry(families=FAKE, find=found)), self.hear)
        self.desk.connect(self.engine)
        self.reading = Reading(self.desk)
        self.started = self.failed = 0

    def hear(self, event: Event) -> None:
        self.started += isinstance(event, Started)
        self.failed += isinstance(event, Failed)
        self.desk.handle(event)

    @property
    def run(self) -> Callable[[], None]:
        return self.engine.run_pending

    @property
    def best(self) -> str:
        answer = self.reading.answer
        assert answer is not None
        return answer.labels[answer.shares.index(max(answer.shares))]


@pytest.fixture
def setting() -> Setting:
    return Setting()


def test_of_many_questions_only_the_newest_waits(setting: Setting) -> None:
    for colour in ("red", "green", "blue"):
        setting.reading.ask(question(colour))
    assert setting.reading.is_busy
    setting.run()
    assert (setting.started, setting.best) == (2, "blue")
    assert not setting.reading.is_busy


def test_the_same_question_is_asked_once(setting: Setting) -> None:
    request = question("red")
    for _ in range(2):
        setting.reading.ask(request)
        setting.run()
    setting.reading.ask(request.model_copy(update={"labels": ("blue", "red")}))
    setting.run()
    assert setting.started == 2


def test_an_answer_to_what_was_forgotten_is_not_taken(setting: Setting) -> None:
    setting.reading.ask(question("red"))
    setting.reading.clear()
    setting.run()
    assert setting.reading.answer is None
    assert not setting.reading.is_busy


def test_what_is_forgotten_is_not_taken_for_what_was_asked_since(setting: Setting) -> None:
    heard: list[str] = []
    setting.reading.ask(question("red"))
    setting.reading.clear()
    setting.reading.ask(question("blue"))
    setting.reading.changed.connect(
        lambda: heard.append(setting.best if setting.reading.answer else "")
    )
    setting.run()
    assert heard == ["", "blue"]


def test_a_failure_does_not_drop_the_answer_to_what_waits(setting: Setting) -> None:
    setting.reading.ask(question("red").model_copy(update={"model": MISSING}))
    waiting = question("blue")
    setting.reading.ask(waiting)
    setting.run()
    assert (setting.failed, setting.best) == (1, "blue")
    setting.reading.ask(waiting)
    assert not setting.reading.is_busy  # it is known


def test_a_failure_can_be_forgotten(setting: Setting) -> None:
    setting.reading.ask(question("red").model_copy(update={"model": MISSING}))
    setting.run()
    setting.reading.clear()
    assert setting.reading.message == ""


def test_a_failure_is_told_and_the_question_can_be_asked_again(setting: Setting) -> None:
    request = question("red").model_copy(update={"model": MISSING})
    for asked in (1, 2):
        setting.reading.ask(request)
        setting.run()
        assert setting.reading.answer is None
        assert setting.reading.message == "There is no model missing."
        assert setting.failed == asked
