"""The queue by real events, in the whole window over the fake backend."""

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from t2i_studio.app import Studio
from t2i_studio.core.events import Progress
from t2i_studio.core.geometry import Extent
from t2i_studio.core.request import Generate
from t2i_studio.studio.jobs import Job, JobState
from t2i_studio.ui.itemmodels.queue import DETAIL_ROLE, SHARE_ROLE, STATE_ROLE
from t2i_studio.ui.panels.queue import QueuePanel
from t2i_studio.ui.widgets.job_list import ROW, JobList
from tests.ui.conftest import OpenStudio

ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def panel(studio: Studio) -> QueuePanel:
    """A queue that is paused, with jobs a to e."""
    studio.session.dispatcher.pause()
    studio.session.dispatcher.jobs.add(*(job(name) for name in "abcde"))
    return studio.window.queue


def job(name: str, **how: object) -> Job:
    request = Generate(prompt=name, seed=5, count=2, size=Extent(64, 64))
    return Job(request, **how)  # type: ignore[arg-type]  # whatever a test wants of a job


def order(panel: QueuePanel) -> str:
    return "".join(str(panel.model.index(row).data()) for row in range(panel.model.rowCount()))


def select(panel: QueuePanel, *rows: int) -> None:
    """Click the rows, all but the first with Ctrl."""
    for row in rows:
        key = NONE if row == rows[0] else CONTROL
        panel.list.scrollTo(panel.model.index(row))
        place = panel.list.visualRect(panel.model.index(row)).center()
        QTest.mouseClick(panel.list.viewport(), LEFT, key, place - QPoint(80, 0))


def texts(menu: QMenu) -> list[str]:
    names = [action.text().split("\t")[0].replace("&", "") for action in menu.actions()]
    return [name for name in names if name]


def trigger(menu: QMenu, name: str) -> None:
    [action] = [each for each in menu.actions() if each.text().replace("&", "").startswith(name)]
    action.trigger()


def drop_before(panel: QueuePanel, moved: list[int], row: int) -> None:
    """Drag rows and drop them on the border above `row`."""
    view = panel.list
    data = panel.model.mimeData([panel.model.index(each) for each in moved])
    below = panel.model.index(min(row, panel.model.rowCount() - 1))
    view.scrollTo(below)
    rect = view.visualRect(below)
    place = rect.topLeft() if row < panel.model.rowCount() else rect.bottomLeft()
    place += QPoint(20, 1 if row < panel.model.rowCount() else 0)
    move = Qt.DropAction.MoveAction
    QApplication.sendEvent(view.viewport(), QDragEnterEvent(place, move, data, LEFT, NONE))
    QApplication.sendEvent(view.viewport(), QDragMoveEvent(place, move, data, LEFT, NONE))
    QApplication.sendEvent(view.viewport(), QDropEvent(place, move, data, LEFT, NONE))


def test_what_waits_is_there_again_after_a_restart(open_studio: OpenStudio, qtbot: QtBot) -> None:
    first = open_studio()
    first.session.dispatcher.pause()
    first.session.settings.prompt = "a red cube"
    for _ in range(3):
        first.session.generate()
    second = open_studio()
    qtbot.waitUntil(lambda: len(second.session.jobs) == 3)
    assert {job.state for job in second.session.jobs} == {JobState.restored}
    assert second.window.queue.model.index(0).data(STATE_ROLE) == "from last time"
    toast = second.window.toasts.toasts[-1]
    assert toast.text == "3 jobs of the last time wait."
    toast.button.click()
    qtbot.waitUntil(lambda: len(second.session.jobs) == 0)
    qtbot.waitUntil(lambda: len(second.session.shelf.pictures) == 3)


