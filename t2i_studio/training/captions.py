"""The forms in which captions of pictures come: text files, JSON lines and COCO's JSON.

Files come from anywhere: sizes are limited, and entries that say nothing usable are passed over.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from t2i_studio.core.errors import MachineError, UserError

MAX_TEXT = 2**20  # bytes of the captions of one picture
MAX_LIST = 2**30  # bytes of the captions of a folder
_FILE_KEYS = ("file", "file_name", "image")
_CAPTION_KEYS = ("captions", "caption", "text")


@dataclass(frozen=True)
class Entry:
    """What a list of captions says of one picture; `file` is None where it makes no sense."""

    where: str  # in the list, for people
    file: str | None
    captions: tuple[str, ...] = ()


def read_lines(path: Path) -> tuple[str, ...]:
    """Return the captions in a text file, one a line.

    Raises UserError for what is too long, UnicodeDecodeError, and MachineError.
    """
    return _captions(_read(path, MAX_TEXT).decode("utf-8-sig").splitlines())


def read_list(path: Path) -> Iterator[Entry]:
    """Yield the entries of a `.jsonl` or of COCO's `.json`; raises UserError or MachineError."""
    try:
        text = _read(path, MAX_LIST).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise UserError(
            f"{path.name}: Line {line} is not UTF-8 text.", "Save it as UTF-8."
        ) from error
    return READERS[path.suffix.lower()](path, text)


def _json_lines(path: Path, text: str) -> Iterator[Entry]:
    """Read `{"file" | "file_name" | "image": path, "caption" | "text" | "captions": ...}`."""
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield _line_entry(f"line {number}", line)


def _line_entry(where: str, line: str) -> Entry:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return Entry(where, None)
    if not isinstance(entry, dict):
        return Entry(where, None)
    file = next((entry[key] for key in _FILE_KEYS if key in entry), None)
    said = next((entry[key] for key in _CAPTION_KEYS if key in entry), None)
    return Entry(where, file if isinstance(file, str) else None, _captions(said))


def _coco(path: Path, text: str) -> Iterator[Entry]:
    """Read `{"images": [{id, file_name}], "annotations": [{image_id, caption}]}`.

    Of two images with one id the first gets the captions.
    """
    images, annotations = _coco_parts(path, text)
    captions = defaultdict[Any, list[str]](list)
    for annotation in annotations:
        captions[_identity(annotation, "image_id")].append(annotation.get("caption", ""))
    for number, image in enumerate(images, 1):
        file, identity = image.get("file_name"), _identity(image, "id")
        if isinstance(file, str) and identity is not None:
            yield Entry(f"image {number}", file, _captions(captions.pop(identity, [])))
        else:
            yield Entry(f"image {number}", None)


def _coco_parts(path: Path, text: str) -> list[list[Mapping[str, Any]]]:
    hint = 'COCO\'s form is {"images": [{id, file_name}], "annotations": [{image_id, caption}]}.'
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UserError(f"{path.name}: This is not JSON ({error}).", hint) from error
    parts = [data.get(key) if isinstance(data, dict) else None for key in ("images", "annotations")]
    if not all(isinstance(part, list) for part in parts):
        raise UserError(f"{path.name}: There are no captions in COCO's form.", hint)
    return [[item for item in part or () if isinstance(item, dict)] for part in parts]


def _identity(entry: Mapping[str, Any], key: str) -> int | str | None:
    value = entry.get(key)
    return value if isinstance(value, int | str) else None


READERS: Mapping[str, Callable[[Path, str], Iterator[Entry]]] = {
    ".jsonl": _json_lines,
    ".json": _coco,
}


def _captions(said: Any) -> tuple[str, ...]:
    """Return the texts in it on one line each, once, without what is no text or empty."""
    texts = [said] if isinstance(said, str) else said if isinstance(said, list) else []
    lines = (" ".join(text.split()) for text in texts if isinstance(text, str))
    # JSON can hold half a surrogate pair, which no file and no tokenizer can.
    whole = (line.encode(errors="replace").decode() for line in lines if line)
    return tuple(dict.fromkeys(whole))


def _read(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise MachineError(f"{path}: Cannot be read ({error.strerror}).") from error
    if len(data) > most:
        raise UserError(f"{path}: The captions are larger than {most // 2**20:,} MiB.")
    return data
