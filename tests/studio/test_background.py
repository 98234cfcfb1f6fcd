"""Inline background work answers at once, with the result or the error."""

from collections.abc import Callable

import pytest

from t2i_studio.core.errors import UserError
from t2i_studio.studio.background import InlineBackground
from t2i_studio.studio.notices import Level, notice_of

both_lanes = pytest.mark.parametrize("lane", [InlineBackground.run, InlineBackground.read])


@both_lanes
def test_done_gets_the_result(lane: Callable[..., None]) -> None:
    got: list[int] = []
    lane(InlineBackground(), lambda: 3, got.append, lambda error: pytest.fail(str(error)))
    assert got == [3]


@both_lanes
def test_failed_gets_the_error(lane: Callable[..., None]) -> None:
    got: list[Exception] = []
    lane(InlineBackground(), lambda: 1 // 0, lambda _: pytest.fail("done"), got.append)
    assert isinstance(got[0], ZeroDivisionError)


def test_notices_of_our_errors_carry_message_and_hint() -> None:
    assert notice_of(UserError("Too large.", "Scale it.")).text == "Too large. Scale it."


def test_notices_of_other_errors_say_that_they_are_ours() -> None:
    notice = notice_of(ValueError("odd"))
    assert notice.level is Level.danger
    assert "inside (ValueError: odd)" in notice.text