def test_jobs_move_by_the_keyboard_and_stay_selected(panel: QueuePanel) -> None:
    select(panel, 1)
    for key, expected in (
        (Qt.Key.Key_Down, "acbde"),
        (Qt.Key.Key_Down, "acdbe"),
        (Qt.Key.Key_Up, "acbde"),
        (Qt.Key.Key_Home, "bacde"),
    ):
        QTest.keyClick(panel.list, key, ALT)
        assert order(panel) == expected
        assert panel.list.currentIndex().data() == "b"
        assert [index.data() for index in panel.list.selectedIndexes()] == ["b"]


def test_arrows_without_alt_only_go_through_the_list(panel: QueuePanel) -> None:
    select(panel, 1)
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    assert panel.list.currentIndex().data() == "c"
    assert order(panel) == "abcde"


@pytest.mark.parametrize(
    ("moved", "row", "expected"),
    [([3], 0, "dabce"), ([0], 2, "bacde"), ([0, 2], 4, "bdace"), ([1], 5, "acdeb")],
)
def test_jobs_move_by_dragging(
    panel: QueuePanel, moved: list[int], row: int, expected: str
) -> None:
    drop_before(panel, moved, row)
    assert order(panel) == expected


def test_a_job_that_has_gone_meanwhile_is_not_dropped(panel: QueuePanel, studio: Studio) -> None:
    data = panel.model.mimeData([panel.model.index(0)])
    studio.session.cancel(next(iter(studio.session.jobs)))
    move = Qt.DropAction.MoveAction
    assert not panel.model.dropMimeData(data, move, 0, 0, QModelIndex())
    assert order(panel) == "bcde"


def test_only_what_waits_can_be_dragged(panel: QueuePanel, studio: Studio) -> None:
    studio.session.jobs.set_state(next(iter(studio.session.jobs)), JobState.failed)
    flags = [panel.model.flags(panel.model.index(row)) for row in range(5)]
    can_drag = [bool(flag & Qt.ItemFlag.ItemIsDragEnabled) for flag in flags]
    assert can_drag == [True, True, True, True, False]


def test_delete_drops_what_is_selected_and_a_toast_brings_it_back(
    panel: QueuePanel, studio: Studio
) -> None:
    select(panel, 0, 2)
    QTest.keyClick(panel.list, Qt.Key.Key_Delete)
    assert order(panel) == "bde"
    toast = studio.window.toasts.toasts[-1]
    assert toast.text == "2 jobs that waited were dropped."
    toast.button.click()
    assert order(panel) == "bdeac"


def test_the_cross_of_a_row_drops_this_row(panel: QueuePanel) -> None:
    rect = panel.list.visualRect(panel.model.index(1))
    QTest.mouseClick(panel.list.viewport(), LEFT, pos=QPoint(rect.right() - 16, rect.center().y()))
    assert order(panel) == "acde"


def test_the_dots_of_a_row_open_its_menu(panel: QueuePanel) -> None:
    rect = panel.list.visualRect(panel.model.index(1))
    QTest.mouseClick(panel.list.viewport(), LEFT, pos=QPoint(rect.right() - 40, rect.center().y()))
    [menu] = [each for each in panel.findChildren(QMenu) if each.isVisible()]
    assert "Move to front" in texts(menu)
    trigger(menu, "Move to front")
    menu.close()
    assert order(panel) == "bacde"


@pytest.mark.parametrize("reason", list(QContextMenuEvent.Reason))
def test_the_menu_opens_by_mouse_and_keyboard(
    panel: QueuePanel, reason: QContextMenuEvent.Reason
) -> None:
    select(panel, 2)
    place = panel.list.visualRect(panel.model.index(2)).center()
    QApplication.sendEvent(panel.list.viewport(), QContextMenuEvent(reason, place, place))
    [menu] = [each for each in panel.findChildren(QMenu) if each.isVisible()]
    menu.close()


