from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from t2i_studio.core.concept import FromPicture
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.core.request import Decode
from t2i_studio.studio.background import InlineBackground
from t2i_studio.studio.explorer.exploration import Pick
from t2i_studio.studio.explorer.label_lab import PRESETS, LabelLab
from tests.studio.conftest import Bench

RED = Image.filled(Extent(64, 64), (200, 40, 40))
BLUE = Image.filled(Extent(64, 64), (40, 70, 200))


@dataclass
class Setting:
    bench: Bench
    lab: LabelLab = field(init=False)

    def __post_init__(self) -> None:
        self.lab = LabelLab(self.bench.session, InlineBackground())
        self.lab.set_labels("red, blue, white")

    @property
    def run(self) -> Callable[[], None]:
        return self.bench.run

    def show(self, image: Image) -> None:
        self.bench.session.open_picture(image)
        self.run()

    def attack(self, word: str = "white") -> None:
        """Write a word so large that the picture is white above all."""
        self.lab.attack.set_height(0.4)
        self.lab.attack.set_centre(0.5, 0.5)
        self.lab.attack.set_word(word)
        self.run()

    @property
    def best(self) -> str:
        bars = self.lab.bars
        return bars.labels[bars.shares.index(max(bars.shares))]


@pytest.fixture
def setting(bench: Bench) -> Setting:
    setting = Setting(bench)
    setting.lab.set_live(True)
    return setting


def test_the_bars_follow_the_picture_on_the_canvas(setting: Setting) -> None:
    setting.show(RED)
    assert setting.best == "red"
    setting.show(BLUE)
    assert setting.best == "blue"
    assert sum(setting.lab.bars.shares) == pytest.approx(1)


def test_they_follow_the_explorer_if_that_is_chosen(setting: Setting) -> None:
    setting.show(RED)
    setting.lab.set_source("explorer")
    assert setting.lab.problem == "There is no picture in the explorer yet."
    setting.bench.session.explorer.explore(Pick.picture(BLUE))
    setting.run()
    assert setting.best == "blue"


def test_they_follow_labels_and_templates(setting: Setting) -> None:
    setting.show(RED)
    setting.lab.set_labels("green\nwhite,  red\n")
    setting.lab.set_templates("a {} wall\n\n{}")
    setting.run()
    assert setting.lab.bars.labels == ("green", "white", "red")
    assert setting.best == "red"


def test_nothing_is_asked_while_nobody_looks(bench: Bench) -> None:
    setting = Setting(bench)
    setting.show(RED)
    assert setting.lab.bars.labels == ()
    setting.lab.set_live(True)
    setting.run()
    assert setting.best == "red"
    setting.lab.set_live(False)
    setting.show(BLUE)
    assert setting.best == "red"


@pytest.mark.parametrize(
    ("labels", "problem"),
    [
        pytest.param("red", "Two labels or more are needed, none of them empty.", id="one"),
        pytest.param("red, blue\nred", "A label stands there twice.", id="twice"),
        pytest.param("red, blue", "", id="fine"),
    ],
)
def test_labels_that_cannot_be_used_are_told(setting: Setting, labels: str, problem: str) -> None:
    setting.lab.set_labels(labels)  # even before there is a picture
    assert setting.lab.labels_problem == problem
    assert setting.lab.templates_problem == ""


@pytest.mark.parametrize("templates", ["", "a photo", "{} and {}"])
def test_templates_that_cannot_be_used_are_told(setting: Setting, templates: str) -> None:
    setting.show(RED)
    before = setting.lab.bars
    setting.lab.set_templates(templates)
    setting.run()
    assert setting.lab.templates_problem == 'A template holds "{}" once, where the label goes.'
    assert setting.lab.bars == before


def test_a_word_on_the_picture_moves_the_bars(setting: Setting) -> None:
    setting.show(RED)
    before = setting.lab.bars.shares
    assert setting.lab.verdict == ""
    setting.attack()
    assert setting.lab.bars.before == before
    assert setting.best == "white"
    assert setting.lab.verdict == "The word turns “red” into “white”."
    setting.lab.attack.set_word("")
    setting.run()
    assert setting.lab.bars.before is None
    assert setting.best == "red"


def test_a_small_word_moves_no_bar(setting: Setting) -> None:
    setting.show(RED)
    setting.lab.attack.set_height(0.05)
    setting.lab.attack.set_word("i")
    setting.run()
    assert setting.lab.verdict == "Still taken for “red”."


