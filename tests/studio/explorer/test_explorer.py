from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from t2i_studio.core.concept import Concept, FromEmbedding, FromPicture
from t2i_studio.core.events import Event, ImageReady, Started
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.core.latent import Embeddings, Space, Vectors
from t2i_studio.core.request import Decode, Generate
from t2i_studio.core.stage_settings import DecoderSettings
from t2i_studio.engine.backends.fake import CAPABILITIES
from t2i_studio.engine.backends.fake_latents import SPACE
from t2i_studio.engine.inline import InlineEngine
from t2i_studio.engine.runner import Runner
from t2i_studio.studio.explorer.exploration import DiffRow, Exploration, Pick
from t2i_studio.studio.explorer.explorer import Explorer
from t2i_studio.studio.explorer.live import COARSE_STEPS
from t2i_studio.studio.explorer.strip import FilmStripRun
from t2i_studio.studio.notices import Notice
from t2i_studio.studio.settings import Settings
from tests.studio.conftest import fake_registry

RED = Image.filled(Extent(8, 8), (200, 40, 40))
TO_BLUE = DiffRow("red", "blue", 0.5)


class Setting:
    """An explorer over the fake engine, with what was sent and what came."""

    def __init__(self) -> None:
        self.explorer = Explorer(Settings())
        self.events: list[Event] = []
        self.engine = InlineEngine(Runner(fake_registry()), self.hear)
        self.explorer.connect(self.engine)
        self.explorer.follow_model(CAPABILITIES)
        self.notices: list[Notice] = []
        self.explorer.noticed.connect(self.notices.append)

    def hear(self, event: Event) -> None:
        self.events.append(event)
        self.explorer.handle(event)

    @property
    def run(self) -> Callable[[], None]:
        return self.engine.run_pending

    @property
    def requests(self) -> list[Decode]:
        started = [event.request for event in self.events if isinstance(event, Started)]
        return [request for request in started if isinstance(request, Decode)]


@pytest.fixture
def setting() -> Setting:
    return Setting()


def colour(image: Image | None) -> list[int]:
    assert image is not None
    return [round(value) for value in image.pixels.mean(axis=(0, 1))]


def test_a_picture_without_edits_is_rebuilt(setting: Setting) -> None:
    setting.explorer.explore(Pick.picture(RED))
    setting.run()

    assert setting.explorer.before == RED
    assert np.allclose(colour(setting.explorer.after), [200, 40, 40], atol=3)
    assert setting.requests[0].noise == "inverted"


def test_a_moving_slider_is_followed_coarsely_and_settles_in_full(setting: Setting) -> None:
    setting.explorer.explore(Pick.picture(RED))
    setting.run()
    setting.explorer.set_rows([TO_BLUE], "theta", is_moving=True)
    setting.run()

    assert setting.explorer.is_coarse
    assert setting.requests[-1].decoder.steps == COARSE_STEPS
    assert setting.explorer.after is not None
    assert setting.explorer.after.extent == Extent(64, 64)

    setting.explorer.settle()
    setting.run()

    assert not setting.explorer.is_coarse
    assert setting.explorer.after.extent == Extent(256, 256)
    assert np.allclose(colour(setting.explorer.after), [120, 55, 120], atol=3)


def test_of_a_fast_hand_only_the_newest_state_waits(setting: Setting) -> None:
    setting.explorer.explore(Pick.picture(RED))
    setting.run()
    before = len(setting.requests)
    for theta in (0.1, 0.2, 0.3, 0.4):
        setting.explorer.set_rows([replace(TO_BLUE, theta=theta)], "theta", is_moving=True)
    setting.run()

    thetas = [request.concept.edits[0].theta for request in setting.requests[before:]]
    assert thetas == [0.1, 0.4]


