"""From two axes to the pictures of a grid."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from t2i_studio.core.capabilities import Capabilities
from t2i_studio.core.errors import UserError
from t2i_studio.core.request import RANDOM_SEED, Strip
from t2i_studio.core.words import tr
from t2i_studio.engine.resolve import random_seed, resolve
from t2i_studio.studio.grid.axes import Asked, Draft, Side
from t2i_studio.studio.grid.values import MOST
from t2i_studio.studio.prompting.desk import filled
from t2i_studio.studio.prompting.evaluate import Means
from t2i_studio.studio.prompting.grammar import without_comments


@dataclass(frozen=True)
class Grid:
    """A picture for each value of `x`, and of `y` where there is one, row by row."""

    x: Side
    y: Side | None
    cells: tuple[Asked, ...]

    @property
    def columns(self) -> int:
        return len(self.x.values)

    @property
    def rows(self) -> int:
        return len(self.y.values) if self.y else 1

    @property
    def title(self) -> str:
        """What all cells share: what was written, without comments."""
        first = self.cells[0]
        return without_comments(first.raw_prompt or first.prompt)

    @property
    def strip(self) -> Strip:
        """The run that makes them."""
        return Strip(model=self.cells[0].model, frames=self.cells)

    def caption(self, cell: int) -> str:
        """Say which values a cell has."""
        row, column = divmod(cell, self.columns)
        parts = [f"{self.x.title}: {self.x.labels[column]}"]
        if self.y:
            parts.append(f"{self.y.title}: {self.y.labels[row]}")
        return ", ".join(parts)


def plan(
    draft: Draft, x: Side, y: Side | None, means: Means | None, capabilities: Capabilities | None
) -> Grid:
    """Make the requests of all cells; they share a seed unless that is an axis.

    means: what their prompts may refer to; None: they are read as they are written. Raises
    UserError for values that cannot be, and MachineError for wildcards that cannot be read.
    """
    check_size(x, y)
    if y is not None and x.axis is y.axis:
        raise UserError(tr("Both axes are {axis}: choose two different ones.", axis=x.title))
    request = draft.request
    seed = random_seed() if request.seed == RANDOM_SEED else request.seed
    start = draft.updated(seed=seed, count=1, rerank=False, prompts=(), negative_prompts=())
    cells = tuple(_cell(each, means, capabilities) for each in _drafts(start, x, y))
    return Grid(x, y, cells)


def check_size(x: Side, y: Side | None) -> int:
    """Return how many cells there are; raises UserError where they are too many."""
    columns, rows = len(x.values), len(y.values) if y else 1
    if columns * rows > MOST:
        raise UserError(
            tr("{columns} × {rows} are {count} pictures; {most} are possible.",
               columns=columns, rows=rows, count=f"{columns * rows:,}", most=MOST),
            tr("Take fewer values."),
        )  # fmt: skip
    return columns * rows


def _drafts(start: Draft, x: Side, y: Side | None) -> Iterator[Draft]:
    """Set the values row by row; the prompt is searched before anything else changes it."""
    for row in range(len(y.values) if y else 1):
        for column in range(len(x.values)):
            draft = x.put(start, column)
            yield y.put(draft, row) if y else draft


def _cell(draft: Draft, means: Means | None, capabilities: Capabilities | None) -> Asked:
    request = draft.request.model_copy(update={"id": uuid.uuid4().hex})
    if capabilities is not None:
        request = resolve(request, capabilities)
    return filled(request, means, draft.style) if means else request
