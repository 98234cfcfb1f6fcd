from collections.abc import Generator

import pytest

from t2i_studio.core.generators import result_of


def count_to(end: int) -> Generator[int, None, str]:
    yield from range(end)
    if end > 5:
        raise OverflowError("too far")
    return f"{end} steps"


def test_the_result_is_what_the_generator_returns() -> None:
    assert result_of(count_to(3)) == "3 steps"


def test_an_error_on_the_way_is_raised() -> None:
    with pytest.raises(OverflowError):
        result_of(count_to(6))
