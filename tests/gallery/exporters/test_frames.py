import pytest

from t2i_studio.core.errors import UserError
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.gallery.exporters import frames
from t2i_studio.gallery.exporters.frames import BARS, Frame, one_height, one_size, there_and_back
from tests.gallery.latents import recipe

RED = (200, 30, 30)


def of(width: int, height: int) -> Frame:
    return Frame(Image.filled(Extent(width, height), RED), recipe())


@pytest.mark.parametrize(
    ("count", "order"), [(0, []), (1, [0]), (2, [0, 1]), (3, [0, 1, 2, 1]), (4, [0, 1, 2, 3, 2, 1])]
)
def test_there_and_back_shows_no_end_twice(count: int, order: list[int]) -> None:
    forth = [of(1, number + 1) for number in range(count)]
    assert [forth.index(frame) for frame in there_and_back(forth)] == order


def test_frames_of_one_size_stay_as_they_are() -> None:
    images = one_size([of(20, 10), of(20, 10)])
    assert images == [of(20, 10).image] * 2


def test_other_shapes_get_bars_beside_them() -> None:
    wide, tall = one_size([of(40, 20), of(10, 20)])
    assert wide.extent == tall.extent == Extent(40, 20)
    assert tuple(tall.pixels[10, 20]) == RED
    assert tuple(tall.pixels[10, 14]) == tuple(tall.pixels[10, 25]) == BARS


def test_smaller_frames_are_enlarged() -> None:
    assert one_size([of(40, 40), of(10, 10)])[1] == of(40, 40).image
    assert [image.extent for image in one_height([of(40, 40), of(20, 10)])] == [
        Extent(40, 40),
        Extent(80, 40),
    ]


def test_a_frame_as_thin_as_a_hair_stays_visible() -> None:
    assert one_size([of(1, 400), of(30, 30)])[0].extent == Extent(30, 400)
    assert one_height([of(1, 400), of(30, 30)])[0].extent == Extent(1, 400)


def test_none_and_too_many_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError, match="no frames"):
        one_size([])
    monkeypatch.setattr(frames, "MAX_ANIMATED", 399)
    with pytest.raises(UserError, match="2 frames of 20x10 are too large"):
        one_size([of(20, 10), of(20, 10)])
