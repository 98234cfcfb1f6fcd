"""Safetensors files of a few arrays and their description, checked before anything is used.

They come from anywhere: sizes are limited, and each fault is one line for people.
"""

import json
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, deserialize
from safetensors.numpy import save

from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.core.words import tr

MAX_BYTES = 2**30  # of a file
MAX_ABOUT = 64 * 2**20  # bytes of the header; safetensors itself ends at 100 MB
LENGTH = 8  # bytes of the number that says how long the header is
DTYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2"}

Array = NDArray[Any]


@dataclass(frozen=True)
class Tensors:
    """The floating-point arrays of a file by name, and what its metadata say."""

    arrays: Mapping[str, Array]
    about: Mapping[str, str]


def pack_tensors(arrays: Mapping[str, Array], about: Mapping[str, str]) -> bytes:
    """Return a safetensors file; raises UserError when it would be too large to be read back."""
    if sum(len(text.encode()) for text in about.values()) > MAX_ABOUT // 2:  # escaped, it grows
        raise UserError(
            tr("What these embeddings came from takes too much room in one file."),
            tr("Keep fewer in it."),
        )
    if sum(array.nbytes for array in arrays.values()) > MAX_BYTES - MAX_ABOUT:
        raise UserError(
            tr("This does not fit into {room} MiB.", room=MAX_BYTES // 2**20),
            tr("Keep fewer of them."),
        )
    return save(dict(arrays), dict(about))


def read_tensors(path: Path) -> Tensors:
    """Read a whole file; bfloat16 becomes float32. Raises UserError and MachineError."""
    data = _read(path)
    header = int.from_bytes(data[:LENGTH], "little")
    if len(data) < LENGTH or header > min(MAX_ABOUT, len(data) - LENGTH):
        raise UserError(tr("{path}: This is not a safetensors file, or it is cut off.", path=path))
    try:
        found = deserialize(data)  # type: ignore[no-untyped-call]  # safetensors 0.8 has no types
        about = json.loads(data[LENGTH : LENGTH + header]).get("__metadata__") or {}
    except (SafetensorError, ValueError, RecursionError) as error:
        raise UserError(
            tr("{path}: This is not a safetensors file, or it is damaged.", path=path)
        ) from error
    arrays = {name: _array(view) for name, view in found if view["dtype"] in {*DTYPES, "BF16"}}
    return Tensors(arrays, about)


def _array(view: Mapping[str, Any]) -> Array:
    if view["dtype"] == "BF16":  # the upper half of a float32
        wide = np.frombuffer(view["data"], "<u2").astype("<u4") << 16
        return wide.view("<f4").reshape(view["shape"])
    return np.frombuffer(view["data"], DTYPES[view["dtype"]]).reshape(view["shape"])


def _read(path: Path) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UserError(tr("{path}: This is a folder, not a file.", path=path))
        if not stat.S_ISREG(status.st_mode):
            raise UserError(tr("{path}: This is a device, not a file.", path=path))
        if status.st_size > MAX_BYTES:
            raise UserError(
                tr(
                    "{path}: The file is larger than {room} MiB.",
                    path=path,
                    room=MAX_BYTES // 2**20,
                )
            )
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:  # ValueError: NUL in it
        raise UserError(tr("{path}: There is no such file.", path=path)) from error
    except OSError as error:
        raise MachineError(
            tr("{path}: Cannot be read ({reason}).", path=path, reason=error.strerror)
        ) from error
