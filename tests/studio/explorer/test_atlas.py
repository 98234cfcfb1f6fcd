from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from t2i_studio.core.errors import MachineError
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.core.latent import Embeddings, Space
from t2i_studio.core.request import Embed, FitBasis, Request
from t2i_studio.engine.backends.fake import CAPABILITIES
from t2i_studio.gallery.embedding_store import EmbeddingStore, Stamp
from t2i_studio.studio.explorer import atlas as atlases
from t2i_studio.studio.explorer import survey as surveys
from t2i_studio.studio.explorer.atlas import Atlas
from tests.studio.explorer.conftest import MISSING, Later, World

OTHER = CAPABILITIES.model_copy(update={"space": Space(id="other", dim=3)})
SIX = ("red", "green", "blue", "red", "green", "blue")


def test_pictures_that_look_alike_lie_together(world: World) -> None:
    found = world.mapped(*SIX).map
    assert found is not None
    assert len(found) == 6
    assert found.titles[0] == "a blue wall"
    np.testing.assert_allclose(found.coordinates[:3], found.coordinates[3:], atol=1e-2)
    assert np.abs(found.coordinates[0] - found.coordinates[1]).max() > 10
    assert world.atlas.note == "6 pictures"


def test_the_explorer_gets_the_basis_with_its_sliders_at_rest(world: World) -> None:
    world.mapped(*SIX)
    state = world.explorer.state
    assert state.basis is not None
    assert len(state.basis) == 3  # no more than the space has dimensions
    assert (state.shifts, state.kept) == ((0.0, 0.0, 0.0), None)


def test_progress_is_told_while_the_last_map_stays(world: World) -> None:
    atlas, said = world.mapped(*SIX), []
    before = atlas.map
    atlas.changed.connect(lambda: said.append((atlas.progress, atlas.share, atlas.map is before)))
    atlas.map_gallery()
    assert (atlas.is_busy, atlas.progress) == (True, "Finding the components")
    world.run()
    assert ("0 of 6", 0.0, True) in said
    assert ("6 of 6", 1.0, True) in said
    assert (atlas.is_busy, atlas.progress, atlas.share) == (False, "", 0.0)


def test_what_was_embedded_once_is_not_embedded_again(world: World) -> None:
    world.mapped(*SIX)
    world.paint("red")
    world.atlas.map_gallery()
    world.run()
    sent = [len(request.inputs) for request in world.started if isinstance(request, Embed)]
    assert sent == [6, 1]


def test_pictures_are_embedded_in_batches(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surveys, "BATCH", 4)
    world.mapped(*SIX)
    sent = [len(request.inputs) for request in world.started if isinstance(request, Embed)]
    assert sent == [4, 2]


def test_words_name_the_components_of_which_there_are_no_more_than_pictures(world: World) -> None:
    world.mapped("red", "green", "blue")
    request = world.started[-1]
    assert isinstance(request, FitBasis)
    assert (request.components, request.words) == (2, ("red", "blue"))


def test_of_many_pictures_the_newest_are_mapped(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atlases, "MOST", 4)
    atlas = world.mapped(*SIX)
    assert atlas.map is not None
    assert atlas.map.titles == ("a blue wall", "a green wall", "a red wall", "a blue wall")
    assert atlas.note == "4 pictures, the newest"


@pytest.mark.parametrize(
    ("colours", "note"),
    [
        ((), "There is no picture here yet: a map needs 3 more."),
        (("red",), "There is 1 picture here: a map needs 2 more."),
        (("red", "blue"), "There are 2 pictures here: a map needs 1 more."),
    ],
    ids=["none", "one", "two"],
)
def test_too_few_pictures_are_told_with_what_is_missing(
    world: World, colours: Sequence[str], note: str
) -> None:
    world.paint(*colours)
    world.atlas.map_gallery()
    world.run()
    assert world.atlas.note == note
    assert not world.atlas.is_busy
    assert world.notices == []


