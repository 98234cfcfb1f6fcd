from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from t2i_studio.core.cancel import CancelToken
from t2i_studio.core.capabilities import Capabilities, Stage
from t2i_studio.core.concept import Concept, FromEmbedding
from t2i_studio.core.errors import Blame
from t2i_studio.core.events import (
    Cancelled,
    Event,
    Failed,
    Finished,
    PlannedStage,
    Preview,
    Progress,
    Started,
)
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.core.latent import Embeddings, Space, Vectors
from t2i_studio.core.request import Decode, Generate
from t2i_studio.core.stage_settings import DecoderSettings, PriorSettings
from t2i_studio.engine.backends.fake import CAPABILITIES, FakeBackend
from t2i_studio.studio.ribbon import Ribbon
from t2i_studio.studio.stages import Cosine, Frame, StageState, StageView, Token
from t2i_studio.ui import theme
from t2i_studio.ui.widgets.ribbon import PipelineRibbon
from t2i_studio.ui.widgets.stage_cell import StageCell
from t2i_studio.ui.widgets.stage_inspector import StageInspector, StagePicture
from t2i_studio.ui.widgets.stage_pictures import score_rows
from t2i_studio.ui.widgets.stage_texts import STAGES, UNKNOWN, notes, stage_text

TEXT = Stage(key="text", title="CLIP text", steps=1, max_steps=1)
UNCLIP = CAPABILITIES.model_copy(update={"stages": (TEXT, *CAPABILITIES.stages)})
PROMPT = ("a", "red", "cube", "on", "a", "table")
RED = Image.filled(Extent(8, 8), (255, 0, 0))
SPACE = Space(id="tiny", dim=2)
CONCEPT = Concept(
    base=FromEmbedding(embedding=Embeddings(space=SPACE, vectors=Vectors(np.ones((1, 2)))))
)
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
    shown = inspector.wipe if key == "upsampler" else inspector.picture
    assert shown.isVisible()
    assert shown.accessibleName()


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


def test_a_card_for_the_inversion_comes_and_goes(
    qtbot: QtBot, ribbon: Ribbon, view: PipelineRibbon
) -> None:
    qtbot.mouseClick(cell_of(view, "decoder"), Qt.MouseButton.LeftButton)
    cell_of(view, "decoder").setFocus()
    ribbon.handle(planned(Decode(id="r", concept=CONCEPT), inversion=6, decoder=4))
    titles = [cell.view.title for cell in view.cells]
    assert titles == ["CLIP text", "Prior", "Inversion", "Decoder", "Upsampler"]
    assert opened(view).key == "decoder"
    assert cell_of(view, "decoder").hasFocus()
    cell_of(view, "inversion").click()
    ribbon.handle(planned(Decode(id="r", concept=CONCEPT), decoder=4))
    assert len(view.cells) == 4
    assert view.inspector is None


def test_the_arrows_follow_the_cards_that_are_there(
    qtbot: QtBot, ribbon: Ribbon, view: PipelineRibbon
) -> None:
    ribbon.handle(planned(Decode(id="r", concept=CONCEPT), inversion=6, decoder=4))
    prior = cell_of(view, "prior")
    prior.setFocus()
    qtbot.waitUntil(cell_of(view, "inversion").isVisible)
    qtbot.keyClick(prior, Qt.Key.Key_Right)
    assert cell_of(view, "inversion").hasFocus()
    qtbot.keyClick(cell_of(view, "inversion"), Qt.Key.Key_Tab)
    assert cell_of(view, "decoder").hasFocus()


def test_the_decoders_steps_can_be_scrubbed(
    qtbot: QtBot, ribbon: Ribbon, view: PipelineRibbon
) -> None:
    qtbot.mouseClick(cell_of(view, "decoder"), Qt.MouseButton.LeftButton)
    advance(ribbon, until=("decoder", 3))
    inspector = opened(view)
    assert inspector.strip.accessibleName() == "step 2 of 4"  # the preview of step 3 comes after it
    advance(ribbon)
    assert inspector.picture.accessibleName() == "step 4 of 4"
    last = inspector.picture.grab().toImage()
    qtbot.keyClick(inspector.strip, Qt.Key.Key_Home)
    assert inspector.picture.accessibleName() == "step 1 of 4"
    assert inspector.picture.grab().toImage() != last


