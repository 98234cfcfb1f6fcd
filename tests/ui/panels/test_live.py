"""The live mode by real events, in the whole window over the fake backend."""

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from t2i_studio.app import Studio
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.studio.tools import Tool
from t2i_studio.ui.live_timer import SOON_MS, STILL_MS, LiveTimer
from t2i_studio.ui.widgets.thumbnail_strip import CAPTION
from tests.ui.conftest import OpenStudio

LEFT = Qt.MouseButton.LeftButton
PICTURE = Image.filled(Extent(256, 256), (200, 180, 160))


def turn_on(studio: Studio) -> None:
    QTest.mouseClick(studio.window.queue.live, LEFT)
    assert studio.session.live.is_on


def wait_for_draft(qtbot: QtBot, studio: Studio) -> None:
    qtbot.waitUntil(lambda: studio.session.staging.draft is not None)


def mask_left(studio: Studio) -> None:
    studio.session.open_picture(PICTURE)
    pixels = np.zeros((256, 256), np.uint8)
    pixels[:, :128] = 255
    studio.session.document.set_mask(Mask(pixels))


def drag(studio: Studio) -> None:
    """Paint a short stroke in the middle of the canvas."""
    view = studio.window.canvas.view
    x, y = view.width() // 2, view.height() // 2
    QTest.mousePress(view, LEFT, pos=QPoint(x, y))
    for step in range(1, 5):
        QTest.mouseMove(view, QPoint(x + 4 * step, y))
    QTest.mouseRelease(view, LEFT, pos=QPoint(x + 16, y))


def test_a_picture_follows_what_is_typed(qtbot: QtBot, studio: Studio) -> None:
    seen: list[Extent] = []
    staging = studio.session.staging
    staging.shown_changed.connect(
        lambda: seen.append(staging.live.image.extent) if staging.live else None
    )
    studio.session.settings.prompt = "a red"
    turn_on(studio)
    prompt = studio.window.prompt.prompt
    prompt.setFocus()
    prompt.moveCursor(prompt.textCursor().MoveOperation.End)
    QTest.keyClicks(prompt, " cube")
    wait_for_draft(qtbot, studio)
    assert seen == [Extent(64, 64), Extent(256, 256)]
    assert staging.draft is not None
    assert staging.draft.recipe.request.prompt == "a red cube"
    assert studio.window.canvas.view.scene.overlay is not None
    assert studio.session.shelf.pictures == []
    staged = studio.window.staging.model.index(1)
    assert staged.data(CAPTION) == "Live"
    assert staged.data(Qt.ItemDataRole.ToolTipRole) == "Live: it is not kept yet"
    assert studio.window.staging.accept.isEnabled()


def test_the_bar_tells_the_seed_keeps_and_leaves(qtbot: QtBot, studio: Studio) -> None:
    bar = studio.window.live_bar
    assert not bar.isVisible()
    studio.session.settings.prompt = "a red cube"
    turn_on(studio)
    assert bar.isVisible()
    assert bar.label.text() == f"Live · seed {studio.session.settings.seed}"
    assert not bar.keep.isEnabled()
    wait_for_draft(qtbot, studio)
    QTest.mouseClick(bar.keep, LEFT)
    qtbot.waitUntil(lambda: len(studio.session.shelf.pictures) == 1)
    QTest.mouseClick(bar.close_button, LEFT)
    assert not bar.isVisible()
    assert not studio.window.queue.live.isChecked()
    assert studio.window.canvas.view.scene.overlay is None
    assert studio.session.settings.seed == -1


def test_one_can_paint_below_the_picture_that_follows(qtbot: QtBot, studio: Studio) -> None:
    session, view = studio.session, studio.window.canvas.view
    session.settings.prompt = "a red cube"
    mask_left(studio)
    turn_on(studio)
    wait_for_draft(qtbot, studio)
    assert view.is_mask_editable
    before = session.document.mask
    session.tools.tool = Tool.eraser
    drag(studio)
    assert session.document.mask != before
    assert not session.staging.is_active  # what is painted can be seen
    assert session.document.history.undo_name
    wait_for_draft(qtbot, studio)
    assert view.scene.overlay is not None


def test_a_result_of_the_queue_stays_closed(qtbot: QtBot, studio: Studio) -> None:
    session = studio.session
    session.settings.prompt = "a red cube"
    mask_left(studio)
    session.generate()
    qtbot.waitUntil(lambda: session.staging.selected is not None)
    assert not studio.window.canvas.view.is_mask_editable


def test_accepting_makes_no_new_picture_by_itself(qtbot: QtBot, studio: Studio) -> None:
    session = studio.session
    session.settings.prompt = "a red cube"
    mask_left(studio)
    turn_on(studio)
    wait_for_draft(qtbot, studio)
    timer = studio.window.live_bar.findChild(LiveTimer)
    session.accept()
    assert not timer.is_waiting
    assert not session.staging.is_active
    qtbot.waitUntil(lambda: len(session.shelf.pictures) == 1)


def test_the_timer_waits_anew_at_each_change(studio: Studio) -> None:
    timer = studio.window.live_bar.findChild(LiveTimer)
    assert not timer.is_waiting
    studio.session.settings.prompt = "a red cube"
    turn_on(studio)
    assert timer.is_waiting
    assert (SOON_MS, STILL_MS) == (150, 600)
    studio.session.live.stop()
    assert not timer.is_waiting


def test_the_status_bar_tells_of_it(qtbot: QtBot, studio: Studio) -> None:
    status, seen = studio.window.status, set[str]()
    studio.session.live.run.progressed.connect(lambda: seen.add(status.activity.text()))
    studio.session.settings.prompt = "a red cube"
    turn_on(studio)
    wait_for_draft(qtbot, studio)
    assert "Live: Decoder 4/4" in seen
    qtbot.waitUntil(lambda: status.activity.text() == "Ready")


def test_nothing_of_it_is_there_at_the_next_start(open_studio: OpenStudio, qtbot: QtBot) -> None:
    first = open_studio()
    first.session.settings.prompt = "a red cube"
    turn_on(first)
    wait_for_draft(qtbot, first)
    second = open_studio()
    assert not second.session.live.is_on
    assert second.session.settings.seed == -1
    assert not second.session.staging.is_active
