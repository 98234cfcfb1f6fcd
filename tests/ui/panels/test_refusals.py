from collections.abc import Iterator

import pytest

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.studio.notices import Notice
from t2i_studio.studio.session import Session
from t2i_studio.studio.staging import ORIGINAL
from t2i_studio.studio.strokes import Brush, Dab, Ink
from t2i_studio.ui.canvas.refusal import Refusal
from t2i_studio.ui.panels.refusals import Refusals


@pytest.fixture
def refusals(desk: Session) -> Iterator[Refusals]:
    refusals = Refusals(desk)
    yield refusals
    refusals.unbind()


def dab(desk: Session) -> None:
    desk.document.begin_stroke(Brush(Ink.paint), Dab(50, 50, 20))
    desk.document.end_stroke()


def test_it_is_said_once_until_something_changes(
    refusals: Refusals, desk: Session, notices: list[Notice]
) -> None:
    desk.document.close()
    refusals.explain(Refusal.no_picture)
    refusals.explain(Refusal.no_picture)
    assert len(notices) == 1
    assert "open one, or generate one" in notices[0].text
    desk.document.open(Image.filled(Extent(9, 9), (0, 0, 0)))
    desk.document.close()
    refusals.explain(Refusal.no_picture)
    assert len(notices) == 2


def test_a_hidden_layer_can_be_shown_at_once(
    refusals: Refusals, desk: Session, notices: list[Notice]
) -> None:
    layer = desk.document.layers[0]
    desk.document.activate(layer.id)
    desk.document.change_layer(layer.id, is_visible=False)
    refusals.explain(Refusal.hidden_layer)
    assert layer.name in notices[0].text
    assert notices[0].action is not None
    notices[0].action()
    assert desk.document.layers[0].is_visible


def test_on_the_mask_no_layer_is_blamed(
    refusals: Refusals, desk: Session, notices: list[Notice]
) -> None:
    refusals.explain(Refusal.hidden_layer)
    assert notices == []


def test_a_preview_offers_the_original(
    refusals: Refusals, desk: Session, notices: list[Notice]
) -> None:
    desk.staging.begin()
    desk.staging.preview(Image.filled(Extent(64, 64), (0, 0, 0)), None)
    refusals.explain(Refusal.covered)
    assert notices[0].action is not None
    notices[0].action()
    assert desk.staging.index == ORIGINAL
    assert not desk.staging.shows_live


def test_who_paints_a_mask_that_is_not_shown_is_told(
    refusals: Refusals, desk: Session, notices: list[Notice]
) -> None:
    dab(desk)
    assert notices == []
    desk.tools.is_mask_visible = False
    dab(desk)
    dab(desk)
    assert len(notices) == 1
    assert notices[0].action is not None
    notices[0].action()
    assert desk.tools.is_mask_visible


def test_unbound_it_says_nothing(refusals: Refusals, desk: Session, notices: list[Notice]) -> None:
    refusals.unbind()
    desk.tools.is_mask_visible = False
    dab(desk)
    assert notices == []
