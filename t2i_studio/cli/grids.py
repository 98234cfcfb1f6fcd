"""A grid of pictures over two settings, as one PNG."""

import contextlib
import json
from collections.abc import Sequence
from pathlib import Path

from t2i_studio.cli import output, pictures, prompting, terminal
from t2i_studio.cli.following import CANCELLED, Follower
from t2i_studio.cli.picture_commands import Prompted
from t2i_studio.core.cancel import CancelledError
from t2i_studio.core.errors import StudioError, UserError
from t2i_studio.core.events import Event, ImageReady
from t2i_studio.gallery.exporters.frames import Frame
from t2i_studio.gallery.exporters.grid import GridSheet, save_grid
from t2i_studio.studio.grid.axes import Asked, Draft, Side, side
from t2i_studio.studio.grid.plan import Grid, check_size, plan


def is_asked(options: Prompted) -> bool:
    return options.x is not None or options.y is not None


def make(follower: Follower, requests: Sequence[Asked], options: Prompted) -> int:
    """Make all cells and write them together; returns the exit code, raises StudioError.

    What is made when it is stopped or fails is written all the same.
    """
    x, y = _axes(options)
    request = _only(requests, options)
    output.check(options.out)
    style = "" if options.plain else terminal.decoded(options.style)
    capabilities = follower.capabilities
    means = None if options.plain else prompting.means(options.wildcards, capabilities)
    grid = plan(Draft(request, style), x, y, means, capabilities)
    run = Run(grid)
    error = None
    try:
        run.follow(follower)
    except StudioError as problem:
        error = problem
    run.export(options.out)
    run.report(options.out, follower, error, as_json=options.as_json)
    if error:
        raise error
    return CANCELLED if run.is_cancelled else 0


class Run:
    """One grid on its way."""

    def __init__(self, grid: Grid) -> None:
        self.is_cancelled = False
        self._grid = grid
        self._cells: list[Frame | None] = [None] * len(grid.cells)

    def follow(self, follower: Follower) -> None:
        """Run it to its end; raises StudioError."""
        with contextlib.closing(follower.events(self._grid.strip)) as events:
            try:
                for event in events:
                    self._handle(event)
            except CancelledError:
                self.is_cancelled = True

    def export(self, out: Path) -> None:
        """Write what there is; raises StudioError."""
        if not any(self._cells):
            return
        grid, y = self._grid, self._grid.y
        sheet = GridSheet(
            grid.title,
            grid.x.title,
            grid.x.labels,
            y.title if y else "",
            y.labels if y else (),
            tuple(self._cells),
        )
        save_grid(out, sheet)

    def report(
        self, out: Path, follower: Follower, error: StudioError | None, *, as_json: bool
    ) -> None:
        """Tell on stdout what was written."""
        made = [cell for cell in self._cells if cell is not None]
        if self.is_cancelled:
            terminal.say(f"Cancelled; finished pictures: {len(made)}.")
        if as_json and (made or not error):
            written = [output.of_file(out, made[0].recipe.request.seed)] if made else []
            summary = {
                "images": [pictures.image_facts(each) for each in written],
                "x": _side_facts(self._grid.x),
                "y": _side_facts(self._grid.y) if self._grid.y else None,
                "cells": [_cell_facts(cell) for cell in made],
            }
            end = pictures.ending(error, is_cancelled=self.is_cancelled)
            terminal.write(json.dumps(summary | follower.facts | end))
        elif not as_json and made:
            terminal.write(str(out))

    def _handle(self, event: Event) -> None:
        if isinstance(event, ImageReady):
            caption = self._grid.caption(event.index)
            self._cells[event.index] = Frame(event.image, event.recipe, caption)


def _axes(options: Prompted) -> tuple[Side, Side | None]:
    if options.x is None:
        raise UserError("A grid begins with its columns.", "Say which: --x NAME=VALUES.")
    x = _side("--x", options.x)
    y = _side("--y", options.y) if options.y is not None else None
    check_size(x, y)
    return x, y


def _side(option: str, written: str) -> Side:
    name, equals, values = terminal.decoded(written).partition("=")
    if not equals:
        raise UserError(f"{option} {written}: There are no values.", "Write it like seed=1-3.")
    return side(name, values)


def _only(requests: Sequence[Asked], options: Prompted) -> Asked:
    if len(requests) != 1:
        raise UserError("A grid has one prompt, not a file with several.", "Use --x prompt=a,b.")
    if options.count != 1 or options.rerank:
        raise UserError("A grid has one picture in each cell.", "Leave --count and --rerank out.")
    if options.plain and options.style:
        raise UserError("With --plain, no style is read.", "Leave one of them out.")
    if options.out.suffix.lower() != ".png":
        raise UserError(f"{options.out}: A grid is a PNG.", "Name it like grid.png.")
    return requests[0]


def _side_facts(found: Side) -> dict[str, object]:
    return {"name": found.axis.key, "values": list(found.values)}


def _cell_facts(cell: Frame) -> dict[str, object]:
    request = cell.recipe.request
    return {
        "caption": cell.caption,
        "seed": request.seed,
        "prompt": request.prompt,
        "raw_prompt": request.raw_prompt or request.prompt,
    }