def test_the_inspector_says_which_of_several_pictures_it_shows(
    qtbot: QtBot, window: QWidget
) -> None:
    inspector = StageInspector(window)
    frames = (Frame(1, RED), Frame(2, RED))
    inspector.show_view(
        StageView(
            "decoder", "Decoder", StageState.done, 2, 2, frames=frames, picture="picture 3 of 3"
        )
    )
    assert inspector.state.text() == "done, 2 steps, picture 3 of 3"
    assert inspector.picture.accessibleName() == "step 2 of 2, picture 3 of 3"


def test_before_and_after_can_be_wiped(qtbot: QtBot, ribbon: Ribbon, view: PipelineRibbon) -> None:
    advance(ribbon)
    qtbot.mouseClick(cell_of(view, "upsampler"), Qt.MouseButton.LeftButton)
    inspector = opened(view)
    assert inspector.wipe.isVisible()
    assert not inspector.picture.isVisible()
    assert inspector.note.text() == "From 64 × 64 to 256 × 256 px."
    inspector.wipe.setFocus()
    with qtbot.waitSignal(inspector.wipe.wiped):
        qtbot.keyClick(inspector.wipe, Qt.Key.Key_Right)
    qtbot.keyClick(inspector.wipe, Qt.Key.Key_Escape)
    assert view.inspector is None


