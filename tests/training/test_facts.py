from pathlib import Path

import pytest

from t2i_studio.core.errors import UserError
from t2i_studio.training.facts import check, write


def test_a_new_run_may_be_about_anything(tmp_path: Path) -> None:
    check(tmp_path / "run.json", {"preset": "cpu", "seed": 3})


def test_a_run_goes_on_with_what_it_was_begun_with(tmp_path: Path) -> None:
    write(tmp_path / "run.json", {"preset": "cpu", "seed": 3, "from": None})

    check(tmp_path / "run.json", {"preset": "cpu", "seed": 3, "from": None})


def test_another_training_is_refused_by_name(tmp_path: Path) -> None:
    write(tmp_path / "run.json", {"preset": "cpu", "seed": 3})

    with pytest.raises(UserError, match="begun with seed 3, and now it is 4") as refused:
        check(tmp_path / "run.json", {"preset": "cpu", "seed": 4})

    assert "--output" in refused.value.hint


def test_the_facts_of_the_beginning_stay(tmp_path: Path) -> None:
    write(tmp_path / "run.json", {"seed": 3})
    write(tmp_path / "run.json", {"seed": 4})

    check(tmp_path / "run.json", {"seed": 3})


def test_a_damaged_file_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text("{")
    check(tmp_path / "run.json", {"seed": 4})
    write(tmp_path / "run.json", {"seed": 4})

    with pytest.raises(UserError):
        check(tmp_path / "run.json", {"seed": 3})
