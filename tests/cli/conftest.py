"""The command in this process, with the fake engine in place of a model."""

import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from t2i_studio.catalogue.store import Checkpoint
from t2i_studio.cli.following import OFFLINE
from t2i_studio.cli.main import main
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.engine.backends.fake import FakeBackend
from t2i_studio.engine.registry import Registry

SCRIPTED = "t2i_studio_scripted_backend"


@dataclass(frozen=True)
class Outcome:
    """What a command left: its exit code and what it wrote."""

    code: int
    out: str
    err: str


class Command:
    """Runs `t2i-studio` with arguments; `backend` is what the engine loads."""

    def __init__(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self.backend: FakeBackend = FakeBackend()
        self.devices: list[str] = []
        self._capsys = capsys
        module = ModuleType(SCRIPTED)
        module.load = self._load  # type: ignore[attr-defined]  # a module made here
        monkeypatch.setitem(sys.modules, SCRIPTED, module)

    def __call__(self, *arguments: object) -> Outcome:
        code = main([str(argument) for argument in arguments], self._registry)
        return Outcome(code, *self._capsys.readouterr())

    def real(self, *arguments: object) -> Outcome:
        """Run with the engine that users have."""
        code = main([str(argument) for argument in arguments])
        return Outcome(code, *self._capsys.readouterr())

    def _registry(self, device: str) -> Registry:
        self.devices.append(device)
        families = {"scripted": f"{SCRIPTED}:load"}
        return Registry(device, families, find=lambda name: Checkpoint(name, Path(), "scripted"))

    def _load(self, name: str, folder: Path, device: str) -> Generator[str, None, FakeBackend]:
        yield "Loading [bold]nothing"
        return self.backend


@pytest.fixture
def command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Command:
    for name in OFFLINE:
        monkeypatch.delenv(name, raising=False)  # and put back afterwards
    monkeypatch.chdir(tmp_path)
    return Command(capsys, monkeypatch)


@pytest.fixture
def files_of_at_most() -> Iterator[Callable[[int], object]]:
    """Return a context in which no file can grow beyond so many bytes, as on a full disk."""
    resource = pytest.importorskip("resource")

    @contextmanager
    def limited(size: int) -> Iterator[None]:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    return limited


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "picture.png"
    path.write_bytes(Image.filled(Extent(64, 48), (10, 20, 30)).to_png())
    return path


@pytest.fixture
def mask(tmp_path: Path) -> Path:
    pixels = np.zeros((48, 64), np.uint8)
    pixels[8:40, 8:56] = 255
    path = tmp_path / "mask.png"
    path.write_bytes(Mask(pixels).to_png())
    return path
