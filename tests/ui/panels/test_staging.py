"""The strip of results over the canvas: keys, buttons, and that nothing jumps."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image
from t2i_studio.core.recipe import ModelRef, Recipe
from t2i_studio.core.request import Generate, Refine
from t2i_studio.gallery.store import Gallery
from t2i_studio.studio.background import InlineBackground
from t2i_studio.studio.notices import Notice
from t2i_studio.studio.placement import Placement
from t2i_studio.studio.session import Session
from t2i_studio.studio.shelf import Shelf
from t2i_studio.studio.staging import ORIGINAL, Candidate
from t2i_studio.studio.tools import Tool
from t2i_studio.ui import theme
from t2i_studio.ui.canvas.view import CanvasView
from t2i_studio.ui.panels.staging import StagingPanel

SIZE = Extent(200, 150)
RED, BLUE = Image.filled(SIZE, (255, 0, 0)), Image.filled(SIZE, (0, 0, 255))
GREY = Image.filled(SIZE, (120, 120, 120))
LEFT, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier
NO_KEY = Qt.KeyboardModifier.NoModifier


class Window:
    """A canvas with the panel over it, which shows what is staged as the window does."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.view = CanvasView(session.document, session.tools)
        session.staging.shown_changed.connect(self._show)
        self.panel = StagingPanel(session, self.view)
        self.panel.emptied.connect(self.view.setFocus)

    def _show(self) -> None:
        staging = self.session.staging
        if staging.shows_live and staging.live:
            self.view.show_overlay(staging.live.image, staging.live.frame)
        elif staging.selected:
            self.view.show_overlay(staging.selected.image, staging.selected.bounds)
        else:
            self.view.show_overlay(None)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEY) -> None:
        QTest.keyClick(self.view, key, modifiers)

    def stage(self, *images: Image) -> None:
        self.session.staging.begin()
        for image in images:
            self.session.staging.add(candidate(image))

    @property
    def layers(self) -> list[list[int]]:
        """The colour of each layer, bottom first."""
        return [layer.pixels[75, 100, :3].tolist() for layer in self.session.document.layers]


def candidate(image: Image, origin: tuple[int, int] = (0, 0)) -> Candidate:
    request = Refine(prompt="a cube", seed=7, image=image, strength=0.5)
    return Candidate(image, recipe_of(request), placement=Placement(origin))


def recipe_of(request: Generate | Refine) -> Recipe:
    return Recipe(
        request=request,
        model=ModelRef(name="fake", title="Fake", sha256="0" * 64),
        device="cpu",
        dtype="float32",
        numerics={},
        versions={},
    )


@pytest.fixture
def session(tmp_path: Path) -> Session:
    background = InlineBackground()
    return Session(Shelf(Gallery(tmp_path), background), background)


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, session: Session) -> Iterator[Window]:
    theme.apply(qapp, theme.DARK)
    window = Window(session)
    qtbot.addWidget(window.view)
    window.view.resize(900, 600)
    window.view.show()
    qtbot.waitExposed(window.view)
    session.document.start(GREY)
    window.view.setFocus()
    yield window
    window.panel.unbind()
    window.view.unbind()


def test_it_is_there_only_while_something_is_staged(window: Window) -> None:
    assert not window.panel.isVisible()
    window.stage(RED)
    assert window.panel.isVisible()
    window.session.staging.clear()
    assert not window.panel.isVisible()


def test_a_fitted_picture_stays_clear_of_the_strip(window: Window) -> None:
    camera = window.view.camera
    before = camera.viewport
    window.stage(RED)
    QApplication.processEvents()
    assert camera.viewport.y + SIZE.height * camera.zoom <= window.panel.y()
    window.key(Qt.Key.Key_Return)
    QApplication.processEvents()
    assert camera.viewport == before


def test_a_picture_that_was_placed_by_hand_keeps_its_place(window: Window) -> None:
    window.view.set_zoom(1.5)
    size, camera = window.view.size(), window.view.camera.viewport
    window.stage(RED)
    QApplication.processEvents()
    assert window.view.size() == size
    assert window.view.camera.viewport == camera
    window.key(Qt.Key.Key_Return)
    QApplication.processEvents()
    assert window.view.camera.viewport == camera


