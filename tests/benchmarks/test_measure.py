"""Measuring: turns, warm-up, medians and spread."""

import pytest

from t2i_studio.benchmarks import measure
from t2i_studio.core.errors import Blame, StudioError
from t2i_studio.core.events import Failed


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
    ("share", "expected"), [(1.0, 200.0), (0.99, 198.0), (0.5, 100.0), (0.001, 1.0)]
)
def test_percentiles_are_values_that_were_measured(share: float, expected: float) -> None:
    assert measure.percentile([float(n) for n in range(200, 0, -1)], share) == expected


@pytest.mark.parametrize("blame", Blame)
def test_a_failure_is_raised_as_what_it_was(blame: Blame) -> None:
    failed = Failed(request_id="r", blame=blame, message="It broke.", hint="Mend it.")
    with pytest.raises(StudioError, match="It broke") as raised:
        measure.raise_failure(failed)
    assert (raised.value.blame, raised.value.hint) == (blame, "Mend it.")


@pytest.mark.parametrize(
    ("values", "expected"),
    [([7.0], (7.0, 0.0)), ([1.0, 3.0], (2.0, 0.5)), ([100.0, 2.0, 3.0, 1.0, 4.0], (3.0, 1.0))],
    ids=["one", "two", "an outlier"],
)
def test_an_outlier_moves_neither_median_nor_spread(
    values: list[float], expected: tuple[float, float]
) -> None:
    assert measure.median_and_spread(values) == expected
