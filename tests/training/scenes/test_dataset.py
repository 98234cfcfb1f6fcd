"""The rendered world on disk: whole, the same after an interruption, and never another's."""

import errno
import json
import multiprocessing
import os
import shutil
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from t2i_studio.core.errors import MachineError
from t2i_studio.training.corpus import key_of
from t2i_studio.training.scenes.dataset import CAPTIONS, Order, RenderedWorld, render_world
from t2i_studio.training.scenes.renderer import Renderer
from t2i_studio.training.scenes.sampler import Mix, scenes
from t2i_studio.training.scenes.scene import Scene
from t2i_studio.training.scenes.sprites import Sprites
from t2i_studio.training.scenes.vocabulary import PLACES

ORDER = Order(count=22, size=64, seed=5, shard=8)
ENDLESS_S = 120.0
Render = Callable[..., RenderedWorld]


@pytest.fixture
def render(tmp_path: Path, sprites: Sprites) -> Render:
    def render(order: Order = ORDER, folder: str = "world", **options: object) -> RenderedWorld:
        return render_world(tmp_path / folder, order, lambda: sprites, **options)  # type: ignore[arg-type]  # whatever it takes

    return render


@pytest.fixture
def world(render: Render) -> RenderedWorld:
    return render()


def test_pictures_are_the_scenes_of_the_seed(world: RenderedWorld, sprites: Sprites) -> None:
    renderer = Renderer(64, sprites)
    expected = [renderer.render(scene) for scene in islice(scenes(5), 22)]
    assert len(world) == 22
    assert np.array_equal(world.pictures, expected)
    assert world.keys.tolist() == [key_of(scene.key) for scene in islice(scenes(5), 22)]
    assert {len(each) for each in world.captions} == {CAPTIONS}


def test_held_out_scenes_are_rendered_when_they_are_asked_for(render: Render) -> None:
    world = render(replace(ORDER, is_held_out=True, count=3))
    held_out = islice(scenes(5, is_held_out=True), 3)
    assert world.keys.tolist() == [key_of(scene.key) for scene in held_out]


def test_the_mix_tells_what_is_rendered(render: Render) -> None:
    world = render(replace(ORDER, mix=Mix(kinds={"place": 1}, effects=0), count=9))
    places = tuple(phrase for place in PLACES.values() for phrase in place.alone)
    assert all(said.endswith(places) for each in world.captions for said in each)


def test_rendering_tells_how_far_it_is(render: Render) -> None:
    told: list[tuple[int, int]] = []
    render(report=lambda done, count: told.append((done, count)))
    assert told == [(8, 22), (16, 22), (22, 22)]


def test_a_plain_file_tells_what_was_ordered(world: RenderedWorld) -> None:
    """A rendering that was begun by an earlier version goes on: the text may not change."""
    said = (world.folder / "order.txt").read_text()
    assert said == f"Order(count=22, size=64, seed=5, is_held_out=False, mix={Mix()!r})"
    assert len(json.loads((world.folder / "scenes-00002.json").read_text())) == 6


class InterruptionError(Exception):
    """What comes between."""


def interrupt_after(shards: int) -> Callable[[int, int], None]:
    def report(done: int, count: int) -> None:
        del count
        if done == shards * 8:
            raise InterruptionError

    return report


def test_interrupted_rendering_goes_on_and_ends_like_an_uninterrupted_one(
    render: Render, world: RenderedWorld, tmp_path: Path
) -> None:
    with pytest.raises(InterruptionError):
        render(folder="broken", report=interrupt_after(1))
    told: list[int] = []
    broken = render(folder="broken", report=lambda done, count: told.append(done))
    assert told == [16, 22]
    assert np.array_equal(broken.pictures, world.pictures)
    assert (broken.captions, broken.keys.tolist()) == (world.captions, world.keys.tolist())


def test_shard_that_was_not_ended_is_rendered_again(render: Render, world: RenderedWorld) -> None:
    expected = np.array(world.pictures)
    (world.folder / "scenes-00001.json").unlink()
    pictures = np.load(world.folder / "pictures.npy", mmap_mode="r+")
    pictures[10:16] = 0
    pictures.flush()
    assert np.array_equal(render().pictures, expected)


def test_what_is_rendered_is_not_rendered_again(render: Render, world: RenderedWorld) -> None:
    told: list[int] = []
    again = render(report=lambda done, count: told.append(done))
    assert not told
    assert again.captions == world.captions


@pytest.mark.parametrize(
    "change", [{"seed": 6}, {"count": 9}, {"is_held_out": True}, {"mix": Mix(plain=1)}]
)
def test_another_order_forgets_what_another_rendered(
    render: Render, world: RenderedWorld, change: dict[str, int]
) -> None:
    other = replace(ORDER, **change)  # type: ignore[arg-type]  # fields of an order
    assert np.array_equal(render(other).pictures, render(other, "fresh").pictures)
    assert len(render(other).captions) == other.count