def test_one_movement_is_one_step_of_undo(setting: Setting) -> None:
    setting.explorer.explore(Pick.picture(RED))
    for theta in (0.1, 0.2, 0.3):
        setting.explorer.set_rows([replace(TO_BLUE, theta=theta)], "theta", is_moving=True)
    setting.explorer.settle()
    setting.explorer.undo()

    assert setting.explorer.state.rows == (DiffRow(),)
    setting.explorer.redo()
    assert setting.explorer.state.rows[0].theta == 0.3


def test_the_cosines_tell_how_far_it_went(setting: Setting) -> None:
    setting.explorer.explore(Pick.picture(RED))
    setting.explorer.set_rows([TO_BLUE], is_moving=False)
    setting.run()

    latent = setting.explorer.latent
    assert latent is not None
    assert 0 < latent.to_start < 1
    assert len(latent.to_texts) == 1


def test_a_mix_of_two_corners_lies_between_them(setting: Setting) -> None:
    setting.explorer.set_corner(0, Pick.picture(RED))
    setting.explorer.set_corner(1, Pick.prompt("blue"))
    setting.explorer.set_point(0.5, 0.0, is_moving=False)
    setting.run()

    assert np.allclose(colour(setting.explorer.after), [120, 55, 120], atol=3)
    assert setting.requests[-1].noise == "drawn"


def test_a_strip_goes_from_the_origin_to_the_sliders(setting: Setting) -> None:
    setting.explorer.explore(Pick.picture(RED))
    setting.explorer.set_rows([TO_BLUE], is_moving=False)
    setting.run()
    setting.explorer.diff_strip(3)
    setting.run()

    frames = setting.explorer.strip.images
    assert [colour(frame)[2] for frame in frames] == pytest.approx([40, 80, 120], abs=3)
    assert [frame.caption for frame in setting.explorer.strip.frames] == [
        "theta 0.00",
        "theta 0.25",
        "theta 0.50",
    ]
    assert setting.explorer.strip.frames[1].recipe is not None


def test_a_full_picture_can_be_kept_and_a_coarse_one_not(setting: Setting) -> None:
    kept: list[ImageReady] = []
    setting.explorer.kept.connect(kept.append)
    setting.explorer.explore(Pick.picture(RED))
    setting.run()
    setting.explorer.set_rows([TO_BLUE], "theta", is_moving=True)
    setting.run()
    setting.explorer.keep()
    setting.explorer.settle()
    setting.run()
    setting.explorer.keep()

    assert len(setting.notices) == 1
    assert [event.image.extent for event in kept] == [Extent(256, 256)]


def test_an_embedding_of_another_space_is_refused_by_name(setting: Setting) -> None:
    other = Embeddings(space=Space(id="other", dim=3), vectors=Vectors(np.ones((1, 3))))
    setting.explorer.explore(Pick.embedding(FromEmbedding(embedding=other)))
    setting.run()

    assert "other (3 dimensions)" in setting.notices[-1].text
    assert str(SPACE) in setting.notices[-1].text


def test_without_an_image_encoder_it_says_what_is_missing(setting: Setting) -> None:
    blind = CAPABILITIES.model_copy(update={"has_image_encoder": False})
    setting.explorer.follow_model(blind)
    setting.explorer.explore(Pick.picture(RED))

    assert "image_encoder" in setting.notices[-1].text
    assert setting.explorer.state == Exploration()


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        pytest.param(DiffRow("red", ""), "Write what to go to.", id="no goal"),
        pytest.param(DiffRow("red", " red "), "Both texts of the diff are", id="same texts"),
        pytest.param(DiffRow("red", "blue\0"), "The prompt contains a NUL", id="NUL"),
        pytest.param(DiffRow("red", "b" * 20_001), "The prompt has 20,001", id="too long"),
        pytest.param(DiffRow("red", "blue"), "", id="fine"),
    ],
)
def test_a_row_tells_what_is_wrong_with_it(row: DiffRow, problem: str) -> None:
    assert row.problem.startswith(problem)
    assert bool(row.problem) == bool(problem)
    assert replace(row, theta=0.0).edit is None


