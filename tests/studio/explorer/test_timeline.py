from dataclasses import replace

from t2i_studio.studio.explorer.exploration import DiffRow, Exploration
from t2i_studio.studio.explorer.timeline import LENGTH, Timeline


def rows(theta: float) -> Exploration:
    return Exploration(rows=(DiffRow("a", "b", theta),))


def test_a_gesture_is_one_step_until_it_ends() -> None:
    line = Timeline(Exploration())
    for theta in (0.1, 0.2):
        line.change(rows(theta), "theta 0")
    line.end_gesture()
    line.change(rows(0.3), "theta 0")
    line.undo()
    assert line.state == rows(0.2)
    line.undo()
    assert line.state == Exploration()
    assert not line.can_undo


def test_another_change_after_an_undo_ends_the_way_forth() -> None:
    line = Timeline(Exploration())
    line.change(rows(0.1))
    line.undo()
    assert line.can_redo
    line.change(rows(0.2))
    assert not line.can_redo


def test_what_changes_nothing_is_no_step() -> None:
    line = Timeline(rows(0.1))
    line.change(rows(0.1))
    assert not line.can_undo


def test_amending_is_no_step() -> None:
    line = Timeline(rows(0.1))
    line.amend(replace(line.state, seed=3))
    assert line.state.seed == 3
    assert not line.can_undo


def test_the_oldest_steps_are_forgotten() -> None:
    line = Timeline(rows(0.0))
    for step in range(LENGTH + 10):
        line.change(rows((step + 1) / 1000))
    while line.can_undo:
        line.undo()
    assert line.state == rows(10 / 1000)


def test_a_restart_forgets_every_step() -> None:
    line = Timeline(Exploration())
    line.change(rows(0.1))
    line.restart(rows(0.5))
    assert line.state == rows(0.5)
    assert not line.can_undo
    line.undo()
    assert line.state == rows(0.5)
