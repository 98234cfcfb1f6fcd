import threading
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from t2i_studio.ui.background import ThreadBackground


@pytest.fixture
def background(qapp: object) -> Iterator[ThreadBackground]:
    background = ThreadBackground()
    yield background
    background.close()


def unexpected(error: Exception) -> None:
    raise error


def test_writes_keep_their_order_and_answer_in_the_main_thread(
    background: ThreadBackground, qtbot: QtBot
) -> None:
    answers: list[tuple[int, threading.Thread]] = []
    for number in range(20):
        background.run(
            lambda number=number: number,
            lambda number: answers.append((number, threading.current_thread())),
            unexpected,
        )
    qtbot.waitUntil(lambda: len(answers) == 20)
    assert answers == [(number, threading.main_thread()) for number in range(20)]


@pytest.mark.parametrize("lane", [ThreadBackground.run, ThreadBackground.read])
def test_an_error_comes_back(
    background: ThreadBackground, qtbot: QtBot, lane: Callable[..., None]
) -> None:
    errors: list[Exception] = []
    lane(background, lambda: 1 // 0, unexpected, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], ZeroDivisionError)


def test_a_write_does_not_wait_for_reads(background: ThreadBackground, qtbot: QtBot) -> None:
    go_on, answers = threading.Event(), list[str]()
    background.read(go_on.wait, lambda _: answers.append("read"), unexpected)
    background.run(lambda: None, lambda _: answers.append("written"), unexpected)
    try:
        qtbot.waitUntil(lambda: answers == ["written"])
    finally:
        go_on.set()
    qtbot.waitUntil(lambda: answers == ["written", "read"])


def test_closing_waits_for_writes_and_drops_the_reads_that_wait(
    background: ThreadBackground, monkeypatch: pytest.MonkeyPatch
) -> None:
    started, go_on, done = threading.Event(), threading.Event(), list[str]()
    finish_writes = background._writer.shutdown

    def first_read() -> None:
        started.set()
        go_on.wait()

    def shut_down_writer() -> None:
        go_on.set()
        finish_writes()

    monkeypatch.setattr(background._writer, "shutdown", shut_down_writer)
    background.read(first_read, lambda _: None, unexpected)
    background.read(lambda: done.append("second read"), lambda _: None, unexpected)
    background.run(go_on.wait, lambda _: None, unexpected)
    background.run(lambda: done.append("last write"), lambda _: None, unexpected)
    assert started.wait(5)

    background.close()

    assert done == ["last write"]


def test_finishing_waits_for_what_answers_ask_for(background: ThreadBackground) -> None:
    done: list[str] = []

    def go_on(_: None) -> None:
        background.run(lambda: done.append("second"), lambda _: None, unexpected)

    background.run(lambda: done.append("first"), go_on, unexpected)
    background.run(lambda: 1 // 0, unexpected, lambda _: done.append("failed"))
    background.finish()

    assert sorted(done) == ["failed", "first", "second"]


@pytest.mark.parametrize("lane", [ThreadBackground.run, ThreadBackground.read])
def test_what_is_asked_after_closing_is_dropped(
    background: ThreadBackground, lane: Callable[..., None]
) -> None:
    background.close()
    lane(background, pytest.fail, pytest.fail, unexpected)
