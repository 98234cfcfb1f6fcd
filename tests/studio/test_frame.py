import pytest
from hypothesis import given
from hypothesis import strategies as st

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.request import MIN_FRAME
from t2i_studio.studio.frame import Area, Direction, GenerationFrame, in_pixels

PICTURE = Extent(256, 128)
NATIVE = Extent(64, 64)


def frame_at(bounds: Bounds, **fields: object) -> GenerationFrame:
    return GenerationFrame(area=Area.frame, bounds=bounds, **fields)  # type: ignore[arg-type]


def test_moved_frame_snaps_to_the_grid() -> None:
    frame = frame_at(Bounds(0, 0, 64, 64))

    frame.move_to(13, -21)

    assert frame.bounds == Bounds(16, -24, 64, 64)


def test_free_move_takes_every_pixel() -> None:
    frame = frame_at(Bounds(0, 0, 64, 64))

    frame.move_to(13, -21, snaps=False)

    assert frame.bounds == Bounds(13, -21, 64, 64)


def test_without_a_box_there_is_nothing_to_move() -> None:
    frame = GenerationFrame()

    frame.move_to(8, 8)

    assert frame == GenerationFrame()


def test_working_with_the_box_makes_it_what_the_model_sees() -> None:
    frame = GenerationFrame(bounds=Bounds(0, 0, 64, 64))

    frame.move_to(8, 8)

    assert frame.area is Area.frame


@pytest.mark.parametrize(
    ("dragged", "result"),
    [
        pytest.param(Bounds(0, 0, 101, 64), Bounds(0, 0, 104, 64), id="right side"),
        pytest.param(Bounds(-13, 0, 77, 64), Bounds(-16, 0, 80, 64), id="left side"),
        pytest.param(Bounds(0, 0, 2, 64), Bounds(0, 0, 8, 64), id="right side too far"),
        pytest.param(Bounds(62, 0, 2, 64), Bounds(56, 0, 8, 64), id="left side too far"),
    ],
)
def test_only_sides_that_are_dragged_move(dragged: Bounds, result: Bounds) -> None:
    frame = frame_at(Bounds(0, 0, 64, 64), is_locked=False)

    frame.resize(dragged)

    assert frame.bounds == result


@pytest.mark.parametrize(
    ("dragged", "result"),
    [
        pytest.param(Bounds(0, 0, 128, 32), Bounds(0, 0, 128, 64), id="right side"),
        pytest.param(Bounds(0, 0, 64, 64), Bounds(0, 0, 128, 64), id="lower side"),
        pytest.param(Bounds(-64, -8, 128, 40), Bounds(-64, -32, 128, 64), id="left upper corner"),
        pytest.param(Bounds(0, 0, 8, 32), Bounds(0, 0, 16, 8), id="as small as it can be"),
    ],
)
def test_locked_frame_keeps_its_shape_and_the_sides_not_dragged(
    dragged: Bounds, result: Bounds
) -> None:
    frame = frame_at(Bounds(0, 0, 64, 32))

    frame.resize(dragged)

    assert frame.bounds == result


def test_lock_can_be_turned_round_for_one_drag() -> None:
    frame = frame_at(Bounds(0, 0, 64, 32))

    frame.resize(Bounds(0, 0, 128, 32), is_locked=False)

    assert frame.bounds == Bounds(0, 0, 128, 32)


def test_first_box_is_taken_as_it_is_drawn() -> None:
    frame = GenerationFrame()

    frame.resize(Bounds(8, 8, 40, 24))

    assert (frame.area, frame.bounds) == (Area.frame, Bounds(8, 8, 40, 24))


@given(
    st.builds(Bounds, *(st.integers(-999, 999),) * 2, *(st.integers(1, 999),) * 2),
    st.booleans(),
)
def test_no_drag_makes_a_frame_that_cannot_be_used(dragged: Bounds, is_locked: bool) -> None:
    frame = frame_at(Bounds(0, 0, 64, 32), is_locked=is_locked)

    frame.resize(dragged)

    assert frame.bounds is not None
    assert min(frame.bounds.width, frame.bounds.height) >= 8


