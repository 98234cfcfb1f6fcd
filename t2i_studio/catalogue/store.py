"""Where checkpoints lie, and which family each is of."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from t2i_studio.catalogue.layouts import KANDINSKY_PRIORS, folders_of, layout_of, pipeline_of
from t2i_studio.core import paths
from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.core.request import DEFAULT_MODEL
from t2i_studio.core.words import tr

HASH_BLOCK = 2**20  # bytes


@dataclass(frozen=True)
class Checkpoint:
    """A folder with weights; `family` names the backend that reads it."""

    name: str
    folder: Path
    family: str


def locate(model: str) -> Checkpoint:
    """Find a checkpoint by name, or by the path of its folder; raises UserError."""
    folder = _folder(model)
    return Checkpoint(folder.resolve().name, folder, family(folder))


def installed() -> tuple[str, ...]:
    """Return the names of the checkpoints that are here, the embedded one first."""
    try:
        others = sorted(path.name for path in paths.models_folder().glob("*") if _is_ours(path))
    except OSError:
        others = []
    return (DEFAULT_MODEL, *(name for name in others if name != DEFAULT_MODEL))


def family(folder: Path) -> str:
    """Tell the family from the files; raises UserError for a folder of another kind."""
    if layout_of(folder) is not None:
        return "unclip"
    name = pipeline_of(folder)
    if name in KANDINSKY_PRIORS:
        raise UserError(
            tr("{folder}: This is Kandinsky's prior alone.", folder=folder),
            tr("Name the folder of its decoder; the prior is found beside it."),
        )
    if name:
        raise UserError(
            tr(
                "{folder}: A diffusers pipeline ({name}); "
                "this version reads unCLIP checkpoints only.",
                folder=folder,
                name=name,
            ),
            tr("Use the embedded model: --model scenes."),
        )
    raise UserError(
        tr(
            "{folder}: Not a checkpoint: it holds neither unclip.json nor model_index.json.",
            folder=folder,
        ),
        tr("Name the folder that contains one of them, or use the embedded model: scenes."),
    )


def fingerprint(folder: Path) -> str:
    """SHA-256 over the names and contents of all weight files, in order of their names."""
    digest = hashlib.sha256()
    try:
        for part in folders_of(folder):
            for path in sorted(part.rglob("*.safetensors")):
                digest.update(path.relative_to(part).as_posix().encode())
                with path.open("rb") as file:
                    while block := file.read(HASH_BLOCK):
                        digest.update(block)
    except OSError as error:
        raise MachineError(
            tr("{path}: Cannot be read ({reason}).", path=error.filename, reason=error.strerror)
        ) from error
    return digest.hexdigest()


def _folder(model: str) -> Path:
    if model == DEFAULT_MODEL:
        return paths.resource(f"checkpoints/{DEFAULT_MODEL}")
    if "\0" in model or not model:
        raise UserError(tr("The name of the model is empty or unreadable."))
    is_name = Path(model).name == model and model not in {".", ".."}
    for folder in (paths.models_folder() / model, Path(model)) if is_name else (Path(model),):
        if _is_folder(folder):
            return folder
    names = ", ".join(installed())
    raise UserError(
        tr("There is no model or folder {model}.", model=repr(model)),
        tr("Installed: {names}.", names=names),
    )


def _is_ours(folder: Path) -> bool:
    try:
        return layout_of(folder) is not None
    except MachineError:  # its index is damaged
        return False


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name that is too long, a folder above that is closed to us
        return False
