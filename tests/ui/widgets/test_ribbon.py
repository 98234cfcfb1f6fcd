from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from t2i_studio.core.cancel import CancelToken
from t2i_studio.core.capabilities import Capabilities, Stage
from t2i_studio.core.errors import Blame
from t2i_studio.core.events import Cancelled, Event, Failed, Finished, Progress, Started
from t2i_studio.core.geometry import Extent
from t2i_studio.core.request import DecoderSettings, Generate, PriorSettings
from t2i_studio.engine.backends.fake import CAPABILITIES, FakeBackend
from t2i_studio.studio.ribbon import Ribbon, StageState, StageView, Token
from t2i_studio.ui import theme
from t2i_studio.ui.widgets.ribbon import PipelineRibbon
from t2i_studio.ui.widgets.stage_cell import StageCell
from t2i_studio.ui.widgets.stage_inspector import StageInspector, StagePicture
from t2i_studio.ui.widgets.stage_texts import STAGES, UNKNOWN, stage_text

TEXT = Stage(key="text", title="CLIP text", steps=1, max_steps=1)
UNCLIP = CAPABILITIES.model_copy(update={"stages": (TEXT, *CAPABILITIES.stages)})
PROMPT = ("a", "red", "cube", "on", "a", "table")
WORDS = [Token(word, place < 4) for place, word in enumerate(PROMPT)]


@pytest.fixture
def ribbon() -> Ribbon:
    ribbon = Ribbon()
    ribbon.reset(UNCLIP)
    return ribbon


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication) -> QWidget:
    theme.apply(qapp, theme.DARK)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1000, 700)
    return window


@pytest.fixture
def view(ribbon: Ribbon, window: QWidget) -> Iterator[PipelineRibbon]:
    column, view = QVBoxLayout(window), PipelineRibbon(ribbon)
    column.addWidget(view)
    column.addStretch()
    window.show()
    window.activateWindow()
    yield view
    view.unbind()


def test_shows_the_stages_of_any_model(ribbon: Ribbon, view: PipelineRibbon) -> None:
    assert [cell.view.title for cell in view.cells] == [
        "CLIP text",
        "Prior",
        "Decoder",
        "Upsampler",
    ]
    ribbon.reset(family("transformer", "vae"))
    assert [cell.view.title for cell in view.cells] == ["Transformer", "Vae"]
    ribbon.reset(None)
    assert view.cells == ()
    assert not view.grab().isNull()


def test_cells_follow_the_run(ribbon: Ribbon, view: PipelineRibbon) -> None:
    advance(ribbon, until=("decoder", 3))
    assert [cell.view.state.value for cell in view.cells] == ["done", "done", "running", "waiting"]
    assert cell_of(view, "decoder").caption == "3/4"
    assert cell_of(view, "upsampler").caption == "waiting"
    advance(ribbon)
    assert cell_of(view, "upsampler").caption == "256 × 256 px"


def test_only_the_changed_cell_is_painted_again(
    qtbot: QtBot, qapp: QApplication, ribbon: Ribbon, view: PipelineRibbon
) -> None:
    advance(ribbon, until=("decoder", 1))
    qapp.processEvents()
    watch = Watch()
    for cell in view.cells:
        cell.installEventFilter(watch)
    ribbon.handle(step("decoder", 2, 4))
    qtbot.waitUntil(lambda: bool(watch.painted))
    assert watch.painted == {"decoder"}


def test_screen_readers_hear_where_a_stage_stands(ribbon: Ribbon, view: PipelineRibbon) -> None:
    advance(ribbon, until=("decoder", 3))
    cell = cell_of(view, "decoder")
    assert cell.accessibleName() == "Decoder, running"
    assert cell.accessibleDescription().startswith("Step 3 of 4.")


def test_a_click_opens_the_inspector_and_another_closes_it(
    qtbot: QtBot, view: PipelineRibbon
) -> None:
    cell = cell_of(view, "prior")
    with qtbot.waitSignal(view.stage_activated) as heard:
        qtbot.mouseClick(cell, Qt.MouseButton.LeftButton)
    assert heard.args == ["prior"]
    assert opened(view).key == "prior"
    qtbot.mouseClick(cell_of(view, "decoder"), Qt.MouseButton.LeftButton)
    assert opened(view).key == "decoder"
    assert not cell.isChecked()
    qtbot.mouseClick(cell_of(view, "decoder"), Qt.MouseButton.LeftButton)
    assert view.inspector is None


