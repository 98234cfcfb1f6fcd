"""A training as a program of its own: `python -m tests.training.program COMMAND FOLDER`."""

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import torch

from t2i_studio.training import ranks
from t2i_studio.training.hardware import make_accelerator
from t2i_studio.training.journal import Event, Journal
from t2i_studio.training.loop import Run, train
from t2i_studio.training.optimizer import make_optimizer
from tests.training.conftest import PLAN, Adding

LONG = replace(PLAN, samples=640, lr=0.02)
LOCAL = replace(PLAN, samples=640, sync_every=4)


def run_in(folder: Path, tell: Callable[[Event], object] = lambda event: None) -> Run:
    journal = Journal(folder, tell)
    return Run(folder, make_accelerator("cpu"), journal, checkpoint_minutes=0)


def interrupted(folder: Path) -> None:
    """Train to the end, killed again and again at random moments; write how often."""
    make_optimizer(Adding().objective, PLAN)  # imports what every child would import again
    chance, count = random.Random(0), 0
    while _is_killed(folder, chance.randint(2, 6), chance.uniform(0, 0.01)):
        count += 1
    (folder / "killed").write_text(str(count))


def _is_killed(folder: Path, events: int, seconds: float) -> bool:
    """Train in a process which is killed so long after so many events, unless it ends before."""
    heard, told = os.pipe()
    if not (child := os.fork()):
        train(Adding(LONG), run_in(folder, lambda event: os.write(told, b".")))
        os._exit(0)
    os.close(told)
    for _ in range(events):
        os.read(heard, 1)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.close(heard)
    return os.waitpid(child, 0)[1] == signal.SIGKILL


def together(folder: Path) -> None:
    """Train as a rank and write what this one has learned."""
    run = run_in(folder)
    ranks.follow(run.cancel)
    recipe = Adding(LOCAL)
    torch.nn.init.constant_(
        recipe.objective.get_parameter("linear.bias"), run.accelerator.process_index
    )
    train(recipe, run)
    torch.save(recipe.objective.state_dict(), folder / f"{run.accelerator.process_index}.pt")
    run.accelerator.end_training()


if __name__ == "__main__":
    {"interrupted": interrupted, "together": together}[sys.argv[1]](Path(sys.argv[2]))
