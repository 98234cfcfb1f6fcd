from pathlib import Path

import numpy as np
import pytest

from t2i_studio.core.concept import FromEmbedding, FromPicture
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.core.latent import Space
from t2i_studio.engine.backends.fake import CAPABILITIES
from t2i_studio.engine.backends.fake_latents import SPACE
from t2i_studio.studio.background import InlineBackground
from t2i_studio.studio.explorer.atlas import Atlas
from tests.studio.explorer.conftest import COLOURS, World

OTHER = CAPABILITIES.model_copy(update={"space": Space(id="other", dim=3)})
SIX = ("red", "green", "blue", "red", "green", "blue")


def test_a_picture_of_the_map_is_explored_with_its_prompt(world: World) -> None:
    world.mapped(*SIX).explore(0)
    origin = world.explorer.state.origin
    assert origin is not None
    assert origin.start == FromPicture(image=Image.filled(Extent(8, 8), COLOURS["blue"]))
    assert (origin.title, origin.text) == ("a blue wall", "a blue wall")


def test_a_picture_that_is_gone_is_told(world: World) -> None:
    atlas = world.mapped(*SIX)
    world.gallery.newest(1)[0].path.unlink()
    atlas.explore(0)
    assert "There is no such file" in world.said
    assert world.explorer.state.origin is None


def test_the_mean_of_the_selection_is_explored(world: World) -> None:
    atlas = world.mapped(*SIX)
    atlas.select([0, 3])
    atlas.explore_mean()
    origin = world.explorer.state.origin
    assert origin is not None
    assert isinstance(origin.start, FromEmbedding)
    assert origin.title == "Mean of 2 pictures"
    values = origin.start.embedding.vectors.values[0]
    np.testing.assert_allclose(values, COLOURS["blue"], atol=1e-2)


def test_the_mean_of_one_picture_is_the_picture(world: World) -> None:
    atlas = world.mapped(*SIX)
    atlas.explore_mean()
    assert world.explorer.state.origin is None
    atlas.select([1])
    atlas.explore_mean()
    assert world.explorer.state.origin is not None
    assert isinstance(world.explorer.state.origin.start, FromPicture)


def test_the_selection_is_put_on_the_board_as_one_step(world: World) -> None:
    atlas = world.mapped(*SIX)
    atlas.select([0, 1, 2])
    atlas.mix()
    state = world.explorer.state
    assert [pick.title for pick in state.picks] == ["a blue wall", "a green wall", "a red wall"]
    assert state.uses_mix
    world.explorer.undo()
    assert world.explorer.state.picks == ()


@pytest.mark.parametrize("count", [0, 1, 5])
def test_the_board_takes_two_to_four(world: World, count: int) -> None:
    atlas = world.mapped(*SIX)
    atlas.select(range(count))
    atlas.mix()
    assert world.said == f"The board has room for 2 to 4 pictures, not {count}."


def test_the_selection_gets_components_of_its_own(world: World) -> None:
    atlas = world.mapped(*SIX)
    atlas.select([0, 1, 3, 4])
    atlas.refit()
    world.run()
    assert atlas.map is not None
    assert atlas.map.titles == ("a blue wall", "a green wall") * 2
    basis = world.explorer.state.basis
    assert basis is not None
    assert basis.count == 4
    assert atlas.selection == ()


def test_nothing_happens_without_a_map(world: World, tmp_path: Path) -> None:
    world.atlas.refit()
    world.atlas.explore(0)
    world.atlas.save_embeddings(tmp_path / "a.safetensors")
    assert list(tmp_path.glob("*.safetensors")) == []
    assert (world.started, world.notices) == ([], [])


def test_saved_embeddings_make_the_same_map_again(world: World, tmp_path: Path) -> None:
    atlas, path = world.mapped(*SIX), tmp_path / "walls.safetensors"
    before = atlas.map
    atlas.save_embeddings(path)
    assert world.said == "Saved as walls.safetensors."
    atlas.load_embeddings(path)
    world.run()
    assert before is not None
    assert atlas.map is not before
    assert atlas.map is not None
    assert atlas.map.titles == before.titles
    np.testing.assert_allclose(atlas.map.coordinates, before.coordinates, atol=1e-3)


def test_a_loaded_place_is_explored_by_its_embedding(world: World, tmp_path: Path) -> None:
    atlas, path = world.mapped(*SIX), tmp_path / "walls.safetensors"
    atlas.save_embeddings(path)
    atlas.load_embeddings(path)
    world.run()
    atlas.explore(1)
    origin = world.explorer.state.origin
    assert origin is not None
    assert isinstance(origin.start, FromEmbedding)
    assert origin.title == "a green wall"


def test_a_loaded_basis_turns_the_map(world: World, tmp_path: Path) -> None:
    atlas, path = world.mapped(*SIX), tmp_path / "basis.safetensors"
    before = atlas.map
    atlas.components.save(path)
    atlas.select([0, 1, 3])
    atlas.refit()
    world.run()
    atlas.load_basis(path)
    assert before is not None
    assert atlas.map is not None
    assert world.explorer.state.basis == before.basis
    np.testing.assert_allclose(atlas.map.coordinates, before.coordinates[[0, 1, 3]], atol=1e-3)


def test_a_basis_without_a_map_gives_its_sliders(world: World, tmp_path: Path) -> None:
    path = tmp_path / "basis.safetensors"
    world.mapped(*SIX).components.save(path)
    fresh = Atlas(world.explorer, world.gallery, InlineBackground())
    fresh.load_basis(path)
    assert fresh.note == "3 components of 6 pictures"
    assert world.explorer.state.shifts == (0.0, 0.0, 0.0)


def test_files_of_another_space_are_refused_by_name(world: World, tmp_path: Path) -> None:
    atlas, path = world.mapped(*SIX), tmp_path / "basis.safetensors"
    atlas.components.save(path)
    world.explorer.follow_model(OTHER)
    atlas.load_basis(path)
    assert f"basis.safetensors lies in the space {SPACE}" in world.said
    assert world.explorer.state.basis is None


def test_two_pictures_get_no_components_of_their_own(world: World) -> None:
    atlas = world.mapped(*SIX)
    before = atlas.map
    atlas.select([0, 1])
    atlas.refit()
    assert atlas.note == "There are 2 pictures here: a map needs 1 more."
    assert atlas.map is before