def test_there_is_no_menu_where_there_is_no_job(studio: Studio) -> None:
    panel = studio.window.queue
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(panel.list.viewport(), event)
    panel.list.menu_requested.emit(QPoint(5, 5))
    QTest.keyClick(panel.list, Qt.Key.Key_Up, ALT)
    QTest.keyClick(panel.list, Qt.Key.Key_Home, ALT)
    assert not any(menu.isVisible() for menu in panel.findChildren(QMenu))


WAITING = ["Move to front", "Move up", "Move down", "Edit", "Duplicate", "Remove"]


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([], []),
        ([JobState.waiting], WAITING),
        ([JobState.restored], WAITING),
        ([JobState.running], ["Duplicate", "Cancel"]),
        ([JobState.failed], ["Retry", "Edit", "Duplicate", "Dismiss"]),
        ([JobState.waiting, JobState.waiting], ["Move to front", "Remove"]),
        ([JobState.failed, JobState.failed], ["Retry", "Dismiss"]),
        ([JobState.failed, JobState.waiting], ["Remove"]),
        ([JobState.running, JobState.waiting], ["Cancel"]),
    ],
)
def test_the_menu_offers_what_can_be_done(
    studio: Studio, states: list[JobState], expected: list[str]
) -> None:
    studio.session.dispatcher.pause()
    jobs = [job("x", state=state) for state in states]
    studio.session.jobs.add(*jobs)
    menu = studio.window.queue.menu_for(jobs)
    assert texts(menu) == expected
    menu.deleteLater()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Move to front", "cabde"),
        ("Move up", "acbde"),
        ("Move down", "abdce"),
        ("Duplicate", "abccde"),
        ("Remove", "abde"),
        ("Edit", "abde"),
    ],
)
def test_the_menu_does_it(studio: Studio, panel: QueuePanel, name: str, expected: str) -> None:
    select(panel, 2)
    menu = panel.menu_for([list(studio.session.jobs)[2]])
    trigger(menu, name)
    menu.deleteLater()
    assert order(panel) == expected
    assert (studio.session.settings.prompt == "c") is (name == "Edit")


def test_a_failed_job_stays_until_it_is_retried(qtbot: QtBot, studio: Studio) -> None:
    panel = studio.window.queue
    failed = job("a red cube", state=JobState.failed, message="Too hot. Wait a while.")
    studio.session.jobs.add(failed)
    index = panel.model.index(0)
    assert index.data(STATE_ROLE) == "failed"
    assert index.data(DETAIL_ROLE) == "Too hot. Wait a while."
    assert "Too hot." in index.data(Qt.ItemDataRole.ToolTipRole)
    menu = panel.menu_for([failed])
    trigger(menu, "Retry")
    menu.deleteLater()
    qtbot.waitUntil(lambda: len(studio.session.staging.candidates) == 2)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 0)


def test_the_head_pauses_and_resumes(qtbot: QtBot, studio: Studio) -> None:
    panel, dispatcher = studio.window.queue, studio.session.dispatcher
    studio.session.jobs.add(job("a", state=JobState.failed))
    QTest.mouseClick(panel.pause, LEFT)
    assert dispatcher.is_paused
    dispatcher.add(job("b"))
    assert panel.heading.text() == "Queue (2) · paused"
    assert panel.pause.accessibleName() == "Resume the queue"
    assert panel.model.index(0).data(STATE_ROLE) == "paused"
    QTest.mouseClick(panel.pause, LEFT)
    assert not dispatcher.is_paused
    qtbot.waitUntil(lambda: panel.model.rowCount() == 1)


def test_a_paused_queue_can_be_seen_and_resumed_while_it_is_empty(studio: Studio) -> None:
    panel = studio.window.queue
    assert panel.heading.text() == "Queue is empty"
    assert not panel.pause.isVisible()
    studio.session.dispatcher.pause()
    assert panel.heading.text() == "Queue is paused"
    assert panel.pause.isVisible()


def test_the_head_clears(qtbot: QtBot, studio: Studio, panel: QueuePanel) -> None:
    assert panel.cancel_all.accessibleName() == "Clear the queue"
    QTest.mouseClick(panel.cancel_all, LEFT)
    assert order(panel) == ""
    assert not panel.list.isVisible()
    assert not panel.cancel_all.isVisible()


