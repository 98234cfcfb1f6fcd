"""Which layout an unCLIP checkpoint has, told from its files as `models.unclip.layouts` does."""

from itertools import takewhile
from pathlib import Path
from typing import Literal

from t2i_studio.catalogue.configs import read_config
from t2i_studio.core.errors import MachineError
from t2i_studio.core.words import tr

Layout = Literal["native", "karlo", "kandinsky"]

NATIVE_INDEX, INDEX = "unclip.json", "model_index.json"
KARLO = {"UnCLIPPipeline", "UnCLIPImageVariationPipeline"}
KANDINSKY = "KandinskyV22"
KANDINSKY_PRIORS = {"KandinskyV22PriorPipeline", "KandinskyV22PriorEmb2EmbPipeline"}


def layout_of(folder: Path) -> Layout | None:
    """Tell the layout; None for anything but an unCLIP checkpoint."""
    if (folder / NATIVE_INDEX).is_file():
        return "native"
    name = pipeline_of(folder)
    if name in KARLO:
        return "karlo"
    if name.startswith(KANDINSKY) and name not in KANDINSKY_PRIORS:
        return "kandinsky"
    return None


def pipeline_of(folder: Path) -> str:
    """Name diffusers' pipeline that the folder is for, "" without one; raises MachineError."""
    path = folder / INDEX
    return str(read_config(path).get("_class_name", "")) if path.is_file() else ""


def folders_of(folder: Path) -> tuple[Path, ...]:
    """List all folders that the checkpoint's weights lie in; raises MachineError."""
    if layout_of(folder) != "kandinsky":
        return (folder,)
    prior = find_prior(folder)
    return (folder,) if prior == folder else (folder, prior)


def find_prior(folder: Path) -> Path:
    """Find the prior of a Kandinsky decoder: in its folder, or beside it; raises MachineError.

    Beside it is `<folder>-prior`, else the folder `*-prior` whose name begins most like its own.
    """
    whole = folder.resolve()
    named = whole.with_name(f"{whole.name}-prior")
    beside = sorted(whole.parent.glob("*-prior"), key=lambda path: _likeness(path, whole))
    for path in (folder, named, *beside):
        if (path / "prior").is_dir() or (path / "prior_prior").is_dir():
            return path
    raise MachineError(
        tr("{folder}: Its prior is missing, so it can make no pictures.", folder=folder),
        tr("Put the folder of Kandinsky's prior beside it, as {name}.", name=named.name),
    )


def _likeness(path: Path, folder: Path) -> tuple[int, str]:
    shared = takewhile(lambda pair: pair[0] == pair[1], zip(path.name, folder.name, strict=False))
    return -len(list(shared)), path.name
