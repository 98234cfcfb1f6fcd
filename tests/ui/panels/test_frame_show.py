from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image
from t2i_studio.engine.backends.fake import CAPABILITIES
from t2i_studio.gallery.store import Gallery
from t2i_studio.studio.background import InlineBackground
from t2i_studio.studio.frame import Area, Direction
from t2i_studio.studio.session import Session
from t2i_studio.studio.shelf import Shelf
from t2i_studio.studio.tools import Tool
from t2i_studio.ui.canvas.content import FrameView
from t2i_studio.ui.canvas.view import CanvasView
from t2i_studio.ui.panels.frame_show import FrameShow

NATIVE = CAPABILITIES.sizes[0]
PICTURE = Image.filled(Extent(4 * NATIVE.width, 2 * NATIVE.height), (9, 9, 9))
BOX = Bounds(0, 0, 2 * NATIVE.width, NATIVE.height)


@pytest.fixture
def session(tmp_path: Path) -> Session:
    background = InlineBackground()
    session = Session(Shelf(Gallery(tmp_path), background), background, lambda _: CAPABILITIES)
    session.describe_model()
    session.document.open(PICTURE)
    session.frame.put(BOX)
    return session


@pytest.fixture
def view(qtbot: QtBot, session: Session) -> Iterator[CanvasView]:
    view = CanvasView(session.document, session.tools, session.frame)
    qtbot.addWidget(view)
    show = FrameShow(session, view)
    yield view
    show.unbind()
    view.unbind()


def shown(view: CanvasView) -> FrameView:
    assert view.frame_view is not None
    return view.frame_view


def test_a_frame_that_counts_is_seen_with_what_the_model_sees(view: CanvasView) -> None:
    side = 2 * NATIVE.width

    assert shown(view).bounds == BOX
    assert shown(view).region == Bounds(0, 0, side, side)
    assert not shown(view).is_active


def test_the_label_tells_both_sizes_unless_they_are_one(session: Session, view: CanvasView) -> None:
    width, height = NATIVE.width, NATIVE.height
    assert shown(view).label == f"{2 * width} × {height} px → {width} × {height} px"

    session.frame.put(Bounds(0, 0, width, height))

    assert shown(view).label == f"{width} × {height} px"


def test_a_frame_that_does_not_count_is_seen_with_its_tool_only(
    session: Session, view: CanvasView
) -> None:
    session.frame.area = Area.mask
    assert view.frame_view is None

    session.tools.tool = Tool.frame

    assert shown(view).is_active


def test_far_over_the_border_it_warns(session: Session, view: CanvasView) -> None:
    assert not shown(view).warning

    session.frame.put(BOX.moved(-BOX.width + 8, 0))

    assert shown(view).warning == "Little known picture inside"


def test_without_a_picture_there_is_no_frame(session: Session, view: CanvasView) -> None:
    session.document.close()

    assert view.frame_view is None


def test_a_box_put_over_the_border_comes_into_view(session: Session, view: CanvasView) -> None:
    view.resize(300, 200)
    view.set_zoom(8.0)

    session.outpaint(Direction.right, 50, "%")

    assert session.frame.bounds is not None
    corner = view.from_picture(QPointF(session.frame.bounds.right, session.frame.bounds.bottom))
    assert view.rect().contains(corner.toPoint())