def test_optimal_size_is_the_models_around_the_same_middle() -> None:
    frame = frame_at(Bounds(10, 10, 100, 20))

    frame.fit_optimal(NATIVE, PICTURE)

    assert frame.bounds == Bounds(28, -12, 64, 64)


def test_optimal_size_begins_in_the_middle_of_the_picture() -> None:
    frame = GenerationFrame()

    frame.fit_optimal(NATIVE, PICTURE)

    assert frame.bounds == Bounds(96, 32, 64, 64)


@pytest.mark.parametrize(
    ("direction", "by", "box"),
    [
        pytest.param(Direction.right, 64, Bounds(192, 0, 128, 128), id="right"),
        pytest.param(Direction.left, 64, Bounds(-64, 0, 128, 128), id="left"),
        pytest.param(Direction.up, 64, Bounds(0, -64, 256, 192), id="up"),
        pytest.param(Direction.down, 64, Bounds(0, 0, 256, 192), id="down"),
        pytest.param(Direction.right, 128, Bounds(192, 0, 192, 128), id="far"),
    ],
)
def test_outpainting_puts_a_box_over_one_border_only(
    direction: Direction, by: int, box: Bounds
) -> None:
    frame = GenerationFrame()

    frame.outpaint(direction, by, PICTURE)

    assert frame.bounds == box


@pytest.mark.parametrize(
    ("amount", "unit", "direction", "pixels"),
    [
        pytest.param(50, "%", Direction.left, 128, id="of the width"),
        pytest.param(50, "%", Direction.down, 64, id="of the height"),
        pytest.param(30, "px", Direction.up, 30, id="pixels"),
        pytest.param(0.1, "%", Direction.up, 1, id="at least one"),
    ],
)
def test_amounts_are_told_in_pixels(
    amount: float, unit: str, direction: Direction, pixels: int
) -> None:
    assert in_pixels(amount, unit, direction, PICTURE) == pixels


def test_frame_survives_json() -> None:
    frame = frame_at(Bounds(-8, 16, 64, 32), padding=48, snap=16, is_locked=False)
    other = GenerationFrame()

    assert other.restore(frame.to_json()) == []
    assert other == frame


def test_impossible_box_is_refused_and_the_rest_kept() -> None:
    frame = GenerationFrame()

    refused = frame.restore(
        {"area": "frame", "padding": 8, "bounds": {"x": 0, "y": 0, "width": 0, "height": 10**9}}
    )

    assert refused == ["bounds"]
    assert (frame.area, frame.bounds, frame.padding) == (Area.auto, None, 8)


@pytest.mark.parametrize(
    "picture", [Extent(64, 512), Extent(512, 64), Extent(20, 20), Extent(1, 1)]
)
@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("by", [8, 100, 700])
def test_outpainting_grows_the_picture_by_that_much_on_that_side(
    picture: Extent, direction: Direction, by: int
) -> None:
    frame, whole = GenerationFrame(), Bounds.at_origin(picture)

    frame.outpaint(direction, by, picture)

    assert frame.bounds is not None
    grown = whole.union(frame.bounds)
    sides = {
        Direction.left: -grown.x,
        Direction.up: -grown.y,
        Direction.right: grown.right - whole.right,
        Direction.down: grown.bottom - whole.bottom,
    }
    least = max(0, MIN_FRAME - min(picture.width, picture.height))  # a frame cannot be smaller
    assert sides.pop(direction) == by
    assert max(sides.values()) <= least
    assert not frame.bounds.intersection(whole).is_empty


def test_outpainting_is_told_once_the_box_is_there() -> None:
    frame, told = GenerationFrame(), []
    frame.outpainting.connect(lambda: told.append(frame.bounds))

    frame.outpaint(Direction.right, 64, PICTURE)

    assert told == [frame.bounds]


@pytest.mark.parametrize(
    ("area", "after"),
    [
        pytest.param(Area.frame, Area.auto, id="frame"),
        pytest.param(Area.mask, Area.mask, id="another area"),
    ],
)
def test_a_frame_of_another_picture_is_left(area: Area, after: Area) -> None:
    frame = GenerationFrame(area=area, bounds=Bounds(0, 0, 64, 64))

    frame.leave()

    assert (frame.area, frame.bounds) == (after, None)
