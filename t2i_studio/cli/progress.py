"""A progress bar on stderr where that is a terminal, and silence where it is not."""

import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, ProgressColumn, TextColumn
from rich.progress import Progress as Bar

from t2i_studio.cli import terminal
from t2i_studio.core.capabilities import Capabilities
from t2i_studio.core.events import Progress


def live_bar(*columns: ProgressColumn) -> Bar:
    """Make a bar on stderr, which is disabled where that is no terminal that can draw it."""
    is_terminal = sys.stderr is not None and sys.stderr.isatty()
    console = Console(stderr=True, force_terminal=is_terminal)
    is_live = is_terminal and not console.is_dumb_terminal
    return Bar(*columns, console=console, transient=True, disable=not is_live)


class ProgressBar:
    """Shows stage, step and the time left, of one of `count` pictures; use it as a context."""

    def __init__(self) -> None:
        self.count = 1
        self._titles: dict[str, str] = {}
        self._bar = live_bar(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TextColumn("{task.fields[steps]}", markup=False),
            TextColumn("{task.fields[left]}", markup=False),
        )
        self._task = self._bar.add_task("Starting", total=None, steps="", left="")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def follow_model(self, capabilities: Capabilities) -> None:
        self._titles = {stage.key: stage.title for stage in capabilities.stages}

    def show_phase(self, phase: str) -> None:
        self._bar.update(self._task, description=terminal.one_line(phase))

    def show(self, progress: Progress, before: int = 0, total: int | None = None) -> None:
        """Show a step; `before` of `total` were taken by other runs."""
        named = progress.stage.replace("_", " ").capitalize()  # of what is no stage of the model
        stage = terminal.one_line(self._titles.get(progress.stage, named))
        which = f" (picture {progress.index + 1} of {self.count})" if self.count > 1 else ""
        self._bar.update(
            self._task,
            description=f"{stage}{which}",
            completed=before + progress.step,
            total=total or progress.total,
            steps=f"step {before + progress.stage_step} of {total or progress.stage_steps}",
            left="" if total or progress.eta_s is None else f"{_duration(progress.eta_s)} left",
        )

    def warn(self, text: str) -> None:
        """Write one line above the bar."""
        line = f"{terminal.NAME}: {terminal.one_line(text)}"
        self._bar.console.print(line, markup=False, highlight=False, emoji=False, soft_wrap=True)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
