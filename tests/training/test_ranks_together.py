"""A whole training by two ranks, as CPUs have it, killed once on its way."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.training.test_start import loaded
from tests.training.tiny import SIDE, write_pictures

ROOT = Path(__file__).parents[2]
PATIENCE_S = 240

TRAIN = """
import sys
from pathlib import Path
from t2i_studio.training import presets, ranks
from t2i_studio.training.start import Wish, fulfil
from tests.training.tiny import tiny_preset
pictures, folder = map(Path, sys.argv[1:])
if not ranks.is_launched():
    sys.exit(ranks.launch(2, sys.argv[1:], folder, program=["-c", sys.orig_argv[2]]))
presets.PRESETS["tiny"] = tiny_preset()
fulfil(Wish("tiny", folder, folder, pictures=pictures, device="cpu"))
"""


def start(pictures: Path, folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", TRAIN, str(pictures), str(folder)]
    return subprocess.Popen(command, start_new_session=True)


@pytest.mark.slow
def test_two_ranks_that_were_killed_go_on_to_a_checkpoint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    pictures, folder = write_pictures(tmp_path / "own"), tmp_path / "run"

    first = start(pictures, folder)
    wait_for(folder / "clip" / "done.json", first)
    first.send_signal(signal.SIGKILL)
    first.wait(PATIENCE_S)
    assert not (folder / "checkpoint").exists()

    assert start(pictures, folder).wait(PATIENCE_S) == 0
    assert loaded(folder / "checkpoint").layout.image_size == SIDE


def wait_for(path: Path, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not path.exists():
        assert process.poll() is None, "the training ended early"
        assert time.monotonic() < end
        time.sleep(0.02)
