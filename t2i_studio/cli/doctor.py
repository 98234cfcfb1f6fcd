"""`t2i-studio doctor`: what the studio needs from this machine, and what mends what is missing."""

import dataclasses
import importlib
import importlib.metadata
import json
import os
import platform
import shutil
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from rich.console import Console
from rich.text import Text
from safetensors import SafetensorError, safe_open

from t2i_studio import __version__
from t2i_studio.catalogue import inspect, store
from t2i_studio.cli import terminal
from t2i_studio.core import paths
from t2i_studio.core.errors import MachineError, StudioError
from t2i_studio.core.request import DEFAULT_MODEL
from t2i_studio.gallery import files
from t2i_studio.ui import requirements

OLDEST_PYTHON = (3, 11)
LOW_SPACE = 2 * 2**30  # bytes
REINSTALL = "python -m pip install --force-reinstall t2i-studio"
LIBRARIES = (
    "PySide6-Essentials", "torch", "diffusers", "transformers", "open_clip_torch", "accelerate",
    "safetensors", "tokenizers", "huggingface_hub", "pydantic", "numpy", "pillow", "typer", "rich",
    "platformdirs", "psygnal", "qtawesome", "torchvision", "sentencepiece", "protobuf",
)  # fmt: skip
PARTS = ("text_encoder", "image_encoder", "prior", "decoder")


class Level(StrEnum):
    """How bad it is."""

    ok = "ok"
    warning = "warning"
    problem = "problem"


COLOURS = {Level.ok: "green", Level.warning: "yellow", Level.problem: "red"}


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `mend` is a command or what else to do."""

    level: Level
    what: str
    found: str
    mend: str = ""


def doctor(as_json: bool) -> int:
    """Report everything; returns 1 if something is a problem, otherwise 0."""
    findings = list(examine())
    has_problem = any(finding.level is Level.problem for finding in findings)
    if as_json:
        checks = [dataclasses.asdict(finding) for finding in findings]
        terminal.write(json.dumps({"ok": not has_problem, "checks": checks}))
    else:
        _show(findings)
    return 1 if has_problem else 0


def examine() -> Iterator[Finding]:
    """Yield the findings; the slow ones come last."""
    yield _python()
    yield Finding(Level.ok, "System", platform.platform())
    yield from _libraries()
    yield _data_folder()
    yield _space()
    yield from _window()
    yield _checkpoint()
    yield _torch()


def _python() -> Finding:
    version = platform.python_version()
    found = f"{version}, T2I Studio {__version__}"
    if sys.version_info[:2] < OLDEST_PYTHON:
        return Finding(Level.problem, "Python", found, "Install Python 3.11 or newer.")
    return Finding(Level.ok, "Python", found)


def _libraries() -> Iterator[Finding]:
    """Read versions from what pip noted, without importing anything."""
    found, missing = [], []
    for name in LIBRARIES:
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            missing.append(name)
    yield Finding(Level.ok, "Libraries", ", ".join(found))
    if missing:
        mend = f"python -m pip install {' '.join(missing)}"
        yield Finding(Level.problem, "Libraries", f"missing: {', '.join(missing)}", mend)


def _data_folder() -> Finding:
    folder = paths.data_folder()
    try:
        with files.claimed(_nearest(folder), uuid.uuid4().hex):
            return Finding(Level.ok, "Data folder", f"{folder} can be written")
    except MachineError as error:
        mend = "Allow writing there, or name another folder: export T2I_STUDIO_DATA=/some/folder"
        return Finding(Level.problem, "Data folder", error.message, mend)


def _space() -> Finding:
    folder = _nearest(paths.data_folder())
    free = shutil.disk_usage(folder).free
    found = f"{free / 2**30:.1f} GiB free in {folder}"
    if free < LOW_SPACE:
        return Finding(Level.warning, "Disk", found, f"See what takes room: du -sh {folder}/*")
    return Finding(Level.ok, "Disk", found)


def _nearest(folder: Path) -> Path:
    """Return the folder, or what is there of its path: looking makes nothing."""
    return next(f for f in (folder.absolute(), *folder.absolute().parents) if f.exists())


def _window() -> Iterator[Finding]:
    """Everything but the window works without what is missing here."""
    sentences = requirements.missing()
    for sentence in sentences:
        found, _, mend = sentence.partition(". ")
        yield Finding(Level.warning, "Window", found, mend)
    if not sentences:
        screen = os.environ.get("QT_QPA_PLATFORM") or "all that Qt needs is there"
        yield Finding(Level.ok, "Window", screen)


def _checkpoint() -> Finding:
    try:
        folder = store.locate(DEFAULT_MODEL).folder
        title = inspect.capabilities(folder).title
        _check_weights(folder)
        mark = store.fingerprint(folder)[:10]
    except StudioError as error:
        return Finding(Level.problem, "Embedded model", error.message, REINSTALL)
    return Finding(Level.ok, "Embedded model", f"{title}, complete, fingerprint {mark}")


def _check_weights(folder: Path) -> None:
    """Raise MachineError if a file with weights is missing or cut off."""
    for part in PARTS:
        if not list((folder / part).glob("*.safetensors")):
            raise MachineError(f"{folder / part}: The weights are missing.")
    named = {path for index in folder.glob("*/*.index.json") for path in _shards(index)}
    for path in sorted(named.union(folder.rglob("*.safetensors"))):
        try:
            with safe_open(path, framework="numpy") as weights:  # compares header and size
                weights.keys()
        except (SafetensorError, OSError) as error:
            raise MachineError(f"{path}: The file is missing or damaged ({error}).") from error


def _shards(index: Path) -> set[Path]:
    try:
        names = json.loads(index.read_text("utf-8"))["weight_map"].values()
        return {index.parent / str(name) for name in names}
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise MachineError(f"{index}: The file is damaged ({error}).") from error


def _torch() -> Finding:
    try:
        torch = importlib.import_module("torch")
    except (ImportError, OSError) as error:
        mend = "python -m pip install --force-reinstall torch"
        return Finding(Level.problem, "PyTorch", f"cannot be imported ({error})", mend)
    devices = [f"cpu ({torch.get_num_threads()} threads)"]
    for kind in ("cuda", "xpu"):
        api = getattr(torch, kind)
        if api.is_available():
            devices += [f"{kind} ({api.get_device_name(i)})" for i in range(api.device_count())]
    if torch.backends.mps.is_available():
        devices.append("mps")
    return Finding(Level.ok, "PyTorch", f"{torch.__version__}; devices: {', '.join(devices)}")


def _show(findings: list[Finding]) -> None:
    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    console = Console(force_terminal=is_terminal, soft_wrap=True, highlight=False)
    for finding in findings:
        line = Text(f"{finding.level:<8}", style=COLOURS[finding.level])
        line.append(terminal.one_line(f"{finding.what}: {finding.found}"), style="default")
        console.print(line)
        if finding.mend:
            console.print(Text(f"{'':<8}-> {terminal.one_line(finding.mend)}"))
