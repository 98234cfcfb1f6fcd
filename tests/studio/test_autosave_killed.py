"""Whenever the program is killed, what comes back is whole: all of one moment, and the last one."""

import subprocess
import sys
from pathlib import Path

import pytest

KILLS = 48
ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
def test_killed_sessions_lose_nothing_and_are_no_mixture(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.studio.dying", str(tmp_path), str(KILLS)]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    pairs = [tuple(map(int, line.split())) for line in ended.stdout.splitlines()]
    assert len(pairs) == KILLS
    # What was told is there; the next one may be, too, whole but not told yet.
    assert [pair for pair in pairs if pair[1] - pair[0] not in (0, 1)] == []
    assert max(found for _, found in pairs) > 3  # they did work
