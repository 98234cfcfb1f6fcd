import json
from typing import Any

import pytest

from t2i_studio.studio.tools import MAX_SIZE, MIN_SIZE, Tool, ToolOptions


@pytest.mark.parametrize(
    ("size", "grown", "shrunk"),
    [(1, 2, 1), (5, 6, 4), (50, 55, 45), (200, 220, 180), (595, 600, 535), (600, 600, 540)],
)
def test_the_brush_grows_and_shrinks_by_a_tenth(size: int, grown: int, shrunk: int) -> None:
    options = ToolOptions(brush_size=size)
    options.grow()
    assert options.brush_size == grown
    options.brush_size = size
    options.shrink()
    assert options.brush_size == shrunk


def test_every_size_can_be_reached_by_neither_sticking_nor_leaving_the_range() -> None:
    options = ToolOptions()
    for _ in range(100):
        options.shrink()
    assert options.brush_size == MIN_SIZE
    for _ in range(100):
        options.grow()
    assert options.brush_size == MAX_SIZE


def test_a_change_is_told_once() -> None:
    options, heard = ToolOptions(), []
    options.events.connect(heard.append)
    options.tool = Tool.eraser
    options.tool = Tool.eraser
    assert len(heard) == 1
    assert heard[0].args[0] is Tool.eraser


def test_json_round_trip() -> None:
    options = ToolOptions(Tool.pan, 77, "#FF0000", 0.25, False)
    copy = ToolOptions()
    assert copy.restore(json.loads(json.dumps(options.to_json()))) == []
    assert copy == options
    assert copy.tool is Tool.pan


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("tool", "hammer"),
        ("brush_size", 0),
        ("brush_size", "thick"),
        ("mask_colour", "red"),
        ("mask_opacity", 1.5),
        ("is_mask_visible", "perhaps"),
    ],
)
def test_a_value_that_cannot_be_is_refused_and_the_rest_taken(name: str, value: Any) -> None:
    options = ToolOptions()
    data = {**ToolOptions(Tool.eraser, 9).to_json(), name: value, "unknown": 1}
    assert options.restore(data) == [name]
    assert getattr(options, name) == getattr(ToolOptions(), name)
    assert options.tool is Tool.eraser or options.brush_size == 9
