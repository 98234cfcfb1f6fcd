"""Checkpoints from which an interrupted training goes on, whenever it was interrupted.

A new checkpoint is written beside the last one and reaches the disk before it takes its place:

    checkpoint.new/  is being written, or nobody's
    checkpoint/      the last whole one
    checkpoint.old/  the one before; it counts only while there is no checkpoint/
"""

import json
import os
import pickle
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from safetensors.torch import save as to_bytes
from torch import Tensor

from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.gallery import files
from t2i_studio.training.plan import Plan

WEIGHTS, EMA, OPTIMIZER = "weights.safetensors", "ema.safetensors", "optimizer.pt"
PROGRESS = "progress.json"
REMEDY = "Give another --output or remove the folder."
BROKEN = (OSError, ValueError, KeyError, TypeError, RuntimeError, EOFError)


@dataclass(frozen=True)
class Progress:
    """How far a part has come."""

    step: int = 0
    samples: int = 0  # over all ranks
    seconds: float = 0.0  # of training, over all resumptions
    loss: float = 0.0  # running mean
    ema_updates: int = 0


@dataclass(frozen=True)
class Checkpoint:
    """All that a training needs to go on as if nothing had happened; tensors on any device."""

    progress: Progress
    weights: Mapping[str, Tensor]  # trained parameters and persistent buffers
    ema: Mapping[str, Tensor]  # of the trained parameters
    optimizer: Mapping[str, Any]  # its state_dict


def save(part: Path, checkpoint: Checkpoint, plan: Plan) -> None:
    """Write `part`/checkpoint; until the new one is whole on the disk the last one stays.

    Raises MachineError.
    """
    new, last, old = _places(part)
    try:
        _write(new, checkpoint, plan)
        if last.exists():
            shutil.rmtree(old, ignore_errors=True)
            os.rename(last, old)
        os.rename(new, last)
        _sync_folder(part)
    except OSError as error:
        raise files.unusable(part, error) from error
    finally:
        shutil.rmtree(new, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)


def load(part: Path, plan: Plan, weights: Mapping[str, Tensor]) -> Checkpoint | None:
    """Read the last whole checkpoint (tensors on the CPU), None where there is none.

    Raises UserError when it is of another plan or its weights are not shaped like `weights`,
    MachineError when it cannot be read.
    """
    _, last, old = _places(part)
    folder = last if last.exists() else old
    if not folder.exists():
        return None
    try:
        facts = json.loads((folder / PROGRESS).read_bytes())
        _check_plan(facts["plan"], plan, folder)
        _check_shapes(facts["shapes"], weights, folder)
        return _read(folder, Progress(**facts["progress"]))
    except (*BROKEN, SafetensorError, pickle.UnpicklingError) as error:
        reason = str(error).partition("\n")[0]
        what = f"The checkpoint {folder} cannot be read ({reason})."
        raise MachineError(what, REMEDY) from error


def mark_done(part: Path, plan: Plan, progress: Progress, measured: Mapping[str, float]) -> None:
    """Tell later runs that this part is trained. Raises MachineError."""
    facts = {"plan": asdict(plan), "progress": asdict(progress), "measured": dict(measured)}
    files.save_atomic(part / "done.json", json.dumps(facts, indent=1).encode())


def is_done(part: Path, plan: Plan) -> bool:
    """Return whether the part is trained; raises UserError if it was by another plan."""
    marker = part / "done.json"
    if not marker.exists():
        return False
    try:
        facts = json.loads(marker.read_bytes())
        _check_plan(facts["plan"], plan, marker)
    except BROKEN as error:
        raise MachineError(f"{marker} cannot be read ({error}).", REMEDY) from error
    return True


def _places(part: Path) -> tuple[Path, Path, Path]:
    return part / "checkpoint.new", part / "checkpoint", part / "checkpoint.old"


def _write(folder: Path, checkpoint: Checkpoint, plan: Plan) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    weights = _on_cpu(checkpoint.weights)
    facts = {
        "progress": asdict(checkpoint.progress),
        "plan": asdict(plan),
        "shapes": {name: list(tensor.shape) for name, tensor in weights.items()},
    }
    optimizer = BytesIO()
    torch.save(checkpoint.optimizer, optimizer)
    # Bytes, because safetensors and torch report a full disk as errors of their own.
    files.write(folder / WEIGHTS, to_bytes(weights))
    files.write(folder / EMA, to_bytes(_on_cpu(checkpoint.ema)))
    files.write(folder / OPTIMIZER, optimizer.getvalue())
    files.write(folder / PROGRESS, json.dumps(facts, indent=1).encode())
    _sync_folder(folder)


def _read(folder: Path, progress: Progress) -> Checkpoint:
    optimizer = torch.load(folder / OPTIMIZER, map_location="cpu", weights_only=True)
    return Checkpoint(progress, load_file(folder / WEIGHTS), load_file(folder / EMA), optimizer)


def _on_cpu(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    return {name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()}


def _check_plan(theirs: Mapping[str, Any], plan: Plan, where: Path) -> None:
    ours = json.loads(json.dumps(asdict(plan)))  # tuples as lists, as on the disk
    for name, value in ours.items():
        if theirs.get(name) != value:
            was = f"was made with {name} {theirs.get(name)}, and now it is {value}"
            raise UserError(f"{where} {was}.", REMEDY)


def _check_shapes(
    theirs: Mapping[str, list[int]], weights: Mapping[str, Tensor], where: Path
) -> None:
    ours = {name: list(tensor.shape) for name, tensor in weights.items()}
    for name in sorted(ours.keys() | theirs.keys()):
        if ours.get(name) != theirs.get(name):
            was = f"{name} {_shape(theirs.get(name))}, and now it is {_shape(ours.get(name))}"
            raise UserError(f"{where} was made with {was}.", REMEDY)


def _shape(sides: list[int] | None) -> str:
    if sides is None:
        return "missing"
    return "x".join(map(str, sides)) or "a number"


def _sync_folder(folder: Path) -> None:
    """Make new names survive a power failure, where folders can be opened (not on Windows)."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
