import pytest

from t2i_studio.ui.durations import duration, roughly


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0.0, "0.0 s"),
        (0.44, "0.4 s"),
        (9.94, "9.9 s"),
        (9.96, "10 s"),
        (59.4, "59 s"),
        (59.6, "1 min 00 s"),
        (125.0, "2 min 05 s"),
        (3599.4, "59 min 59 s"),
        (3600.0, "1 h 00 min"),
        (4800.0, "1 h 20 min"),
    ],
)
def test_a_time_is_as_exact_as_it_is_useful(seconds: float, expected: str) -> None:
    assert duration(seconds) == expected


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0.1, "1 s"), (1.6, "2 s"), (12.3, "12 s"), (59.4, "59 s"), (61.0, "1 min 01 s")],
)
def test_a_rough_time_has_whole_seconds(seconds: float, expected: str) -> None:
    assert roughly(seconds) == expected
