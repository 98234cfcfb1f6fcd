"""A training as a program of its own: `python -m tests.training.program COMMAND FOLDER`."""

import os
import random
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path

import torch
from accelerate import Accelerator

from t2i_studio.core.cancel import CancelToken
from t2i_studio.training import ranks
from t2i_studio.training.hardware import make_accelerator
from t2i_studio.training.journal import Journal
from t2i_studio.training.loop import Run, train
from t2i_studio.training.optimizer import make_optimizer
from tests.training.conftest import PLAN, Adding

LONG = replace(PLAN, samples=960, lr=0.02)
LOCAL = replace(PLAN, samples=640, sync_every=4)


def run_in(folder: Path, accelerator: Accelerator) -> Run:
    return Run(folder, accelerator, Journal(folder), checkpoint_minutes=0, cancel=CancelToken())


def interrupted(folder: Path) -> None:
    """Train to the end, killed again and again at random moments; write how often."""
    make_optimizer(Adding().objective, PLAN)  # imports what every child would import again
    chance, count = random.Random(0), 0
    while True:
        if not (child := os.fork()):
            train(Adding(LONG), run_in(folder, make_accelerator("cpu")))
            os._exit(0)
        time.sleep(chance.uniform(0.0, 0.2 + 0.1 * count))
        os.kill(child, signal.SIGKILL)
        if os.waitpid(child, 0)[1] == 0:
            break
        count += 1
    (folder / "killed").write_text(str(count))


def together(folder: Path) -> None:
    """Train as a rank and write what this one has learned."""
    run = run_in(folder, make_accelerator("cpu"))
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
