"""Checks of a checkpoint folder before a library reads it: every fault names its file."""

import json
from collections.abc import Iterator
from pathlib import Path

from safetensors import SafetensorError, safe_open


class CheckpointError(Exception):
    """A checkpoint cannot be used; the message names the file and says what is wrong with it."""


def read_json(path: Path) -> dict[str, object]:
    """Return the JSON object in a file."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CheckpointError(f"{path}: the file is missing.") from None
    except OSError as error:
        raise CheckpointError(f"{path}: cannot be read ({error.strerror}).") from error
    except (ValueError, RecursionError) as error:
        raise CheckpointError(f"{path}: is not valid JSON ({error}).") from error
    if not isinstance(value, dict):
        raise CheckpointError(f"{path}: must hold a JSON object.")
    return value


def check_config(path: Path, class_key: str, class_name: str) -> None:
    """Require the configuration at `path` to name `class_name` under `class_key`."""
    found = read_json(path).get(class_key)
    names = found if isinstance(found, list) else [found]
    if class_name not in names:
        shown = ", ".join(str(name) for name in names)
        raise CheckpointError(f"{path}: describes {shown}, expected {class_name}.")


def check_weights(folder: Path, stem: str) -> None:
    """Require `stem`.safetensors, or every shard its index names, to be whole."""
    for path in _weight_files(folder, stem):
        _check_safetensors(path)


def _weight_files(folder: Path, stem: str) -> Iterator[Path]:
    index = folder / f"{stem}.safetensors.index.json"
    if not index.exists():
        yield folder / f"{stem}.safetensors"
        return
    shards = read_json(index).get("weight_map")
    if not isinstance(shards, dict) or not shards:
        raise CheckpointError(f"{index}: has no 'weight_map'.")
    for name in sorted({str(shard) for shard in shards.values()}):
        if Path(name).name != name:  # a foreign index must not make us read elsewhere
            raise CheckpointError(f"{index}: names '{name}', which lies outside its folder.")
        yield folder / name


def check_file(path: Path) -> None:
    """Require the file to be there."""
    if not path.is_file():
        raise CheckpointError(f"{path}: the file is missing.")


def _check_safetensors(path: Path) -> None:
    check_file(path)
    try:
        with safe_open(path, framework="pt") as weights:  # compares its header with its size
            weights.keys()
    except (SafetensorError, OSError) as error:
        problem = f"is damaged or not a safetensors file ({error})"
        raise CheckpointError(f"{path}: {problem}.") from error
