"""The session comes back after a restart, whatever happened to its files."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from t2i_studio.core.errors import MachineError
from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.core.layers import MASK
from t2i_studio.studio import autosave as module
from t2i_studio.studio import canvas_store
from t2i_studio.studio.autosave import Autosave
from t2i_studio.studio.background import InlineBackground
from t2i_studio.studio.frame import Area
from t2i_studio.studio.strokes import Brush, Dab, Ink
from t2i_studio.studio.tools import Tool
from tests.studio.conftest import PICTURE, Bench, bench_over
from tests.studio.late import LateBackground
from tests.studio.test_session import half_mask

RGBA = np.random.default_rng(0).integers(0, 256, (48, 64, 4), np.uint8)
OTHER = Image.filled(PICTURE.extent, (1, 2, 3))


def kept_by(bench: Bench, folder: Path, **parts: Any) -> Autosave:
    """Start the autosave as the window does."""
    autosave = Autosave(bench.session, folder / "session", InlineBackground(), **parts)
    autosave.restore()
    autosave.restore_canvas()
    return autosave


@pytest.fixture
def autosave(bench: Bench, data_folder: Path) -> Autosave:
    return kept_by(bench, data_folder)


@pytest.fixture
def start_again(data_folder: Path) -> Iterator[Callable[[], Bench]]:
    """Read everything into a session that knows nothing, as the next start does."""
    with ExitStack() as stack:

        def start() -> Bench:
            bench = stack.enter_context(bench_over(data_folder))
            kept_by(bench, data_folder)
            return bench

        yield start


@pytest.fixture
def folder(data_folder: Path) -> Path:
    return data_folder / "session"


@pytest.fixture
def canvas(folder: Path) -> Path:
    return folder / "canvas"


def stored(canvas: Path) -> Any:
    return json.loads((canvas / "canvas.json").read_bytes())


def paint(bench: Bench) -> None:
    """Put two layers and a mask on the canvas."""
    document = bench.session.document
    bench.session.open_picture(PICTURE)
    document.add_layer("Sky", RGBA)
    document.change_layer(document.active, opacity=0.5, is_visible=False)
    document.set_mask(half_mask(PICTURE.extent))


def refuse(path: Path, data: bytes) -> None:
    raise MachineError("The disk is full.")


class Note:
    """Some state, and what it was told to take back."""

    def __init__(self) -> None:
        self.text = ""

    def to_json(self) -> dict[str, Any]:
        return {"text": self.text}

    def restore(self, data: dict[str, Any]) -> list[str]:
        self.text = data.get("text", self.text)
        return ["text"] if self.text == "bad" else []


def test_settings_and_tools_come_back(
    bench: Bench, autosave: Autosave, start_again: Callable[[], Bench]
) -> None:
    bench.session.settings.seed, bench.session.tools.tool = 12, Tool.eraser
    autosave.save()
    again = start_again()
    assert again.session.settings.prompt == "a red cube"
    assert again.session.settings.seed == 12
    assert again.session.tools.tool is Tool.eraser
    assert again.notices == []


def test_what_the_window_keeps_comes_back(
    bench: Bench, autosave: Autosave, data_folder: Path
) -> None:
    autosave.window["theme"] = "Light"
    autosave.save()
    assert kept_by(bench, data_folder).window == {"theme": "Light"}


def test_layers_and_mask_come_back(
    bench: Bench, autosave: Autosave, start_again: Callable[[], Bench]
) -> None:
    paint(bench)
    autosave.save()
    before, after = bench.session.document, start_again().session.document
    for old, new in zip(before.layers, after.layers, strict=True):
        np.testing.assert_array_equal(old.pixels, new.pixels)
        assert (old.id, old.name, old.is_visible, old.opacity) == (
            new.id,
            new.name,
            new.is_visible,
            new.opacity,
        )
    assert after.mask == before.mask
    assert after.active == before.active
    assert not after.history.can_undo


def test_the_frame_comes_back(
    bench: Bench, autosave: Autosave, start_again: Callable[[], Bench]
) -> None:
    bench.session.frame.put(Bounds(-8, 16, 64, 64))
    autosave.save()
    frame = start_again().session.frame
    assert (frame.area, frame.bounds) == (Area.frame, Bounds(-8, 16, 64, 64))


def test_saved_results_come_back_from_the_gallery(
    bench: Bench, autosave: Autosave, start_again: Callable[[], Bench], canvas: Path
) -> None:
    bench.session.settings.count = 2
    bench.session.generate()
    bench.run()
    bench.session.staging.select(1)
    autosave.save()
    before, after = bench.session.staging, start_again().session.staging
    assert [c.image for c in after.candidates] == [c.image for c in before.candidates]
    assert [c.recipe for c in after.candidates] == [c.recipe for c in before.candidates]
    assert [c.placement for c in after.candidates] == [c.placement for c in before.candidates]
    assert after.index == 1
    assert not list(canvas.glob("result-*"))


def test_a_result_that_has_left_the_gallery_is_not_missed(
    bench: Bench, autosave: Autosave, start_again: Callable[[], Bench]
) -> None:
    bench.session.generate()
    bench.run()
    autosave.save()
    (candidate,) = bench.session.staging.candidates
    assert candidate.path
    candidate.path.unlink()
    again = start_again()
    assert again.session.staging.candidates == []
    assert again.notices == []


def test_results_that_the_disk_refused_come_back_with_their_recipes(
    bench: Bench, autosave: Autosave, start_again: Callable[[], Bench]
) -> None:
    bench.session.generate()
    bench.run()
    (candidate,) = bench.session.staging.candidates
    unsaved = replace(candidate, is_saved=False, path=None)
    bench.session.staging.put(candidate, unsaved)
    autosave.save()
    (again,) = start_again().session.staging.candidates
    assert again == unsaved


@pytest.mark.parametrize("damage", [b"{", b'{"recipe": {"version": 1}}', b"[1]"])
def test_a_result_whose_recipe_is_damaged_is_left_out(
    bench: Bench,
    autosave: Autosave,
    start_again: Callable[[], Bench],
    canvas: Path,
    damage: bytes,
) -> None:
    bench.session.generate()
    bench.run()
    (candidate,) = bench.session.staging.candidates
    bench.session.staging.put(candidate, replace(candidate, is_saved=False, path=None))
    autosave.save()
    (told,) = canvas.glob("result-*.json")
    told.write_bytes(damage)
    assert start_again().session.staging.candidates == []


def test_more_states_are_kept(bench: Bench, data_folder: Path) -> None:
    near, beside = Note(), Note()
    autosave = kept_by(bench, data_folder, parts={"near": near}, canvas_parts={"beside": beside})
    near.text, beside.text = "a", "b"
    autosave.save()
    near, beside = Note(), Note()
    kept_by(bench, data_folder, parts={"near": near}, canvas_parts={"beside": beside})
    assert (near.text, beside.text) == ("a", "b")


def test_the_end_of_reading_is_told(bench: Bench, data_folder: Path) -> None:
    told: list[bool] = []
    autosave = Autosave(bench.session, data_folder / "session", InlineBackground())
    autosave.canvas_restored.connect(lambda: told.append(True))
    autosave.restore_canvas()
    assert told == [True]


def test_a_first_start_says_nothing(bench: Bench, autosave: Autosave) -> None:
    assert bench.notices == []


def written_by(autosave: Autosave, folder: Path) -> set[str]:
    """Save, and return the names of the files that are new or replaced."""

    def now() -> dict[Path, tuple[int, int]]:
        paths = [path for path in folder.rglob("*") if path.is_file()]
        return {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in paths}

    before = now()
    autosave.save()
    after = now()
    return {path.name.split("-")[0] for path in after if after[path] != before.get(path)}


def test_only_what_changed_is_written(bench: Bench, autosave: Autosave, folder: Path) -> None:
    document = bench.session.document
    paint(bench)
    assert written_by(autosave, folder) == {"session.json", "canvas.json", "layer", "mask"}
    bench.session.settings.prompt = "something else"
    assert written_by(autosave, folder) == {"session.json"}
    document.change_layer(document.layers[0].id, name="Ground")
    assert written_by(autosave, folder) == {"canvas.json"}
    document.invert_mask()
    assert written_by(autosave, folder) == {"canvas.json", "mask"}
    assert written_by(autosave, folder) == set()


def test_a_changed_layer_is_the_only_one_that_is_written(
    bench: Bench, autosave: Autosave, canvas: Path
) -> None:
    paint(bench)
    autosave.save()
    low, high = bench.session.document.layers
    before = {entry["id"]: entry["file"] for entry in stored(canvas)["layers"]}
    bench.session.document.activate(low.id)
    bench.session.document.shift_active(1, 0)
    autosave.save()
    after = {entry["id"]: entry["file"] for entry in stored(canvas)["layers"]}
    assert before[low.id] != after[low.id]
    assert before[high.id] == after[high.id]


def test_what_was_just_read_is_not_written_again(
    bench: Bench, autosave: Autosave, data_folder: Path, folder: Path
) -> None:
    paint(bench)
    autosave.save()
    with bench_over(data_folder) as fresh:
        again = kept_by(fresh, data_folder)
        assert written_by(again, folder / "canvas") <= {"canvas.json"}


def test_files_that_nothing_needs_go(bench: Bench, autosave: Autosave, canvas: Path) -> None:
    paint(bench)
    autosave.save()
    bench.session.document.flatten()
    bench.session.document.clear_mask()
    autosave.save()
    assert {path.name.split("-")[0] for path in canvas.iterdir()} == {"canvas.json", "layer"}
    assert len(list(canvas.iterdir())) == 2


def test_a_closed_picture_stays_closed(
    bench: Bench, autosave: Autosave, start_again: Callable[[], Bench], canvas: Path
) -> None:
    paint(bench)
    autosave.save()
    bench.session.document.close()
    autosave.save_now()
    assert start_again().session.document.extent is None
    assert not list(canvas.glob("*.png"))


def test_a_stroke_is_not_held_up(bench: Bench, autosave: Autosave, canvas: Path) -> None:
    bench.session.open_picture(PICTURE)
    autosave.save()
    document, before = bench.session.document, stored(canvas)
    document.begin_stroke(Brush(Ink.paint), Dab(10, 10, 8))
    autosave.save()
    assert stored(canvas) == before
    document.end_stroke()
    autosave.save()
    assert stored(canvas) != before


@pytest.fixture
def late() -> LateBackground:
    return LateBackground()


@pytest.fixture
def slow(bench: Bench, data_folder: Path, late: LateBackground) -> Autosave:
    autosave = Autosave(bench.session, data_folder / "session", late)
    autosave.restore_canvas()
    return autosave


def test_changes_gather_while_something_is_written(
    bench: Bench, slow: Autosave, late: LateBackground, canvas: Path
) -> None:
    bench.session.open_picture(PICTURE)
    slow.save()
    late.step()
    late.step()
    bench.session.document.set_mask(half_mask(PICTURE.extent))
    slow.save()
    assert len(late.waiting) == 1
    late.work()
    assert stored(canvas)["mask"] is None
    slow.save()
    late.work()
    assert stored(canvas)["mask"] is not None


def test_what_is_painted_while_it_is_copied_is_copied_again(
    bench: Bench, slow: Autosave, late: LateBackground, start_again: Callable[[], Bench]
) -> None:
    document = bench.session.document
    paint(bench)
    slow.save()
    late.step()
    document.invert_mask()
    late.work()
    assert start_again().session.document.mask == document.mask


def test_what_never_rests_is_copied_at_once(
    bench: Bench, slow: Autosave, late: LateBackground, canvas: Path
) -> None:
    paint(bench)
    slow.save()
    for _ in range(2):
        late.step()
        bench.session.document.invert_mask()
        late.step()
    assert len(late.waiting) == 1
    bench.session.document.clear_mask()
    late.work()
    assert stored(canvas)["mask"] is not None


def test_a_stroke_that_begins_while_it_is_copied_is_waited_for(
    bench: Bench, slow: Autosave, late: LateBackground, canvas: Path
) -> None:
    document = bench.session.document
    paint(bench)
    document.activate(MASK)
    slow.save()
    late.step()
    document.begin_stroke(Brush(Ink.erase), Dab(10, 10, 8))
    late.work()
    assert not (canvas / "canvas.json").exists()
    document.end_stroke()
    slow.save()
    late.work()
    assert stored(canvas)["mask"] is not None


def test_a_canvas_that_was_not_read_yet_is_not_replaced(
    bench: Bench, autosave: Autosave, data_folder: Path, start_again: Callable[[], Bench]
) -> None:
    paint(bench)
    autosave.save()
    with bench_over(data_folder) as quick:
        early = Autosave(quick.session, data_folder / "session", InlineBackground())
        early.restore()
        early.save_now()
    assert start_again().session.document.extent == PICTURE.extent


def test_a_picture_opened_meanwhile_stays_and_undo_leads_to_the_other_one(
    bench: Bench, autosave: Autosave, data_folder: Path
) -> None:
    paint(bench)
    autosave.save()
    with bench_over(data_folder) as quick:
        late = Autosave(quick.session, data_folder / "session", InlineBackground())
        quick.session.open_picture(OTHER)
        late.restore_canvas()
        document = quick.session.document
        assert document.picture == OTHER
        late.save_now()
        document.undo()
        assert [layer.name for layer in document.layers] == ["Background", "Sky"]
        assert document.has_mask


def test_results_made_meanwhile_are_not_replaced(
    bench: Bench, autosave: Autosave, data_folder: Path
) -> None:
    bench.session.generate()
    bench.run()
    autosave.save()
    with bench_over(data_folder) as quick:
        late = Autosave(quick.session, data_folder / "session", InlineBackground())
        quick.session.settings.prompt = "a blue ball"
        quick.session.generate()
        quick.run()
        late.restore_canvas()
        (only,) = quick.session.staging.candidates
        assert only.recipe.request.prompt == "a blue ball"


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"version": 99}', b"\xff\xfe", b"[" * 100_000],
    ids=["empty", "cut", "list", "future", "binary", "deep"],
)
def test_a_damaged_state_is_kept_aside_and_told(
    bench: Bench, data_folder: Path, folder: Path, content: bytes
) -> None:
    folder.mkdir(parents=True)
    (folder / "session.json").write_bytes(content)
    kept_by(bench, data_folder)
    assert "session.json of the last session cannot be read; it is kept as" in bench.said
    assert len(list(folder.glob("session.json.damaged-*"))) == 1


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"version": 99}', b"[" * 100_000])
def test_a_damaged_list_is_kept_aside_with_all_that_it_named(
    bench: Bench,
    autosave: Autosave,
    start_again: Callable[[], Bench],
    folder: Path,
    content: bytes,
) -> None:
    paint(bench)
    autosave.save()
    (folder / "canvas" / "canvas.json").write_bytes(content)
    again = start_again()
    assert "canvas of the last session cannot be read; it is kept as canvas.damaged" in again.said
    (aside,) = folder.glob("canvas.damaged-*")
    assert len(list(aside.glob("layer-*.png"))) == 2
    again.session.open_picture(OTHER)


def test_a_damaged_layer_is_kept_aside_and_the_rest_comes_back(
    bench: Bench, autosave: Autosave, start_again: Callable[[], Bench], canvas: Path
) -> None:
    paint(bench)
    autosave.save()
    low, high = stored(canvas)["layers"]
    (canvas / high["file"]).write_bytes(b"\x89PNG no more")
    again = start_again()
    assert f"{high['file']} of the last session cannot be read; it is kept as" in again.said
    assert [layer.id for layer in again.session.document.layers] == [low["id"]]
    assert again.session.document.has_mask
    assert len(list(canvas.glob("*.damaged-*"))) == 1


def test_a_mask_that_is_gone_costs_only_itself(
    bench: Bench, autosave: Autosave, start_again: Callable[[], Bench], canvas: Path
) -> None:
    paint(bench)
    autosave.save()
    (canvas / stored(canvas)["mask"]).unlink()
    again = start_again()
    assert "of the last session cannot be read." in again.said
    assert len(again.session.document.layers) == 2
    assert not again.session.document.has_mask


def test_a_mask_of_another_size_is_left_out(
    bench: Bench, autosave: Autosave, start_again: Callable[[], Bench], canvas: Path
) -> None:
    paint(bench)
    autosave.save()
    (canvas / stored(canvas)["mask"]).write_bytes(half_mask(Extent(3, 3)).to_png())
    document = start_again().session.document
    assert document.extent == PICTURE.extent
    assert not document.has_mask


@pytest.mark.parametrize(
    "change",
    [
        {"extent": [0, 48]},
        {"extent": "large"},
        {"extent": [100_000, 100_000]},
        {"layers": None},
        {"layers": [{"file": "../../secret.png"}, 3, {"file": 7}]},
    ],
)
def test_a_list_that_tells_nonsense_gives_an_empty_canvas(
    bench: Bench,
    autosave: Autosave,
    start_again: Callable[[], Bench],
    canvas: Path,
    change: dict[str, Any],
) -> None:
    paint(bench)
    autosave.save()
    (canvas / "canvas.json").write_text(json.dumps(stored(canvas) | change))
    assert start_again().session.document.extent is None


def test_what_is_wrong_with_a_layer_is_as_usual(
    bench: Bench, autosave: Autosave, start_again: Callable[[], Bench], canvas: Path
) -> None:
    paint(bench)
    autosave.save()
    listed = stored(canvas)
    listed["layers"][0] |= {"id": MASK, "name": "", "is_visible": 0, "opacity": float("nan")}
    listed |= {"shown": "x", "active": 12, "results": [5], "parts": 3}
    (canvas / "canvas.json").write_text(json.dumps(listed))
    document = start_again().session.document
    layer = document.layers[0]
    assert (layer.name, layer.is_visible, layer.opacity) == ("Layer", True, 1.0)
    assert document.active == MASK


def test_a_canvas_beyond_memory_is_told(
    bench: Bench,
    autosave: Autosave,
    start_again: Callable[[], Bench],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paint(bench)
    autosave.save()
    monkeypatch.setattr("t2i_studio.studio.layer_edits.MAX_BYTES", 1000)
    again = start_again()
    assert "Memory does not hold 2 layers" in again.said
    assert again.session.document.extent is None


def test_a_reader_that_breaks_sets_all_aside(
    bench: Bench, autosave: Autosave, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(path: Path) -> None:
        raise MemoryError

    paint(bench)
    autosave.save()
    with bench_over(data_folder) as fresh:
        with monkeypatch.context() as patch:
            patch.setattr(canvas_store, "read_layer", broken)
            again = kept_by(fresh, data_folder)
        assert "canvas of the last session cannot be read; it is kept as" in fresh.said
        fresh.session.open_picture(OTHER)
        again.save()
    assert (data_folder / "session" / "canvas" / "canvas.json").exists()


def test_fields_that_cannot_be_read_are_named(
    bench: Bench, data_folder: Path, folder: Path
) -> None:
    folder.mkdir(parents=True)
    (folder / "session.json").write_text(
        '{"version": 1, "settings": {"seed": "x"}, "tools": {"tool": "hammer"}, "window": 3,'
        ' "note": {"text": "bad"}}'
    )
    autosave = kept_by(bench, data_folder, parts={"note": Note()})
    assert "Reset to default, because unreadable: seed, tool, text." in bench.said
    assert autosave.window == {}


def test_a_disk_that_refuses_is_told_once_and_tried_again(
    bench: Bench, autosave: Autosave, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.session.open_picture(PICTURE)
    with monkeypatch.context() as patch:
        patch.setattr(module, "save_atomic", refuse)
        autosave.save()
        bench.session.settings.prompt = "more"
        autosave.save_now()
    assert [notice.text for notice in bench.notices] == [
        "The session cannot be kept for the next start: The disk is full."
    ]
    autosave.save()
    assert (folder / "session.json").exists()
    assert (folder / "canvas" / "canvas.json").exists()


def test_a_refused_piece_leaves_what_was_there(
    bench: Bench,
    autosave: Autosave,
    start_again: Callable[[], Bench],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    paint(bench)
    autosave.save()
    before = bench.session.document.mask
    bench.session.document.invert_mask()
    with monkeypatch.context() as patch:
        patch.setattr(canvas_store, "save_atomic", refuse)
        autosave.save()
    assert start_again().session.document.mask == before


def test_a_bad_file_that_cannot_be_moved_is_told(
    bench: Bench, data_folder: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir(parents=True)
    (folder / "session.json").write_text("{")

    def refuse_to_move(self: Path, target: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "rename", refuse_to_move)
    kept_by(bench, data_folder)
    assert bench.said == "session.json of the last session cannot be read."


@pytest.fixture
def old(folder: Path) -> Path:
    """What version 1 has left."""
    folder.mkdir(parents=True)
    (folder / "canvas.png").write_bytes(PICTURE.to_png())
    (folder / "mask.png").write_bytes(half_mask(PICTURE.extent).to_png())
    return folder


def test_a_session_of_the_first_version_comes_back(
    old: Path, bench: Bench, data_folder: Path
) -> None:
    autosave = kept_by(bench, data_folder)
    assert bench.session.document.picture == PICTURE
    assert bench.session.document.mask == half_mask(PICTURE.extent)
    assert len(bench.session.document.layers) == 1
    autosave.save()
    assert not (old / "canvas.png").exists()
    assert not (old / "mask.png").exists()
    with bench_over(data_folder) as fresh:
        kept_by(fresh, data_folder)
        assert fresh.session.document.picture == PICTURE


def test_a_damaged_picture_of_the_first_version_is_kept_aside(
    old: Path, bench: Bench, data_folder: Path
) -> None:
    (old / "canvas.png").write_bytes(b"\x89PNG no more")
    kept_by(bench, data_folder)
    assert "canvas.png of the last session cannot be read" in bench.said
    assert bench.session.document.picture is None


def test_a_mask_of_the_first_version_that_does_not_fit_is_left_out(
    old: Path, bench: Bench, data_folder: Path
) -> None:
    (old / "mask.png").write_bytes(Mask(np.full((3, 3), 255, np.uint8)).to_png())
    kept_by(bench, data_folder)
    assert bench.session.document.picture == PICTURE
    assert not bench.session.document.has_mask


def test_what_has_lost_a_layer_forgets_what_belongs_to_the_whole(
    bench: Bench, data_folder: Path, canvas: Path
) -> None:
    beside = Note()
    beside.text = "its file"
    autosave = kept_by(bench, data_folder, canvas_parts={"beside": beside})
    paint(bench)
    autosave.save()
    (canvas / stored(canvas)["layers"][0]["file"]).write_bytes(b"damaged")
    again = Note()

    with bench_over(data_folder) as next_start:
        kept_by(next_start, data_folder, canvas_parts={"beside": again})

        assert len(next_start.session.document.layers) == 1
        assert again.text == ""