def test_several_processes_render_the_same(
    render: Render, world: RenderedWorld, sprites_folder: Path, icon_folder: Path, tmp_path: Path
) -> None:
    sprites = partial(Sprites.load, sprites_folder, icon_folder)
    many = render_world(tmp_path / "many", ORDER, sprites, processes=2)
    assert np.array_equal(many.pictures, world.pictures)


def test_killed_process_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match=r"was killed.* goes on where it stopped"):
        render_world(tmp_path / "world", ORDER, _killed, processes=2)


def _killed() -> Sprites:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def test_rendering_that_is_left_ends_its_processes_at_once(
    sprites_folder: Path, icon_folder: Path, tmp_path: Path
) -> None:
    began = time.monotonic()
    order = Endless(count=22, size=64, seed=5, shard=8)
    sprites = partial(Sprites.load, sprites_folder, icon_folder)
    with pytest.raises(InterruptionError):
        render_world(tmp_path / "world", order, sprites, processes=2, report=interrupt_after(1))
    assert time.monotonic() - began < ENDLESS_S
    assert not multiprocessing.active_children()


class Endless(Order):
    """An order whose first shard alone is ever done."""

    def scenes(self, shard: int) -> Iterator[Scene]:
        if shard:
            threading.Event().wait(ENDLESS_S)
        return super().scenes(shard)


def test_full_disk_is_told_in_one_line_and_nothing_is_begun(
    render: Render, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=1000))
    with pytest.raises(MachineError, match=r"cannot be kept in .*world \(No space left") as caught:
        render(replace(ORDER, count=100_000))
    assert caught.value.hint == "They take 1.2 GB; give another --output."
    assert not [*tmp_path.glob("world/*")]


def test_blocks_are_reserved_before_anything_is_rendered(
    render: Render, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Writing to a memory map whose file is sparse ends in SIGBUS on a full disk."""
    reserved: list[tuple[int, int]] = []

    def reserve(file: int, start: int, count: int) -> None:
        assert not [*tmp_path.glob("world/scenes-*")]
        reserved.append((start, count))

    monkeypatch.setattr(os, "posix_fallocate", reserve, raising=False)
    world = render()
    assert reserved == [(0, (world.folder / "pictures.npy").stat().st_size)]


@pytest.mark.parametrize("can_reserve", [True, False])
def test_disk_that_is_full_by_now_is_told_when_rendering_goes_on(
    render: Render, monkeypatch: pytest.MonkeyPatch, can_reserve: bool
) -> None:
    monkeypatch.delattr(os, "posix_fallocate", raising=False)
    with pytest.raises(InterruptionError):
        render(report=interrupt_after(1))
    if can_reserve:
        monkeypatch.setattr(os, "posix_fallocate", _full, raising=False)
    else:
        monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=1000))
    with pytest.raises(MachineError, match=r"cannot be kept in .*world \(No space left"):
        render()


def _full(file: int, start: int, count: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_folder_that_cannot_be_made_is_told_in_one_line(render: Render, tmp_path: Path) -> None:
    (tmp_path / "world").write_text("a file")
    with pytest.raises(MachineError, match="cannot be kept in"):
        render()


def test_what_is_preloaded_is_not_read_again(world: RenderedWorld) -> None:
    world.preload()
    for path in world.folder.glob("*.json"):
        path.unlink()
    assert (len(world.captions), len(world.keys)) == (22, 22)
    assert len(world.hard_indices(4, 0, 0)) == 4


def test_indices_depend_on_batch_and_rank_alone(world: RenderedWorld) -> None:
    for draw in (world.indices, world.hard_indices):
        chosen = [tuple(draw(64, index, rank)) for index in range(8) for rank in range(2)]
        assert len({*chosen}) > 12
        assert [tuple(draw(64, i, r)) for i in range(8) for r in range(2)] == chosen
        assert all(0 <= each < 22 for indices in chosen for each in indices)


def test_evenly_drawn_indices_reach_every_scene(world: RenderedWorld) -> None:
    counted = Counter(world.indices(22_000, 0, 0).tolist())
    assert len(counted) == 22
    assert min(counted.values()) > 800


def test_most_hard_batches_share_two_backgrounds(render: Render) -> None:
    world = render(replace(ORDER, count=80))
    drawn = list(islice(scenes(5), 80))
    backgrounds = [
        {drawn[i].background for i in world.hard_indices(64, index, 0)} for index in range(60)
    ]
    shared = [names for names in backgrounds if len(names) <= 2]
    assert 0.6 < len(shared) / 60 < 0.9
    assert len({frozenset(names) for names in shared}) > 10


def test_a_world_of_one_background_still_has_hard_batches(render: Render) -> None:
    world = render(replace(ORDER, count=1))
    assert world.hard_indices(4, 0, 0).tolist() == [0, 0, 0, 0]
