from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.engine.backends.fake import CAPABILITIES
from t2i_studio.gallery.store import Gallery
from t2i_studio.studio.background import InlineBackground
from t2i_studio.studio.frame import Area
from t2i_studio.studio.session import Session
from t2i_studio.studio.shelf import Shelf
from t2i_studio.ui.panels.repaint import RepaintPanel

PICTURE = Image.filled(Extent(64, 48), (9, 9, 9))
PAINTED = Mask.empty(PICTURE.extent).inverted()


@pytest.fixture
def session(tmp_path: Path) -> Session:
    background = InlineBackground()
    session = Session(Shelf(Gallery(tmp_path), background), background, lambda _: CAPABILITIES)
    session.describe_model()
    session.document.open(PICTURE)
    return session


@pytest.fixture
def panel(qtbot: QtBot, session: Session) -> Iterator[RepaintPanel]:
    panel = RepaintPanel(session)
    qtbot.addWidget(panel)
    yield panel
    panel.unbind()


def choose(panel: RepaintPanel, what: str, key: object) -> None:
    box = getattr(panel, what)
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())


def test_controls_show_what_is_set(session: Session, panel: RepaintPanel) -> None:
    session.settings.strength, session.settings.feather = 0.6, 12
    session.settings.seam, session.settings.colour_match = 5, False
    session.settings.content = "blur"
    session.frame.area, session.frame.padding = Area.mask, 48

    assert (panel.strength.value, panel.blur.value, panel.seam.value()) == (0.6, 12, 5)
    assert (panel.content.currentData(), panel.colour_match.isChecked()) == ("blur", False)
    assert (panel.area.currentData(), panel.padding.value()) == (Area.mask, 48)


def test_settings_take_what_is_chosen(session: Session, panel: RepaintPanel) -> None:
    panel.seam.setValue(7)
    panel.colour_match.click()
    choose(panel, "content", "noise")
    choose(panel, "area", Area.mask)
    panel.padding.setValue(64)

    settings = session.settings
    assert (settings.seam, settings.colour_match, settings.content) == (7, False, "noise")
    assert (session.frame.area, session.frame.padding) == (Area.mask, 64)


def test_the_frame_comes_when_it_is_chosen(session: Session, panel: RepaintPanel) -> None:
    choose(panel, "area", Area.frame)

    native = CAPABILITIES.sizes[0]
    assert session.frame.bounds is not None
    assert session.frame.bounds.extent == native


def test_only_what_counts_is_offered(session: Session, panel: RepaintPanel) -> None:
    assert panel.blur.isHidden()
    assert panel.padding.isHidden()

    session.document.set_mask(PAINTED)
    session.frame.area = Area.mask

    assert not panel.blur.isHidden()
    assert not panel.padding.isHidden()


def test_masked_content_counts_below_full_strength(session: Session, panel: RepaintPanel) -> None:
    session.document.set_mask(PAINTED)
    assert not panel.content.isEnabled()

    session.settings.strength = 0.9

    assert panel.content.isEnabled()


def test_every_control_has_a_name_and_says_what_it_does(panel: RepaintPanel) -> None:
    controls = (panel.strength, panel.area, panel.padding, panel.content, panel.blur, panel.seam)

    assert all(control.accessibleName() and control.toolTip() for control in controls)


def test_an_unbound_panel_follows_nothing(session: Session, panel: RepaintPanel) -> None:
    panel.unbind()

    session.settings.seam = 3
    session.frame.bounds = Bounds(0, 0, 32, 32)

    assert panel.seam.value() == 16
