"""Which layout a checkpoint's folder has, told from its files, and how it is loaded."""

from collections.abc import Generator
from itertools import takewhile
from pathlib import Path

import torch

from t2i_studio.models.unclip import layout
from t2i_studio.models.unclip.checkpoint import CheckpointError, read_json
from t2i_studio.models.unclip.kandinsky import load_kandinsky
from t2i_studio.models.unclip.karlo import load_karlo
from t2i_studio.models.unclip.native import Native
from t2i_studio.models.unclip.system import System
from t2i_studio.models.unclip.weights import load_parts

INDEX = "model_index.json"
KARLO = {"UnCLIPPipeline", "UnCLIPImageVariationPipeline"}
KANDINSKY = "KandinskyV22"
KANDINSKY_PRIORS = {"KandinskyV22PriorPipeline", "KandinskyV22PriorEmb2EmbPipeline"}


def load_system(
    folder: Path, device: torch.device | str = "cpu", dtype: torch.dtype = torch.float32
) -> Generator[str, None, System]:
    """Load a checkpoint of any layout, yielding the name of each part before it is read.

    Raises CheckpointError for a folder of another kind, and for what the layouts refuse.
    """
    if (folder / layout.FILE_NAME).exists():
        return Native((yield from load_parts(folder, device, dtype)))
    if not (folder / INDEX).exists():
        raise CheckpointError(f"{folder}: holds neither {layout.FILE_NAME} nor {INDEX}.")
    name = str(read_json(folder / INDEX).get("_class_name"))
    if name in KARLO:
        return (yield from load_karlo(folder, device, dtype))
    if name.startswith(KANDINSKY) and name not in KANDINSKY_PRIORS:
        return (yield from load_kandinsky(find_prior(folder), folder, device, dtype))
    raise CheckpointError(_refusal(folder / INDEX, name))


def find_prior(folder: Path) -> Path:
    """Find the prior of a Kandinsky decoder: in its folder, or beside it; raises CheckpointError.

    Beside it is `<folder>-prior`, else the folder `*-prior` whose name begins most like its own.
    """
    whole = folder.resolve()
    named = whole.with_name(f"{whole.name}-prior")
    beside = sorted(whole.parent.glob("*-prior"), key=lambda path: _likeness(path, whole))
    for path in (folder, named, *beside):
        if (path / "prior").is_dir() or (path / "prior_prior").is_dir():
            return path
    raise CheckpointError(
        f"{folder}: its prior is missing: put Kandinsky's prior beside it as {named.name}."
    )


def _likeness(path: Path, folder: Path) -> tuple[int, str]:
    shared = takewhile(lambda pair: pair[0] == pair[1], zip(path.name, folder.name, strict=False))
    return -len(list(shared)), path.name


def _refusal(path: Path, name: str) -> str:
    if name in KANDINSKY_PRIORS:
        return f"{path}: describes a prior alone: name the folder of its decoder."
    return f"{path}: describes {name}, which is no unCLIP checkpoint that can be read."
