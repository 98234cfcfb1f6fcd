"""The window with more of something than it has room for."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from t2i_studio.app import Studio
from t2i_studio.core.capabilities import Stage
from t2i_studio.core.text import MAX_PROMPT
from t2i_studio.engine.backends.fake import CAPABILITIES
from t2i_studio.ui.widgets.stage_inspector import MOST_ROWS

LEFT = Qt.MouseButton.LeftButton
TEXT = Stage(key="text", title="CLIP text", steps=1, max_steps=1)
UNCLIP = CAPABILITIES.model_copy(update={"stages": (TEXT, *CAPABILITIES.stages)})


def test_a_very_long_prompt_is_typed_and_shown(qtbot: QtBot, studio: Studio) -> None:
    words = ["cube"] * (MAX_PROMPT // 10)
    ribbon, window = studio.session.ribbon, studio.window
    ribbon.reset(UNCLIP)
    window.prompt.prompt.setPlainText(" ".join(words))
    ribbon.show_tokens(words, 75)
    cell = window.ribbon.cells[0]
    assert not cell.grab().isNull()
    assert studio.session.settings.prompt == " ".join(words)
    QTest.mouseClick(cell, LEFT)
    inspector = window.ribbon.inspector
    assert inspector is not None
    assert inspector.picture.height() <= MOST_ROWS * 24
    assert window.rect().contains(inspector.geometry())
    assert "75 of 75 tokens, 1925 cut" in inspector.state.text()


def test_one_undo_brings_back_all_that_was_deleted(qtbot: QtBot, studio: Studio) -> None:
    session, window = studio.session, studio.window
    session.settings.prompt = "a red cube"
    for _ in range(2):
        session.generate()
    qtbot.waitUntil(lambda: len(session.shelf.pictures) == 2)
    qtbot.waitUntil(lambda: len(session.jobs) == 0)
    for _ in range(2):
        count = len(session.shelf.pictures)
        session.shelf.delete(session.shelf.pictures[:1])
        qtbot.waitUntil(lambda count=count: len(session.shelf.pictures) == count - 1)
    toast = window.toasts.toasts[-1]
    assert toast.label.text() == "The picture is in the trash. (×2)"
    QTest.mouseClick(toast.button, LEFT)
    qtbot.waitUntil(lambda: len(session.shelf.pictures) == 2)
    QApplication.processEvents()
    assert all(picture.path.exists() for picture in session.shelf.pictures)
