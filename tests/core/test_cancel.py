import pytest

from t2i_studio.core.cancel import CancelledError, CancelToken


def test_fresh_token_lets_work_go_on() -> None:
    token = CancelToken()

    token.check()

    assert not token.is_cancelled


def test_cancelled_token_stops_work_at_every_check() -> None:
    token = CancelToken()

    token.cancel()
    token.cancel()

    assert token.is_cancelled
    for _ in range(2):
        with pytest.raises(CancelledError):
            token.check()
