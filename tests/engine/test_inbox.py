import threading
from collections.abc import Callable

import pytest

from t2i_studio.core.request import Load
from t2i_studio.engine.inbox import Inbox

TIMEOUT_S = 10


def in_thread(work: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def test_first_in_is_first_out() -> None:
    inbox, requests = Inbox(), [Load(), Load(), Load()]
    for request in requests:
        inbox.put(request)

    taken = [inbox.take() for _ in requests]

    assert [pair and pair[0] for pair in taken] == requests


def test_every_request_gets_a_fresh_token() -> None:
    inbox, request = Inbox(), Load()

    tokens = []
    for _ in range(2):
        inbox.put(request)
        taken = inbox.take()
        assert taken
        tokens.append(taken[1])
        assert not tokens[-1].is_cancelled
        inbox.cancel(request.id)

    assert all(token.is_cancelled for token in tokens)


def test_cancelled_while_waiting_is_never_taken() -> None:
    inbox, (first, second, third) = Inbox(), (Load(), Load(), Load())
    for request in (first, second, third):
        inbox.put(request)

    assert inbox.cancel(second.id)

    assert [taken and taken[0] for taken in (inbox.take(), inbox.take())] == [first, third]


def test_cancelled_while_running_is_told_through_its_token() -> None:
    inbox, request = Inbox(), Load()
    inbox.put(request)
    taken = inbox.take()
    assert taken

    assert not inbox.cancel(request.id)

    assert taken[1].is_cancelled


def test_cancelling_what_waits_leaves_what_runs_alone() -> None:
    inbox, running, waiting = Inbox(), Load(), Load()
    inbox.put(running)
    inbox.put(waiting)
    taken = inbox.take()
    assert taken

    inbox.cancel(waiting.id)

    assert not taken[1].is_cancelled


def test_same_request_put_again_can_be_cancelled_while_it_waits() -> None:
    inbox, request = Inbox(), Load()
    inbox.put(request)
    inbox.take()
    inbox.put(request)

    assert inbox.cancel(request.id)


def test_unknown_id_is_ignored() -> None:
    inbox = Inbox()
    inbox.put(Load())

    assert not inbox.cancel("nobody")


def test_take_waits_until_something_comes() -> None:
    inbox, taken, request = Inbox(), [], Load()
    thread = in_thread(lambda: taken.append(inbox.take()))

    inbox.put(request)
    thread.join(TIMEOUT_S)

    assert taken[0][0] == request


@pytest.mark.parametrize("waiting", [0, 2])
def test_closing_lets_take_return_nothing(waiting: int) -> None:
    inbox, taken = Inbox(), []
    for _ in range(waiting):
        inbox.put(Load())

    inbox.close()
    thread = in_thread(lambda: taken.append(inbox.take()))
    thread.join(TIMEOUT_S)

    assert taken == [None]


def test_closing_wakes_a_waiting_taker() -> None:
    inbox, taken = Inbox(), []
    thread = in_thread(lambda: taken.append(inbox.take()))

    inbox.close()
    thread.join(TIMEOUT_S)

    assert taken == [None]


def test_closing_cancels_what_runs() -> None:
    inbox = Inbox()
    inbox.put(Load())
    taken = inbox.take()
    assert taken

    inbox.close()

    assert taken[1].is_cancelled


def test_many_threads_lose_and_double_nothing() -> None:
    inbox, taken = Inbox(), []
    requests = [[Load() for _ in range(50)] for _ in range(4)]

    def take_all() -> None:
        while pair := inbox.take():
            taken.append(pair[0])
            if len(taken) == 200:
                return

    taker = in_thread(take_all)
    putters = [in_thread(lambda own=own: [inbox.put(r) for r in own]) for own in requests]
    for thread in (*putters, taker):
        thread.join(TIMEOUT_S)

    assert {request.id for request in taken} == {r.id for own in requests for r in own}
    for own in requests:
        assert [request for request in taken if request in own] == own


def test_what_is_put_first_is_taken_next() -> None:
    inbox = Inbox()
    waiting, urgent = Load(), Load()
    inbox.put(waiting)
    inbox.put_first(urgent)
    taken = inbox.take(), inbox.take()
    assert [request.id for request, _ in taken if request] == [urgent.id, waiting.id]  # type: ignore[misc]  # none is None
