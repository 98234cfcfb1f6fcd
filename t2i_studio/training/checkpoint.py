"""Checkpoints from which an interrupted training goes on, whenever it was interrupted."""

import json
import pickle
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.gallery.files import save_atomic
from t2i_studio.training import folders
from t2i_studio.training.plan import Plan

FOLDER = "checkpoint"
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
    folders.replace(part / FOLDER, lambda new: _write(new, checkpoint, plan))


def load(part: Path, plan: Plan, weights: Mapping[str, Tensor]) -> Checkpoint | None:
    """Read the last whole checkpoint (tensors on the CPU), None where there is none.

    Raises UserError when it is of another plan or its weights are not shaped like `weights`,
    MachineError when it cannot be read.
    """
    folder = folders.last(part / FOLDER)
    if folder is None:
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
    save_atomic(part / "done.json", json.dumps(facts, indent=1).encode())


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


def _write(folder: Path, checkpoint: Checkpoint, plan: Plan) -> None:
    weights = _on_cpu(checkpoint.weights)
    facts = {
        "progress": asdict(checkpoint.progress),
        "plan": asdict(plan),
        "shapes": {name: list(tensor.shape) for name, tensor in weights.items()},
    }
    optimizer = BytesIO()
    torch.save(checkpoint.optimizer, optimizer)
    (folder / OPTIMIZER).write_bytes(optimizer.getvalue())  # torch has its own error for full disks
    save_file(weights, folder / WEIGHTS)
    save_file(_on_cpu(checkpoint.ema), folder / EMA)
    (folder / PROGRESS).write_text(json.dumps(facts, indent=1))


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
