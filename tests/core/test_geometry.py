import pytest
from hypothesis import given
from hypothesis import strategies as st

from t2i_studio.core.geometry import Bounds, Extent

coordinates = st.integers(-50, 50)
sides = st.integers(0, 50)
bounds = st.builds(Bounds, coordinates, coordinates, sides, sides)


def points(box: Bounds) -> set[tuple[int, int]]:
    return {(x, y) for x in range(box.x, box.right) for y in range(box.y, box.bottom)}


@pytest.mark.parametrize("text", ["256x64", "256X64", " 256 x 64 ", "0256x064"])
def test_size_is_read_as_people_write_it(text: str) -> None:
    assert Extent.parse(text) == Extent(256, 64)


@pytest.mark.parametrize(
    "text",
    ["", "x", "256", "256x", "x64", "-1x5", "2.5x2", "²x³", "٣x٣", "1x2x3", "9" * 5000 + "x1"],
)
def test_anything_else_is_no_size(text: str) -> None:
    with pytest.raises(ValueError, match="WIDTHxHEIGHT"):
        Extent.parse(text)


@given(st.builds(Extent, st.integers(0, 99_999), st.integers(0, 99_999)))
def test_size_survives_being_written(extent: Extent) -> None:
    assert Extent.parse(str(extent)) == extent


def test_area_counts_pixels() -> None:
    assert Extent(3, 4).area == 12


def test_rectangle_at_origin_covers_the_extent() -> None:
    box = Bounds.at_origin(Extent(3, 4))

    assert (box.x, box.y, box.right, box.bottom) == (0, 0, 3, 4)
    assert box.extent == Extent(3, 4)
    assert box.slices == (slice(0, 4), slice(0, 3))


@given(bounds, bounds)
def test_intersection_is_what_both_cover(one: Bounds, other: Bounds) -> None:
    common = one.intersection(other)

    assert points(common) == points(one) & points(other)
    assert common.is_empty == (not points(common))


@given(bounds, bounds)
def test_union_covers_both_and_nothing_to_spare(one: Bounds, other: Bounds) -> None:
    both = points(one) | points(other)

    union = one.union(other)

    assert points(union) >= both
    if both:
        xs, ys = zip(*both, strict=True)
        assert (union.x, union.y) == (min(xs), min(ys))
        assert (union.right, union.bottom) == (max(xs) + 1, max(ys) + 1)


@given(bounds, st.integers(0, 20))
def test_padding_and_taking_it_back_changes_nothing(box: Bounds, pixels: int) -> None:
    assert box.padded(pixels).padded(-pixels) == box


@given(bounds, coordinates, coordinates)
def test_moving_keeps_the_size(box: Bounds, dx: int, dy: int) -> None:
    moved = box.moved(dx, dy)

    assert (moved.x - box.x, moved.y - box.y, moved.extent) == (dx, dy, box.extent)
