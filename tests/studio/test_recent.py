from pathlib import Path

import pytest

from t2i_studio.studio.recent import RecentFiles


@pytest.fixture
def recent() -> RecentFiles:
    return RecentFiles()


def test_the_last_one_comes_first_and_once(recent: RecentFiles) -> None:
    for name in ("a", "b", "a"):
        recent.add(Path("/") / name)

    assert recent.paths == (Path("/a"), Path("/b"))


def test_ten_are_remembered(recent: RecentFiles) -> None:
    for index in range(12):
        recent.add(Path(f"/{index}"))

    assert recent.paths == tuple(Path(f"/{index}") for index in range(11, 1, -1))


def test_changes_are_told(recent: RecentFiles) -> None:
    told: list[int] = []
    recent.changed.connect(lambda: told.append(len(recent.paths)))

    recent.add(Path("/a"))
    recent.add(Path("/a"))
    recent.remove(Path("/b"))
    recent.remove(Path("/a"))
    recent.add(Path("/c"))
    recent.clear()

    assert told == [1, 0, 1, 0]


def test_a_relative_path_is_kept_whole(
    recent: RecentFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    recent.add(Path("a.ora"))

    assert recent.paths == (tmp_path / "a.ora",)


def test_the_list_comes_back(recent: RecentFiles) -> None:
    recent.add(Path("/ä b.ora"))
    again = RecentFiles()

    assert again.restore(recent.to_json()) == []
    assert again.paths == recent.paths


@pytest.mark.parametrize("data", [{}, {"paths": 3}, {"paths": ["a.ora", 3, "/nul\0", None]}])
def test_what_is_no_list_of_paths_is_left_out(recent: RecentFiles, data: dict[str, object]) -> None:
    recent.restore(data)

    assert recent.paths == ()