def test_a_strip_of_its_own_leaves_the_explorer_s_alone(setting: Setting) -> None:
    own = FilmStripRun(setting.explorer.desk)
    setting.explorer.explore(Pick.picture(RED))
    setting.explorer.make_strip([setting.explorer.state], ["whole"], own)
    setting.run()

    assert len(own.images) == 1
    assert setting.explorer.strip.frames == ()


def test_a_model_with_one_size_has_full_pictures_too(setting: Setting) -> None:
    single = CAPABILITIES.model_copy(update={"sizes": (Extent(64, 64),)})
    setting.explorer.follow_model(single)
    setting.explorer.explore(Pick.picture(RED))
    setting.run()
    assert setting.explorer.result is not None
    assert not setting.explorer.is_coarse


def test_pictures_of_what_was_explored_before_are_not_shown(setting: Setting) -> None:
    setting.explorer.explore(Pick.picture(RED))
    setting.run()
    setting.explorer.set_rows([TO_BLUE], "theta", is_moving=True)
    shown: list[object] = []
    setting.explorer.shown_changed.connect(lambda: shown.append(setting.explorer.after))
    setting.explorer.explore(Pick.prompt("green"))
    setting.run()
    reddish = [image for image in shown if image is not None and colour(image)[0] > 100]  # type: ignore[arg-type]  # pictures
    assert reddish == []
    assert colour(setting.explorer.after) == pytest.approx([40, 160, 60], abs=3)


def test_a_recalled_request_is_asked_for_again_as_it_was(setting: Setting) -> None:
    asked = Decode(
        prompt="a red ball",
        concept=Concept(base=FromPicture(image=RED)),
        seed=9,
        size=Extent(64, 64),
        decoder=DecoderSettings(steps=3, guidance=9.0),
    )
    setting.explorer.recall(asked)
    again = setting.explorer.request(setting.explorer.state)
    assert again is not None
    assert again.model_copy(update={"id": asked.id}) == asked

    setting.explorer.set_rows([TO_BLUE], is_moving=False)
    changed = setting.explorer.request(setting.explorer.state)
    assert changed is not None
    assert (changed.decoder.steps, changed.decoder.guidance) == (3, None)


def test_another_models_space_drops_embeddings_and_their_undo(setting: Setting) -> None:
    here = Embeddings(space=SPACE, vectors=Vectors(np.full((1, 3), 90.0)))
    setting.explorer.explore(Pick.embedding(FromEmbedding(embedding=here)))
    setting.run()
    there = CAPABILITIES.model_copy(update={"space": Space(id="there", dim=3)})
    setting.explorer.follow_model(there)
    assert setting.explorer.state.origin is None
    assert setting.explorer.after is None
    assert not setting.explorer.can_undo


def test_exploring_goes_before_what_waits_in_the_queue(setting: Setting) -> None:
    for _ in range(2):
        setting.engine.submit(Generate(prompt="red"))
    setting.explorer.explore(Pick.picture(RED))
    setting.run()
    kinds = [event.request.kind for event in setting.events if isinstance(event, Started)]
    assert kinds == ["decode", "generate", "generate"]


def test_an_undo_to_another_origin_shows_nothing_of_the_one_it_left(setting: Setting) -> None:
    green = Image.filled(Extent(8, 8), (40, 160, 60))
    setting.explorer.explore(Pick.picture(RED))
    setting.explorer.explore(Pick.picture(green))
    setting.run()
    setting.explorer.set_rows([TO_BLUE], "theta", is_moving=True)
    shown: list[Image | None] = []
    setting.explorer.shown_changed.connect(lambda: shown.append(setting.explorer.after))
    setting.explorer.undo()
    setting.explorer.undo()
    setting.run()
    assert setting.explorer.before == RED
    assert colour(setting.explorer.after) == pytest.approx([200, 40, 40], abs=3)
    pictures = [image for image in shown if image is not None and image.extent.width == 64]
    assert all(colour(image)[0] > 150 for image in pictures)
