"""New, open, save: what is on the canvas, in the file, and in the title."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from t2i_studio.core.errors import MachineError
from t2i_studio.core.geometry import Bounds
from t2i_studio.core.layers import MASK
from t2i_studio.core.openraster import layer_png
from t2i_studio.studio import project as module
from t2i_studio.studio.background import InlineBackground
from t2i_studio.studio.frame import Area
from t2i_studio.studio.project import Project
from t2i_studio.studio.project_file import read_project
from tests.studio.conftest import PICTURE, Bench
from tests.studio.late import LateBackground
from tests.studio.test_project_file import rewritten, with_told
from tests.studio.test_session import half_mask


@pytest.fixture
def project(bench: Bench) -> Project:
    return Project(bench.session, InlineBackground())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "work.ora"


@pytest.fixture
def saved(bench: Bench, project: Project, path: Path) -> Project:
    """A project with a layer, a mask and a result, as it is in its file."""
    session = bench.session
    session.open_picture(PICTURE)
    session.document.set_mask(half_mask(PICTURE.extent))
    session.frame.put(Bounds(0, 0, 64, 64))
    session.generate()
    bench.run()
    project.save(path)
    bench.notices.clear()
    return project


def foreign(path: Path, blend: str = "svg:src-over") -> None:
    layer = f'<layer name="Sky" src="data/sky.png" composite-op="{blend}"/>'
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("stack.xml", f'<image w="5" h="4"><stack>{layer}</stack></image>')
        file.writestr("data/sky.png", layer_png(np.full((4, 5, 4), 200, np.uint8)))


def test_what_is_saved_is_there_when_it_is_opened(bench: Bench, saved: Project, path: Path) -> None:
    session = bench.session
    saved.new()
    session.settings.prompt = "something else"
    saved.open(path)
    assert session.document.picture == PICTURE
    assert session.document.mask == half_mask(PICTURE.extent)
    assert session.settings.prompt == "a red cube"
    assert (session.frame.area, session.frame.bounds) == (Area.frame, Bounds(0, 0, 64, 64))
    assert len(session.staging.candidates) == 1
    assert session.staging.index == 1
    assert not session.document.history.can_undo
    assert bench.notices == []


def test_a_new_project_is_empty_and_keeps_the_settings(bench: Bench, saved: Project) -> None:
    saved.new()
    session = bench.session
    assert session.document.extent is None
    assert session.staging.candidates == []
    assert session.frame.bounds is None
    assert session.settings.prompt == "a red cube"
    assert (saved.path, saved.name, saved.is_modified) == (None, "", False)


def test_saving_names_the_project(bench: Bench, project: Project, path: Path) -> None:
    bench.session.open_picture(PICTURE)
    assert (project.name, project.is_modified) == ("Untitled", True)
    project.save(path.with_suffix(""))
    assert (project.path, project.name, project.is_modified) == (path, "work", False)
    assert bench.said == "Saved as work.ora."


def test_what_follows_a_save_waits_for_it(
    bench: Bench, saved: Project, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, data: bytes) -> None:
        raise MachineError("The disk is full.")

    followed: list[str] = []
    saved.save(path, lambda: followed.append("saved"))
    monkeypatch.setattr(module, "save_atomic", refuse)
    bench.session.document.invert_mask()
    saved.save(path, lambda: followed.append("refused"))
    assert followed == ["saved"]
    assert saved.is_modified
    assert "The disk is full." in bench.said


@pytest.mark.parametrize("steps", [0, 1, 2, 3])
def test_a_save_gets_what_was_there_whatever_takes_its_place(
    bench: Bench, path: Path, steps: int
) -> None:
    late, followed = LateBackground(), list[str]()
    project = Project(bench.session, late)
    bench.session.open_picture(PICTURE)
    project.save(path, lambda: followed.append("saved"))
    for _ in range(steps):
        late.step()
    project.new()
    late.work()
    assert (project.path, project.is_modified, bench.session.document.extent) == (None, False, None)
    assert read_project(path).content.extent == PICTURE.extent
    assert project.recent.paths == (path,)
    assert followed == []


def test_a_save_that_cannot_copy_holds_nothing_up(
    bench: Bench, saved: Project, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: Any) -> None:
        saved.new()
        args[3](MachineError("There is no memory."))

    monkeypatch.setattr(module, "copy_content", refuse)
    saved.save(path)
    assert "There is no memory." in bench.said
    assert bench.session.document.extent is None


def test_an_empty_canvas_is_not_saved(bench: Bench, project: Project, path: Path) -> None:
    project.save(path)
    assert "no picture to be saved" in bench.said
    assert not path.exists()


CHANGES: dict[str, Callable[[Bench], None]] = {
    "picture": lambda bench: bench.session.document.invert_mask(),
    "settings": lambda bench: setattr(bench.session.settings, "prompt", "a green cone"),
    "frame": lambda bench: bench.session.frame.put(Bounds(8, 8, 64, 64)),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_told_once(
    bench: Bench, saved: Project, change: Callable[[Bench], None]
) -> None:
    told: list[bool] = []
    saved.changed.connect(lambda: told.append(saved.is_modified))
    change(bench)
    assert told == [True]


def test_what_is_done_is_told(saved: Project, path: Path) -> None:
    told: list[str] = []
    saved.changed.connect(lambda: told.append(saved.doing))
    saved.save(path)
    saved.open(path)
    assert list(dict.fromkeys(told)) == ["Saving work.ora…", "", "Opening work.ora…"]
    assert saved.doing == ""


def test_undo_leads_back_to_what_was_saved(bench: Bench, saved: Project) -> None:
    document = bench.session.document
    document.invert_mask()
    document.undo()
    assert not saved.is_modified
    document.undo()
    assert saved.is_modified


def test_used_prompts_are_nobodys_change(bench: Bench, saved: Project) -> None:
    bench.session.settings.remember_prompt()
    bench.session.settings.history = ("a secret",)
    assert not saved.is_modified


def test_used_prompts_do_not_travel(bench: Bench, project: Project, path: Path) -> None:
    bench.session.settings.history = ("a secret",)
    bench.session.open_picture(PICTURE)
    project.save(path)
    with zipfile.ZipFile(path) as file:
        assert b"a secret" not in file.read("t2i-studio/project.json")


def test_opening_does_not_touch_used_prompts(bench: Bench, saved: Project, path: Path) -> None:
    path.write_bytes(with_told(path.read_bytes(), settings={"history": ["from outside"]}))
    bench.session.settings.history = ("mine",)
    saved.open(path)
    assert bench.session.settings.history == ("mine",)


def test_a_project_cannot_name_a_folder_as_its_model(
    bench: Bench, saved: Project, path: Path
) -> None:
    data = path.read_bytes()
    path.write_bytes(with_told(data, settings={"model": "//host/share", "prompt": "a"}))
    before = bench.session.settings.model
    saved.open(path)
    assert (bench.session.settings.model, bench.session.settings.prompt) == (before, "a")
    path.write_bytes(with_told(data, settings={"model": "karlo"}))
    saved.open(path)
    assert bench.session.settings.model == "karlo"


def test_bad_settings_are_named(bench: Bench, saved: Project, path: Path) -> None:
    bad = with_told(path.read_bytes(), settings={"seed": "x"}, frame={"padding": -1})
    path.write_bytes(bad)
    saved.open(path)
    assert bench.said == "work.ora: Reset to default, because unreadable: padding, seed."


def test_recent_projects_are_remembered(
    bench: Bench, saved: Project, path: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.ora"
    foreign(other)
    saved.open(other)
    assert saved.recent.paths == (other, path)


def test_a_recent_project_that_is_gone_is_forgotten(
    bench: Bench, saved: Project, path: Path
) -> None:
    path.unlink()
    saved.open(path)
    assert "There is no such file" in bench.said
    assert saved.recent.paths == ()
    assert bench.session.document.picture == PICTURE


def test_the_file_of_another_program_is_saved_back(
    bench: Bench, project: Project, path: Path
) -> None:
    foreign(path)
    prompt = bench.session.settings.prompt
    project.open(path)
    document = bench.session.document
    assert [layer.name for layer in document.layers] == ["Sky"]
    assert document.active == MASK
    assert bench.session.settings.prompt == prompt
    assert (project.path, project.is_modified) == (path, False)


def test_a_file_that_lost_something_is_not_written_over(
    bench: Bench, project: Project, path: Path
) -> None:
    foreign(path, "svg:multiply")
    project.open(path)
    assert "work.ora: Layers with other blend modes are shown as normal ones." in bench.said
    assert (project.path, project.name, project.is_modified) == (None, "Untitled", True)


def test_of_a_newer_project_the_layers_are_offered(
    bench: Bench, saved: Project, path: Path
) -> None:
    path.write_bytes(with_told(path.read_bytes(), version=9))
    saved.new()
    saved.open(path)
    (notice,) = bench.notices
    assert notice.action_text == "Open its layers"
    assert bench.session.document.extent is None
    assert notice.action
    notice.action()
    assert bench.session.document.picture == PICTURE
    assert saved.path is None


class SlowReads(InlineBackground):
    """Reads when it is told to."""

    def read(self, task: Any, done: Any, failed: Any) -> None:
        self.go = lambda: self.run(task, done, failed)


def test_work_that_goes_on_while_a_file_is_read_is_asked_for(
    bench: Bench, saved: Project, path: Path
) -> None:
    slow, asked = SlowReads(), list[Callable[[], object]]()
    project = Project(bench.session, slow)
    project.open(path, asked.append)
    bench.session.document.invert_mask()
    slow.go()
    assert project.path is None
    (show,) = asked
    show()
    assert project.path == path
    project.open(path, asked.append)
    slow.go()
    assert len(asked) == 1


def test_a_bad_file_leaves_everything_as_it_is(
    bench: Bench, saved: Project, path: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.ora"
    bad.write_bytes(rewritten(path.read_bytes(), "stack.xml", lambda _: b"<"))
    saved.open(bad)
    assert "bad.ora: Its list of layers is damaged" in bench.said
    assert (saved.path, saved.is_modified) == (path, False)
    assert bench.session.document.picture == PICTURE


def test_a_project_beyond_memory_is_told(
    bench: Bench, saved: Project, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("t2i_studio.studio.layer_edits.MAX_BYTES", 10)
    saved.open(path)
    assert "Memory does not hold" in bench.said
    assert len(bench.session.staging.candidates) == 1


@pytest.mark.parametrize("is_modified", [True, False])
def test_the_next_start_knows_the_project(
    bench: Bench, saved: Project, path: Path, *, is_modified: bool
) -> None:
    if is_modified:
        bench.session.document.invert_mask()
    kept = json.loads(json.dumps(saved.to_json()))
    again = Project(bench.session, InlineBackground())
    assert again.restore(kept) == []
    assert (again.path, again.is_modified) == (path, is_modified)


@pytest.mark.parametrize("data", [{}, {"path": 3}, {"path": ""}, {"path": "a\0b"}])
def test_without_a_path_there_is_no_project(project: Project, data: dict[str, object]) -> None:
    project.restore(data)
    assert project.path is None
