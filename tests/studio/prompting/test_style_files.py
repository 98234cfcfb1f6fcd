import json
from pathlib import Path

import pytest

from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.studio.prompting import style_files as module
from t2i_studio.studio.prompting.style_files import StyleFile, read_styles, write_styles
from t2i_studio.studio.prompting.styles import Style
from t2i_studio.studio.prompting.text_files import MAX_BYTES

STYLES = (
    Style(name="Night", prompt="{prompt} at night", negative_prompt="day, \"sun\""),
    Style(name="Ünder\twater", prompt="a\nb"),
)  # fmt: skip


def put(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("name", ["styles.json", "styles.csv", "styles.CSV"])
def test_styles_come_back(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    write_styles(path, STYLES)

    assert read_styles(path) == StyleFile(STYLES)


def test_a_table_of_the_web_ui(tmp_path: Path) -> None:
    text = '\ufeffname,prompt,negative_prompt\r\nNight,"{prompt}, dark",\r\nOld,only words\r\n'
    path = put(tmp_path / "styles.csv", text)

    assert read_styles(path).styles == (
        Style(name="Night", prompt="{prompt}, dark"),
        Style(name="Old", prompt="only words"),
    )


def test_a_table_with_the_first_names_of_its_columns(tmp_path: Path) -> None:
    path = put(tmp_path / "styles.csv", "name,text,negative_text,more\nNight,dark,day,x,y,z\n")

    assert read_styles(path).styles == (Style(name="Night", prompt="dark", negative_prompt="day"),)


def test_a_list_of_another_program(tmp_path: Path) -> None:
    listed = [{"name": "Night", "prompt": "dark", "negative_prompt": None, "image": "x.png"}]
    path = put(tmp_path / "a.json", json.dumps(listed))

    assert read_styles(path).styles == (Style(name="Night", prompt="dark"),)


def test_bad_styles_are_left_out_and_told(tmp_path: Path) -> None:
    listed = [1, {"name": "<x>"}, {"name": "a", "prompt": 5}, {"prompt": "b"}, {"name": "good"}]
    found = read_styles(put(tmp_path / "a.json", json.dumps(listed)))

    assert found.styles == (Style(name="good"),)
    assert [problem.partition(": ")[0] for problem in found.problems] == [
        "Style 1", "Style 2", "Style 3", "Style 4"
    ]  # fmt: skip
    assert "1 to 100 characters" in found.problems[1]


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.json", "", "no JSON with styles"),
        ("a.json", "{}", "no JSON with styles"),
        ("a.json", '{"version": 1, "styles": {}}', "no JSON with styles"),
        ("a.json", '{"version": 9, "styles": []}', "newer version. Update"),
        ("a.json", "[" * 100_000, "no JSON with styles"),
        ("a.json", b"\xff\xfe", "not text in UTF-8"),
        ("a.csv", "", "no table of styles. Its first line is: name,prompt,negative_prompt"),
        ("a.csv", "title,words\na,b\n", "no table of styles"),
        ("a.csv", "name,prompt\na," + "b" * 200_000 + "\n", "table is damaged"),
        ("a.json", "x" * (MAX_BYTES + 1), "larger than 5 MiB"),
    ],
    ids=range(10),
)
def test_what_is_no_file_of_styles(
    tmp_path: Path, name: str, content: str | bytes, problem: str
) -> None:
    path = put(tmp_path / name, content)

    with pytest.raises(UserError) as caught:
        read_styles(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert problem in str(caught.value)


def test_too_many_styles_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 1)
    path = tmp_path / "a.json"
    write_styles(path, STYLES)

    with pytest.raises(UserError, match="more than 1 styles"):
        read_styles(path)


def test_files_that_are_not_there_or_no_files(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no such file"):
        read_styles(tmp_path / "none.json")
    with pytest.raises(MachineError, match="Cannot be read"):
        read_styles(tmp_path)
