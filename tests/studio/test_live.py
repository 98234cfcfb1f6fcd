"""The live mode, without Qt: whoever has a clock would call `refresh` and `settle`."""

import numpy as np
import pytest

from t2i_studio.core.errors import MachineError
from t2i_studio.core.events import Progress, Started
from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.core.pictures import read_picture
from t2i_studio.core.request import Generate, Inpaint, Refine
from t2i_studio.studio.strokes import Brush, Dab, Ink
from tests.studio.conftest import PICTURE, Bench

BRUSH = Brush(Ink.paint)


class Ears:
    """What a window would hear of a live mode."""

    def __init__(self, bench: Bench) -> None:
        self.touched = self.rested = 0
        self.toggled: list[bool] = []
        self.started: list[Generate | Inpaint] = []
        self._handle = bench.session.handle
        live = bench.session.live
        live.touched.connect(self.touch)
        live.rested.connect(self.rest)
        live.toggled.connect(self.toggled.append)
        bench.engine._on_event = self.hear

    def touch(self) -> None:
        self.touched += 1

    def rest(self) -> None:
        self.rested += 1

    def hear(self, event: object) -> None:
        if isinstance(event, Started) and isinstance(event.request, Generate | Inpaint):
            self.started.append(event.request)
        self._handle(event)  # type: ignore[arg-type]  # whatever the engine says


@pytest.fixture
def ears(bench: Bench) -> Ears:
    return Ears(bench)


@pytest.fixture
def live(bench: Bench, ears: Ears) -> Bench:
    """A bench whose live mode is on."""
    bench.session.live.start()
    return bench


def masked(bench: Bench) -> None:
    bench.session.open_picture(PICTURE)
    pixels = np.zeros((PICTURE.extent.height, PICTURE.extent.width), np.uint8)
    pixels[:, :20] = 255
    bench.session.document.set_mask(Mask(pixels))


def test_a_coarse_picture_comes_first_and_the_full_one_when_nothing_changes(
    live: Bench, ears: Ears
) -> None:
    staging = live.session.staging
    live.session.live.refresh()
    live.run()
    assert staging.live is not None
    assert staging.live.image.extent == Extent(64, 64)
    assert staging.draft is None
    live.session.live.settle()
    live.run()
    assert staging.draft is not None
    assert staging.draft.image.extent == Extent(256, 256)
    assert staging.selected is staging.draft
    assert [request.decoder.steps for request in ears.started] == [4, 4]
    assert [request.size for request in ears.started] == [Extent(64, 64), Extent(256, 256)]


def test_nothing_is_kept_in_the_gallery(live: Bench) -> None:
    live.session.live.settle()
    live.run()
    assert live.session.shelf.pictures == []
    assert live.session.staging.candidates == []
    assert len(live.session.jobs) == 0


def test_the_seed_stays_the_same_and_is_shown(live: Bench, ears: Ears) -> None:
    seed = live.session.settings.seed
    assert seed >= 0
    for prompt in ("a red cube", "a blue star"):
        live.session.settings.prompt = prompt
        live.session.live.settle()
        live.run()
    assert {request.seed for request in ears.started} == {seed}


def test_leaving_leaves_nothing_behind(live: Bench, ears: Ears) -> None:
    live.session.live.settle()
    live.run()
    live.session.live.stop()
    assert not live.session.staging.is_active
    assert live.session.settings.seed == -1
    assert ears.toggled == [True, False]
    live.session.live.refresh()
    live.run()
    assert not live.session.staging.is_active


def test_leaving_twice_is_leaving_once(live: Bench, ears: Ears) -> None:
    live.session.live.toggle()
    live.session.live.stop()
    assert ears.toggled == [True, False]
    live.session.live.toggle()
    assert live.session.live.is_on


@pytest.mark.parametrize("chosen", ["before", "meanwhile"])
def test_a_seed_that_somebody_chose_stays(bench: Bench, chosen: str) -> None:
    if chosen == "before":
        bench.session.settings.seed = 77
    bench.session.live.start()
    bench.session.settings.seed = 77
    bench.session.live.stop()
    assert bench.session.settings.seed == 77


