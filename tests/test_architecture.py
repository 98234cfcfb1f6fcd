"""The layers, what each import may load, and the size and cleanness of the tree."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from importlinter.api import read_configuration

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "t2i_studio"
PYPROJECT = ROOT / "pyproject.toml"
MAX_LINES = 350
TORCH = "torch, torchvision, diffusers, transformers, open_clip"
QT = "PySide6, qtawesome, pyqtgraph, qtpy"
TEXT = {".py", ".md", ".toml", ".yaml", ".json", ".txt", ".svg", ".ini", ".cfg", ""}
# Folders that exist on one machine only.
MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:root|home|Users|work)/[A-Za-z0-9_.]")


def contracts() -> dict[str, dict[str, Any]]:
    options = read_configuration(str(PYPROJECT))["contracts_options"]
    return {contract["name"]: contract for contract in options}


def test_every_contract_is_kept() -> None:
    """In a process of its own: import-linter switches off every logger that it did not make."""
    code = (
        "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    )

    linted = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)

    assert linted.returncode == 0, linted.stdout + linted.stderr
    assert "4 kept, 0 broken" in linted.stdout


def test_no_contract_has_exceptions() -> None:
    for contract in contracts().values():
        assert not {key for key in contract if key.startswith(("ignore_imports", "unmatched"))}


def test_every_file_of_the_engine_is_kept_from_torch() -> None:
    named = set(
        contracts()["The window and the engine's own files never reach torch"]["source_modules"]
    )
    files = {f"t2i_studio.engine.{path.stem}" for path in (PACKAGE / "engine").glob("*.py")}

    assert {name for name in named if name.startswith("t2i_studio.engine.")} == files - {
        "t2i_studio.engine.__init__"
    }


def packages() -> set[str]:
    own = {path.stem for path in PACKAGE.glob("*.py")} | {
        path.parent.name for path in PACKAGE.glob("*/__init__.py")
    }
    return own - {"__init__", "__main__"}


def test_every_layer_but_the_window_is_kept_from_qt() -> None:
    named = set(contracts()["Only the window knows Qt"]["source_modules"])

    # cli and benchmarks reach Qt through app, when they open the window, and only so.
    openers = {"cli", "benchmarks"}
    assert named == {f"t2i_studio.{name}" for name in packages() - {"ui", "app"} - openers}
    for name in openers:
        for path in (PACKAGE / name).rglob("*.py"):
            assert not re.search(r"(from|import) PySide6", path.read_text("utf-8")), path


def test_every_layer_is_closed_to_models() -> None:
    named = set(contracts()["Models stand alone"]["forbidden_modules"])

    assert named == {f"t2i_studio.{name}" for name in packages() - {"models"}}


@pytest.mark.parametrize(
    ("module", "unwanted"),
    [
        ("t2i_studio", f"{TORCH}, {QT}, numpy, PIL, pydantic"),
        ("t2i_studio.core.request", f"{TORCH}, {QT}, scipy"),
        ("t2i_studio.gallery.store", f"{TORCH}, {QT}, scipy"),
        ("t2i_studio.engine.runner", f"{TORCH}, {QT}, scipy"),
        ("t2i_studio.engine.backends.fake", f"{TORCH}, {QT}, scipy"),
        ("t2i_studio.studio.session", f"{TORCH}, {QT}, scipy"),
        ("t2i_studio.cli.main", f"{TORCH}, {QT}, scipy, numpy"),
        ("t2i_studio.app", f"{TORCH}, scipy"),
        ("t2i_studio.ui.main_window", f"{TORCH}, scipy"),
    ],
)
def test_import_loads_no_more_than_it_must(module: str, unwanted: str) -> None:
    names = [name.strip() for name in unwanted.split(",")]
    code = f"import sys, {module}; print([n for n in {names} if n in sys.modules])"

    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )

    assert loaded.stdout.strip() == "[]"


def test_no_file_is_too_long() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in PACKAGE.rglob("*.py")}

    assert {str(path): n for path, n in lengths.items() if n > MAX_LINES} == {}


def tracked() -> list[Path]:
    """Return the files of the project: what git knows, or everything where there is no git."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode == 0 and listed.stdout:
        return [ROOT / name for name in listed.stdout.split("\0") if name]
    return [
        path for part in ("t2i_studio", "tests", "resources") for path in (ROOT / part).rglob("*")
    ]


def test_no_file_names_folders_of_one_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in tracked()
        if path.suffix in TEXT and path.is_file() and path.stat().st_size < 2**20
        for line in path.read_text("utf-8", errors="replace").splitlines()
        if MACHINE_PATH.search(line)
    ]

    assert found == []


def test_version_has_one_source() -> None:
    project = tomllib.loads(PYPROJECT.read_text())["project"]

    assert "version" not in project
    assert project["dynamic"] == ["version"]
