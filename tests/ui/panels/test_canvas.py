from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from t2i_studio.core.errors import UserError
from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image
from t2i_studio.studio.background import InlineBackground
from t2i_studio.studio.notices import Level, Notice
from t2i_studio.studio.session import Session
from t2i_studio.studio.tools import Tool
from t2i_studio.ui.panels.canvas import CanvasPanel

LEFT = Qt.MouseButton.LeftButton
MIDDLE = QPoint(300, 200)


@pytest.fixture
def panel(qtbot: QtBot, desk: Session) -> Iterator[CanvasPanel]:
    panel = CanvasPanel(desk, InlineBackground())
    qtbot.addWidget(panel)
    panel.resize(700, 560)
    panel.show()
    QApplication.processEvents()
    yield panel
    panel.unbind()


def test_why_a_tool_does_nothing_is_said_once(
    panel: CanvasPanel, desk: Session, notices: list[Notice]
) -> None:
    desk.document.close()
    for _ in range(3):
        QTest.mouseClick(panel.view, LEFT, pos=MIDDLE)
    assert [notice.level for notice in notices] == [Level.info]


def test_what_the_document_refuses_is_a_warning(
    panel: CanvasPanel, desk: Session, notices: list[Notice]
) -> None:
    desk.tools.tool = Tool.crop
    panel.view.tools.crop.show(Bounds(-100, 0, 50, 50))
    panel.options.crop.apply.click()
    assert [notice.level for notice in notices] == [Level.warn]
    assert "overlaps" in notices[0].text


def test_what_is_wrong_with_us_is_said_as_such(panel: CanvasPanel, notices: list[Notice]) -> None:
    panel.view.covers.failed.emit(ValueError("odd"))
    panel.view.covers.failed.emit(UserError("No room.", "Make some."))
    assert [notice.level for notice in notices] == [Level.danger, Level.warn]


def test_tips_follow_the_keys(panel: CanvasPanel) -> None:
    assert "(B)" in panel.tool_column.buttons[Tool.brush].toolTip()
    panel.view.keys.rebind({"canvas.brush": ["P"]})
    assert "(P)" in panel.tool_column.buttons[Tool.brush].toolTip()


def test_letters_are_for_the_canvas_only_while_it_has_the_focus(
    panel: CanvasPanel, desk: Session
) -> None:
    desk.tools.tool = Tool.text
    QTest.mouseClick(panel.view, LEFT, pos=MIDDLE)
    words = panel.view.text_editor.words
    QTest.keyClicks(words, "bel")
    assert desk.tools.tool is Tool.text
    assert words.toPlainText() == "bel"
    QTest.keyClick(words, Qt.Key.Key_Escape)
    assert panel.view.hasFocus()
    QTest.keyClick(panel.view, Qt.Key.Key_B)
    assert desk.tools.tool is Tool.brush


def test_buttons_for_the_whole_mask(panel: CanvasPanel, desk: Session) -> None:
    panel.invert.click()
    assert desk.document.mask.inverted().is_empty
    panel.clear.click()
    assert not desk.document.has_mask


def test_mask_files_are_asked_for_by_signal(panel: CanvasPanel) -> None:
    asked: list[str] = []
    panel.mask_import_requested.connect(lambda: asked.append("import"))
    panel.mask_export_requested.connect(lambda: asked.append("export"))
    panel.options.mask_menu.load.trigger()
    panel.options.mask_menu.export.trigger()
    assert asked == ["import", "export"]


def test_the_frame_of_the_session_is_the_one_that_is_dragged(
    panel: CanvasPanel, desk: Session
) -> None:
    desk.tools.tool = Tool.frame
    start, end = (panel.view.from_picture(QPointF(*at)).toPoint() for at in ((16, 16), (96, 80)))
    QTest.mousePress(panel.view, LEFT, pos=start)
    QTest.mouseMove(panel.view, end)
    QTest.mouseRelease(panel.view, LEFT, pos=end)
    assert desk.frame.bounds is not None
    assert desk.frame.bounds.extent == Extent(80, 64)


def test_the_empty_canvas_says_what_to_do(panel: CanvasPanel, desk: Session) -> None:
    assert panel.empty.isHidden()
    desk.document.close()
    assert panel.empty.isVisible()
    assert panel.empty.buttons
    chosen: list[str] = []
    panel.example_chosen.connect(chosen.append)
    panel.empty.buttons[0].click()
    assert chosen == [panel.empty.buttons[0].text()]
    desk.document.open(Image.filled(Extent(9, 9), (0, 0, 0)))
    assert panel.empty.isHidden()
