import json
from typing import Any

import pytest

from t2i_studio.studio.tools import MAX_SIZE, MIN_SIZE, TextAlign, Tool, ToolOptions


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
    options.pressure_curve = (0.1, 0.2, 0.3, 1.0)
    options.text_align = TextAlign.right
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
        ("hardness", -0.1),
        ("pressure_curve", [0.5, 0.5, 0.5, 1.5]),
        ("pressure_curve", [0.5, 0.5]),
        ("tolerance", 256),
        ("text_size", 1001),
        ("text_align", "up"),
    ],
)
def test_a_value_that_cannot_be_is_refused_and_the_rest_taken(name: str, value: Any) -> None:
    options = ToolOptions()
    data = {**ToolOptions(Tool.eraser, 9).to_json(), name: value, "unknown": 1}
    assert options.restore(data) == [name]
    assert getattr(options, name) == getattr(ToolOptions(), name)
    assert options.tool is Tool.eraser or options.brush_size == 9


def test_hardness_and_opacity_go_in_tenths_and_stay_in_their_range() -> None:
    options = ToolOptions(hardness=0.95, brush_opacity=0.25)
    options.harden()
    options.thin()
    assert (options.hardness, options.brush_opacity) == (1.0, 0.15)
    for _ in range(12):
        options.soften()
        options.thin()
    assert options.hardness == 0.0
    assert options.brush_opacity == 0.1  # with 0 it would paint nothing
    options.thicken()
    assert options.brush_opacity == 0.2


def test_colours_can_be_swapped_and_reset() -> None:
    options = ToolOptions(colour="#112233", background="#445566")
    assert options.rgb == (0x11, 0x22, 0x33)
    options.swap_colours()
    assert (options.colour, options.background) == ("#445566", "#112233")
    options.reset_colours()
    assert (options.colour, options.background) == ("#000000", "#FFFFFF")


def test_the_last_two_tools_are_switched() -> None:
    options = ToolOptions()
    options.tool = Tool.lasso
    options.tool = Tool.eraser
    options.switch_back()
    assert options.tool is Tool.lasso
    options.switch_back()
    assert options.tool is Tool.eraser


def test_the_first_switch_takes_another_tool() -> None:
    for tool in Tool:
        options = ToolOptions(tool)
        options.switch_back()
        assert options.tool is not tool


def test_pressure_sets_what_it_is_meant_to() -> None:
    options = ToolOptions(brush_size=40)
    assert options.size_at(0.5) == pytest.approx(20, abs=0.01)
    assert options.flow_at(0.5) == 1.0
    options.pressure_size, options.pressure_opacity = False, True
    assert options.size_at(0.5) == 40
    assert options.flow_at(0.5) == pytest.approx(0.5, abs=1e-4)


def test_a_brush_under_no_pressure_is_still_a_pixel() -> None:
    assert ToolOptions().size_at(0.0) == MIN_SIZE
