"""What the status bar tells of the queue."""

import pytest
from pytestqt.qtbot import QtBot

from t2i_studio.app import Studio
from t2i_studio.core.events import PlannedStage, Progress, Started
from t2i_studio.core.geometry import Extent
from t2i_studio.core.request import Generate
from t2i_studio.studio.jobs import Job, JobState
from t2i_studio.ui.panels.status import StatusPanel

PLAN = (PlannedStage(key="prior", steps=4), PlannedStage(key="decoder", steps=8))


def running(studio: Studio, count: int = 2) -> Job:
    """A job in work, and one that waits; nothing reaches the engine."""
    studio.session.dispatcher.pause()
    jobs = [Job(Generate(prompt=name, seed=1, count=count, size=Extent(64, 64))) for name in "ab"]
    studio.session.jobs.add(*jobs)
    studio.session.jobs.set_state(jobs[0], JobState.running)
    return jobs[0]


def go_on(studio: Studio, job: Job, stage: str, step: int, seconds: float, index: int = 0) -> None:
    progress = Progress(
        request_id=job.id,
        index=index,
        stage=stage,
        stage_step=step,
        stage_steps=4,
        step=1,
        total=12,
        step_s=seconds,
    )
    if job.progress is None:
        started = Started(request_id=job.id, request=job.request, plan=PLAN)
        studio.session.dispatcher.handle(started)
    studio.session.dispatcher.handle(progress)


@pytest.fixture
def status(studio: Studio) -> StatusPanel:
    return studio.window.status


def test_it_tells_stage_picture_and_queue(studio: Studio, status: StatusPanel) -> None:
    job = running(studio)
    go_on(studio, job, "prior", 1, 0.25)
    go_on(studio, job, "decoder", 1, 2.0, index=1)
    assert status.activity.text() == "Decoder 1/4"
    # This job: 3 x 0.25 s and 7 x 2 s; the other: 4 x 0.25 s and 8 x 2 s.
    assert status.left.text() == "6.0 s left · picture 2 of 2 · queue about 32 s"
    assert status.waiting.text() == "1 waiting, paused"
    studio.session.dispatcher.is_paused = False
    studio.session.dispatcher.paused_changed.emit(False)
    assert status.waiting.text() == "1 waiting"


def test_one_picture_is_not_counted(studio: Studio, status: StatusPanel) -> None:
    go_on(studio, running(studio, count=1), "prior", 1, 0.5)
    assert "picture" not in status.left.text()


def test_loading_a_model_is_a_state_of_its_own(studio: Studio, status: StatusPanel) -> None:
    running(studio)
    assert status.activity.text() == "Starting …"
    assert status.left.text() == ""  # nothing is known yet
    studio.session.phase = "Loading weights"
    studio.session.model_changed.emit()
    assert status.activity.text() == "Loading weights …"
    studio.session.phase = ""
    studio.session.model_changed.emit()
    assert status.activity.text() == "Starting …"


def test_it_is_ready_when_all_is_done(qtbot: QtBot, studio: Studio, status: StatusPanel) -> None:
    assert status.activity.text() == "Ready"
    studio.session.settings.prompt = "a red cube"
    studio.session.generate()
    assert status.cancel.isVisible()
    qtbot.waitUntil(lambda: status.activity.text() == "Ready")
    assert status.left.text() == ""
    assert not status.bar.isVisible()
    assert not status.cancel.isVisible()


def test_stopping_is_told_at_once(studio: Studio, status: StatusPanel) -> None:
    job = running(studio)
    status.cancel.click()
    assert job.is_cancelling
    assert status.activity.text() == "Stopping …"
