import json
import shutil
import signal
from pathlib import Path

import pytest

from t2i_studio.cli import evaluate
from t2i_studio.cli.evaluate import Watch
from t2i_studio.evaluation.painter import Painter
from t2i_studio.training.scenes.judge import Judge, Shape
from tests.cli.conftest import Command
from tests.evaluation.tiny import tiny_folder as tiny_folder  # a fixture
from tests.training.scenes.conftest import write_icons

ACCURACIES = {"object": 0.995, "relation": 0.98}


@pytest.fixture
def judge(tmp_path: Path) -> Path:
    folder = tmp_path / "judge"
    Judge(Shape((4, 4, 8, 8), 16, (4, 4, 4), 16), ACCURACIES).save(folder)
    return folder


@pytest.fixture(scope="session")
def icons(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("icons")
    write_icons(folder)
    return folder


@pytest.fixture
def arguments(tiny_folder: Path, judge: Path, icons: Path) -> list[object]:
    """All but what is asked of the report."""
    given = ["--model", tiny_folder, "--judge", judge, "--icons", icons, "--device", "cpu"]
    return ["evaluate", "scenes", "--n", "1", *given]


def test_json_is_one_object_with_scores(
    command: Command, arguments: list[object], tmp_path: Path
) -> None:
    outcome = command.real(*arguments, "--json", "--grids", tmp_path / "grids")

    report = json.loads(outcome.out)
    assert outcome.code == 0
    assert list(report) == ["scores", "n", "seconds", "judge", "model", "device"]
    assert {"object", "binding", "text_diff", "inpaint", "frechet"} < set(report["scores"])
    assert (report["n"], report["judge"], report["device"]) == (1, ACCURACIES, "cpu")
    assert len(list((tmp_path / "grids").glob("*.png"))) == 9


def test_the_table_shows_what_luck_and_the_judge_itself_reach(
    command: Command, arguments: list[object]
) -> None:
    outcome = command.real(*arguments)

    assert (outcome.code, outcome.err) == (0, "")
    (relation,) = (line for line in outcome.out.splitlines() if "relation" in line)
    assert "60 %" in relation
    assert "98.0 %" in relation
    assert "frechet" in outcome.out
    assert "\x1b" not in outcome.out


def test_ctrl_c_ends_with_130_and_without_a_word(
    command: Command, arguments: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Painter, "paint", lambda *_: signal.raise_signal(signal.SIGINT))

    assert command.real(*arguments).code == 130


@pytest.mark.parametrize(
    ("extra", "code", "said"),
    [
        (["--model", "nosuch"], 2, "There is no model or folder 'nosuch'"),
        (["--judge", "."], 2, "No judge lies here"),
        (["--icons", "."], 2, "iconify-json"),
        (["--n", "0"], 2, "--n"),
        (["--seed", "-1"], 2, "--seed"),
    ],
    ids=["model", "judge", "icons", "n", "seed"],
)
def test_bad_input_is_told_in_one_line(
    command: Command, arguments: list[object], extra: list[str], code: int, said: str
) -> None:
    outcome = command.real(*arguments, *extra)

    assert outcome.code == code
    assert outcome.out == ""
    assert said in outcome.err
    assert outcome.err.count("\n") == 1


def test_a_damaged_checkpoint_is_told_before_anything_else_is_made(
    command: Command, arguments: list[object], tiny_folder: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "damaged"
    shutil.copytree(tiny_folder, copy)
    (copy / "prior" / "diffusion_pytorch_model.safetensors").write_bytes(b"short")

    outcome = command.real(*arguments, "--model", copy, "--icons", ".")

    assert outcome.code == 1
    assert "prior" in outcome.err


def test_progress_keeps_to_what_is_going_on() -> None:
    with Watch() as watch:
        watch.begin("Pictures", total=4)
        watch.name("counts")
        watch.advance(3)

        (task,) = watch.tasks
        assert (task.description, task.completed, task.total) == ("Counts", 3, 4)


def test_scores_without_an_accuracy_of_their_own_show_that_of_what_reads_them() -> None:
    assert evaluate._ceiling("inpaint", {"object": 0.9}) == "90.0 %"
    assert evaluate._ceiling("frechet", {"object": 0.9}) == ""


def test_what_is_no_share_has_no_chance() -> None:
    assert evaluate._floor("retrieval_at_1") == "1 %"
    assert evaluate._floor("frechet") == ""
