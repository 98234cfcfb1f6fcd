import sys
from pathlib import Path

import pytest

from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.studio.prompting import wildcards as module
from t2i_studio.studio.prompting.text_files import MAX_BYTES
from t2i_studio.studio.prompting.wildcards import Wildcards


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "wildcards"


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_lines_without_comments_and_empty_ones(folder: Path) -> None:
    put(folder, "animals.txt", "\ufeff# mammals\r\ncat\r\n\r\n  dog  \n #fish\n{a|b} owl\n")

    assert Wildcards(folder).lines("animals") == ("cat", "dog", "{a|b} owl")


def test_names_go_with_folders_and_without_case(folder: Path) -> None:
    put(folder, "Animals/wild cats.txt", "lion")
    put(folder, "colour.TXT", "red")
    put(folder, "notes.md", "no")
    put(folder, "a(b).txt", "no name of a wildcard")
    wildcards = Wildcards(folder)

    assert wildcards.names() == ("Animals/wild cats", "colour")
    assert wildcards.lines("animals/Wild cats") == ("lion",)
    assert wildcards.knows("COLOUR")
    assert not wildcards.knows("notes")


def test_of_names_that_differ_in_case_only_the_first_counts(folder: Path) -> None:
    put(folder, "a.txt", "lower")
    put(folder, "A.txt", "upper")
    if len(list(folder.iterdir())) == 1:
        pytest.skip("a file system without case")

    assert Wildcards(folder).lines("a") == ("upper",)


def test_a_file_that_changes_is_read_again(folder: Path) -> None:
    path = put(folder, "a.txt", "one")
    wildcards = Wildcards(folder)
    assert wildcards.lines("a") == ("one",)
    path.write_text("two\nthree")

    assert wildcards.lines("a") == ("two", "three")


def test_a_file_that_comes_later_is_found(folder: Path) -> None:
    wildcards = Wildcards(folder)
    assert wildcards.names() == ()
    put(folder, "a.txt", "one")
    assert not wildcards.knows("a")
    wildcards.refresh()

    assert wildcards.lines("a") == ("one",)


def test_a_file_that_goes_is_missed(folder: Path) -> None:
    path = put(folder, "a.txt", "one")
    wildcards = Wildcards(folder)
    wildcards.lines("a")
    path.unlink()

    with pytest.raises(UserError, match="no wildcard a"):
        wildcards.lines("a")


def test_a_missing_one_names_the_closest(folder: Path) -> None:
    put(folder, "animals.txt", "cat")
    put(folder, "animals/cats.txt", "tabby")

    with pytest.raises(UserError, match=r"no wildcard anmals\. Did you mean animals.*\?"):
        Wildcards(folder).lines("anmals")


def test_without_any_it_says_where_they_go(folder: Path) -> None:
    with pytest.raises(UserError) as caught:
        Wildcards(folder).lines("animals")

    assert str(caught.value) == f"There is no wildcard animals. Put animals.txt into {folder}."


@pytest.mark.parametrize(
    ("files", "cycle"),
    [
        pytest.param({"a": "x\nalso __a__"}, "a → a", id="itself"),
        pytest.param({"a": "__b__", "b": "{__c__|x}", "c": "__a__"}, "a → b → c → a", id="others"),
        pytest.param({"a": "__b__", "b": "__b__"}, "b → b", id="one inside"),
    ],
)
def test_a_file_that_includes_itself_names_the_way(
    folder: Path, files: dict[str, str], cycle: str
) -> None:
    for name, content in files.items():
        put(folder, f"{name}.txt", content)

    with pytest.raises(UserError, match=f"includes itself: {cycle}"):
        Wildcards(folder).lines("a")


def test_what_is_used_twice_is_no_cycle(folder: Path) -> None:
    put(folder, "a.txt", "__b__ __c__ __b__")
    put(folder, "b.txt", "__c__")
    put(folder, "c.txt", r"\__a__")

    assert Wildcards(folder).lines("a") == ("__b__ __c__ __b__",)


def test_a_cycle_that_comes_with_a_change_is_found(folder: Path) -> None:
    put(folder, "a.txt", "__b__")
    path = put(folder, "b.txt", "x")
    wildcards = Wildcards(folder)
    wildcards.lines("a")
    path.write_text("__a__ ")

    with pytest.raises(UserError, match="b → a → b"):
        wildcards.lines("b")


def test_a_chain_that_is_too_long_is_refused(folder: Path) -> None:
    for number in range(60):
        put(folder, f"a{number}.txt", f"__a{number + 1}__")

    with pytest.raises(UserError, match="more than 40 deep"):
        Wildcards(folder).lines("a0")


def test_one_that_is_missing_inside_another_is_told_before_it_is_drawn(folder: Path) -> None:
    put(folder, "a.txt", "fine\nfine\n__nothing__")

    with pytest.raises(UserError, match="no wildcard nothing"):
        Wildcards(folder).lines("a")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param(b"\xff\xfea\0", "not text in UTF-8", id="UTF-16"),
        pytest.param(b"", "no lines", id="empty"),
        pytest.param(b"# only\n\n", "no lines", id="only comments"),
        pytest.param(b"x" * (MAX_BYTES + 1), "larger than 5 MiB", id="large"),
    ],
)
def test_bad_files(folder: Path, content: bytes, problem: str) -> None:
    put(folder, "bad.txt", content)

    with pytest.raises(UserError, match=f"bad.txt: .*{problem}"):
        Wildcards(folder).lines("bad")


def test_a_folder_that_looks_like_a_file_cannot_be_read(folder: Path) -> None:
    path = put(folder, "a.txt", "x")
    wildcards = Wildcards(folder)
    wildcards.names()
    path.unlink()
    path.mkdir()

    with pytest.raises(MachineError, match="Cannot be read"):
        wildcards.lines("a")


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_nothing_outside_the_folder_is_read(folder: Path, tmp_path: Path) -> None:
    secret = put(tmp_path, "secret.txt", "secret")
    put(folder, "a.txt", "x")
    (folder / "link.txt").symlink_to(secret)
    (folder / "up").symlink_to(tmp_path)
    (folder / "near.txt").symlink_to(folder / "a.txt")
    wildcards = Wildcards(folder)

    assert wildcards.names() == ("a", "near")
    for name in ("link", "up/secret", "../secret", str(secret.with_suffix(""))):
        with pytest.raises(UserError, match="no wildcard"):
            wildcards.lines(name)


def test_a_folder_of_very_many_files_is_read_in_part(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_FILES", 2)
    for name in "abc":
        put(folder, f"{name}.txt", "x")

    assert Wildcards(folder).names() == ("a", "b")
