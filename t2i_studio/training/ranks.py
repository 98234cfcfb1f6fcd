"""Several processes that train one network together on this machine.

Two processes of one thread each train faster on two cores than one of two threads, above all
beside other work. Each gets a session of its own, because Linux on a desktop shares the
processor out among sessions (sched(7), "The autogroup feature").

A rank's stdin is its lifeline: a byte means "save a checkpoint and end", and its end means that
whoever launched it is gone, however that came about.
"""

import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from t2i_studio.core.cancel import CancelToken
from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.gallery.files import unusable

LIFELINE = "T2I_STUDIO_LIFELINE"
PROGRAM = ("-m", "t2i_studio")
LOOK_EVERY_S = 0.1
GRACE_S = 60.0  # for a last checkpoint
SPEAK_S = 5.0  # for rank 0's last word
ORPHANED, CANCELLED = 3, 130


def is_launched() -> bool:
    """Return whether this process is a rank of ours, of torchrun or of `accelerate launch`."""
    return "WORLD_SIZE" in os.environ


def follow(cancel: CancelToken) -> None:
    """Let this rank end with its launcher, and be cancelled by it; without one, do nothing."""
    if LIFELINE in os.environ:
        threading.Thread(target=_watch, args=(cancel,), name="lifeline", daemon=True).start()


def launch(
    count: int,
    argv: Sequence[str],
    folder: Path,
    device: str = "cpu",
    program: Sequence[str] = PROGRAM,
) -> int:
    """Run this command as `count` ranks until all have ended; return rank 0's exit code.

    Rank 0 speaks for all; what the others say goes to `folder`/rank-1.log and so on.
    Raises MachineError when another rank fails on its own or `folder` cannot be written to,
    UserError when there are fewer GPUs than ranks.
    """
    _check_count(count, device)
    _make(folder, count)
    command = [sys.executable, *program, *argv]
    with _Ranks.started(count, command, folder, device) as ranks:
        try:
            ranks.wait()
        except KeyboardInterrupt:
            ranks.cancel()
            ranks.wait(GRACE_S)
        return ranks.verdict()


@dataclass(frozen=True)
class _Ranks:
    """Processes that live and end together."""

    processes: list[subprocess.Popen[bytes]]
    folder: Path

    @classmethod
    @contextlib.contextmanager
    def started(
        cls, count: int, command: Sequence[str], folder: Path, device: str
    ) -> Iterator["_Ranks"]:
        ranks = cls([], folder)
        shared = _environment(count, device)
        try:
            for rank in range(count):
                ranks._start(rank, command, shared)
            yield ranks
        finally:
            ranks._end()

    def wait(self, seconds: float = float("inf")) -> None:
        """Return when all have ended, when one has failed, or after so many seconds."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            codes = [process.poll() for process in self.processes]
            if any(codes) or None not in codes:
                return
            time.sleep(LOOK_EVERY_S)

    def cancel(self) -> None:
        for process in self.processes:
            assert process.stdin
            with contextlib.suppress(OSError):  # it has ended
                process.stdin.write(b"c")
                process.stdin.flush()

    def verdict(self) -> int:
        """Return rank 0's exit code, once it has had the time to say what happened."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.processes[0].wait(SPEAK_S)
        codes = [process.poll() for process in self.processes]
        # A signal first: those who lose their peer by it end with an error of their own.
        worst = min(range(len(codes)), key=lambda rank: codes[rank] or 0)
        if (codes[worst] or 0) < 0:
            raise self._failure(worst, f"was ended by signal {-(codes[worst] or 0)}")
        if codes[0] is None and any(codes):
            worst = next(rank for rank, code in enumerate(codes) if code)
            raise self._failure(worst, f"has failed: {_last_line(_log(self.folder, worst))}")
        return CANCELLED if codes[0] is None else codes[0]

    def _failure(self, rank: int, what: str) -> MachineError:
        hint = f"What it said is in {_log(self.folder, rank)}." if rank else "Close other programs."
        return MachineError(f"Rank {rank} of the training {what}.", hint)

    def _start(self, rank: int, command: Sequence[str], shared: Mapping[str, str]) -> None:
        own = {**shared, "RANK": str(rank), "LOCAL_RANK": str(rank)}
        with contextlib.ExitStack() as stack:
            log = stack.enter_context(_log(self.folder, rank).open("ab")) if rank else None
            process = subprocess.Popen(
                command,
                env=own,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.processes.append(process)

    def _end(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()
            assert process.stdin
            with contextlib.suppress(OSError):
                process.stdin.close()


def _check_count(count: int, device: str) -> None:
    if device != "cuda":
        return
    import torch  # seconds, which ranks on a CPU need not wait for

    if count > (there := torch.cuda.device_count()):
        raise UserError(
            f"{count} ranks need {count} GPUs; this machine has {there}.",
            f"Give --ranks {there}, or none.",
        )


def _make(folder: Path, count: int) -> None:
    """Make the folder and its logs now, to tell what keeps us from it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for rank in range(1, count):
            _log(folder, rank).open("ab").close()
    except OSError as error:
        raise unusable(folder, error) from error


def _log(folder: Path, rank: int) -> Path:
    return folder / f"rank-{rank}.log"


def _environment(count: int, device: str) -> dict[str, str]:
    environment = {
        **os.environ,
        LIFELINE: "stdin",
        "WORLD_SIZE": str(count),
        "LOCAL_WORLD_SIZE": str(count),
        "MASTER_ADDR": "127.0.0.1",
        "MASTER_PORT": str(_free_port()),
    }
    if device == "cpu":
        environment.update(OMP_NUM_THREADS="1", ACCELERATE_USE_CPU="true")
    return environment


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").split("\n") if log.exists() else []
    return next((line.strip() for line in reversed(lines) if line.strip()), "without a word")


def _watch(cancel: CancelToken) -> None:
    while os.read(sys.stdin.fileno(), 1):
        cancel.cancel()
    os._exit(ORPHANED)
