from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Pixels
from t2i_studio.core.mask_tools import Cover, grow
from t2i_studio.studio.background import InlineBackground
from t2i_studio.studio.cover_work import CoverWork
from t2i_studio.studio.document import Document
from t2i_studio.studio.strokes import Brush, Dab, Ink


class LateBackground:
    """Does what it is given when it is told to."""

    def __init__(self) -> None:
        self.tasks: list[tuple[Callable[[], Any], Callable[[Any], None]]] = []

    def run(
        self,
        task: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self.tasks.append((task, done))

    read = run

    def work(self) -> None:
        task, done = self.tasks.pop(0)
        done(task())


@pytest.fixture
def document() -> Document:
    document = Document()
    document.start(Image.filled(Extent(40, 30), (120, 120, 120)))
    return document


def dab(document: Document, x: float, y: float) -> None:
    document.begin_stroke(Brush(Ink.paint), Dab(x, y, 4))
    document.end_stroke()


def whole(pixels: Pixels) -> Cover:
    return Cover(np.full(pixels.shape[:2], 255, np.uint8), Bounds(0, 0, 40, 30))


def test_the_mask_is_changed_in_one_step(document: Document) -> None:
    dab(document, 20, 15)
    before = document.mask
    CoverWork(document, InlineBackground()).change_mask(lambda mask: grow(mask, 3), "Grow mask")
    assert np.array_equal(document.mask_pixels, grow(before.pixels, 3))
    assert document.history.undo_name == "Grow mask"
    document.undo()
    assert document.mask == before


def test_a_cover_is_made_of_the_composite(document: Document) -> None:
    seen: list[tuple[int, ...]] = []
    taken: list[Cover] = []

    def make(pixels: Pixels) -> Cover:
        seen.append(pixels.shape)
        return whole(pixels)

    CoverWork(document, InlineBackground()).look(make, taken.append)
    assert seen == [(30, 40, 4)]
    assert taken[0].at == Bounds(0, 0, 40, 30)


def test_what_has_changed_meanwhile_is_looked_at_again(document: Document) -> None:
    background = LateBackground()
    CoverWork(document, background).change_mask(lambda mask: grow(mask, 2), "Grow mask")
    dab(document, 10, 10)
    painted = document.mask
    background.work()
    assert document.mask == painted  # of an older mask: thrown away
    background.work()
    assert np.array_equal(document.mask_pixels, grow(painted.pixels, 2))
    assert background.tasks == []


def test_the_mask_is_changed_whatever_is_worked_on_by_then(document: Document) -> None:
    dab(document, 20, 15)
    before, background = document.mask, LateBackground()
    CoverWork(document, background).change_mask(lambda mask: grow(mask, 3), "Grow mask")
    document.activate(document.layers[0].id)
    background.work()
    assert np.array_equal(document.mask_pixels, grow(before.pixels, 3))


def test_it_waits_for_the_end_of_a_stroke(document: Document) -> None:
    dab(document, 20, 15)
    background = LateBackground()
    CoverWork(document, background).change_mask(lambda mask: grow(mask, 2), "Grow mask")
    document.begin_stroke(Brush(Ink.paint), Dab(10, 10, 4))
    background.work()
    assert background.tasks == []
    document.extend_stroke(Dab(30, 10, 4))
    document.end_stroke()
    painted = document.mask
    background.work()
    assert np.array_equal(document.mask_pixels, grow(painted.pixels, 2))
    assert document.history.steps == ("Paint mask", "Paint mask", "Grow mask")


def test_it_goes_on_when_a_stroke_is_taken_back(document: Document) -> None:
    background, taken = LateBackground(), []
    CoverWork(document, background).look(whole, taken.append)
    document.begin_stroke(Brush(Ink.paint), Dab(10, 10, 4))
    background.work()
    document.abandon_stroke()
    background.work()
    assert len(taken) == 1


def test_nothing_is_done_to_another_picture_of_the_same_size(document: Document) -> None:
    background, taken = LateBackground(), []
    CoverWork(document, background).look(whole, taken.append)
    document.open(Image.filled(Extent(40, 30), (1, 2, 3)))
    background.work()
    assert taken == []
    assert background.tasks == []


def test_without_a_picture_nothing_is_asked(document: Document) -> None:
    background = LateBackground()
    work = CoverWork(document, background)
    document.close()
    work.look(whole, lambda cover: None)
    assert background.tasks == []


def test_nothing_comes_of_it_when_the_picture_has_gone_by_then(document: Document) -> None:
    background, taken = LateBackground(), []
    CoverWork(document, background).look(whole, taken.append)
    document.close()
    background.work()
    assert taken == []
    assert background.tasks == []


def test_what_fails_is_told(document: Document) -> None:
    work, told = CoverWork(document, InlineBackground()), []
    work.failed.connect(told.append)

    def fail(mask: Pixels) -> Pixels:
        raise ValueError("no")

    work.change_mask(fail, "Fail")
    assert [str(error) for error in told] == ["no"]
    assert not document.has_mask