def test_one_picture_is_made_however_many_are_asked_for(live: Bench, ears: Ears) -> None:
    live.session.settings.count, live.session.settings.rerank = 4, True
    live.session.live.settle()
    live.run()
    assert [(request.count, request.rerank) for request in ears.started] == [(1, False)]


def test_only_the_newest_state_is_made(live: Bench, ears: Ears) -> None:
    for prompt in ("one", "two", "three"):
        live.session.settings.prompt = prompt
        live.session.live.refresh()
    live.run()
    # The first was with the engine already; a coarse picture is always finished.
    assert [request.prompt for request in ears.started] == ["one", "three"]


def test_a_full_picture_gives_way_within_a_step(live: Bench, ears: Ears) -> None:
    session = live.session
    steps: list[str] = []

    def hurry(event: object) -> None:
        ears.hear(event)
        if isinstance(event, Progress):
            steps.append(ears.started[-1].prompt)
            if len(steps) == 2:
                session.settings.prompt = "newer"
                session.live.refresh()

    live.engine._on_event = hurry
    session.live.settle()
    live.run()
    assert steps[:3] == ["a red cube", "a red cube", "newer"]
    assert session.staging.draft is None


def test_jobs_of_the_queue_wait_for_it(live: Bench) -> None:
    session = live.session
    order: list[str] = []
    session.settings.prompt = "queued"
    session.generate()
    session.settings.prompt = "queued too"
    session.generate()

    def note(event: object) -> None:
        if isinstance(event, Started) and isinstance(event.request, Generate):
            order.append(event.request.prompt)
            if event.request.prompt == "queued":
                session.settings.prompt = "live"
                session.live.refresh()
        session.handle(event)  # type: ignore[arg-type]  # whatever the engine says

    live.engine._on_event = note
    live.run()
    assert order == ["queued", "live", "queued too"]


def test_changes_that_matter_are_told(live: Bench, ears: Ears) -> None:
    session, before = live.session, ears.touched
    changes = (
        lambda: setattr(session.settings, "prompt", "other"),
        lambda: setattr(session.settings, "decoder_steps", 3),
        lambda: session.open_picture(PICTURE),
        lambda: setattr(session.frame, "padding", 8),
        lambda: session.document.invert_mask(),
        lambda: session.document.undo(),
    )
    for number, change in enumerate(changes, start=1):
        change()
        assert ears.touched > before, number
        before = ears.touched


@pytest.mark.parametrize("name", ["count", "rerank", "history"])
def test_settings_that_change_no_picture_are_not_told(live: Bench, ears: Ears, name: str) -> None:
    before = ears.touched
    values = {"count": 3, "rerank": True, "history": ("x",)}
    setattr(live.session.settings, name, values[name])
    assert ears.touched == before


def test_nothing_is_told_while_it_is_off(bench: Bench, ears: Ears) -> None:
    bench.session.settings.prompt = "other"
    bench.session.open_picture(PICTURE)
    assert ears.touched == 0


def test_a_repaint_is_shown_where_it_belongs(live: Bench, ears: Ears) -> None:
    masked(live)
    live.session.live.refresh()
    live.run()
    staging = live.session.staging
    assert isinstance(ears.started[-1], Inpaint)
    assert staging.live is not None
    assert staging.live.frame == Bounds.at_origin(PICTURE.extent)
    live.session.live.settle()
    live.run()
    assert staging.draft is not None
    assert np.array_equal(staging.draft.image.pixels[:, 20:], PICTURE.pixels[:, 20:])


def test_a_stroke_uncovers_what_is_painted_and_its_end_is_told(live: Bench, ears: Ears) -> None:
    masked(live)
    document, staging = live.session.document, live.session.staging
    live.session.live.settle()
    live.run()
    assert staging.shows_live
    before = ears.touched
    document.begin_stroke(BRUSH, Dab(40, 10, 5))
    document.extend_stroke(Dab(50, 20, 5))
    assert not staging.is_active
    assert ears.touched == before
    document.end_stroke()
    assert ears.touched > before


