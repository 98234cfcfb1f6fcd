"""The wheel carries everything that the program reads, and works where it is unpacked."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CHECKPOINT = ROOT / "resources" / "checkpoints" / "scenes"
MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = f"from hatchling.build import build_wheel; build_wheel({str(folder)!r})"
    subprocess.run([sys.executable, "-c", build], cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_every_resource_is_packed(wheel: Path) -> None:
    files = [path for path in (ROOT / "resources").rglob("*") if path.is_file()]
    expected = {f"t2i_studio/{path.relative_to(ROOT).as_posix()}" for path in files}
    assert len(expected) > 20
    assert expected <= set(zipfile.ZipFile(wheel).namelist())


def test_the_command_is_installed(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        [points] = [name for name in archive.namelist() if name.endswith("entry_points.txt")]
        assert b"t2i-studio = t2i_studio.cli.main:run" in archive.read(points)


def test_the_unpacked_wheel_finds_its_own_checkpoint(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    ask = (
        "from t2i_studio.catalogue.inspect import capabilities;"
        "from t2i_studio.catalogue.store import locate;"
        "found = locate('scenes'); print(found.folder); print(capabilities(found.folder).title)"
    )
    # -P: not from the working folder, which is the repository.
    answer = subprocess.run(
        [sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r}); {ask}"],
        check=True,
        capture_output=True,
        text=True,
    )
    folder, title = answer.stdout.splitlines()
    assert Path(folder).is_relative_to(tmp_path)
    assert title == "Scenes"


def test_the_embedded_checkpoint_stays_small() -> None:
    sizes = [path.stat().st_size for path in CHECKPOINT.rglob("*") if path.is_file()]
    assert sum(sizes) <= 48 * MEGABYTE
    assert max(sizes) <= 16 * MEGABYTE
