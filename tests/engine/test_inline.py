from t2i_studio.core.events import Cancelled, Event, Finished, ImageReady, Progress, Terminal
from t2i_studio.core.request import Generate
from t2i_studio.engine.inline import InlineEngine
from t2i_studio.engine.runner import Runner
from tests.engine.conftest import Shop


class Desk:
    """Collects events; `answer` is called with each."""

    def __init__(self, shop: Shop) -> None:
        self.events: list[Event] = []
        self.answer = lambda event: None
        self.engine = InlineEngine(Runner(shop.registry()), self.handle)

    def handle(self, event: Event) -> None:
        self.events.append(event)
        self.answer(event)

    def ends(self) -> list[tuple[str, type[Event]]]:
        return [(e.request_id, type(e)) for e in self.events if isinstance(e, Terminal)]


def test_nothing_runs_until_it_is_told_to(shop: Shop) -> None:
    desk = Desk(shop)

    desk.engine.submit(Generate(prompt="a"))

    assert desk.events == []


def test_requests_run_in_order(shop: Shop) -> None:
    desk, first, second = Desk(shop), Generate(prompt="a"), Generate(prompt="b")
    desk.engine.submit(first)
    desk.engine.submit(second)

    desk.engine.run_pending()

    assert desk.ends() == [(first.id, Finished), (second.id, Finished)]


def test_request_from_within_an_event_runs_too(shop: Shop) -> None:
    desk, first, second = Desk(shop), Generate(prompt="a"), Generate(prompt="b")
    desk.answer = lambda event: (
        desk.engine.submit(second)
        if isinstance(event, ImageReady) and event.request_id == first.id
        else None
    )
    desk.engine.submit(first)

    desk.engine.run_pending()

    assert desk.ends() == [(first.id, Finished), (second.id, Finished)]


def test_cancelled_while_queued_never_starts(shop: Shop) -> None:
    desk, request = Desk(shop), Generate(prompt="a")
    desk.engine.submit(request)

    desk.engine.cancel(request.id)
    desk.engine.run_pending()

    assert desk.events == [Cancelled(request_id=request.id)]


def test_cancelled_from_within_an_event_stops_at_once(shop: Shop) -> None:
    desk, request = Desk(shop), Generate(prompt="a")
    desk.answer = lambda event: (
        desk.engine.cancel(request.id) if isinstance(event, Progress) else None
    )
    desk.engine.submit(request)

    desk.engine.run_pending()

    assert desk.ends() == [(request.id, Cancelled)]
    assert sum(isinstance(event, Progress) for event in desk.events) == 1


def test_unknown_id_is_ignored(shop: Shop) -> None:
    desk, request = Desk(shop), Generate(prompt="a")
    desk.engine.submit(request)

    desk.engine.cancel("nobody")
    desk.engine.run_pending()

    assert desk.ends() == [(request.id, Finished)]


def test_closed_engine_runs_nothing(shop: Shop) -> None:
    desk = Desk(shop)
    desk.engine.submit(Generate(prompt="a"))

    desk.engine.close()
    desk.engine.run_pending()
    desk.engine.submit(Generate(prompt="b"))
    desk.engine.run_pending()

    assert desk.events == []
