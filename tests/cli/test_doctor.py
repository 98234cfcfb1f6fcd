import json
import shutil
import sys
from collections import namedtuple
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace

import pytest

from t2i_studio.catalogue import store
from t2i_studio.cli import doctor
from t2i_studio.cli.doctor import Level
from t2i_studio.ui import requirements
from tests.cli.conftest import Command

USAGE = namedtuple("USAGE", ["total", "used", "free"])


def accelerator(*names: str) -> SimpleNamespace:
    return SimpleNamespace(
        is_available=lambda: bool(names),
        device_count=lambda: len(names),
        get_device_name=lambda index: names[index],
    )


@pytest.fixture(autouse=True)
def healthy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is there; torch without its weight."""
    torch = SimpleNamespace(
        __version__="2.99",
        get_num_threads=lambda: 2,
        cuda=accelerator("H200"),
        xpu=accelerator(),
        backends=SimpleNamespace(mps=accelerator("apple")),
    )
    monkeypatch.setitem(sys.modules, "torch", torch)
    monkeypatch.setattr(requirements, "missing", list)
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)


def found(what: str) -> list[doctor.Finding]:
    return [finding for finding in doctor.examine() if finding.what == what]


def test_a_healthy_machine_has_no_problem(command: Command, data_folder: Path) -> None:
    outcome = command("doctor")
    assert (outcome.code, outcome.err) == (0, "")
    assert "PyTorch: 2.99; devices: cpu (2 threads), cuda (H200), mps" in outcome.out
    assert "problem" not in outcome.out
    assert "\x1b" not in outcome.out
    assert not data_folder.exists()


def test_json_is_one_object(command: Command) -> None:
    report = json.loads(command("doctor", "--json").out)
    assert report["ok"] is True
    assert {check["level"] for check in report["checks"]} <= {"ok", "warning"}


def test_a_problem_comes_with_what_mends_it(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    outcome = command("doctor")
    assert outcome.code == 1
    assert "problem PyTorch: cannot be imported" in outcome.out
    assert "-> python -m pip install --force-reinstall torch" in outcome.out


def test_a_missing_library_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    version = metadata.version

    def without_rich(name: str) -> str:
        if name == "rich":
            raise metadata.PackageNotFoundError(name)
        return version(name)

    monkeypatch.setattr(metadata, "version", without_rich)
    problem = found("Libraries")[1]
    assert (problem.level, problem.mend) == (Level.problem, "python -m pip install rich")


def test_an_old_python_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "OLDEST_PYTHON", (9, 0))
    assert found("Python")[0].level is Level.problem


def test_a_data_folder_that_cannot_be_written_is_a_problem(data_folder: Path) -> None:
    data_folder.write_bytes(b"not a folder")
    problem = found("Data folder")[0]
    assert problem.level is Level.problem
    assert "T2I_STUDIO_DATA" in problem.mend


def test_little_space_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: USAGE(9, 9, 0))
    assert found("Disk")[0].level is Level.warning


def test_what_the_window_misses_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requirements, "missing", lambda: ["Qt needs x. Install: apt install x"])
    warning = found("Window")[0]
    assert (warning.level, warning.found) == (Level.warning, "Qt needs x")
    assert warning.mend == "Install: apt install x"


@pytest.mark.parametrize(
    "damage",
    ["missing", "unclip.json", "prior", "truncated", "shard", "index"],
)
def test_a_damaged_model_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    folder = tmp_path / "scenes"
    if damage != "missing":
        shutil.copytree(store.locate("scenes").folder, folder)
    damages = {
        "missing": lambda: None,
        "unclip.json": (folder / "unclip.json").unlink,
        "prior": lambda: [path.unlink() for path in (folder / "prior").glob("*.safetensors")],
        "truncated": lambda: shorten(folder / "text_encoder" / "model.safetensors"),
        "shard": lambda: next((folder / "decoder").glob("*-00002-*")).unlink(),
        "index": lambda: next((folder / "decoder").glob("*.index.json")).write_text("{}"),
    }
    damages[damage]()
    checkpoint = store.Checkpoint("scenes", folder, "unclip")
    monkeypatch.setattr(store, "locate", lambda name: checkpoint)
    problem = found("Embedded model")[0]
    assert problem.level is Level.problem
    assert problem.mend == doctor.REINSTALL


def shorten(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])