def test_the_prior_can_be_explored(qtbot: QtBot, view: PipelineRibbon) -> None:
    qtbot.mouseClick(cell_of(view, "decoder"), Qt.MouseButton.LeftButton)
    assert not opened(view).explore_button.isVisible()
    qtbot.mouseClick(cell_of(view, "prior"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(view.explore_requested) as heard:
        opened(view).explore_button.click()
    assert heard.args == ["prior"]


def test_the_keyboard_goes_down_into_the_inspector_and_on_with_tab(
    qtbot: QtBot, ribbon: Ribbon, view: PipelineRibbon
) -> None:
    advance(ribbon)
    cell = cell_of(view, "decoder")
    cell.setFocus()
    qtbot.waitUntil(cell.hasFocus)
    qtbot.keyClick(cell, Qt.Key.Key_Down)
    assert cell.hasFocus()  # nothing is open
    qtbot.keyClick(cell, Qt.Key.Key_Space)
    qtbot.keyClick(cell, Qt.Key.Key_Tab)
    assert opened(view).strip.hasFocus()
    cell.setFocus()
    qtbot.keyClick(cell, Qt.Key.Key_Down)
    assert opened(view).strip.hasFocus()
    qtbot.keyClick(opened(view).strip, Qt.Key.Key_Tab)
    assert opened(view).close_button.hasFocus()
    qtbot.keyClick(opened(view).close_button, Qt.Key.Key_Tab)
    assert cell_of(view, "upsampler").hasFocus()
    opened(view).strip.setFocus()
    qtbot.keyClick(opened(view).strip, Qt.Key.Key_Escape)
    assert cell.hasFocus()


@pytest.mark.parametrize(
    ("view", "note"),
    [
        (StageView("text", "T", tokens=tuple(WORDS[:4]), room=4), ""),
        (
            StageView("text", "T", tokens=tuple(WORDS), room=4),
            "This model reads 4 tokens. 2 tokens have no effect on the picture: a, table. "
            "Shorten the prompt, or say first what matters most.",
        ),
        (
            StageView("prior", "P", scores=(0.5, 0.2), draws=(1, 0)),
            "Decoded is the best of 2 candidates. "
            "The cosines spread over 0.3000, from 0.2000 to 0.5000.",
        ),
        (
            StageView("prior", "P", cosines=(Cosine("start", 0.8312), Cosine("“snow”", 0.2))),
            "cos to start 0.8312\ncos to “snow” 0.2000",
        ),
    ],
    ids=["all read", "cut", "candidates", "edited"],
)
def test_what_pictures_cannot_show_is_said(view: StageView, note: str) -> None:
    assert notes(view) == note


@pytest.mark.parametrize(
    ("cut", "end"), [(1, "1 token has no effect"), (20, ", …. Shorten")], ids=["one", "many"]
)
def test_what_was_cut_is_named_briefly(cut: int, end: str) -> None:
    tokens = tuple(Token(f"w{place}", is_kept=False) for place in range(cut))
    assert end in notes(StageView("text", "T", tokens=tokens, room=4))


def test_a_pinned_candidate_is_marked_however_low_it_ranks() -> None:
    scores = tuple(np.linspace(0.4, 0.2, 20).tolist())
    view = StageView("prior", "P", scores=scores, draws=tuple(range(20)), chosen=17)
    rows = score_rows(view, 12)
    assert [row.rank for row in rows] == [*range(1, 12), 18]
    assert [row.name for row in rows if row.is_decoded] == ["Candidate 18"]
    assert "number 18 of 20" in notes(view)


def test_an_edited_embedding_tells_where_it_lies(qtbot: QtBot) -> None:
    plain = StageView("prior", "Prior", StageState.skipped)
    cell = StageCell(plain)
    qtbot.addWidget(cell)
    cell.resize(160, 68)
    empty = cell.grab().toImage()
    cell.show_view(replace(plain, cosines=(Cosine("start", 0.83),)))
    assert "cos to start 0.83" in cell.accessibleDescription()
    assert cell.grab().toImage() != empty


def test_frames_of_a_strip_show_their_number(qtbot: QtBot) -> None:
    running = StageView("decoder", "D", StageState.running, 7, 15, picture="frame 3 of 12")
    cell = StageCell(running)
    qtbot.addWidget(cell)
    assert cell.caption == "7/15, frame 3 of 12"
    cell.show_view(replace(running, steps=1))
    assert cell.caption == "frame 3 of 12"
    cell.show_view(replace(running, state=StageState.done))
    assert cell.caption == "15 steps"


@pytest.mark.parametrize("width", [560, 640, 800, 980, 1600])
def test_tiles_go_before_titles_are_cut(
    qapp: QApplication, window: QWidget, ribbon: Ribbon, view: PipelineRibbon, width: int
) -> None:
    ribbon.reset(scenes_with_inversion())
    window.layout().setContentsMargins(0, 0, 0, 0)  # type: ignore[union-attr]  # it has one
    window.resize(width, 400)
    qapp.processEvents()
    assert view.width() == width
    assert view.cells[-1].geometry().right() < width
    if width >= 800:
        assert all(cell.width() >= cell.bare_width for cell in view.cells)
    roomy = [cell for cell in view.cells if cell.width() >= cell.bare_width + cell.extra_width]
    assert (len(roomy) == len(view.cells)) == (width >= 1600)


def test_a_picture_of_the_inversion_gets_its_room(ribbon: Ribbon, view: PipelineRibbon) -> None:
    ribbon.handle(planned(Decode(id="r", concept=CONCEPT), inversion=6, decoder=4))
    before = cell_of(view, "inversion").sizeHint().width()
    ribbon.handle(step("inversion", 1, 6))
    ribbon.handle(Preview(request_id="r", index=0, image=RED))
    assert cell_of(view, "inversion").sizeHint().width() > before


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
    assert all(stage_text(stage.key) == STAGES[stage.key] for stage in UNCLIP.stages)
    assert stage_text("upsampler_1024") == STAGES["upsampler"]
    assert stage_text("vae") == UNKNOWN


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


def planned(request: Decode, **steps: int) -> Started:
    plan = tuple(PlannedStage(key=key, steps=count) for key, count in steps.items())
    return Started(request_id="r", request=request, plan=plan)


def scenes_with_inversion() -> Capabilities:
    titles = {
        "text": "CLIP text",
        "prior": "Prior",
        "inversion": "Inversion",
        "decoder": "Decoder",
        "upsampler": "Upsampler",
        "upsampler_1024": "Upsampler 1024",
    }
    stages = tuple(Stage(key=key, title=title, steps=2) for key, title in titles.items())
    return CAPABILITIES.model_copy(update={"stages": stages})


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
