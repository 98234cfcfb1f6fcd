import json
import sys
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtWidgets import QApplication

from t2i_studio.benchmarks import dragging, latent
from t2i_studio.core.errors import UserError
from tests.cli.conftest import Command

FIGURES = ["PCA", "drag", "release", "99", "longest", "inversion", "zero-shot", "pictures"]


class OtherPCA:
    """scikit-learn's as far as it is used."""

    def __init__(self, components: int, svd_solver: str) -> None:
        self.fitted: list[object] = []

    def fit(self, values: object) -> None:
        self.fitted.append(values)


@pytest.fixture(autouse=True)
def small(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """Measure little, beside a library that need not be installed."""
    module = ModuleType("sklearn.decomposition")
    module.PCA = OtherPCA  # type: ignore[attr-defined]  # a module made here
    monkeypatch.setitem(sys.modules, "sklearn", ModuleType("sklearn"))
    monkeypatch.setitem(sys.modules, "sklearn.decomposition", module)
    monkeypatch.setattr(latent, "VALUES", 800)
    monkeypatch.setattr(latent, "PICTURES", 2)
    monkeypatch.setattr(dragging, "MOVES", 2)
    monkeypatch.setattr(dragging, "REST_MS", 1)


def test_json_is_one_object_with_machine_and_results(command: Command) -> None:
    outcome = command("bench", "latent", "--quick", "--json")

    report = json.loads(outcome.out)
    keys = {"group", "name", "value", "unit", "better", "target", "spread"}
    assert outcome.code == 0
    assert list(report) == ["machine", "results", "left_out"]
    assert {"processor", "threads", "load", "torch"} < set(report["machine"])
    assert [result["name"].split()[0] for result in report["results"]] == FIGURES
    assert all(set(result) == keys for result in report["results"])
    assert all(result["value"] > 0 for result in report["results"])


def test_the_table_shows_every_figure_and_the_machine(command: Command) -> None:
    outcome = command("bench", "latent", "--quick")

    assert (outcome.code, outcome.err) == (0, "")
    assert "coarse preview" in outcome.out
    assert "250 ms" in outcome.out
    assert "python 3." in outcome.out
    assert "\x1b" not in outcome.out


def test_without_scikit_learn_its_figure_is_left_out_with_a_note(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.decomposition", None)

    report = json.loads(command("bench", "latent", "--quick", "--json").out)

    assert [result["name"].split()[0] for result in report["results"]] == FIGURES[1:]
    assert "t2i-studio[bench]" in report["left_out"][0]["note"]
    assert "Left out: PCA" in command("bench", "latent", "--quick").out


def test_what_a_model_cannot_do_is_left_out(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(stage: str, step: int) -> None:
        if stage == "inversion":
            raise UserError("This model has no image encoder.")

    monkeypatch.setattr(command.backend, "_before_step", refuse)

    report = json.loads(command("bench", "latent", "--quick", "--json").out)

    assert [left["name"].split()[0] for left in report["left_out"]] == ["drag", "inversion"]
    assert all("no image encoder" in left["note"] for left in report["left_out"])
    assert {"zero-shot", "pictures"} <= {r["name"].split()[0] for r in report["results"]}


def test_compare_shows_what_moved(command: Command, tmp_path: Path) -> None:
    old = json.loads(command("bench", "latent", "--quick", "--json").out)
    old["results"] = [result | {"value": 1e9, "spread": 0} for result in old["results"][:2]]
    path = tmp_path / "old.json"
    path.write_text(json.dumps(old))

    moved = json.loads(command("bench", "latent", "--quick", "--json", "--compare", path).out)[
        "moved"
    ]

    assert [each["moved"] for each in moved] == ["better"] * 2 + ["new"] * 6
    assert "better" in command("bench", "latent", "--quick", "--compare", path).out


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        (["nosuch"], "There is no group 'nosuch'"),
        (["--compare", "none.json"], "cannot be read"),
        (["--model", "nosuch"], "There is no model or folder 'nosuch'"),
    ],
    ids=["group", "compare", "model"],
)
def test_bad_input_is_told_in_one_line(command: Command, extra: list[str], said: str) -> None:
    outcome = command.real("bench", *extra)

    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err
    assert outcome.err.count("\n") == 1
