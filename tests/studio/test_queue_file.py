"""The queue after a restart, a crash, and a disk that fails."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any

import numpy as np
import pytest

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.core.request import Embed, Generate, Inpaint
from t2i_studio.studio.background import InlineBackground
from t2i_studio.studio.dispatch import Dispatcher
from t2i_studio.studio.jobs import Job, JobState
from t2i_studio.studio.notices import Notice
from t2i_studio.studio.placement import Placement
from t2i_studio.studio.queue_file import FILE, PICTURES, QueueFile

PICTURE = Image.filled(Extent(16, 8), (1, 2, 3))
MASK = Mask(np.full((8, 16), 255, np.uint8))
PLACEMENT = Placement((3, -4), {"settings": {"seed": -1}, "frame": {"padding": 8}})


class Program:
    """One run of the program: a queue over a folder."""

    def __init__(self, folder: Path, background: Any = None) -> None:
        self.dispatcher = Dispatcher()
        self.notices: list[Notice] = []
        self.file = QueueFile(self.dispatcher, folder, background or InlineBackground())
        self.file.noticed.connect(self.notices.append)
        self.file.restore()

    @property
    def jobs(self) -> list[Job]:
        return list(self.dispatcher.jobs)

    @property
    def names(self) -> str:
        return "".join(job.request.prompt for job in self.jobs)

    @property
    def said(self) -> str:
        return "\n".join(notice.text for notice in self.notices)

    def add(self, *names: str) -> list[Job]:
        jobs = [Job(Generate(prompt=name, seed=1)) for name in names]
        self.dispatcher.add(*jobs)
        return jobs


class LaterBackground(InlineBackground):
    """Runs what writes only when it is told to."""

    def __init__(self) -> None:
        self.tasks: list[Callable[[], None]] = []

    def run(self, task: Any, done: Any, failed: Any) -> None:
        self.tasks.append(lambda: super(LaterBackground, self).run(task, done, failed))

    def go(self) -> None:
        self.tasks.pop(0)()


def repaint(name: str, image: Image = PICTURE) -> Job:
    request = Inpaint(prompt=name, seed=2, image=image, mask=MASK)
    return Job(request, PLACEMENT, is_seed_drawn=True)


def pictures(folder: Path) -> set[str]:
    return {path.stem for path in (folder / PICTURES).glob("*.png")}


def test_nothing_is_there_at_first(tmp_path: Path) -> None:
    program = Program(tmp_path)
    assert program.jobs == []
    assert program.notices == []


def test_what_waits_comes_back_held_and_in_order(tmp_path: Path) -> None:
    before = Program(tmp_path)
    jobs = before.add("a", "b", "c")
    before.dispatcher.jobs.to_front(jobs[2])
    after = Program(tmp_path)
    assert after.names == "cab"
    assert {job.state for job in after.jobs} == {JobState.restored}
    assert after.said == "3 jobs of the last time wait."
    resume = after.notices[0].action
    assert resume is not None
    resume()
    assert {job.state for job in after.jobs} == {JobState.waiting}
    assert not after.dispatcher.is_held


def test_all_of_a_job_comes_back(tmp_path: Path) -> None:
    before, job = Program(tmp_path), repaint("a")
    before.dispatcher.add(job)
    after = Program(tmp_path)
    [restored] = after.jobs
    assert restored.request == job.request
    assert restored.placement == PLACEMENT
    assert restored.is_seed_drawn
    assert after.said == "1 job of the last time waits."


def test_what_was_running_comes_back_without_what_was_made(tmp_path: Path) -> None:
    before = Program(tmp_path)
    job = Job(Generate(prompt="a", seed=7, count=3))
    before.dispatcher.add(job)
    job.made = 2
    before.dispatcher.jobs.set_state(job, JobState.running)
    [restored] = Program(tmp_path).jobs
    assert (restored.state, restored.request.seed, restored.left) == (JobState.restored, 9, 1)


def test_what_has_failed_comes_back_with_its_message(tmp_path: Path) -> None:
    before = Program(tmp_path)
    [job] = before.add("a")
    job.message = "Too hot."
    before.dispatcher.jobs.set_state(job, JobState.failed)
    after = Program(tmp_path)
    [restored] = after.jobs
    assert (restored.state, restored.message) == (JobState.failed, "Too hot.")
    assert after.notices == []  # nothing waits


def test_what_is_done_does_not_come_back(tmp_path: Path) -> None:
    before = Program(tmp_path)
    first, _ = before.add("a", "b")
    before.dispatcher.jobs.set_state(first, JobState.finished)
    assert Program(tmp_path).names == "b"


def test_each_picture_is_kept_once_and_only_while_a_job_needs_it(tmp_path: Path) -> None:
    program = Program(tmp_path)
    other = Image.filled(Extent(16, 8), (9, 9, 9))
    jobs = [repaint("a"), repaint("b"), repaint("c", other)]
    program.dispatcher.add(*jobs)
    assert pictures(tmp_path) == {PICTURE.digest, MASK.digest, other.digest}
    program.dispatcher.drop(jobs[2])
    assert pictures(tmp_path) == {PICTURE.digest, MASK.digest}
    program.dispatcher.drop(*jobs[:2])
    assert pictures(tmp_path) == set()


def test_a_picture_that_is_needed_again_is_written_again(tmp_path: Path) -> None:
    program, job = Program(tmp_path), repaint("a")
    program.dispatcher.add(job)
    program.dispatcher.drop(job)
    program.dispatcher.bring_back([job])
    assert Program(tmp_path).names == "a"


def test_each_request_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = Program(tmp_path)
    hashed: list[str] = []
    digest = Image.digest.fget  # type: ignore[attr-defined]  # mypy sees the value only
    monkeypatch.setattr(Image, "digest", property(lambda self: hashed.append("x") or digest(self)))
    program.dispatcher.add(repaint("a"))
    program.dispatcher.add(repaint("b"))
    program.add("c")
    assert len(hashed) == 1


def test_changes_gather_while_a_write_is_on_its_way(tmp_path: Path) -> None:
    background = LaterBackground()
    program = Program(tmp_path, background)
    for name in "abcd":
        program.add(name)
    assert len(background.tasks) == 1
    background.go()
    background.go()
    assert background.tasks == []
    assert Program(tmp_path).names == "abcd"


def test_progress_is_not_written(tmp_path: Path) -> None:
    background = LaterBackground()
    program = Program(tmp_path, background)
    [job] = program.add("a")
    background.go()
    program.dispatcher.jobs.update(job)
    assert background.tasks == []


def test_nothing_is_written_before_what_was_there_has_been_read(tmp_path: Path) -> None:
    class Slow(InlineBackground):
        """Reads only when it is told to."""

        def read(self, task: Any, done: Any, failed: Any) -> None:
            self.go = lambda: self.run(task, done, failed)

    Program(tmp_path).add("a")
    background = Slow()
    program = Program(tmp_path, background)
    program.add("b")
    assert Program(tmp_path).names == "a"
    background.go()
    assert program.names == "ba"
    assert Program(tmp_path).names == "ba"


def test_what_is_stopped_at_the_end_is_to_be_done_next_time(tmp_path: Path) -> None:
    program = Program(tmp_path)
    [job] = program.add("a")
    program.dispatcher.jobs.set_state(job, JobState.running)
    program.file.hold()
    program.dispatcher.jobs.set_state(job, JobState.cancelled)
    program.file.close()
    program.file.close()
    assert Program(tmp_path).names == "a"


def test_what_is_made_while_the_program_ends_is_not_made_again(tmp_path: Path) -> None:
    program = Program(tmp_path)
    last, half, unwanted = program.add("a", "b", "c")
    half.request = half.request.model_copy(update={"count": 3})
    unwanted.is_cancelling = True
    program.file.hold()
    program.dispatcher.jobs.set_state(last, JobState.finished)
    half.made = 2
    program.file.close()
    again = Program(tmp_path)
    assert again.names == "b"
    assert [job.left for job in again.dispatcher.jobs] == [1]


def test_a_program_that_is_closed_before_it_has_read_leaves_the_file(tmp_path: Path) -> None:
    Program(tmp_path).add("a")
    dispatcher = Dispatcher()
    file = QueueFile(dispatcher, tmp_path, InlineBackground())
    file.hold()
    file.close()
    assert Program(tmp_path).names == "a"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param('{"version": 1, "jobs": [', id="cut off"),
        pytest.param("[]", id="a list"),
        pytest.param('{"version": 2, "jobs": []}', id="newer"),
        pytest.param('{"version": 1}', id="no jobs"),
        pytest.param('{"version": 1, "jobs": 3}', id="no list"),
        pytest.param("[" * 100_000, id="too deep"),
        pytest.param("\udcff", id="no text"),
    ],
)
def test_a_damaged_file_is_set_aside_and_named(tmp_path: Path, text: str) -> None:
    data = text.encode(errors="surrogateescape")
    (tmp_path / FILE).write_bytes(data)
    program = Program(tmp_path)
    program.add("a")
    [kept] = tmp_path.glob(f"{FILE}.damaged-*")
    assert kept.read_bytes() == data
    assert program.said == (
        f"The queue of the last time cannot be read. The file is kept as {kept.name}."
    )
    assert Program(tmp_path).names == "a"


def change_prompt(entry: Any) -> None:
    entry["request"]["prompt"] = ""


def forget_origin(entry: Any) -> None:
    del entry["origin"]


def break_origin(entry: Any) -> None:
    entry["origin"] = "left"


def break_settings(entry: Any) -> None:
    entry["settings"] = {"settings": 3}


def make_other_work(entry: Any) -> None:
    entry["request"] = Embed(inputs=("x",)).model_dump(mode="json")


@pytest.mark.parametrize(
    "damage", [change_prompt, forget_origin, break_origin, break_settings, make_other_work]
)
def test_a_damaged_job_costs_only_itself(tmp_path: Path, damage: Callable[[Any], None]) -> None:
    Program(tmp_path).add("a", "b", "c")
    kept = json.loads((tmp_path / FILE).read_bytes())
    damage(kept["jobs"][1])
    (tmp_path / FILE).write_text(json.dumps(kept))
    program = Program(tmp_path)
    assert program.names == "ac"
    assert "cannot be read: 1. The file is kept as queue.json.damaged-" in program.said
    assert Program(tmp_path).names == "ac"


def test_a_job_whose_picture_is_gone_is_told(tmp_path: Path) -> None:
    before = Program(tmp_path)
    before.dispatcher.add(repaint("a"), Job(Generate(prompt="b", seed=1)))
    (tmp_path / PICTURES / f"{PICTURE.digest}.png").write_bytes(b"half")
    program = Program(tmp_path)
    assert program.names == "b"
    assert "cannot be read: 1." in program.said


def test_a_damaged_file_that_cannot_be_moved_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / FILE).write_text("x")

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "rename", refuse)
    assert Program(tmp_path).said == "The queue of the last time cannot be read."


def test_a_disk_that_refuses_is_told_once_and_tried_again(tmp_path: Path) -> None:
    folder = tmp_path / "file"
    program = Program(folder)
    folder.write_text("no folder")
    program.add("a")
    program.add("b")
    program.file.close()
    [notice] = program.notices
    assert notice.text.startswith("The queue cannot be kept for the next start: Cannot write into")
    folder.unlink()


def test_a_picture_that_cannot_be_removed_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, job = Program(tmp_path), repaint("a")
    program.dispatcher.add(job)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", refuse)
        program.dispatcher.drop(job)
    assert program.notices == []


def test_a_killed_program_loses_no_job_and_makes_no_picture_twice(tmp_path: Path) -> None:
    script = """
        import os, signal, sys
        from pathlib import Path
        from t2i_studio.catalogue.store import Checkpoint
        from t2i_studio.core.request import Generate
        from t2i_studio.engine.backends import fake
        from t2i_studio.engine.inline import InlineEngine
        from t2i_studio.engine.registry import Registry
        from t2i_studio.engine.runner import Runner
        from t2i_studio.studio.background import InlineBackground
        from t2i_studio.studio.dispatch import Dispatcher
        from t2i_studio.studio.jobs import Job
        from t2i_studio.studio.queue_file import QueueFile

        dispatcher = Dispatcher()
        first = Job(Generate(prompt="a", seed=5, count=4))

        def kill(stage, step):
            if first.made == 2 and stage == "decoder":
                os.kill(os.getpid(), signal.SIGKILL)

        make = fake.FakeBackend
        fake.FakeBackend = lambda: make(kill)
        registry = Registry(
            families={"fake": "t2i_studio.engine.backends.fake:load"},
            find=lambda model: Checkpoint(model, Path(), "fake"),
        )
        engine = InlineEngine(Runner(registry), dispatcher.handle)
        file = QueueFile(dispatcher, Path(sys.argv[1]), InlineBackground())
        file.restore()
        dispatcher.connect(engine)
        dispatcher.add(first, Job(Generate(prompt="b", seed=1)))
        engine.run_pending()
    """
    ended = subprocess.run([sys.executable, "-c", dedent(script), str(tmp_path)], check=False)
    assert ended.returncode == -signal.SIGKILL
    program = Program(tmp_path)
    assert program.names == "ab"
    assert {job.state for job in program.jobs} == {JobState.restored}
    assert (program.jobs[0].request.seed, program.jobs[0].left) == (7, 2)