def test_what_runs_is_cancelled_with_the_others(studio: Studio, panel: QueuePanel) -> None:
    first = next(iter(studio.session.jobs))
    studio.session.jobs.set_state(first, JobState.running)
    assert panel.cancel_all.accessibleName() == "Cancel all jobs"
    select(panel, 0, 1)
    QTest.keyClick(panel.list, Qt.Key.Key_Delete)
    assert order(panel) == "acde"
    assert first.is_cancelling
    assert panel.model.index(0).data(STATE_ROLE) == "stopping"


def test_a_row_tells_how_far_its_job_is(studio: Studio, panel: QueuePanel) -> None:
    first = next(iter(studio.session.jobs))
    index = panel.model.index(0)
    assert index.data(SHARE_ROLE) is None
    studio.session.jobs.set_state(first, JobState.running)
    assert index.data(STATE_ROLE) == "starting"
    assert index.data(SHARE_ROLE) == 0.0
    studio.session.phase = "Loading weights"
    studio.session.model_changed.emit()
    assert index.data(STATE_ROLE) == "loading model"
    first.progress = Progress(
        request_id=first.id,
        index=0,
        stage="decoder",
        stage_step=1,
        stage_steps=4,
        step=3,
        total=12,
        eta_s=3.21,
    )
    studio.session.jobs.update(first)
    assert index.data(STATE_ROLE) == "1/2"
    assert index.data(SHARE_ROLE) == 0.25
    assert index.data(DETAIL_ROLE) == "Generate · 2 pictures · 3.2 s left"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == (
        "a. 1/2. Generate · 2 pictures · 3.2 s left"
    )


def test_a_row_shows_the_prompt_of_the_picture_in_work(studio: Studio) -> None:
    studio.session.dispatcher.pause()
    whole = Generate(prompt="p", prompts=("p", "a\n fox"), raw_prompt="{p|q}", seed=5, count=2)
    waiting = Job(whole)
    studio.session.jobs.add(waiting)
    index = studio.window.queue.model.index(0)
    assert index.data() == "p"
    waiting.made = 1
    assert index.data() == "a fox"


def test_the_total_is_told_once_a_pace_is_known(qtbot: QtBot, studio: Studio) -> None:
    panel, dispatcher = studio.window.queue, studio.session.dispatcher
    dispatcher.add(job("a"))
    qtbot.waitUntil(lambda: len(studio.session.jobs) == 0)
    dispatcher.pause()
    dispatcher.add(job("b"))
    assert panel.heading.text() == "Queue (1) · paused · about 1 s"
    assert panel.model.index(0).data(DETAIL_ROLE) == "Generate · 2 pictures · about 1 s"


def test_at_most_four_rows_take_room(panel: QueuePanel) -> None:
    assert panel.list.height() == 4 * ROW


def test_a_thousand_jobs_are_listed_and_dropped_quickly(studio: Studio) -> None:
    studio.session.dispatcher.pause()
    jobs = [job(f"{number}") for number in range(1000)]
    studio.session.jobs.add(*jobs)
    assert studio.window.queue.model.rowCount() == 1000
    studio.session.cancel_all()
    assert studio.window.queue.model.rowCount() == 0


def test_the_list_can_be_painted_in_every_state(studio: Studio, panel: QueuePanel) -> None:
    jobs = studio.session.jobs
    jobs.set_state(next(iter(jobs)), JobState.running)
    jobs.set_state(list(jobs)[4], JobState.failed)
    select(panel, 1)
    blank = JobList()
    shot = panel.list.grab().toImage()
    assert shot.size() != blank.size()
    colours = {shot.pixelColor(x, 12).name() for x in range(shot.width())}
    assert len(colours) > 3
    blank.deleteLater()
