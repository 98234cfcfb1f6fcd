"""A project file holds everything, and a bad one costs one line."""

import io
import json
import random
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from t2i_studio.core.errors import UserError
from t2i_studio.core.image import Mask
from t2i_studio.core.layers import MASK, Content
from t2i_studio.core.pictures import read_layer
from t2i_studio.studio import project_file
from t2i_studio.studio.document import Document
from t2i_studio.studio.project_file import (
    NewerProjectError,
    ProjectContent,
    read_project,
    write_project,
)
from tests.studio.conftest import PICTURE, Bench
from tests.studio.test_session import half_mask

MUTATIONS = 300
RGBA = np.random.default_rng(0).integers(0, 256, (48, 64, 4), np.uint8)


@pytest.fixture
def whole(bench: Bench) -> ProjectContent:
    """Two layers, a mask, and two results whose recipe needs a picture and a mask."""
    session = bench.session
    session.open_picture(PICTURE)
    session.document.add_layer("Sky", RGBA)
    session.document.set_mask(half_mask(PICTURE.extent))
    session.settings.count = 2
    session.generate()
    bench.run()
    return ProjectContent(
        session.document.content,
        session.settings.to_json(),
        session.frame.to_json(),
        tuple(session.staging.candidates),
        2,
    )


@pytest.fixture
def data(whole: ProjectContent) -> bytes:
    return write_project(whole)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "work.ora"


