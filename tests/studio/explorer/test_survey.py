import os
from pathlib import Path

import pytest

from t2i_studio.core.errors import MachineError
from t2i_studio.engine.backends.fake_latents import SPACE
from t2i_studio.gallery.embedding_store import EmbeddingStore
from t2i_studio.studio.explorer.survey import Survey, pictures_in
from tests.studio.explorer.conftest import Later, World


@pytest.fixture
def later() -> Later:
    return Later()


@pytest.fixture
def survey(world: World, later: Later, tmp_path: Path) -> Survey:
    world.paint("red", "green", "blue")
    return Survey(world.explorer.desk, later, EmbeddingStore(tmp_path, SPACE), "fake")


def gallery(world: World) -> list[Path]:
    return [picture.path for picture in world.gallery.newest(9)]


def test_it_waits_for_the_disk_and_for_the_engine(
    world: World, later: Later, survey: Survey
) -> None:
    ended: list[int] = []
    survey.ended.connect(lambda: ended.append(survey.done))
    survey.start(lambda: gallery(world))
    later.work()
    assert (survey.total, survey.done, ended) == (3, 0, [])
    world.run()
    later.work()
    assert (survey.done, ended) == (3, [3])
    assert [place.title for place in survey.places] == [
        "a blue wall",
        "a green wall",
        "a red wall",
    ]
    assert survey.embeddings.vectors.values.shape == (3, 3)


def test_cancelled_while_it_reads_it_asks_for_nothing(
    world: World, later: Later, survey: Survey
) -> None:
    survey.start(lambda: gallery(world))
    later.tasks.pop(0)()
    survey.cancel()
    later.work()
    world.run()
    assert world.started == []


def test_cancelled_before_it_has_found_any_it_reads_nothing(
    world: World, later: Later, survey: Survey
) -> None:
    survey.start(lambda: gallery(world))
    survey.cancel()
    later.work()
    assert later.tasks == []


def test_what_the_engine_cancels_is_over_without_an_end(
    world: World, later: Later, survey: Survey
) -> None:
    ended: list[None] = []
    survey.ended.connect(lambda: ended.append(None))
    survey.start(lambda: gallery(world))
    later.work()
    survey.cancel()
    world.run()
    later.work()
    assert (ended, survey.places) == ([], ())


def test_a_picture_that_goes_meanwhile_is_left_out(
    world: World, later: Later, survey: Survey
) -> None:
    paths = gallery(world)
    paths[0].unlink()
    survey.start(lambda: paths)
    later.work()
    world.run()
    later.work()
    assert len(survey.places) == 2
    assert survey.unreadable == []


def test_a_folder_s_pictures_are_listed_newest_first(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    (folder / "below.png").mkdir(parents=True)
    for time, name in enumerate(["b.PNG", "a.jpg", "notes.txt", "c.webp"]):
        (folder / name).touch()
        os.utime(folder / name, ns=(time, time))
    (folder / "broken.png").symlink_to(tmp_path / "nowhere")
    os.utime(folder / "below.png", ns=(99, 99))
    names = [path.name for path in pictures_in(folder, 9)]
    assert names == ["c.webp", "a.jpg", "b.PNG", "broken.png"]
    assert [path.name for path in pictures_in(folder, 1)] == ["c.webp"]


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="cannot be read"):
        pictures_in(tmp_path / "nowhere", 9)
