"""What the explorer offers to begin with: words that name components, and text diffs in groups."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from t2i_studio.core.concept import TextDiff
from t2i_studio.core.errors import explain
from t2i_studio.core.paths import resource
from t2i_studio.core.words import tr

WORDS = "prompts/words.txt"
DIFFS = "prompts/diffs.toml"
MAX_BYTES = 2**20  # of a file of somebody's own


@dataclass(frozen=True)
class DiffPreset:
    """A text diff that can be put into a row by its name."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class DiffPresets:
    """The presets by group, in order, and a line about each one that could not be used."""

    groups: Mapping[str, tuple[DiffPreset, ...]]
    problems: tuple[str, ...] = ()


def words() -> tuple[str, ...]:
    """Return the words from which components of a basis get their names."""
    return tuple(resource(WORDS).read_text("utf-8").split("\n")[:-1])


def diff_presets(own: Path | None = None) -> DiffPresets:
    """Return the presets of the program with those of somebody's `own` file, if it is there.

    Theirs come after ours in a group; one of the same name takes its place. What is damaged is
    left out and said.
    """
    groups: dict[str, dict[str, DiffPreset]] = {}
    problems: list[str] = []
    for path in (resource(DIFFS), *([own] if own else [])):
        for group, name, content in _entries(path, problems):
            try:
                preset = _preset(name, content)
            except (ValueError, TypeError) as error:
                problems.append(f"{path}: {group} / {name}: {_reason(error)}")
            else:
                groups.setdefault(group, {})[name] = preset
    return DiffPresets(
        {name: tuple(group.values()) for name, group in groups.items()}, (*problems,)
    )


def _entries(path: Path, problems: list[str]) -> Iterator[tuple[str, str, Any]]:
    """Yield group, name and content; raises nothing, whatever the file is."""
    for group, presets in _table(path, problems).items():
        if isinstance(presets, dict):
            for name, content in presets.items():
                yield group, name, content
        else:
            problems.append(
                tr("{path}: {group}: This is not a group of text diffs.", path=path, group=group)
            )


def _table(path: Path, problems: list[str]) -> dict[str, Any]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ValueError(tr("larger than {most} KiB", most=MAX_BYTES // 2**10))
        return tomllib.loads(path.read_bytes().decode())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        problems.append(tr("{path}: The file cannot be used ({error}).", path=path, error=error))
        return {}


def _preset(name: str, content: Any) -> DiffPreset:
    if not isinstance(content, dict) or set(content) != {"from", "to"}:
        raise TypeError(tr('A text diff has "from" and "to".'))
    diff = TextDiff(before=content["from"], after=content["to"], theta=0.0)
    return DiffPreset(name, diff.before, diff.after)


def _reason(error: ValueError | TypeError) -> str:
    return explain(error).message if isinstance(error, ValidationError) else str(error)
