"""Several processes train as one."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.training import ranks

ROOT = Path(__file__).parents[2]
FOLLOW = """
import os, sys, time
from t2i_studio.core.cancel import CancelToken
from t2i_studio.training import ranks
cancel, rank = CancelToken(), int(os.environ["RANK"])
ranks.follow(cancel)
"""
ENDLESS = "while not cancel.is_cancelled: time.sleep(0.01)\nsys.exit(130)\n"
LAUNCH = """
import sys
from pathlib import Path
from t2i_studio.training import ranks
sys.exit(ranks.launch(2, [], Path(sys.argv[1]), program=["-c", sys.argv[2]]))
"""


@pytest.fixture(autouse=True)
def in_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def launch(folder: Path, code: str) -> int:
    return ranks.launch(2, [], folder, program=["-c", FOLLOW + code])


def launched(folder: Path) -> subprocess.Popen[bytes]:
    """Launch two endless ranks by a process of their own, and wait until they run."""
    ready = f"open(f'{folder}/{{os.getpid()}}.pid', 'w').close()\n"
    code = [LAUNCH, str(folder), FOLLOW + ready + ENDLESS]
    process = subprocess.Popen([sys.executable, "-c", *code], start_new_session=True)
    wait_until(lambda: len(list(folder.glob("*.pid"))) == 2)
    return process


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


def are_gone(folder: Path) -> bool:
    return not any(is_alive(int(path.stem)) for path in folder.glob("*.pid"))


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_each_rank_knows_its_number_and_rank_0_speaks(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code = "print('rank', rank, 'of', os.environ['WORLD_SIZE'], os.environ['OMP_NUM_THREADS'])"
    assert launch(tmp_path, code) == 0
    assert capfd.readouterr().out == "rank 0 of 2 1\n"
    assert (tmp_path / "rank-1.log").read_text() == "rank 1 of 2 1\n"


def test_exit_code_is_that_of_rank_0(tmp_path: Path) -> None:
    assert launch(tmp_path, "sys.exit(2)") == 2


def test_other_rank_that_fails_ends_all_and_is_quoted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranks, "SPEAK_S", 0.1)
    code = "if rank: sys.exit('no such luck')\n" + ENDLESS
    with pytest.raises(MachineError, match=r"Rank 1 of .* has failed: no such luck.*rank-1\.log"):
        launch(tmp_path, code)


def test_rank_that_is_killed_is_blamed_and_not_the_one_that_lost_it(tmp_path: Path) -> None:
    code = "os.kill(os.getpid(), 9) if rank else sys.exit('connection lost')"
    with pytest.raises(MachineError, match=r"Rank 1 .* was ended by signal 9"):
        launch(tmp_path, code)


def test_interrupted_ranks_are_cancelled(tmp_path: Path) -> None:
    process = launched(tmp_path)
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 130
    assert are_gone(tmp_path)


def test_ranks_do_not_outlive_their_launcher(tmp_path: Path) -> None:
    process = launched(tmp_path)
    process.kill()
    process.wait()
    wait_until(lambda: are_gone(tmp_path))


@pytest.mark.parametrize(
    "spoil",
    [lambda run: run.touch(), lambda run: (run / "rank-1.log").mkdir(parents=True)],
    ids=["a file", "no room for a log"],
)
def test_folder_that_cannot_be_written_to_is_told_in_one_line(
    tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(tmp_path / "run")
    with pytest.raises(MachineError, match=r"Cannot write into .*run \("):
        launch(tmp_path / "run", "sys.exit(0)")


def test_more_ranks_than_gpus_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 1)
    with pytest.raises(UserError, match=r"2 ranks need 2 GPUs; .* has 1. Give --ranks 1"):
        ranks.launch(2, [], tmp_path / "run", "cuda")
    assert not (tmp_path / "run").exists()


def test_process_without_a_launcher_follows_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WORLD_SIZE", raising=False)
    assert not ranks.is_launched()
    monkeypatch.setenv("WORLD_SIZE", "2")
    assert ranks.is_launched()


def test_two_ranks_learn_one_network(tmp_path: Path) -> None:
    program = ["-m", "tests.training.program"]
    assert ranks.launch(2, ["together", str(tmp_path)], tmp_path, program=program) == 0
    first, second = (torch.load(tmp_path / f"{rank}.pt") for rank in (0, 1))
    torch.testing.assert_close(first, second, atol=0, rtol=0)
    assert (first["linear.weight"] - 1).abs().max() < 0.3
    assert os.listdir(tmp_path / "adding" / "checkpoint")
