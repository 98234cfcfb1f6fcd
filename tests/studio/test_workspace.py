"""Results on their way into the picture, and what an undo brings back."""

from typing import Any

import numpy as np
import pytest

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.core.recipe import ModelRef, Recipe
from t2i_studio.core.request import Frame, Generate, Inpaint
from t2i_studio.engine.backends.fake import CAPABILITIES
from t2i_studio.studio.compose import Task
from t2i_studio.studio.document import Document
from t2i_studio.studio.frame import Area, Direction
from t2i_studio.studio.jobs import Job
from t2i_studio.studio.places import keep_places
from t2i_studio.studio.settings import Settings
from t2i_studio.studio.staging import Candidate, Staging
from t2i_studio.studio.workspace import Workspace

PICTURE = Image.filled(Extent(64, 48), (200, 100, 50))
MASKED = Bounds(10, 10, 20, 20)
RED = (255, 0, 0)


class Desk:
    """A workspace with everything that it works on."""

    def __init__(self) -> None:
        self.settings = Settings(prompt="a fox", seed=3)
        self.document = Document()
        self.staging = Staging()
        self.workspace = Workspace(self.settings, self.document, self.staging)

    def open(self, mask: Bounds | None = None) -> "Desk":
        self.document.start(PICTURE, _mask(mask) if mask else None)
        return self

    def make(self, colour: tuple[int, int, int] = RED) -> Candidate:
        """Stage what a model would have made of what is asked for now."""
        composed, placement = self.workspace.compose(CAPABILITIES)
        image = _painted(composed.request, colour)
        candidate = Candidate(image, _recipe(composed.request), placement=placement)
        self.staging.add(candidate)
        return candidate


def _mask(bounds: Bounds) -> Mask:
    pixels = np.zeros((48, 64), np.uint8)
    pixels[bounds.slices] = 255
    return Mask(pixels)


def _painted(request: Frame, colour: tuple[int, int, int]) -> Image:
    if not isinstance(request, Inpaint):
        size = getattr(request, "image", PICTURE).extent
        return Image.filled(size, colour)
    pixels = request.image.pixels.copy()
    pixels[request.mask.pixels > 0] = colour
    return Image(pixels)


def _recipe(request: Frame) -> Recipe:
    model = ModelRef(name="m", title="M", sha256="")
    how: dict[str, Any] = {"device": "cpu", "dtype": "float32", "numerics": {}, "versions": {}}
    return Recipe(request=request, model=model, **how)


def colour_at(desk: Desk, x: int, y: int) -> tuple[int, ...]:
    assert desk.document.picture is not None
    return tuple(int(value) for value in desk.document.picture.pixels[y, x])


def test_the_result_of_an_empty_canvas_becomes_the_picture() -> None:
    desk = Desk()
    desk.make()

    desk.workspace.accept()

    assert desk.document.extent == PICTURE.extent
    assert desk.staging.candidates == []


def test_only_what_was_repainted_is_taken_over() -> None:
    desk = Desk().open(MASKED)
    desk.make()

    desk.workspace.accept()

    assert colour_at(desk, 15, 15) == RED
    assert colour_at(desk, 9, 9) == (200, 100, 50)
    assert len(desk.document.layers) == 1
    assert not desk.document.has_mask


def test_a_result_can_lie_on_a_layer_of_its_own() -> None:
    desk = Desk().open(MASKED)
    desk.make()

    desk.workspace.accept(as_layer=True)

    below, above = desk.document.layers
    assert above.name == "a fox"
    assert not above.pixels[0, 0, 3]
    assert tuple(above.pixels[15, 15]) == (*RED, 255)
    assert tuple(below.pixels[15, 15]) == (200, 100, 50, 255)


def test_a_new_picture_can_lie_on_a_layer_of_its_own() -> None:
    desk = Desk().open()
    desk.make()

    desk.workspace.accept(as_layer=True)

    assert [layer.pixels[0, 0, 0] for layer in desk.document.layers] == [200, 255]


def test_a_long_prompt_is_a_short_name() -> None:
    desk = Desk().open()
    desk.settings.prompt = "a very red\nfox " * 9
    desk.make()

    desk.workspace.accept(as_layer=True)

    name = desk.document.layers[-1].name
    assert name == "a very red fox a very red fox a very re…"


def test_one_undo_brings_picture_mask_settings_and_frame_back() -> None:
    desk = Desk().open(MASKED)
    desk.workspace.frame.area = Area.mask
    desk.settings.strength = 0.6
    desk.make()
    desk.workspace.accept()
    desk.settings.prompt, desk.settings.strength = "a robot", 1.0
    desk.workspace.frame.area = Area.auto

    desk.document.undo()

    assert desk.document.picture == PICTURE
    assert desk.document.mask.bounds == MASKED
    assert (desk.settings.prompt, desk.settings.strength) == ("a fox", 0.6)
    assert desk.workspace.frame.area is Area.mask


