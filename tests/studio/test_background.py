"""Inline background work answers at once, with the result or the error."""

import pytest

from t2i_studio.core.errors import UserError
from t2i_studio.studio.background import InlineBackground
from t2i_studio.studio.notices import Level, notice_of


def test_done_gets_the_result() -> None:
    got: list[int] = []
    InlineBackground().run(lambda: 3, got.append, lambda error: pytest.fail(str(error)))
    assert got == [3]


def test_failed_gets_the_error() -> None:
    got: list[Exception] = []
    InlineBackground().run(lambda: 1 // 0, lambda _: pytest.fail("done"), got.append)
    assert isinstance(got[0], ZeroDivisionError)


def test_notices_of_our_errors_carry_message_and_hint() -> None:
    assert notice_of(UserError("Too large.", "Scale it.")).text == "Too large. Scale it."


def test_notices_of_other_errors_say_that_they_are_ours() -> None:
    notice = notice_of(ValueError("odd"))
    assert notice.level is Level.danger
    assert "inside (ValueError: odd)" in notice.text