def test_what_grows_on_an_empty_canvas_is_clear_of_the_strip(window: Window) -> None:
    window.session.document.start()
    window.session.staging.begin()
    window.session.staging.preview(Image.filled(Extent(256, 256), (9, 9, 9)), None)
    QApplication.processEvents()
    camera = window.view.camera
    bottom = camera.viewport.y + camera.extent.height * camera.zoom
    assert bottom <= window.panel.y()


def test_fit_makes_room_for_the_strip(window: Window) -> None:
    window.stage(RED)
    window.view.fit()
    camera = window.view.camera
    assert camera.viewport.y + SIZE.height * camera.zoom <= window.panel.y()


@pytest.mark.parametrize("width", [420, 640, 1900])
def test_it_lies_inside_of_a_canvas_of_any_size(window: Window, width: int) -> None:
    window.stage(*[RED] * 12)
    window.view.resize(width, 320)
    QApplication.processEvents()
    assert window.view.size().toTuple() == (width, 320)
    assert window.view.rect().contains(window.panel.geometry())


def test_a_click_beside_its_buttons_does_not_go_through(window: Window) -> None:
    window.stage(RED)
    window.session.staging.select(ORIGINAL)
    QTest.mouseClick(window.panel, LEFT, pos=QPoint(3, 3))
    assert not window.session.document.has_mask


def test_arrows_go_through_the_results(window: Window) -> None:
    window.stage(RED, BLUE)
    window.key(Qt.Key.Key_Left)
    assert window.session.staging.index == 1
    window.key(Qt.Key.Key_Right)
    assert window.session.staging.index == 2


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_puts_the_result_into_the_picture(window: Window, key: Qt.Key) -> None:
    window.stage(RED)
    keypad = Qt.KeyboardModifier.KeypadModifier
    window.key(key, keypad if key == Qt.Key.Key_Enter else NO_KEY)
    assert window.layers == [[255, 0, 0]]


def test_shift_enter_makes_a_layer_of_it(window: Window) -> None:
    window.stage(RED)
    window.key(Qt.Key.Key_Return, SHIFT)
    assert window.layers == [[120, 120, 120], [255, 0, 0]]
    window.session.undo()
    assert window.layers == [[120, 120, 120]]


def test_the_buttons_do_the_same(window: Window) -> None:
    window.stage(RED, BLUE)
    QTest.mouseClick(window.panel.as_layer, LEFT)
    assert window.layers == [[120, 120, 120], [0, 0, 255]]
    window.stage(RED)
    QTest.mouseClick(window.panel.accept, LEFT)
    assert window.layers == [[120, 120, 120], [255, 0, 0]]


def test_a_double_click_accepts(window: Window) -> None:
    window.stage(RED, BLUE)
    strip = window.panel.strip
    place = strip.visualRect(window.panel.model.index(1)).center()
    QTest.mouseClick(strip.viewport(), LEFT, pos=place)
    QTest.mouseDClick(strip.viewport(), LEFT, pos=place)
    assert window.layers == [[255, 0, 0]]


def test_delete_drops_one_and_escape_all(window: Window) -> None:
    window.stage(RED, BLUE, RED)
    window.key(Qt.Key.Key_Delete)
    assert len(window.session.staging.candidates) == 2
    window.key(Qt.Key.Key_Escape)
    assert not window.session.staging.is_active


def test_a_stroke_keeps_escape_for_itself(window: Window) -> None:
    window.stage(RED)
    window.session.staging.select(ORIGINAL)
    QTest.mousePress(window.view, LEFT, pos=QPoint(300, 200))
    assert window.session.document.is_painting
    window.key(Qt.Key.Key_Escape)
    assert window.session.staging.is_active
    assert not window.session.document.is_painting
    QTest.mouseRelease(window.view, LEFT, pos=QPoint(300, 200))


def test_an_open_lasso_keeps_escape_for_itself(window: Window) -> None:
    window.stage(RED)
    window.session.staging.select(ORIGINAL)
    window.session.tools.tool = Tool.lasso
    QTest.mouseClick(window.view, LEFT, pos=QPoint(300, 200))
    window.key(Qt.Key.Key_Escape)
    assert window.session.staging.is_active
    window.key(Qt.Key.Key_Escape)
    assert not window.session.staging.is_active


def test_on_the_original_enter_is_for_the_tool(window: Window) -> None:
    window.stage(RED)
    window.session.staging.select(ORIGINAL)
    window.key(Qt.Key.Key_Return)
    assert window.session.document.has_mask
    assert window.session.staging.is_active


