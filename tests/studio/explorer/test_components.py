from pathlib import Path

import numpy as np
import pytest

from t2i_studio.core.concept import Reconstruct, Shift
from t2i_studio.studio.explorer.components import doubled
from tests.studio.explorer.conftest import World

SIX = ("red", "green", "blue", "red", "green", "blue")


@pytest.mark.parametrize(
    ("most", "counts"),
    [(1, (1,)), (2, (1, 2)), (5, (1, 2, 4, 5)), (8, (1, 2, 4, 8)), (64, (1, 2, 4, 8, 16, 32, 64))],
)
def test_counts_double_up_to_all(most: int, counts: tuple[int, ...]) -> None:
    assert doubled(most) == counts


def test_a_strip_rebuilds_the_picture_from_more_and_more_components(world: World) -> None:
    atlas = world.mapped(*SIX)
    atlas.explore(0)
    atlas.components.shift(0, 2.0, is_moving=False)
    atlas.components.reconstruct()
    world.run()
    strip = atlas.components.strip
    assert [frame.caption for frame in strip.frames] == ["1", "2", "3", "whole"]
    assert atlas.components.counts == (1, 2, 3, None)
    means = [image.pixels.mean(axis=(0, 1)) for image in strip.images]
    wholes = [np.abs(mean - means[-1]).max() for mean in means]
    assert wholes[0] > 10 > wholes[1]  # the colours of three walls lie in a plane
    assert world.explorer.strip.frames == ()


def test_without_a_picture_or_a_basis_it_says_what_is_needed(world: World) -> None:
    world.mapped(*SIX).components.reconstruct()
    assert "Explore a picture" in world.said
    assert world.atlas.components.counts == ()


def test_a_slider_moves_along_its_component(world: World) -> None:
    atlas = world.mapped(*SIX)
    atlas.explore(0)
    atlas.components.shift(1, -1.5, is_moving=True)
    edit = world.explorer.state.edits[0]
    assert isinstance(edit, Shift)
    assert edit.amount == -1.5
    assert atlas.components.basis is not None
    assert edit.basis == atlas.components.basis.only(1)


def test_the_first_components_are_kept_and_the_sliders_stay(world: World) -> None:
    atlas = world.mapped(*SIX)
    atlas.components.shift(1, 1.0, is_moving=False)
    atlas.components.keep(2, is_moving=True)
    first, second = world.explorer.state.edits
    assert isinstance(first, Reconstruct)
    assert len(first.basis) == 2
    assert isinstance(second, Shift)
    atlas.components.keep(None, is_moving=False)
    assert world.explorer.state.kept is None


def test_another_basis_takes_the_moved_sliders_back_in_the_picture_too(world: World) -> None:
    atlas = world.mapped(*SIX)
    atlas.explore(0)
    atlas.components.keep(1, is_moving=False)
    world.run()
    made = len(world.started)
    atlas.map_gallery()
    world.run()
    assert world.explorer.state.edits == ()
    assert [request.kind for request in world.started[made:]] == ["fit_basis", "decode"]


def test_nothing_is_saved_without_a_basis(world: World, tmp_path: Path) -> None:
    world.atlas.components.save(tmp_path / "basis.safetensors")
    assert not (tmp_path / "basis.safetensors").exists()


def test_a_file_that_cannot_be_written_is_told(world: World, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    world.mapped(*SIX).components.save(tmp_path / "file" / "basis.safetensors")
    assert len(world.notices) == 1
    assert "Saved" not in world.said
