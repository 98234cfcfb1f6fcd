from typing import get_args

import pytest
from hypothesis import given
from pydantic import ValidationError

from t2i_studio.core.events import EVENT, Event, Finished, Terminal
from tests.core.strategies import everything


@given(everything)
def test_every_event_survives_json(event: Event) -> None:
    assert EVENT.validate_json(EVENT.dump_json(event)) == event


def test_exactly_three_events_end_a_run() -> None:
    assert {kind.__name__ for kind in get_args(Terminal)} == {"Finished", "Cancelled", "Failed"}


def test_events_cannot_be_changed() -> None:
    event = Finished(request_id="a", seconds=1.0)

    with pytest.raises(ValidationError, match="frozen"):
        event.seconds = 2.0  # type: ignore[misc]  # the point of the test


def test_unknown_fields_are_refused() -> None:
    with pytest.raises(ValidationError, match="extra"):
        EVENT.validate_python({"kind": "cancelled", "request_id": "a", "more": 1})