def test_redo_brings_the_later_settings_back() -> None:
    desk = Desk().open(MASKED)
    desk.make()
    desk.workspace.accept()
    desk.settings.prompt = "a robot"
    desk.document.undo()

    desk.document.redo()

    assert desk.settings.prompt == "a robot"
    assert colour_at(desk, 15, 15) == RED


def test_history_and_model_are_no_part_of_a_step() -> None:
    desk = Desk().open(MASKED)
    desk.make()
    desk.workspace.accept()
    desk.settings.model, desk.settings.history = "karlo", ("one", "two")

    desk.document.undo()

    assert (desk.settings.model, desk.settings.history) == ("karlo", ("one", "two"))


def test_a_result_that_was_made_elsewhere_leaves_the_settings() -> None:
    desk = Desk().open()
    request = Generate(prompt="x", seed=1)
    desk.staging.add(Candidate(Image.filled(PICTURE.extent, RED), _recipe(request)))

    desk.workspace.accept()
    desk.settings.prompt = "later"
    desk.document.undo()

    assert desk.settings.prompt == "later"


def test_accepted_outpainting_grows_the_picture_and_puts_the_frame_away() -> None:
    desk = Desk().open()
    desk.workspace.outpaint(Direction.left, 50, "%")
    assert desk.workspace.intent.task is Task.outpaint
    desk.make()

    desk.workspace.accept()

    assert desk.document.extent == Extent(96, 48)
    assert colour_at(desk, 0, 0) == RED
    assert colour_at(desk, 32, 0) == (200, 100, 50)
    assert desk.workspace.frame.area is Area.auto


def test_outpainting_is_one_step_with_frame_and_size() -> None:
    desk = Desk().open()
    desk.workspace.outpaint(Direction.left, 50, "%")
    asked = desk.workspace.frame.bounds
    desk.make()
    desk.workspace.accept()

    desk.document.undo()

    assert desk.document.picture == PICTURE
    assert (desk.workspace.frame.area, desk.workspace.frame.bounds) == (Area.frame, asked)


def test_what_was_painted_elsewhere_since_stays() -> None:
    desk = Desk().open(MASKED)
    desk.make()
    pixels = PICTURE.pixels.copy()
    pixels[40, 60] = 1
    desk.document.paste(Image(pixels))

    desk.workspace.accept()

    assert colour_at(desk, 60, 40) == (1, 1, 1)
    assert colour_at(desk, 15, 15) == RED


def test_where_the_picture_is_another_by_now_the_result_is_taken_as_it_was_shown() -> None:
    desk = Desk().open(MASKED)
    desk.make()
    desk.document.paste(Image.filled(PICTURE.extent, (1, 1, 1)))

    desk.workspace.accept()

    assert colour_at(desk, 0, 0) == (200, 100, 50)


def test_a_new_picture_of_another_size_takes_the_place_of_all() -> None:
    desk = Desk().open()
    request = Generate(prompt="x", seed=1)
    desk.staging.add(Candidate(Image.filled(Extent(32, 32), RED), _recipe(request)))

    desk.workspace.accept()

    assert desk.document.extent == Extent(32, 32)


def test_without_a_selection_nothing_is_accepted() -> None:
    desk = Desk().open(MASKED)

    assert desk.workspace.accept() is None
    assert not desk.document.history.can_undo


def test_a_refined_box_changes_nothing_else() -> None:
    desk = Desk().open()
    desk.settings.strength = 0.5
    desk.workspace.frame.put(Bounds(0, 0, 32, 32))
    desk.make()

    desk.workspace.accept()

    assert colour_at(desk, 31, 31) == RED
    assert colour_at(desk, 32, 32) == (200, 100, 50)


def test_a_refined_picture_is_taken_as_a_whole() -> None:
    desk = Desk().open()
    desk.settings.strength = 0.5
    desk.make()

    desk.workspace.accept()

    assert colour_at(desk, 0, 0) == colour_at(desk, 63, 47) == RED


def test_the_first_frame_is_as_large_as_the_model_works() -> None:
    desk = Desk().open()

    desk.workspace.choose_area(Area.frame, Extent(32, 32))

    assert desk.workspace.frame.bounds == Bounds(16, 8, 32, 32)


def test_a_frame_that_is_there_is_used_again() -> None:
    desk = Desk().open()
    desk.workspace.frame.bounds = MASKED

    desk.workspace.choose_area(Area.frame, Extent(32, 32))

    assert desk.workspace.frame.bounds == MASKED


def test_without_a_picture_there_is_nothing_to_grow() -> None:
    desk = Desk()

    desk.workspace.outpaint(Direction.up, 50, "%")

    assert desk.workspace.frame.bounds is None