def folder_of(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        Image.filled(Extent(8, 8), (number * 9, 90, 90)).to_pil().save(folder / f"{number}.png")
    return folder


def test_pictures_that_cannot_be_read_are_named_and_left_out(world: World, tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "pictures", 3)
    for name in "abcde":
        (folder / f"{name}.png").write_bytes(b"no picture")
    world.atlas.map_folder(folder)
    world.run()
    assert world.atlas.map is not None
    assert sorted(world.atlas.map.titles) == ["0.png", "1.png", "2.png"]
    assert world.said.startswith("5 pictures could not be read: ")
    assert world.said.endswith(" and 2 more.")


def test_a_single_unreadable_picture_is_told_as_such(world: World, tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "pictures", 3)
    (folder / "a.png").write_bytes(b"")
    world.atlas.map_folder(folder)
    world.run()
    assert world.said == "1 picture could not be read: a.png."


def test_a_folder_that_is_not_there_is_told(world: World, tmp_path: Path) -> None:
    world.atlas.map_folder(tmp_path / "nowhere")
    assert "nowhere: The folder cannot be read" in world.said
    assert not world.atlas.is_busy


def test_embeddings_that_the_disk_refuses_still_make_a_map(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: EmbeddingStore, stamps: Sequence[Stamp], embeddings: Embeddings) -> None:
        raise MachineError("The disk is full.")

    monkeypatch.setattr(EmbeddingStore, "put", refuse)
    world.mapped(*SIX)
    assert world.said == "The disk is full."


def test_a_cancelled_map_leaves_the_last_one(world: World, tmp_path: Path) -> None:
    atlas = world.mapped(*SIX)
    before = atlas.map
    atlas.map_folder(folder_of(tmp_path / "pictures", 5))
    assert atlas.progress == "0 of 5"
    atlas.cancel()
    world.run()
    assert (atlas.is_busy, atlas.map) == (False, before)
    atlas.map_gallery()
    atlas.cancel()  # while the components are fitted
    world.run()
    assert (atlas.is_busy, atlas.map) == (False, before)


@pytest.mark.parametrize("kind", ["embed", "fit_basis"])
def test_a_map_is_cancelled_while_the_engine_works(world: World, kind: str) -> None:
    def stop(request: Request) -> None:
        if request.kind == kind:
            world.atlas.cancel()

    world.once_started = stop
    world.paint(*SIX)
    world.atlas.map_gallery()
    world.run()
    assert (world.atlas.is_busy, world.atlas.map, world.notices) == (False, None, [])


@pytest.mark.parametrize("paint", [True, False], ids=["while it embeds", "while it fits"])
def test_a_failure_is_told_and_leaves_the_last_map(world: World, paint: bool) -> None:
    atlas = world.mapped(*SIX)
    before = atlas.map
    if paint:
        world.paint("red")
    world.settings.model = MISSING
    atlas.map_gallery()
    world.run()
    assert world.said == "There is no model missing."
    assert (atlas.is_busy, atlas.map) == (False, before)


def test_without_a_model_that_sees_nothing_is_mapped(world: World) -> None:
    world.explorer.follow_model(None)
    world.atlas.map_gallery()
    world.atlas.load_embeddings(Path("a.safetensors"))
    world.atlas.load_basis(Path("a.safetensors"))
    assert world.said.splitlines() == ["Load a model first."] * 3
    assert not world.atlas.is_busy


def test_a_model_that_is_not_loaded_yet_is_asked_for_its_space(world: World) -> None:
    world.paint(*SIX)
    world.explorer.follow_model(CAPABILITIES.model_copy(update={"space": None}))
    world.atlas.map_gallery()
    assert world.atlas.progress == "Loading the model"
    world.run()
    assert world.atlas.map is not None
    assert world.atlas.progress == ""
    assert len(world.atlas.map) == 6


def test_a_model_that_cannot_be_loaded_is_told(world: World) -> None:
    world.explorer.follow_model(CAPABILITIES.model_copy(update={"space": None}))
    world.settings.model = MISSING
    world.atlas.map_gallery()
    world.run()
    assert world.said == "There is no model missing."
    assert not world.atlas.is_busy


def test_another_space_drops_the_map_with_a_note(world: World) -> None:
    atlas = world.mapped(*SIX)
    atlas.select([1, 2])
    world.explorer.follow_model(CAPABILITIES.model_copy(update={"space": None}))
    assert atlas.map is not None
    world.explorer.follow_model(OTHER)
    assert (atlas.map, atlas.selection, world.explorer.state.basis) == (None, (), None)
    assert "another space" in atlas.note


def test_another_space_stops_a_map_that_is_being_made(world: World) -> None:
    world.paint(*SIX)
    world.atlas.map_gallery()
    world.explorer.follow_model(OTHER)
    world.run()
    assert (world.atlas.is_busy, world.atlas.map, world.atlas.note) == (False, None, "")


def test_embeddings_of_an_unexpected_space_are_refused_by_name(world: World) -> None:
    world.paint(*SIX)
    world.explorer.follow_model(OTHER)
    world.atlas.map_gallery()
    world.run()
    assert "fake-colours (3 dimensions)" in world.said
    assert "other (3 dimensions)" in world.said
    assert world.atlas.map is None


def test_a_long_search_for_pictures_is_told(world: World) -> None:
    atlas = Atlas(world.explorer, world.gallery, Later())
    atlas.map_gallery()
    assert atlas.progress == "Looking for pictures"
