import numpy as np
import pytest

from t2i_studio.core import polygons
from t2i_studio.core.geometry import Extent
from t2i_studio.core.polygons import coverage


@pytest.fixture(autouse=True)
def low_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polygons, "BLOCK", 3)


def test_half_a_pixel_is_half_covered() -> None:
    triangle = np.array([(0.0, 0.0), (4.0, 0.0), (0.0, 4.0)])

    cover = coverage(triangle, Extent(4, 4))

    assert cover.tolist() == [
        [255, 255, 255, 128],
        [255, 255, 128, 0],
        [255, 128, 0, 0],
        [128, 0, 0, 0],
    ]


@pytest.mark.parametrize("turn", [1, -1], ids=["clockwise", "anticlockwise"])
def test_a_circle_has_its_area(turn: int) -> None:
    angle = np.linspace(0, turn * 2 * np.pi, 200, endpoint=False)
    circle = 20 + 17.3 * np.stack((np.cos(angle), np.sin(angle)), axis=1)

    area = coverage(circle, Extent(40, 40)).sum() / 255

    assert area == pytest.approx(np.pi * 17.3**2, rel=2e-3)


def test_what_lies_left_and_above_still_covers() -> None:
    square = np.array([(-9.0, -9.0), (1.5, -9.0), (1.5, 2.0), (-9.0, 2.0)])

    assert coverage(square, Extent(3, 3)).tolist() == [[255, 128, 0], [255, 128, 0], [0, 0, 0]]