def test_nothing_is_asked_for_and_shown_during_a_stroke(live: Bench, ears: Ears) -> None:
    masked(live)
    live.session.live.settle()
    live.session.document.begin_stroke(BRUSH, Dab(40, 10, 5))
    live.session.live.refresh()
    live.run()
    assert len(ears.started) == 1
    assert not live.session.staging.is_active
    live.session.document.end_stroke()


def test_what_was_asked_of_another_canvas_is_not_shown(live: Bench) -> None:
    masked(live)
    live.session.live.settle()
    live.session.document.close()
    live.run()
    assert not live.session.staging.is_active


def test_a_preview_of_the_queue_ends_and_the_live_picture_stays(live: Bench) -> None:
    session = live.session
    session.live.settle()
    live.run()
    assert session.staging.shows_live
    session.warm_up()
    live.run()
    assert session.staging.shows_live


def test_a_complaint_is_told_once(live: Bench) -> None:
    session = live.session
    session.settings.prompt = " "
    for _ in range(3):
        session.live.refresh()
        session.live.settle()
    assert live.said.count("prompt is empty") == 1
    session.settings.prompt = "a red cube"
    session.live.refresh()
    live.run()
    session.settings.prompt = " "
    session.live.refresh()
    assert live.said.count("prompt is empty") == 2


def test_a_failing_run_is_told_once(live: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise MachineError("Too hot.", "Wait a while.")

    monkeypatch.setattr("t2i_studio.engine.runner.resolve", fail)
    for _ in range(3):
        live.session.live.settle()
        live.run()
    assert live.said == "Too hot. Wait a while."


def test_accepting_puts_it_on_the_canvas_and_into_the_gallery(live: Bench, ears: Ears) -> None:
    masked(live)
    session = live.session
    session.live.settle()
    live.run()
    draft = session.staging.draft
    assert draft is not None
    session.accept()
    assert session.document.picture == draft.image
    assert not session.staging.is_active
    [saved] = session.shelf.pictures
    assert read_picture(saved.path) == draft.image
    assert ears.rested > 0  # the canvas changed, but nobody has done anything yet
    session.undo()
    assert session.document.picture == PICTURE


def test_keeping_puts_it_into_the_gallery_once(live: Bench) -> None:
    session = live.session
    session.live.settle()
    live.run()
    session.live.keep()
    session.live.keep()
    session.accept()
    assert len(session.shelf.pictures) == 1
    assert "The picture is kept in the gallery." in live.said


def test_a_coarse_picture_cannot_be_kept(live: Bench) -> None:
    live.session.live.refresh()
    live.run()
    live.session.live.keep()
    live.session.accept()
    assert live.session.shelf.pictures == []
    assert "Wait for the full picture, then keep it." in live.said


def test_a_draft_that_the_disk_refuses_is_not_lost(
    live: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = live.session
    session.live.settle()
    live.run()

    def full(*_: object) -> None:
        raise MachineError("The disk is full.")

    monkeypatch.setattr(session.shelf.gallery, "add", full)
    session.live.keep()
    [candidate] = session.staging.candidates
    assert not candidate.is_saved
    assert session.keeper.has_unsaved


def test_discarding_a_draft_takes_it_away(live: Bench) -> None:
    session = live.session
    session.live.settle()
    live.run()
    session.staging.discard()
    assert not session.staging.is_active


def test_undo_takes_back_a_step_though_a_draft_is_shown(live: Bench) -> None:
    masked(live)
    session = live.session
    session.live.settle()
    live.run()
    session.undo()
    assert not session.document.has_mask


def test_its_progress_is_known_while_it_works(live: Bench) -> None:
    seen: list[bool] = []
    live.session.live.run.progressed.connect(
        lambda: seen.append(live.session.live.progress is not None)
    )
    live.session.live.settle()
    live.run()
    assert any(seen)
    assert live.session.live.progress is None


def test_a_refined_picture_follows_too(live: Bench) -> None:
    session = live.session
    session.open_picture(Image.filled(Extent(64, 64), (10, 20, 30)))
    session.settings.strength = 0.5
    session.live.settle()
    live.run()
    draft = session.staging.draft
    assert draft is not None
    assert isinstance(draft.recipe.request, Refine)