def test_the_keyboard_reaches_everything(qtbot: QtBot, view: PipelineRibbon) -> None:
    first, second = view.cells[:2]
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    qtbot.keyClick(first, Qt.Key.Key_Left)
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert second.hasFocus()
    qtbot.keyClick(second, Qt.Key.Key_Space)
    assert opened(view).key == "prior"
    opened(view).close_button.setFocus()
    qtbot.keyClick(opened(view).close_button, Qt.Key.Key_Escape)
    assert view.inspector is None
    assert second.hasFocus()


def test_escape_closes_the_inspector_from_the_ribbon(qtbot: QtBot, view: PipelineRibbon) -> None:
    cell = view.cells[0]
    qtbot.mouseClick(cell, Qt.MouseButton.LeftButton)
    qtbot.keyClick(cell, Qt.Key.Key_Escape)
    assert view.inspector is None
    assert not cell.isChecked()
    view.close_inspector()


def test_the_inspector_follows_the_run(qtbot: QtBot, ribbon: Ribbon, view: PipelineRibbon) -> None:
    qtbot.mouseClick(cell_of(view, "decoder"), Qt.MouseButton.LeftButton)
    advance(ribbon, until=("decoder", 3))
    assert opened(view).state.text() == "running, step 3 of 4"
    advance(ribbon)
    assert opened(view).state.text() == "done, 4 steps, 64 × 64 px"


@pytest.mark.parametrize("key", ["text", "prior", "decoder", "upsampler"])
def test_the_inspector_lies_inside_the_window(
    qtbot: QtBot, window: QWidget, ribbon: Ribbon, view: PipelineRibbon, key: str
) -> None:
    ribbon.show_tokens(PROMPT, 4)
    advance(ribbon)
    qtbot.mouseClick(cell_of(view, key), Qt.MouseButton.LeftButton)
    inspector = opened(view)
    assert window.rect().contains(inspector.geometry())
    assert inspector.what.height() >= inspector.what.heightForWidth(inspector.what.width())
    assert inspector.picture.isVisible()
    assert inspector.picture.accessibleName()


def test_another_model_closes_the_inspector(
    qtbot: QtBot, ribbon: Ribbon, view: PipelineRibbon
) -> None:
    qtbot.mouseClick(view.cells[0], Qt.MouseButton.LeftButton)
    ribbon.reset(family("vae"))
    assert view.inspector is None


def test_a_stage_without_results_shows_only_words(qtbot: QtBot, view: PipelineRibbon) -> None:
    qtbot.mouseClick(cell_of(view, "decoder"), Qt.MouseButton.LeftButton)
    assert not opened(view).picture.isVisible()
    assert "Ho et al. 2020" in opened(view).source.text()


def test_after_unbinding_it_no_longer_follows(ribbon: Ribbon, view: PipelineRibbon) -> None:
    view.unbind()
    ribbon.show_tokens(["cube"], 1)
    assert cell_of(view, "text").view.tokens == ()


@pytest.mark.parametrize("width", [640, 900, 1600])
def test_titles_are_whole_at_any_width(
    qapp: QApplication, window: QWidget, ribbon: Ribbon, view: PipelineRibbon, width: int
) -> None:
    advance(ribbon)
    window.layout().setContentsMargins(0, 0, 0, 0)  # type: ignore[union-attr]  # it has one
    window.resize(width, 400)
    qapp.processEvents()
    assert view.width() == width
    for cell in view.cells:
        assert cell.width() >= cell.minimumSizeHint().width()
        assert not cell.grab().isNull()
    assert view.cells[-1].geometry().right() < width


@pytest.mark.parametrize("look", [theme.DARK, theme.LIGHT], ids=lambda look: look.name)
@pytest.mark.parametrize("state", list(StageState))
def test_every_state_looks_different(
    qtbot: QtBot, qapp: QApplication, look: theme.Theme, state: StageState
) -> None:
    theme.apply(qapp, look)
    cell = StageCell(StageView("decoder", "Decoder", steps=4))
    qtbot.addWidget(cell)
    cell.resize(180, 68)
    idle = cell.grab().toImage()
    cell.show_view(StageView("decoder", "Decoder", state, 2, 4))
    assert (cell.grab().toImage() == idle) == (state is StageState.idle)
    theme.apply(qapp, theme.DARK)


def test_a_wide_cell_shows_before_and_after_side_by_side(qtbot: QtBot, ribbon: Ribbon) -> None:
    advance(ribbon)
    upsampler = ribbon.stage("upsampler")
    assert upsampler is not None
    cell = StageCell(upsampler)
    qtbot.addWidget(cell)
    cell.resize(300, 68)
    shown = cell.grab().toImage()
    assert is_reddish(shown, 34, 34)
    assert is_reddish(shown, 86, 34)


