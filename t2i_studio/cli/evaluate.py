"""`t2i-studio evaluate`: how well a checkpoint paints what it is asked for."""

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Task, TextColumn, TimeRemainingColumn
from rich.table import Table

from t2i_studio.catalogue.inspect import capabilities
from t2i_studio.catalogue.store import locate
from t2i_studio.cli import terminal
from t2i_studio.cli.following import OFFLINE
from t2i_studio.cli.progress import live_bar
from t2i_studio.core import paths
from t2i_studio.core.errors import MachineError
from t2i_studio.core.generators import result_of
from t2i_studio.engine.backends.support import pick_device
from t2i_studio.evaluation.contact_sheet import write_sheet
from t2i_studio.evaluation.oracle import cached_judge, trained_judge
from t2i_studio.evaluation.painter import Painter, Styles
from t2i_studio.evaluation.scorecard import BY_CHANCE, Examiner, Scorecard, Sheet, work
from t2i_studio.models.unclip.checkpoint import CheckpointError
from t2i_studio.models.unclip.native import Native
from t2i_studio.models.unclip.pipeline import UnCLIP
from t2i_studio.models.unclip.weights import load_parts
from t2i_studio.training.scenes import judge as judging
from t2i_studio.training.scenes.judge import Judge
from t2i_studio.training.scenes.renderer import Renderer
from t2i_studio.training.scenes.sprites import Sprites

BATCHES = {"cpu": 16}  # pictures at once
BATCH = 128  # on an accelerator
NO_FETCHING = {"npm_config_offline": "true"}
NUMBERS = ("frechet", "prior_cosine")  # scores that are no shares
# What scores that the judge has no accuracy of its own for are read with.
READ_WITH = {"inpaint": "object", "text_diff": "object"}


@dataclass(frozen=True, kw_only=True)
class Options:
    """What was asked for on the command line, named as the parameters of `cli.main`."""

    model: str
    n: int
    seed: int
    judge: Path | None
    icons: Path | None
    grids: Path | None
    device: str
    offline: bool
    as_json: bool


def evaluate_scenes(options: Options) -> int:
    """Score a checkpoint on the rendered world; raises StudioError."""
    if options.offline:
        os.environ.update(OFFLINE | NO_FETCHING)
    folder = locate(options.model).folder
    guidance = _repaint_guidance(folder)
    given = Judge.load(options.judge) if options.judge else None
    with Watch() as watch:
        watch.begin("Loading the model")
        model = _load(folder, str(options.device))  # a bad one is told before a judge is trained
        watch.begin("Sprites")
        sprites = Sprites.load(paths.cache_folder(), options.icons)
        judge = given or _own_judge(sprites, str(options.device), watch)
        card = _examined(options, model, guidance, judge, sprites, watch)
    if options.as_json:
        terminal.write(json.dumps(card.as_json()))
    else:
        _show(card)
    return 0


def _repaint_guidance(folder: Path) -> float | None:
    stages = {stage.key: stage for stage in capabilities(folder).stages}
    return stages["decoder"].inpaint_guidance


def _own_judge(sprites: Sprites, device: str, watch: "Watch") -> Judge:
    """Take the judge from the cache, or train it first."""
    folder = paths.cache_folder()
    if found := cached_judge(folder):
        return found
    terminal.say(f"Training the judge, once; it is kept in {folder}.")
    watch.begin("Training the judge", total=1.0)
    renderer = Renderer(judging.SIZE, sprites)
    return trained_judge(folder, renderer, device, listen=lambda done, left: watch.reach(done))


def _load(folder: Path, device: str) -> Native:
    try:
        return Native(result_of(load_parts(folder, pick_device(device))))
    except CheckpointError as error:
        raise MachineError(str(error), "Install the model again.") from error


def _examined(
    options: Options,
    system: Native,
    guidance: float | None,
    judge: Judge,
    sprites: Sprites,
    watch: "Watch",
) -> Scorecard:
    device, layout = system.device.type, system.parts.layout
    styles = Styles.of(layout, guidance)
    watch.begin("Pictures", total=work(options.n))
    examiner = Examiner(
        painter=Painter(UnCLIP(system), styles, BATCHES.get(device, BATCH), watch.advance),
        judge=judge.to(system.device),
        renderer=Renderer(layout.image_size, sprites),
        n=options.n,
        seed=options.seed,
        begin=watch.name,
        keep=_keeper(options.grids),
    )
    return examiner.examine(options.model)


def _keeper(folder: Path | None) -> Callable[[Sheet], None]:
    return partial(write_sheet, folder) if folder else lambda sheet: None


def _show(card: Scorecard) -> None:
    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    table = Table("score", title=f"{terminal.one_line(card.model)}, {card.n} captions each")
    for heading in ("reached", "by chance", "judge on renders"):
        table.add_column(heading, justify="right")
    for name, value in card.scores.items():
        table.add_row(name, _shown(name, value), _floor(name), _ceiling(name, card.judge))
    console = Console(force_terminal=is_terminal, highlight=False)
    console.print(table)
    console.print(f"{card.seconds:.0f} s on {card.device}", markup=False)


def _shown(name: str, value: float) -> str:
    return f"{value:.3f}" if name in NUMBERS else f"{100 * value:.1f} %"


def _floor(name: str) -> str:
    """How often one who does not know is right."""
    return f"{100 * BY_CHANCE[name]:.0f} %" if name in BY_CHANCE else ""


def _ceiling(name: str, accuracies: Mapping[str, float]) -> str:
    """How often the judge itself reads renders right."""
    found = accuracies.get(READ_WITH.get(name, name))
    return "" if found is None else f"{100 * found:.1f} %"


class Watch:
    """What is going on and how long it will take, on stderr where that is a terminal."""

    def __init__(self) -> None:
        self._bar = live_bar(
            TextColumn("{task.description}", markup=False), BarColumn(), TimeRemainingColumn()
        )
        self._task = self._bar.add_task("Starting", total=None)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    @property
    def tasks(self) -> Sequence[Task]:
        """What is shown."""
        return self._bar.tasks

    def begin(self, title: str, total: float | None = None) -> None:
        """Start on something of that much work, or of unknown length."""
        self._bar.remove_task(self._task)
        self._task = self._bar.add_task(terminal.one_line(title), total=total)

    def name(self, title: str) -> None:
        self._bar.update(self._task, description=terminal.one_line(title.capitalize()))

    def advance(self, count: int) -> None:
        self._bar.advance(self._task, count)

    def reach(self, done: float) -> None:
        self._bar.update(self._task, completed=done)
