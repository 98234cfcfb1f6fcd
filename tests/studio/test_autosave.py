"""The session comes back after a restart, whatever happened to its files."""

from pathlib import Path

import pytest

from t2i_studio.core.errors import MachineError
from t2i_studio.core.image import Image
from t2i_studio.studio import autosave as module
from t2i_studio.studio.autosave import Autosave
from t2i_studio.studio.background import InlineBackground
from t2i_studio.studio.tools import Tool
from tests.studio.conftest import PICTURE, Bench
from tests.studio.test_session import half_mask


@pytest.fixture
def autosave(bench: Bench, data_folder: Path) -> Autosave:
    return Autosave(bench.session, data_folder / "session", InlineBackground())


def restarted(bench: Bench, autosave: Autosave) -> Autosave:
    """Forget everything and read it again."""
    session = bench.session
    session.settings.restore({"prompt": "", "seed": -1})
    session.document.start()
    session.tools.tool = Tool.brush
    again = Autosave(session, autosave._folder, InlineBackground())
    again.restore()
    again.restore_canvas()
    return again


def test_everything_comes_back(bench: Bench, autosave: Autosave) -> None:
    session = bench.session
    session.settings.seed, session.tools.tool = 12, Tool.eraser
    session.open_picture(PICTURE)
    mask = half_mask(PICTURE.extent)
    session.document.set_mask(mask)
    autosave.window["theme"] = "Light"
    autosave.save()
    again = restarted(bench, autosave)
    assert session.settings.prompt == "a red cube"
    assert session.settings.seed == 12
    assert session.tools.tool is Tool.eraser
    assert session.document.picture == PICTURE
    assert session.document.mask == mask
    assert again.window == {"theme": "Light"}
    assert bench.notices == []


def test_restoring_leaves_nothing_to_undo(bench: Bench, autosave: Autosave) -> None:
    bench.session.open_picture(PICTURE)
    autosave.save()
    restarted(bench, autosave)
    assert not bench.session.document.history.can_undo


def test_a_first_start_says_nothing(bench: Bench, autosave: Autosave) -> None:
    autosave.restore()
    assert bench.notices == []


def test_only_what_changed_is_written(bench: Bench, autosave: Autosave) -> None:
    bench.session.open_picture(PICTURE)
    autosave.save()
    folder = autosave._folder
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    bench.session.settings.prompt = "something else"
    autosave.save()
    autosave.save()
    after = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert {name for name in after if after[name] != before.get(name)} == {"session.json"}


def test_a_closed_picture_stays_closed(bench: Bench, autosave: Autosave) -> None:
    bench.session.open_picture(PICTURE)
    bench.session.document.set_mask(half_mask(PICTURE.extent))
    autosave.save()
    bench.session.document.close()
    autosave.save_now()
    restarted(bench, autosave)
    assert bench.session.document.picture is None
    assert not list(autosave._folder.glob("*.png"))


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"version": 99}', b"\xff\xfe", b"[" * 100_000],
    ids=["empty", "cut", "list", "future", "binary", "deep"],
)
def test_a_damaged_state_is_kept_aside_and_told(
    bench: Bench, autosave: Autosave, content: bytes
) -> None:
    autosave._folder.mkdir(parents=True)
    (autosave._folder / "session.json").write_bytes(content)
    autosave.restore()
    assert "session.json of the last session cannot be read; it is kept as" in bench.said
    assert len(list(autosave._folder.glob("session.json.damaged-*"))) == 1


def test_a_damaged_canvas_is_kept_aside_and_told(bench: Bench, autosave: Autosave) -> None:
    autosave._folder.mkdir(parents=True)
    (autosave._folder / "canvas.png").write_bytes(b"\x89PNG no more")
    autosave.restore_canvas()
    assert "canvas.png of the last session cannot be read" in bench.said
    assert bench.session.document.picture is None


def test_a_mask_of_another_size_is_left_out(bench: Bench, autosave: Autosave) -> None:
    bench.session.open_picture(PICTURE)
    autosave.save()
    (autosave._folder / "mask.png").write_bytes(half_mask(type(PICTURE.extent)(3, 3)).to_png())
    restarted(bench, autosave)
    assert bench.session.document.picture == PICTURE
    assert not bench.session.document.has_mask


def test_fields_that_cannot_be_read_are_named(bench: Bench, autosave: Autosave) -> None:
    autosave._folder.mkdir(parents=True)
    (autosave._folder / "session.json").write_text(
        '{"version": 1, "settings": {"seed": "x"}, "tools": {"tool": "hammer"}, "window": 3}'
    )
    autosave.restore()
    assert "Reset to default, because unreadable: seed, tool." in bench.said
    assert autosave.window == {}


def test_a_disk_that_refuses_is_told_once_and_tried_again(
    bench: Bench, autosave: Autosave, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, data: bytes) -> None:
        raise MachineError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(module, "save_atomic", refuse)
        autosave.save()
        bench.session.settings.prompt = "more"
        autosave.save_now()
    assert [notice.text for notice in bench.notices] == [
        "The session cannot be kept for the next start: The disk is full."
    ]
    autosave.save()
    assert (autosave._folder / "session.json").exists()


def test_a_bad_file_that_cannot_be_moved_is_told(
    bench: Bench, autosave: Autosave, monkeypatch: pytest.MonkeyPatch
) -> None:
    autosave._folder.mkdir(parents=True)
    (autosave._folder / "session.json").write_text("{")

    def refuse(self: Path, target: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "rename", refuse)
    autosave.restore()
    assert "it could not be set aside" in bench.said


def test_a_picture_opened_meanwhile_is_not_replaced(bench: Bench, autosave: Autosave) -> None:
    bench.session.open_picture(PICTURE)
    autosave.save()
    other = Image.filled(PICTURE.extent, (1, 2, 3))
    bench.session.document.start(other)
    autosave.restore_canvas()
    assert bench.session.document.picture == other
