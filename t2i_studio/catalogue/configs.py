"""Reading the configurations of a checkpoint: plain JSON from outside, small, with clear errors."""

from pathlib import Path
from typing import Any

from pydantic_core import from_json

from t2i_studio.core.errors import MachineError
from t2i_studio.core.words import tr

MAX_CONFIG = 2**20  # bytes
MAX_SIDE = 4096  # px
MAX_TOKENS = 4096


def read_config(path: Path) -> dict[str, Any]:
    """Return the JSON object in a file; raises MachineError."""
    try:
        with path.open("rb") as file:
            text = file.read(MAX_CONFIG + 1)
        if len(text) > MAX_CONFIG:
            raise damaged(path, tr("it is too large for a configuration"))
        data = from_json(text)
    except OSError as error:
        raise damaged(path, error.strerror or tr("it cannot be read")) from error
    except ValueError as error:
        raise damaged(path, str(error)) from error
    if not isinstance(data, dict):
        raise damaged(path, tr("it holds no JSON object"))
    return data


def whole_number(path: Path, key: str, most: int) -> int:
    """Read a number from 1 to `most`; raises MachineError."""
    value = read_config(path).get(key)
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
        raise damaged(path, tr("{key} must be a whole number from 1 to {most}", key=key, most=most))
    return value


def require_parts(folder: Path, *parts: str) -> None:
    """Raise MachineError for the first of the folders that is missing."""
    for part in parts:
        if not (folder / part).is_dir():
            raise damaged(folder / part, tr("this folder is missing"))


def tokenizer_file(folder: Path) -> str | None:
    """Return the path of a tokenizer.json, if there is one."""
    path = folder / "tokenizer.json"
    return str(path) if path.is_file() else None


def damaged(path: Path, why: str) -> MachineError:
    return MachineError(
        tr("{path}: The checkpoint is damaged ({why}).", path=path, why=why),
        tr("Install it again."),
    )
