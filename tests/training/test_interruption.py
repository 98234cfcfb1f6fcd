"""A training survives kill -9."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import torch

from t2i_studio.training.loop import Run, train
from tests.training.conftest import Adding
from tests.training.program import LONG

ROOT = Path(__file__).parents[2]


def test_training_that_is_killed_again_and_again_ends_like_any_other(
    tmp_path: Path, make_run: Callable[..., Run]
) -> None:
    command = [sys.executable, "-m", "tests.training.program", "interrupted", tmp_path / "killed"]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    subprocess.run(command, cwd=ROOT, env=environment, timeout=600, check=True)
    assert int((tmp_path / "killed" / "killed").read_text()) >= 3
    run = make_run("whole")
    train(Adding(LONG), run)
    ends = [tmp_path / name / "adding" / "network" / "weight.pt" for name in ("killed", "whole")]
    torch.testing.assert_close(*map(torch.load, ends), atol=1e-6, rtol=0)
