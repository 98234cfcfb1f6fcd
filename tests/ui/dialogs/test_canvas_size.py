from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QWidget
from pytestqt.qtbot import QtBot

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image
from t2i_studio.engine.backends.fake import CAPABILITIES
from t2i_studio.gallery.store import Gallery
from t2i_studio.studio.background import InlineBackground
from t2i_studio.studio.notices import Notice
from t2i_studio.studio.session import Session
from t2i_studio.studio.shelf import Shelf
from t2i_studio.ui.dialogs.canvas_size import PERCENT, Anchor, CanvasSizeDialog, ask_canvas_size


@pytest.fixture
def session(tmp_path: Path) -> Session:
    background = InlineBackground()
    session = Session(Shelf(Gallery(tmp_path), background), background, lambda _: CAPABILITIES)
    session.document.start(Image.filled(Extent(200, 150), (120, 120, 120)))
    return session


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


@pytest.fixture
def dialog(session: Session, parent: QWidget) -> CanvasSizeDialog:
    dialog = ask_canvas_size(session, parent)
    assert isinstance(dialog, CanvasSizeDialog)
    return dialog


def resize(dialog: CanvasSizeDialog, width: int, height: int) -> None:
    dialog.width_box.setValue(width)
    dialog.height_box.setValue(height)


def press(dialog: CanvasSizeDialog, button: QDialogButtonBox.StandardButton) -> None:
    dialog.buttons.button(button).click()


OK = QDialogButtonBox.StandardButton.Ok
CANCEL = QDialogButtonBox.StandardButton.Cancel


def test_it_begins_with_the_size_that_is(dialog: CanvasSizeDialog) -> None:
    assert dialog.bounds == Bounds(0, 0, 200, 150)
    assert dialog.isVisible()
    dialog.reject()


@pytest.mark.parametrize(
    ("anchor", "expected"),
    [
        ((0, 0), Bounds(0, 0, 300, 250)),
        ((1, 1), Bounds(-50, -50, 300, 250)),
        ((2, 0), Bounds(-100, 0, 300, 250)),
        ((0, 2), Bounds(0, -100, 300, 250)),
        ((2, 2), Bounds(-100, -100, 300, 250)),
    ],
)
def test_the_picture_is_held_where_it_is_said(
    dialog: CanvasSizeDialog, anchor: Anchor, expected: Bounds
) -> None:
    resize(dialog, 300, 250)
    dialog.anchors[anchor].click()
    assert dialog.bounds == expected
    dialog.reject()


def test_a_smaller_canvas_cuts_around_the_anchor(dialog: CanvasSizeDialog) -> None:
    resize(dialog, 100, 50)
    assert dialog.bounds == Bounds(50, 50, 100, 50)
    dialog.reject()


def test_percents_are_of_each_side(dialog: CanvasSizeDialog) -> None:
    dialog.unit.setCurrentText(PERCENT)
    assert dialog.bounds == Bounds(0, 0, 200, 150)
    resize(dialog, 150, 200)
    assert dialog.bounds.extent == Extent(300, 300)
    assert "200 × 150 px becomes 300 × 300 px" in dialog.result_label.text()
    dialog.reject()


def test_ok_resizes_in_one_step(dialog: CanvasSizeDialog, session: Session) -> None:
    resize(dialog, 240, 150)
    press(dialog, OK)
    assert session.document.extent == Extent(240, 150)
    assert session.document.composite_pixels[75, 10, 3] == 0
    assert session.document.composite_pixels[75, 30, 3] == 255
    assert session.document.history.undo_name == "Canvas size"
    session.document.undo()
    assert session.document.extent == Extent(200, 150)


def test_cancel_changes_nothing(dialog: CanvasSizeDialog, session: Session) -> None:
    resize(dialog, 240, 150)
    press(dialog, CANCEL)
    assert session.document.extent == Extent(200, 150)
    assert not session.document.history.can_undo


def test_what_is_too_large_is_said_and_can_be_corrected(
    dialog: CanvasSizeDialog, session: Session
) -> None:
    resize(dialog, 16_384, 16_384)
    press(dialog, OK)
    assert "too large" in dialog.result_label.text()
    assert dialog.isVisible()
    assert session.document.extent == Extent(200, 150)
    resize(dialog, 100, 100)
    assert "becomes" in dialog.result_label.text()
    press(dialog, OK)
    assert session.document.extent == Extent(100, 100)


def test_without_a_picture_there_is_nothing_to_ask(session: Session, parent: QWidget) -> None:
    said: list[Notice] = []
    session.noticed.connect(said.append)
    session.document.close()
    assert ask_canvas_size(session, parent) is None
    assert len(said) == 1
