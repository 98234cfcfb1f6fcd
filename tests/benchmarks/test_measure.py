"""Measuring: turns, warm-up, medians and spread."""

import pytest

from t2i_studio.benchmarks import measure


def test_sides_take_turns_and_the_first_round_warms_up() -> None:
    turns: list[tuple[str, int]] = []
    sides = {name: lambda number, name=name: turns.append((name, number)) for name in "ab"}
    seconds = measure.alternating(sides, 2)
    assert turns == [("a", 0), ("b", 0), ("a", 1), ("b", 1), ("a", 2), ("b", 2)]
    assert {name: len(each) for name, each in seconds.items()} == {"a": 2, "b": 2}
    assert min(seconds["a"] + seconds["b"]) >= 0


def test_ratios_are_taken_round_by_round() -> None:
    assert measure.ratios([1.0, 6.0], [2.0, 3.0]) == [0.5, 2.0]


@pytest.mark.parametrize(
    ("values", "expected"),
    [([7.0], (7.0, 0.0)), ([1.0, 3.0], (2.0, 0.5)), ([100.0, 2.0, 3.0, 1.0, 4.0], (3.0, 1.0))],
    ids=["one", "two", "an outlier"],
)
def test_an_outlier_moves_neither_median_nor_spread(
    values: list[float], expected: tuple[float, float]
) -> None:
    assert measure.median_and_spread(values) == expected