@pytest.mark.parametrize(
    ("size", "native"),
    [
        pytest.param(Extent(64, 64), Extent(64, 64), id="chosen"),
        pytest.param(None, CAPABILITIES.sizes[0], id="the model's own"),
    ],
)
def test_what_the_model_works_at(size: Extent | None, native: Extent) -> None:
    desk = Desk()
    desk.settings.size = size

    assert desk.workspace.native(CAPABILITIES) == native


def test_an_unknown_model_works_at_a_usual_size() -> None:
    assert Desk().workspace.native(None) == Extent(256, 256)


def test_the_task_is_told_when_it_changes() -> None:
    desk = Desk()
    told: list[Any] = []
    desk.workspace.intent.changed.connect(told.append)

    desk.open(MASKED)
    desk.document.clear_mask()
    desk.settings.strength = 0.5
    desk.workspace.frame.put(Bounds(-8, 0, 32, 32))

    assert told == [Task.inpaint, Task.generate, Task.refine, Task.outpaint]


def test_it_is_known_whether_the_canvas_shows_a_picture() -> None:
    desk = Desk()
    assert not desk.workspace.shows_picture
    desk.staging.begin()
    desk.make()
    assert desk.workspace.shows_picture
    desk.staging.clear()
    assert not desk.workspace.shows_picture
    assert desk.open().workspace.shows_picture


def test_a_frame_stays_where_it_is_on_a_cropped_picture() -> None:
    desk = Desk().open()
    desk.workspace.frame.put(Bounds(20, 16, 24, 24))

    desk.document.recanvas(Bounds(12, 10, 40, 30))

    assert desk.workspace.frame.bounds == Bounds(8, 6, 24, 24)
    desk.document.undo()
    assert desk.workspace.frame.bounds == Bounds(20, 16, 24, 24)


def test_undo_and_redo_of_accepted_outpainting_bring_the_frame_to_its_place() -> None:
    desk = Desk().open()
    desk.workspace.outpaint(Direction.left, 16, "px")
    asked = desk.workspace.frame.bounds
    desk.make()

    desk.workspace.accept()

    assert asked is not None
    assert desk.workspace.frame.bounds == asked.moved(16, 0)
    desk.document.undo()
    assert (desk.workspace.frame.bounds, desk.workspace.frame.area) == (asked, Area.frame)
    desk.document.redo()
    assert desk.workspace.frame.bounds == asked.moved(16, 0)
    assert desk.workspace.frame.area is Area.auto


def test_undo_of_what_was_accepted_after_a_crop_brings_the_frame_to_its_place() -> None:
    desk = Desk().open(MASKED)
    keep_places(desk.document, (), desk.staging)
    desk.workspace.frame.put(Bounds(8, 8, 32, 32))
    desk.make()
    desk.document.recanvas(Bounds(4, 4, 60, 44))
    desk.workspace.frame.put(Bounds(0, 0, 16, 16))

    desk.workspace.accept()
    desk.document.undo()

    assert desk.workspace.frame.bounds == Bounds(4, 4, 32, 32)


def test_a_frame_that_was_put_over_another_border_meanwhile_stays_in_use() -> None:
    desk = Desk().open()
    desk.workspace.outpaint(Direction.left, 16, "px")
    desk.make()
    desk.workspace.outpaint(Direction.right, 16, "px")

    desk.workspace.accept()

    assert desk.workspace.intent.task is Task.outpaint


def test_a_result_lands_where_it_was_asked_for_on_a_picture_that_is_cropped_meanwhile() -> None:
    desk = Desk().open(MASKED)
    keep_places(desk.document, (), desk.staging)
    desk.make()
    desk.document.recanvas(Bounds(6, 4, 50, 40))

    desk.workspace.accept()

    assert desk.document.extent == Extent(50, 40)
    assert colour_at(desk, 4, 6) == RED
    assert colour_at(desk, 3, 6) == colour_at(desk, 24, 6) == (200, 100, 50)


def test_a_canvas_does_not_grow_back_where_nothing_was_repainted() -> None:
    desk = Desk().open(MASKED)
    desk.make()
    desk.document.recanvas(Bounds(0, 0, 40, 40))

    desk.workspace.accept()

    assert desk.document.extent == Extent(40, 40)


def test_the_second_of_two_results_that_outpaint_does_not_grow_the_picture_again() -> None:
    desk = Desk().open()
    desk.workspace.outpaint(Direction.left, 16, "px")
    composed, placement = desk.workspace.compose(CAPABILITIES)
    second = Candidate(
        _painted(composed.request, (0, 0, 255)), _recipe(composed.request), placement=placement
    )
    desk.staging.add(Candidate(second.image, second.recipe, placement=placement))
    jobs = [Job(composed.request, placement)]
    keep_places(desk.document, jobs, Staging())
    desk.workspace.accept()
    desk.staging.begin()
    desk.staging.add(second)

    desk.workspace.accept()

    assert desk.document.extent == Extent(80, 48)
    assert colour_at(desk, 0, 0) == (0, 0, 255)
    assert colour_at(desk, 16, 0) == (200, 100, 50)
