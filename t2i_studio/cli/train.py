"""`t2i-studio train`: an unCLIP of one's own, from the rendered world or from one's pictures."""

import json
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from rich.progress import BarColumn, TextColumn

from t2i_studio.catalogue.store import locate
from t2i_studio.cli import terminal
from t2i_studio.cli.following import cancelling
from t2i_studio.cli.progress import live_bar
from t2i_studio.core import paths
from t2i_studio.core.cancel import CancelledError
from t2i_studio.engine.backends.support import pick_device
from t2i_studio.training import ranks
from t2i_studio.training.journal import Entry, Event, Finished, PictureSaved, Resumed, Skipped
from t2i_studio.training.presets import PRESETS
from t2i_studio.training.start import Listener, Wish, fulfil

CANCELLED = 130
AUTO = "auto"
LINE_EVERY_S = 60.0  # between lines where nobody watches a bar


@dataclass(frozen=True, kw_only=True)
class Options:
    """What was asked for on the command line, named as the parameters of `cli.main`."""

    preset: str
    output: Path | None
    pictures: Path | None
    start: str | None
    icons: Path | None
    cap: int
    share: float
    ranks: int | None
    device: str
    seed: int
    as_json: bool


def train_scenes(options: Options) -> int:
    """Train every part of an unCLIP; returns the exit code, raises StudioError."""
    device = pick_device(str(options.device)).type
    wish = _wish(options, device)
    count = options.ranks or _default_ranks(wish.preset, device)
    if count > 1 and not ranks.is_launched():
        return ranks.launch(count, sys.argv[1:], wish.output, device)
    began = time.monotonic()
    with Dashboard() as dashboard, cancelling() as cancel:
        ranks.follow(cancel)
        try:
            folder = fulfil(wish, dashboard.listener, cancel)
        except CancelledError:
            terminal.say(f"Stopped. The same command goes on from {wish.output}.")
            return CANCELLED
    _conclude(options, folder, time.monotonic() - began)
    return 0


def _wish(options: Options, device: str) -> Wish:
    preset = options.preset if options.preset != AUTO else "cpu" if device == "cpu" else "gpu"
    return Wish(
        preset=preset,
        output=options.output or paths.data_folder() / "training" / "scenes",
        cache=paths.cache_folder(),
        pictures=options.pictures,
        start=locate(options.start).folder if options.start else None,
        icons=options.icons,
        cap=options.cap,
        share=options.share,
        device=str(options.device),
        seed=options.seed,
    )


def _default_ranks(preset: str, device: str) -> int:
    """Take the preset's number on a CPU, and one process for each GPU."""
    if device == "cuda":
        import torch

        return torch.cuda.device_count()
    return PRESETS[preset].ranks if device == "cpu" else 1


def _conclude(options: Options, folder: Path, seconds: float) -> None:
    if os.environ.get("RANK", "0") != "0":
        return  # rank 0 speaks for all
    if options.as_json:
        terminal.write(json.dumps({"checkpoint": str(folder), "seconds": round(seconds, 1)}))
    else:
        terminal.write(str(folder))
        terminal.say(f"Try it: t2i-studio generate PROMPT -o OUT.png --model {folder}")


class Dashboard:
    """What is trained, how well it goes, and how long it will take: live, or as lines of a log."""

    def __init__(self) -> None:
        self._bar = live_bar(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TextColumn("{task.fields[facts]}", markup=False),
        )
        self._is_live = not self._bar.disable
        self._task = self._bar.add_task("Starting", total=None, facts="")
        self._said = float("-inf")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    @property
    def listener(self) -> Listener:
        """Who is to be told."""
        return Listener(self._prepared, self._trained, lambda report: self._say(str(report)))

    def _prepared(self, what: str, done: int, count: int) -> None:
        self._bar.update(
            self._task,
            description=what,
            completed=done,
            total=count,
            facts=f"{done:,} of {count:,}",
        )

    def _trained(self, event: Event) -> None:
        match event:
            case Entry():
                self._show(event)
            case Resumed():
                self._say(f"{_title(event.part)} goes on from step {event.step:,}.")
            case Skipped():
                self._say(f"{_title(event.part)} is trained already.")
            case PictureSaved():
                self._say(f"{_title(event.part)}: samples are in {event.path}.")
            case Finished():
                self._say(f"{_title(event.part)} is trained.")

    def _show(self, entry: Entry) -> None:
        facts = f"loss {entry.loss:.4f}, {entry.samples_per_second:.0f}/s, {_left(entry.eta)}"
        self._bar.update(
            self._task,
            description=_title(entry.part),
            completed=entry.minutes,
            total=entry.minutes + entry.eta,
            facts=facts,
        )
        is_due = not self._is_live and time.monotonic() - self._said > LINE_EVERY_S
        if entry.measured or is_due:
            self._said = time.monotonic()
            measured = "".join(f", {name} {value:.4g}" for name, value in entry.measured.items())
            self._say(f"{_title(entry.part)}, {entry.samples:,} samples: {facts}{measured}")

    def _say(self, text: str) -> None:
        line = f"{terminal.NAME}: {terminal.one_line(text)}"
        self._bar.console.print(line, markup=False, highlight=False, emoji=False, soft_wrap=True)


def _title(part: str) -> str:
    """Name a part as people do: "Upsampler 256"."""
    words = part.replace("_", " ")
    return words.upper() if words == "clip" else words.capitalize()


def _left(minutes: float) -> str:
    return f"{minutes:.0f} min left" if minutes >= 1 else f"{60 * minutes:.0f} s left"