def test_only_what_can_be_done_is_offered(window: Window) -> None:
    panel = window.panel
    window.stage(RED)
    everything = panel.accept, panel.as_layer, panel.discard, panel.save, panel.compare, panel.hold
    assert all(button.isEnabled() for button in everything)
    window.session.staging.select(ORIGINAL)
    assert not any(button.isEnabled() for button in everything)
    assert panel.discard_all.isEnabled()
    window.session.document.start()
    window.session.staging.select(1)
    assert panel.accept.isEnabled()
    assert not panel.as_layer.isEnabled()  # over nothing
    assert not panel.compare.isEnabled()


def test_m_compares_with_a_divider(window: Window) -> None:
    window.stage(RED)
    window.key(Qt.Key.Key_M)
    assert window.panel.compare.isChecked()
    assert window.panel.comparison.divider.hasFocus()
    assert window.panel.comparison.share == pytest.approx(0.5, abs=0.01)
    QTest.keyClick(window.panel.comparison.divider, Qt.Key.Key_M)
    assert not window.panel.compare.isChecked()


def test_enter_accepts_from_the_divider_too(window: Window) -> None:
    window.stage(RED)
    window.key(Qt.Key.Key_M)
    QTest.keyClick(window.panel.comparison.divider, Qt.Key.Key_Return)
    assert window.layers == [[255, 0, 0]]
    assert window.view.hasFocus()


def test_o_shows_the_original_while_it_is_held(window: Window) -> None:
    window.stage(RED)
    QTest.keyPress(window.view, Qt.Key.Key_O)
    assert window.panel.comparison.is_held
    QTest.keyRelease(window.view, Qt.Key.Key_O)
    assert not window.panel.comparison.is_held


def test_the_eye_shows_the_original_while_it_is_pressed(window: Window) -> None:
    window.stage(RED)
    QTest.mousePress(window.panel.hold, LEFT)
    assert window.panel.comparison.is_held
    QTest.mouseRelease(window.panel.hold, LEFT)
    assert not window.panel.comparison.is_held


def test_who_leaves_the_canvas_while_holding_sees_the_result(window: Window) -> None:
    window.stage(RED)
    QTest.keyPress(window.view, Qt.Key.Key_O)
    window.panel.accept.setFocus()
    assert not window.panel.comparison.is_held


def test_saving_is_left_to_the_window(qtbot: QtBot, window: Window) -> None:
    window.stage(RED)
    with qtbot.waitSignal(window.panel.save_requested):
        QTest.mouseClick(window.panel.save, LEFT)


def test_a_result_lies_where_it_was_asked_for(window: Window) -> None:
    small = Image.filled(Extent(64, 64), (255, 0, 0))
    window.session.staging.begin()
    window.session.staging.add(candidate(small, (180, -20)))
    assert window.view.scene.overlay_bounds == Bounds(180, -20, 64, 64)
    window.key(Qt.Key.Key_Return)
    assert window.session.document.extent == Extent(244, 170)


def test_a_picture_of_its_own_is_shown_by_itself(window: Window) -> None:
    small = Image.filled(Extent(64, 64), (255, 0, 0))
    recipe = recipe_of(Generate(prompt="a cube", seed=7))
    window.session.staging.begin()
    window.session.staging.add(Candidate(small, recipe))
    assert window.view.scene.extent == Extent(64, 64)


@pytest.mark.parametrize(("tool", "says"), [(Tool.brush, 1), (Tool.pan, 0), (Tool.frame, 0)])
def test_who_paints_on_a_result_is_told_to_accept_it(window: Window, tool: Tool, says: int) -> None:
    notices: list[Notice] = []
    window.session.noticed.connect(notices.append)
    window.session.tools.tool = tool
    window.stage(RED)
    QTest.mouseClick(window.view, LEFT, pos=QPoint(450, 200))
    assert len([notice for notice in notices if notice.action_text == "Accept"]) == says
    for notice in notices[:1]:
        assert notice.action is not None
        notice.action()
        assert np.array_equal(window.layers, [[255, 0, 0]])


def test_every_button_says_what_it_is_called(window: Window) -> None:
    panel = window.panel
    for button in (panel.compare, panel.hold, panel.save, panel.discard, panel.discard_all):
        assert button.accessibleName()
        assert button.toolTip()
