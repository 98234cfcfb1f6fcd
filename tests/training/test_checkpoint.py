"""A checkpoint is whole whenever it is looked at."""

import contextlib
import errno
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.training import checkpoint
from t2i_studio.training.checkpoint import Checkpoint, Progress
from tests.training.conftest import PLAN

WEIGHTS = {"w": torch.zeros(2, 3)}


class Killed(BaseException):
    """The process ends here."""


def at(step: int) -> Checkpoint:
    value = {"w": torch.full((2, 3), float(step))}
    return Checkpoint(Progress(step), value, value, {"state": {0: {"step": torch.tensor(step)}}})


def read(part: Path) -> int:
    found = checkpoint.load(part, PLAN, WEIGHTS)
    assert found
    assert found.weights["w"][0, 0] == found.ema["w"][0, 0] == found.progress.step
    assert found.optimizer["state"][0]["step"] == found.progress.step
    return found.progress.step


class Disk:
    """Fails at the `number`-th time that something is renamed, removed or synchronised."""

    def __init__(self, number: int, error: BaseException) -> None:
        self.number, self.error = number, error

    def guarded(self, call: Callable[..., None]) -> Callable[..., None]:
        def guard(*arguments: Any, **options: Any) -> None:
            self.number -= 1
            if self.number == 0:
                raise self.error
            # The dead do not clean up, whatever `finally` says.
            if self.number > 0 or not isinstance(self.error, Killed):
                call(*arguments, **options)

        return guard


@contextlib.contextmanager
def failing_disk(number: int, error: BaseException) -> Iterator[None]:
    disk = Disk(number, error)
    with pytest.MonkeyPatch.context() as patch:
        for module, name in ((os, "rename"), (os, "fsync"), (shutil, "rmtree")):
            patch.setattr(module, name, disk.guarded(getattr(module, name)))
        yield


def save_and_die(part: Path, step: int, moment: int) -> None:
    with failing_disk(moment, Killed()), pytest.raises(Killed):
        checkpoint.save(part, at(step), PLAN)


def test_there_is_none_before_the_first(tmp_path: Path) -> None:
    assert checkpoint.load(tmp_path / "part", PLAN, WEIGHTS) is None


def test_the_last_one_is_read_and_no_other_kept(tmp_path: Path) -> None:
    for step in (8, 16, 24):
        checkpoint.save(tmp_path, at(step), PLAN)
    assert read(tmp_path) == 24
    assert os.listdir(tmp_path) == ["checkpoint"]


@pytest.mark.parametrize("moment", range(1, 13))
def test_killed_at_any_moment_one_is_whole(moment: int, tmp_path: Path) -> None:
    checkpoint.save(tmp_path, at(8), PLAN)
    save_and_die(tmp_path, 16, moment)
    assert read(tmp_path) in {8, 16}
    checkpoint.save(tmp_path, at(24), PLAN)
    assert read(tmp_path) == 24
    assert os.listdir(tmp_path) == ["checkpoint"]


@pytest.mark.parametrize("moment", range(1, 10))  # without a last one there are fewer
def test_killed_again_while_saving_the_next_one_is_whole(moment: int, tmp_path: Path) -> None:
    checkpoint.save(tmp_path, at(8), PLAN)
    save_and_die(tmp_path, 16, 9)  # between the two renames
    save_and_die(tmp_path, 24, moment)
    assert read(tmp_path) in {8, 24}


@pytest.mark.parametrize("number", [2, 3, 4, 5, 6, 8, 9, 10])
def test_full_disk_is_told_and_one_stays(number: int, tmp_path: Path) -> None:
    checkpoint.save(tmp_path, at(8), PLAN)
    full = OSError(errno.ENOSPC, "No space left on device")
    with (
        failing_disk(number, full),
        pytest.raises(MachineError, match=r"no room in .*No space left.*Free some space"),
    ):
        checkpoint.save(tmp_path, at(16), PLAN)
    assert read(tmp_path) in {8, 16}
    assert not (tmp_path / "checkpoint.new").exists()


@pytest.mark.parametrize("name", ["weights.safetensors", "optimizer.pt", "progress.json"])
def test_damaged_checkpoint_is_told_in_one_line(name: str, tmp_path: Path) -> None:
    checkpoint.save(tmp_path, at(8), PLAN)
    file = tmp_path / "checkpoint" / name
    file.write_bytes(file.read_bytes()[:20])
    with pytest.raises(MachineError, match=r"cannot be read.*remove the folder") as caught:
        checkpoint.load(tmp_path, PLAN, WEIGHTS)
    assert "\n" not in str(caught.value)


def test_parameter_that_is_not_trained_any_more_is_told(tmp_path: Path) -> None:
    checkpoint.save(tmp_path, at(8), PLAN)
    with pytest.raises(UserError, match=r"with w 2x3, and now it is missing\."):
        checkpoint.load(tmp_path, PLAN, {})


def test_other_plan_is_told_by_its_first_difference(tmp_path: Path) -> None:
    checkpoint.save(tmp_path, at(8), PLAN)
    with pytest.raises(UserError, match=r"with batch 8, and now it is 9\."):
        checkpoint.load(tmp_path, replace(PLAN, batch=9), WEIGHTS)


def test_done_part_knows_its_plan(tmp_path: Path) -> None:
    assert not checkpoint.is_done(tmp_path, PLAN)
    checkpoint.mark_done(tmp_path, PLAN, Progress(8), {"error": 0.1})
    assert checkpoint.is_done(tmp_path, PLAN)
    with pytest.raises(UserError, match=r"done\.json was made with"):
        checkpoint.is_done(tmp_path, replace(PLAN, ema=0.5))


def test_damaged_done_marker_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "done.json").write_text("{")
    with pytest.raises(MachineError, match="cannot be read"):
        checkpoint.is_done(tmp_path, PLAN)
