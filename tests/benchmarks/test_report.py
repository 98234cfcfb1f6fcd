"""Reports: reading older ones, and what counts as moved."""

from pathlib import Path
from typing import Literal

import pytest

from t2i_studio.benchmarks.report import Move, Report, Result, earlier, moved, read
from t2i_studio.core.errors import UserError


def result(
    value: float, spread: float = 0.0, better: Literal["lower", "higher"] = "lower"
) -> Result:
    return Result(group="g", name="n", value=value, unit="ms", better=better, spread=spread)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (result(100), result(90), Move.better),
        (result(100), result(110), Move.worse),
        (result(100, better="higher"), result(110, better="higher"), Move.better),
        (result(100), result(104), Move.same),
        (result(100, 10), result(115, 10), Move.same),
        (None, result(1), Move.new),
    ],
    ids=["faster", "slower", "more", "too little", "within both spreads", "new"],
)
def test_a_figure_moves_beyond_the_noise_only(
    before: Result | None, after: Result, expected: Move
) -> None:
    assert moved(after, before) is expected


def test_the_same_figure_has_group_name_and_unit() -> None:
    older = [result(1).model_copy(update={"unit": "s"}), result(2)]
    assert earlier(result(3), older) == older[1]
    assert earlier(result(3), older[:1]) is None


def test_a_report_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    report = Report(machine={"system": "x"}, results=(result(1.5, 0.1),))
    path.write_text(report.model_dump_json())
    assert read(path) == report


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff", b'{"machine": 1, "results": []}'])
def test_what_is_no_report_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "old.json"
    path.write_bytes(content)
    with pytest.raises(UserError, match="no report"):
        read(path)


def test_a_report_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        read(tmp_path / "none.json")
