"""`t2i-studio bench`: how fast the studio is here, and what moved since another time."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import TextColumn, TimeElapsedColumn
from rich.table import Table

from t2i_studio.benchmarks import groups, machine, report
from t2i_studio.benchmarks.groups import Setting
from t2i_studio.benchmarks.report import LeftOut, Move, Report, Result
from t2i_studio.catalogue.store import locate
from t2i_studio.cli import terminal
from t2i_studio.cli.progress import live_bar
from t2i_studio.engine.registry import Registry

ROUNDS, QUICK_ROUNDS = 15, 3
COLOURS = {Move.better: "green", Move.worse: "red", Move.same: "", Move.new: ""}


@dataclass(frozen=True, kw_only=True)
class Options:
    """What was asked for on the command line, named as the parameters of `cli.main`."""

    names: list[str] | None
    quick: bool
    compare: Path | None
    model: str
    device: str
    as_json: bool


def bench(options: Options, make_registry: Callable[[str], Registry] | None = None) -> int:
    """Measure and report, whatever comes out; raises StudioError."""
    names = groups.chosen(options.names or [])
    before = report.read(options.compare) if options.compare else None
    if make_registry is None:
        make_registry = Registry
        locate(options.model)  # a name that is wrong is told before minutes of measuring
    rounds = QUICK_ROUNDS if options.quick else ROUNDS
    found = _measured(names, Setting(options.model, str(options.device), rounds, make_registry))
    if options.as_json:
        terminal.write(json.dumps(_as_json(found, before)))
    else:
        _show(found, before)
    return 0


def _measured(names: list[str], setting: Setting) -> Report:
    facts = machine.describe()  # the load before our own
    figures: list[Result | LeftOut] = []
    bar = live_bar(TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with bar:
        task = bar.add_task("Measuring", total=None)
        for name in names:
            for figure in groups.run(name, setting):
                figures.append(figure)
                bar.update(task, description=f"Measured {figure.group}: {figure.name}")
    return Report(
        machine=facts,
        results=tuple(figure for figure in figures if isinstance(figure, Result)),
        left_out=tuple(figure for figure in figures if isinstance(figure, LeftOut)),
    )


def _as_json(found: Report, before: Report | None) -> dict[str, object]:
    data: dict[str, object] = found.model_dump(mode="json")
    if before is not None:
        data["moved"] = [
            {"group": result.group, "name": result.name, "moved": _move(result, before)}
            for result in found.results
        ]
    return data


def _move(result: Result, before: Report) -> Move:
    return report.moved(result, report.earlier(result, before.results))


def _show(found: Report, before: Report | None) -> None:
    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    console = Console(force_terminal=is_terminal, highlight=False, soft_wrap=True)
    console.print(_table(found, before))
    for left in found.left_out:
        console.print(terminal.one_line(f"Left out: {left.name}. {left.note}"), markup=False)
    facts = ", ".join(f"{name} {value}" for name, value in found.machine.items())
    console.print(terminal.one_line(facts), markup=False)


def _table(found: Report, before: Report | None) -> Table:
    table = Table("group", "figure")
    for heading in ("median", "spread", "target", *(["before", "moved"] if before else [])):
        table.add_column(heading, justify="right")
    for result in found.results:
        cells = [_shown(result.value, result.unit), f"± {_short(result.spread)}", _target(result)]
        if before:
            cells += _change(result, before)
        table.add_row(result.group, result.name, *cells)
    return table


def _change(result: Result, before: Report) -> list[str]:
    old, move = report.earlier(result, before.results), _move(result, before)
    colour = COLOURS[move]
    return [_shown(old.value, old.unit) if old else "", f"[{colour}]{move}[/]" if colour else move]


def _target(result: Result) -> str:
    if result.target is None:
        return ""
    return f"{'≤' if result.better == 'lower' else '≥'} {_shown(result.target, result.unit)}"


def _shown(value: float, unit: str) -> str:
    return f"{_short(value)} {unit}"


def _short(value: float) -> str:
    """Write three significant digits, and all of a whole number."""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"