def names(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return file.namelist()


def told(data: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return json.loads(file.read("t2i-studio/project.json"))


def rewritten(data: bytes, name: str, change: Callable[[bytes], bytes | None]) -> bytes:
    """Return the file with one member changed, or without it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for member in old.namelist():
            content = old.read(member)
            changed = change(content) if member == name else content
            if changed is not None:
                new.writestr(member, changed)
    return buffer.getvalue()


def with_told(data: bytes, **changes: object) -> bytes:
    content = json.dumps(told(data) | changes).encode()
    return rewritten(data, "t2i-studio/project.json", lambda _: content)


def test_everything_comes_back(whole: ProjectContent, data: bytes, path: Path) -> None:
    path.write_bytes(data)

    again = read_project(path)

    for old, new in zip(whole.content.layers, again.content.layers, strict=True):
        np.testing.assert_array_equal(old.pixels, new.pixels)
        assert (old.name, old.opacity, old.is_visible) == (new.name, new.opacity, new.is_visible)
    assert again.content.mask == whole.content.mask
    assert again.content.active == again.content.layers[1].id
    assert again.settings["prompt"] == "a red cube"
    assert again.frame == json.loads(json.dumps(whole.frame))
    assert [each.image for each in again.results] == [each.image for each in whole.results]
    assert [each.recipe for each in again.results] == [each.recipe for each in whole.results]
    assert again.shown == 2
    assert again.notices == ()


def test_others_see_all_layers_together(whole: ProjectContent, data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        merged = read_layer(file.read("mergedimage.png"))

    document = Document()
    document.start_with(whole.content)
    np.testing.assert_array_equal(merged, document.composite_pixels)


def test_what_results_share_is_kept_once(data: bytes) -> None:
    inputs = [name for name in names(data) if name.startswith("t2i-studio/inputs/")]

    assert len(inputs) == 2  # a picture and a mask
    assert len([name for name in names(data) if name.startswith("t2i-studio/candidates/")]) == 2


def test_working_on_the_mask_comes_back(bench: Bench, path: Path) -> None:
    bench.session.open_picture(PICTURE)
    bench.session.document.activate(MASK)
    path.write_bytes(write_project(ProjectContent(bench.session.document.content)))

    assert read_project(path).content.active == MASK


def test_an_empty_mask_takes_no_room(bench: Bench) -> None:
    bench.session.open_picture(PICTURE)

    data = write_project(ProjectContent(bench.session.document.content))

    assert "t2i-studio/mask.png" not in names(data)


def test_an_empty_canvas_cannot_be_saved() -> None:
    with pytest.raises(UserError, match="no picture to be saved"):
        write_project(ProjectContent(Content()))


def test_the_file_of_another_program_gives_its_layers(data: bytes, path: Path) -> None:
    path.write_bytes(rewritten(data, "t2i-studio/project.json", lambda _: None))

    found = read_project(path)

    assert len(found.content.layers) == 2
    assert found.content.mask is None
    assert not found.settings
    assert found.notices == ()


def test_a_newer_file_is_told_and_its_layers_can_be_opened(data: bytes, path: Path) -> None:
    path.write_bytes(with_told(data, version=2))

    with pytest.raises(NewerProjectError, match=r"newer T2I Studio\. Update"):
        read_project(path)
    assert len(read_project(path, layers_only=True).content.layers) == 2


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"[" * 100_000, b"\xff\xfe"])
def test_what_is_beside_the_layers_may_be_unreadable(
    data: bytes, path: Path, content: bytes
) -> None:
    path.write_bytes(rewritten(data, "t2i-studio/project.json", lambda _: content))

    found = read_project(path)

    assert len(found.content.layers) == 2
    assert found.notices[0].startswith("What it says beside its layers cannot be read")


@pytest.mark.parametrize(
    "mask", [b"no picture", Mask(np.full((3, 3), 255, np.uint8)).to_png()], ids=["bad", "small"]
)
def test_a_mask_that_cannot_be_used_is_told(data: bytes, path: Path, mask: bytes) -> None:
    path.write_bytes(rewritten(data, "t2i-studio/mask.png", lambda _: mask))

    found = read_project(path)

    assert found.content.mask is None
    assert found.notices == ("The mask cannot be read.",)


def without(kind: str) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        name = next(name for name in names(data) if name.startswith(f"t2i-studio/{kind}/"))
        return rewritten(data, name, lambda _: None)

    return change


@pytest.mark.parametrize("change", [without("inputs"), without("candidates")])
def test_results_that_miss_something_are_left_out(
    data: bytes, path: Path, change: Callable[[bytes], bytes]
) -> None:
    path.write_bytes(change(data))

    found = read_project(path)

    assert len(found.results) < 2
    assert found.notices == ("Results that cannot be read have been left out.",)


def test_results_beyond_memory_are_left_out(
    data: bytes, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(project_file, "MAX_RESULT_PIXELS", 5 * PICTURE.extent.area)
    path.write_bytes(data)

    found = read_project(path)

    assert len(found.results) == 1
    assert found.notices == ("Results that cannot be read have been left out.",)


@pytest.mark.parametrize("results", [None, 3, {"a": 1}, "x"])
def test_results_of_a_wrong_type_are_none(data: bytes, path: Path, results: object) -> None:
    path.write_bytes(with_told(data, results=results, settings=3, frame=None, shown="x"))

    found = read_project(path)

    assert (found.results, dict(found.settings), found.shown) == ((), {}, 0)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return the file as a bad disk, a bad line, or a bad person would leave it."""
    broken = bytearray(data)
    for _ in range(chance.choice([1, 1, 3, 20])):
        at = chance.randrange(len(broken))
        match chance.randrange(5):
            case 0:
                broken[at] ^= 1 << chance.randrange(8)
            case 1:
                broken[at : at + chance.randrange(1, 64)] = chance.randbytes(chance.randrange(64))
            case 2:
                del broken[at:]
            case 3:
                del broken[at : at + chance.randrange(1, 200)]
            case _:
                start = chance.randrange(len(broken))
                broken[at:at] = broken[start : start + chance.randrange(1, 200)]
        if not broken:
            break
    return bytes(broken)


def edited(data: bytes, chance: random.Random) -> bytes:
    """Return a sound zip file with one member that is not."""
    name = chance.choice(names(data))
    return rewritten(data, name, lambda content: mutated(content, chance) if content else b"")


@pytest.mark.parametrize("damage", [mutated, edited])
def test_three_hundred_damaged_files_are_read_or_refused(
    data: bytes, path: Path, damage: Callable[[bytes, random.Random], bytes]
) -> None:
    chance = random.Random(0)
    refusals: list[str] = []
    longest = 0.0
    for _ in range(MUTATIONS // 2):
        path.write_bytes(damage(data, chance))
        begin = time.process_time()
        try:
            assert read_project(path).content.layers
        except UserError as error:
            refusals.append(str(error))
        longest = max(longest, time.process_time() - begin)
    assert len(refusals) > 20
    assert [text for text in refusals if not text.startswith("work.ora") or "\n" in text] == []
    assert longest < 1.0
