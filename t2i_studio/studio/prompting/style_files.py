"""Files of styles: our JSON, lists of other programs, and the styles.csv of A1111's web UI.

{"version": 1, "styles": [{"name": "Night", "prompt": "{prompt} at night", ...}]}
[{"name": "Night", "prompt": ...}]                   Fooocus, InvokeAI
name,prompt,negative_prompt                          a table with this head

What is missing in an entry is empty.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from t2i_studio.core.errors import UserError, explain
from t2i_studio.core.words import tr
from t2i_studio.gallery.files import save_atomic
from t2i_studio.studio.prompting.styles import Style
from t2i_studio.studio.prompting.text_files import read_text

VERSION = 1
MOST = 5_000  # styles of a file
CSV = ".csv"
FIELDS = ("name", "prompt", "negative_prompt")
OLD = {"text": "prompt", "negative_text": "negative_prompt"}  # how A1111 called them at first


@dataclass(frozen=True)
class StyleFile:
    """What a file holds, and a line about each style in it that cannot be used."""

    styles: tuple[Style, ...]
    problems: tuple[str, ...] = ()


def read_styles(path: Path) -> StyleFile:
    """Read any of these files; raises UserError or MachineError for a file that is none."""
    text = read_text(path)
    entries = _table(path, text) if path.suffix.lower() == CSV else _listed(path, text)
    return _styles(path, entries)


def write_styles(path: Path, styles: Iterable[Style]) -> None:
    """Write or replace a file, as its name asks: a .csv or JSON; raises MachineError."""
    entries = [style.model_dump() for style in styles]
    if path.suffix.lower() == CSV:
        buffer = io.StringIO()
        table = csv.DictWriter(buffer, FIELDS)
        table.writeheader()
        table.writerows(entries)
        save_atomic(path, b"\xef\xbb\xbf" + buffer.getvalue().encode())  # as A1111 does
    else:
        content = {"version": VERSION, "styles": entries}
        save_atomic(path, (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode())


def _listed(path: Path, text: str) -> Iterator[object]:
    try:
        held = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UserError(tr("{path}: This is no JSON with styles.", path=path)) from error
    if isinstance(held, dict):
        version = held.get("version")
        if isinstance(version, int) and version > VERSION:
            raise UserError(
                tr("{path}: It is of a newer version.", path=path), tr("Update T2I Studio.")
            )
        held = held.get("styles")
    if not isinstance(held, list):
        raise UserError(tr("{path}: This is no JSON with styles.", path=path))
    return iter(held)


def _table(path: Path, text: str) -> Iterator[object]:
    """Yield the rows of a table; what has more columns than its head is damaged."""
    rows = csv.DictReader(io.StringIO(text, newline=""), restkey="")
    try:
        head = {OLD.get(name, name) for name in rows.fieldnames or ()}
        if not {"name", "prompt"} <= head:
            raise UserError(
                tr("{path}: This is no table of styles.", path=path),
                tr("Its first line is: {head}", head=",".join(FIELDS)),
            )
        for row in rows:
            yield {OLD.get(name, name): value or "" for name, value in row.items()}
    except csv.Error as error:
        raise UserError(
            tr("{path}: The table is damaged ({why}).", path=path, why=error)
        ) from error


def _styles(path: Path, entries: Iterator[object]) -> StyleFile:
    styles: list[Style] = []
    problems: list[str] = []
    for number, entry in enumerate(entries, start=1):
        if number > MOST:
            raise UserError(tr("{path}: There are more than {most} styles.", path=path, most=MOST))
        try:
            styles.append(_style(entry))
        except UserError as error:
            problems.append(tr("Style {number}: {problem}", number=number, problem=error))
    return StyleFile(tuple(styles), tuple(problems))


def _style(entry: object) -> Style:
    if not isinstance(entry, Mapping):
        raise UserError(tr("This is no style."))
    known: dict[str, Any] = {name: entry[name] or "" for name in FIELDS if name in entry}
    try:
        return Style.model_validate(known)
    except ValidationError as error:
        raise explain(error) from error
