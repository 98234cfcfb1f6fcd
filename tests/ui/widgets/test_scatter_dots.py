import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from t2i_studio.ui.palette import DARK, LIGHT, Theme, contrast
from t2i_studio.ui.widgets.scatter_dots import (
    DARK_COLOURS,
    LIGHT_COLOURS,
    diameter,
    drawn,
    stamped,
)

SIZE = 40, 30
MIDDLE = np.array([[20.0, 15.0]])
FIRST, NOT_CHOSEN = np.zeros(1, np.intp), np.zeros(1, np.bool_)


@pytest.mark.parametrize(("theme", "colours"), [(DARK, DARK_COLOURS), (LIGHT, LIGHT_COLOURS)])
def test_every_group_stands_out_from_the_field(theme: Theme, colours: tuple[str, ...]) -> None:
    assert min(contrast(colour, theme.field) for colour in colours) >= 3


def test_a_dot_is_round_and_of_its_colour() -> None:
    dot = stamped(MIDDLE, FIRST, ["#102030"], 9, SIZE)
    assert dot.shape == (30, 40, 4)
    assert sorted(dot[15, 20].tolist()) == [16, 32, 48, 255]
    alpha = dot.max(axis=2)
    assert alpha.sum() / 255 == pytest.approx(np.pi * 4.5**2, rel=0.1)
    assert not alpha[:10].any()


def test_dots_outside_are_left_out_and_those_at_the_edge_cut() -> None:
    pixels = np.array([[-1.0, 5], [40, 5], [5, -0.5], [5, 30], [0, 0], [39.9, 29.9]])
    dots = stamped(pixels, np.zeros(6, np.intp), ["#FFFFFF"], 5, SIZE)
    assert dots[0, 0, 3] == dots[29, 39, 3] == 255
    assert not dots[5, :3].any()
    assert not dots[5, 37:].any()


def test_a_later_dot_lies_over_an_earlier_one() -> None:
    both = np.repeat(MIDDLE, 2, axis=0)
    dots = stamped(both, np.array([0, 1]), ["#FF0000", "#0000FF"], 5, SIZE)
    assert (dots == stamped(MIDDLE, FIRST, ["#0000FF"], 5, SIZE)).all()


def test_groups_have_colours_that_begin_again() -> None:
    groups = np.array([len(DARK_COLOURS) + 1])
    picture = drawn(MIDDLE, groups, NOT_CHOSEN, SIZE, 1.0, DARK)
    assert picture.pixelColor(20, 15) == QColor(DARK_COLOURS[1])


def test_what_is_chosen_has_a_ring_and_the_others_fade() -> None:
    pixels, groups = np.array([[10.0, 15], [30, 15]]), np.zeros(2, np.intp)
    picture = drawn(pixels, groups, np.array([True, False]), SIZE, 1.0, DARK)
    assert picture.pixelColor(10, 15) == QColor(DARK_COLOURS[0])
    assert picture.pixelColor(30, 15) != QColor(DARK_COLOURS[0])
    assert QColor(DARK.text) in row(picture, 0, 20)
    assert QColor(DARK.text) not in row(picture, 20, 40)


def test_more_dots_are_smaller() -> None:
    sizes = [diameter(count) for count in (10, 1_000, 10_000, 100_000)]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == 4


def row(picture: QImage, start: int, end: int) -> list[QColor]:
    return [picture.pixelColor(x, 15) for x in range(start, end)]