def test_a_word_that_no_label_has_can_be_made_one(setting: Setting) -> None:
    assert not setting.lab.lacks_word
    setting.attack("Green")
    assert setting.lab.lacks_word
    setting.lab.add_word()
    assert setting.lab.labels == ("red", "blue", "white", "green")
    assert not setting.lab.lacks_word


def test_what_clip_sees_is_decoded_from_new_noise_and_read_again(setting: Setting) -> None:
    setting.show(RED)
    setting.lab.decode_attacked()  # nothing yet
    assert setting.lab.seen.frames == ()
    setting.attack()
    setting.lab.decode_attacked()
    setting.run()
    asked = [frame.request for frame in setting.lab.seen.frames]
    assert [request.seed for request in asked] == [0, 1, 2, 3]
    for request in asked:
        assert isinstance(request, Decode)
        assert request.noise == "drawn"
        assert request.concept.base == FromPicture(image=setting.lab.attack.image)
    assert setting.lab.seen_as(0).startswith("white ")


def test_answers_about_the_last_decoded_pictures_are_not_taken_for_the_new_ones(
    setting: Setting,
) -> None:
    setting.show(RED)
    setting.attack()
    setting.lab.decode_attacked()
    said = []

    def decode_another() -> None:
        setting.lab.seen.finished.disconnect(decode_another)
        setting.lab.attack.set_height(0.05)
        setting.lab.attack.set_word("i")
        setting.lab.decode_attacked()
        setting.lab.changed.connect(lambda: said.append(setting.lab.seen_as(3).split(" ")[0]))

    setting.lab.seen.finished.connect(decode_another)
    setting.run()
    assert set(said) == {"", "red"}
    assert said[-1] == "red"


def test_other_labels_are_asked_of_the_decoded_pictures_too(setting: Setting) -> None:
    setting.show(RED)
    setting.attack()
    setting.lab.decode_attacked()
    setting.run()
    assert setting.lab.seen_as(0).startswith("white ")
    setting.lab.set_labels("green, blue, snow white")
    setting.run()
    assert setting.lab.seen_as(0).startswith("snow white ")


def test_a_variation_can_be_kept_or_explored(setting: Setting) -> None:
    setting.show(RED)
    setting.attack()
    setting.lab.decode_attacked()
    setting.lab.keep(0)  # not made yet
    setting.lab.explore(0)
    setting.run()
    session = setting.bench.session
    assert session.shelf.pictures == []
    assert session.explorer.state.origin is None
    setting.lab.explore(1)
    assert session.explorer.before is setting.lab.seen.frames[1].image
    setting.lab.keep(1)
    assert len(session.shelf.pictures) == 1


def test_the_attacked_picture_can_go_to_the_canvas_once(setting: Setting) -> None:
    setting.show(RED)
    setting.lab.show_attacked()
    setting.attack()
    written = setting.lab.attack.image
    setting.lab.show_attacked()
    setting.run()
    assert setting.bench.session.document.picture == written
    assert setting.lab.attack.word == ""
    assert setting.lab.bars.before is None


def test_the_attacked_picture_can_be_explored(setting: Setting) -> None:
    setting.show(RED)
    setting.lab.explore_attacked()
    assert setting.bench.session.explorer.state.origin is None
    setting.attack()
    setting.lab.explore_attacked()
    origin = setting.bench.session.explorer.state.origin
    assert origin is not None
    assert (origin.image, origin.title) == (setting.lab.attack.image, "With “white” on it")


def test_another_model_reads_anew(setting: Setting) -> None:
    setting.show(RED)
    setting.attack()
    setting.lab.decode_attacked()
    setting.run()
    setting.bench.session.describe_model()
    assert setting.lab.bars.labels == ()
    assert setting.lab.seen.frames == ()
    assert setting.lab.is_busy
    setting.run()
    assert setting.best == "white"


def test_without_an_image_encoder_it_says_so_and_asks_nothing(setting: Setting) -> None:
    explorer = setting.bench.session.explorer
    assert explorer.capabilities is not None
    blind = explorer.capabilities.model_copy(update={"has_image_encoder": False})
    explorer.follow_model(blind)
    setting.show(RED)
    assert "image_encoder" in setting.lab.problem
    assert setting.lab.bars.labels == ()


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_can_be_used(setting: Setting, name: str) -> None:
    setting.show(RED)
    setting.lab.set_labels("\n".join(PRESETS[name]))
    setting.run()
    assert setting.lab.bars.labels == PRESETS[name]
    assert setting.lab.problem == ""


def test_it_begins_with_what_is_explored(bench: Bench) -> None:
    bench.session.explore(Image.filled(Extent(8, 8), (200, 40, 40)))
    bench.run()
    assert LabelLab(bench.session, InlineBackground()).source == "explorer"
