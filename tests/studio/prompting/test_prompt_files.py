from pathlib import Path

import pytest

from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.studio.prompting.prompt_files import read_prompts


def put(folder: Path, content: str | bytes) -> Path:
    path = folder / "prompts.txt"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_lines_without_comments_and_empty_ones(tmp_path: Path) -> None:
    path = put(tmp_path, "\ufeff# mine\r\na red cube\r\n\r\n  a {blue|green} ball  \n#no\n猫 🦊")

    assert read_prompts(path) == ("a red cube", "a {blue|green} ball", "猫 🦊")


def test_as_many_as_are_possible(tmp_path: Path) -> None:
    assert len(read_prompts(put(tmp_path, "x\n" * 1000))) == 1000


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "There is no prompt in it"),
        ("# a\n\n", "There is no prompt in it"),
        ("x\n" * 1001, "It has 1,001 prompts; 1,000 are possible"),
        ("a\nb\0", "Prompt 2: The prompt contains a NUL"),
        ("a" * 20_001, "Prompt 1: The prompt has 20,001 characters"),
        (b"\xff\xfea", "not text in UTF-8. Save it as UTF-8."),
        (b"x" * (5 * 2**20 + 1), "larger than 5 MiB"),
    ],
    ids=range(7),
)
def test_bad_files_are_one_line(tmp_path: Path, content: str | bytes, problem: str) -> None:
    path = put(tmp_path, content)

    with pytest.raises(UserError) as caught:
        read_prompts(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert problem in str(caught.value)
    assert "\n" not in str(caught.value)


def test_files_that_are_none(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", put(tmp_path, "x") / "below", Path("a\0b")):
        with pytest.raises(UserError, match="no such file"):
            read_prompts(path)
    with pytest.raises(MachineError, match="Cannot be read"):
        read_prompts(tmp_path)
