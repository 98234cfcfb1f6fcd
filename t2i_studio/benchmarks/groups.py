"""The groups of figures; a new one is a function and one line here."""

import importlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from t2i_studio.benchmarks.report import LeftOut, Result
from t2i_studio.core.errors import UserError
from t2i_studio.engine.registry import Registry

# name -> "module:function" of a Group, imported when it runs.
GROUPS: Mapping[str, str] = {
    "canvas": "t2i_studio.benchmarks.canvas:canvas",
    "latent": "t2i_studio.benchmarks.latent:latent",
}


@dataclass(frozen=True)
class Setting:
    """What is measured: `rounds` of each figure, after one that warms up."""

    model: str
    device: str
    rounds: int
    make_registry: Callable[[str], Registry] = Registry


Group = Callable[[Setting], Iterator[Result | LeftOut]]
"""Measures one figure after the other; raises StudioError."""


def chosen(names: Sequence[str]) -> list[str]:
    """Return the groups of these names, all if there are none; raises UserError."""
    unknown = [name for name in names if name not in GROUPS]
    if unknown:
        raise UserError(f"There is no group {unknown[0]!r}; choose from: {', '.join(GROUPS)}.")
    return list(dict.fromkeys(names)) or list(GROUPS)


def run(name: str, setting: Setting) -> Iterator[Result | LeftOut]:
    """Yield the figures of a group as they are measured."""
    module, _, function = GROUPS[name].partition(":")
    group = cast(Group, getattr(importlib.import_module(module), function))
    return group(setting)
