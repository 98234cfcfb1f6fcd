from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image
from t2i_studio.engine.backends.fake import CAPABILITIES
from t2i_studio.gallery.store import Gallery
from t2i_studio.studio.background import InlineBackground
from t2i_studio.studio.compose import Task
from t2i_studio.studio.frame import Direction
from t2i_studio.studio.session import Session
from t2i_studio.studio.shelf import Shelf
from t2i_studio.ui.panels.frame_options import FrameOptions

PICTURE = Image.filled(Extent(64, 48), (9, 9, 9))


@pytest.fixture
def session(tmp_path: Path) -> Session:
    background = InlineBackground()
    session = Session(Shelf(Gallery(tmp_path), background), background, lambda _: CAPABILITIES)
    session.describe_model()
    session.document.open(PICTURE)
    session.frame.put(Bounds(0, 0, 64, 32))
    return session


@pytest.fixture
def options(qtbot: QtBot, session: Session) -> Iterator[FrameOptions]:
    options = FrameOptions(session)
    qtbot.addWidget(options)
    yield options
    options.unbind()


def test_sides_show_the_frame(session: Session, options: FrameOptions) -> None:
    session.frame.resize(Bounds(0, 0, 128, 64))

    assert (options.width_box.value(), options.height_box.value()) == (128, 64)


def test_a_typed_side_takes_the_other_along(session: Session, options: FrameOptions) -> None:
    options.width_box.setValue(128)

    assert session.frame.bounds == Bounds(0, 0, 128, 64)
    assert options.height_box.value() == 64


def test_without_the_lock_each_side_is_its_own(session: Session, options: FrameOptions) -> None:
    options.lock.click()

    options.height_box.setValue(48)

    assert session.frame.bounds == Bounds(0, 0, 64, 48)


def test_sides_cannot_be_typed_without_a_frame(session: Session, options: FrameOptions) -> None:
    session.frame.bounds = None

    assert options.width_box.isHidden()
    assert options.height_box.isHidden()
    assert not options.hint.isHidden()


def test_the_grid_is_chosen(session: Session, options: FrameOptions) -> None:
    options.snap.activated.emit(options.snap.findData(64))

    assert session.frame.snap == 64
    assert options.snap.currentText() == "64 px"


def test_optimal_size_is_the_models(session: Session, options: FrameOptions) -> None:
    options.optimal.click()

    assert session.frame.bounds is not None
    assert session.frame.bounds.extent == CAPABILITIES.sizes[0]


def test_arrows_let_the_picture_grow(session: Session, options: FrameOptions) -> None:
    options.growth.amount.setValue(25)

    options.growth.arrows[Direction.right].click()

    assert session.intent.task is Task.outpaint
    assert session.frame.bounds == Bounds(32, 0, 48, 48)


def test_amounts_can_be_pixels(session: Session, options: FrameOptions) -> None:
    options.growth.unit.setCurrentText("px")
    options.growth.amount.setValue(16)

    options.growth.arrows[Direction.up].click()

    assert session.frame.bounds is not None
    assert session.frame.bounds.y == -16


def test_a_frame_that_shows_little_of_the_picture_is_warned_of(
    session: Session, options: FrameOptions
) -> None:
    assert options.warning.isHidden()

    session.frame.put(Bounds(60, 0, 64, 48))

    assert not options.warning.isHidden()


def test_an_empty_canvas_neither_grows_nor_warns(session: Session, options: FrameOptions) -> None:
    session.document.close()

    assert not options.outpaint.isEnabled()
    assert options.warning.isHidden()


def test_what_is_painted_over_is_warned_of_as_well(session: Session, options: FrameOptions) -> None:
    session.document.invert_mask()
    assert not options.warning.isHidden()

    session.document.undo()
    assert options.warning.isHidden()