def test_the_inspector_shows_the_beginning_of_a_long_prompt(
    qtbot: QtBot, window: QWidget, ribbon: Ribbon, view: PipelineRibbon
) -> None:
    ribbon.show_tokens(PROMPT * 600, 75)
    qtbot.mouseClick(cell_of(view, "text"), Qt.MouseButton.LeftButton)
    assert opened(view).picture.height() <= 12 * 24
    assert window.rect().contains(opened(view).geometry())


@pytest.mark.parametrize(
    ("view", "name"),
    [
        (StageView("text", "T", tokens=tuple(WORDS[3:5])), "Tokens: on, a (cut)"),
        (StageView("prior", "P", scores=(0.5, -0.1)), "Cosines, best first: 0.5000, -0.1000"),
        (StageView("prior", "P", scores=(-0.5,)), "Cosines, best first: -0.5000"),
        (StageView("vae", "VAE"), ""),
    ],
    ids=["tokens", "scores", "negative", "nothing"],
)
def test_the_large_picture_is_described(qtbot: QtBot, view: StageView, name: str) -> None:
    picture = StagePicture()
    qtbot.addWidget(picture)
    picture.show_view(view)
    assert picture.accessibleName() == name
    assert picture.height() == picture.sizeHint().height()
    picture.grab()


def test_many_scores_stay_in_their_cell(qtbot: QtBot) -> None:
    cell = StageCell(StageView("prior", "Prior", scores=tuple(np.linspace(0.4, -0.2, 64).tolist())))
    qtbot.addWidget(cell)
    cell.resize(110, 68)
    shown = cell.grab().toImage()
    assert shown.pixelColor(106, 40) == QColor(theme.current().panel)


def test_failures_are_explained(qtbot: QtBot, ribbon: Ribbon, view: PipelineRibbon) -> None:
    advance(ribbon, until=("decoder", 1))
    ribbon.handle(Failed(request_id="r", blame=Blame.machine, message="Out of memory."))
    cell = cell_of(view, "decoder")
    assert cell.caption == "failed"
    assert "Out of memory." in cell.accessibleDescription()


def test_a_run_can_be_cancelled(ribbon: Ribbon, view: PipelineRibbon) -> None:
    advance(ribbon, until=("decoder", 1))
    ribbon.handle(Cancelled(request_id="r"))
    assert cell_of(view, "decoder").view.state is StageState.idle


def test_every_stage_of_unclip_has_its_text() -> None:
    assert all(stage_text(stage.key) is STAGES[stage.key] for stage in UNCLIP.stages)
    assert stage_text("upsampler_1024") is STAGES["upsampler"]
    assert stage_text("vae") is UNKNOWN


class Watch(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.painted: set[str] = set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, StageCell):
            self.painted.add(watched.view.key)
        return False


def advance(ribbon: Ribbon, until: tuple[str, int] | None = None) -> None:
    for event in run():
        ribbon.handle(event)
        if isinstance(event, Progress) and (event.stage, event.stage_step) == until:
            return


def run() -> Iterator[Event]:
    request = Generate(
        id="r",
        prompt="a red cube",
        seed=1,
        size=Extent(256, 256),
        prior=PriorSettings(steps=2, guidance=2.0, candidates=2),
        decoder=DecoderSettings(steps=4, guidance=3.0, sampler="ddim"),
    )
    yield Started(request_id="r", request=request, plan=FakeBackend().plan(request))
    yield from FakeBackend().run(request, CancelToken())
    yield Finished(request_id="r", seconds=1.0)


def step(stage: str, done: int, of: int) -> Progress:
    return Progress(
        request_id="r", index=0, stage=stage, stage_step=done, stage_steps=of, step=done, total=of
    )


def cell_of(view: PipelineRibbon, key: str) -> StageCell:
    return next(cell for cell in view.cells if cell.view.key == key)


def opened(view: PipelineRibbon) -> StageInspector:
    assert view.inspector is not None
    return view.inspector


def family(*keys: str) -> Capabilities:
    stages = tuple(Stage(key=key, title=key.capitalize(), steps=2) for key in keys)
    return CAPABILITIES.model_copy(update={"stages": stages})


def is_reddish(image: QImage, x: int, y: int) -> bool:
    colour = image.pixelColor(x, y)
    return colour.red() > 150 and colour.green() < 100
