"""What people set once for all their work."""

import json
from pathlib import Path

import pytest

from t2i_studio.studio.autosave import STATE
from t2i_studio.studio.preferences import KEY, RECENT, Preferences, stored


def test_they_survive_a_round_trip_through_json() -> None:
    mine = Preferences(theme="Light", scale=150, language="de", keys={"edit.undo": ["F2"]})
    mine.remember_command("edit.undo")
    other = Preferences()
    assert other.restore(json.loads(json.dumps(mine.to_json()))) == []
    assert other == mine


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("theme", "Pink"),
        ("scale", 10),
        ("scale", 900),
        ("scale", "large"),
        ("text_size", 400),
        ("language", "../../etc"),
        ("keys", []),
        ("recent_commands", 3),
    ],
)
def test_a_bad_value_costs_only_itself(field: str, value: object) -> None:
    mine = Preferences()
    assert mine.restore({field: value, "theme": "Dark"} | {field: value}) == [field]
    assert getattr(mine, field) == getattr(Preferences(), field)


@pytest.mark.parametrize("code", ["", "de", "zh_CN", "pt_BR"])
def test_languages_are_codes(code: str) -> None:
    assert Preferences().restore({"language": code}) == []


def test_the_command_used_last_comes_first_once() -> None:
    mine = Preferences()
    for name in ("a", "b", "a"):
        mine.remember_command(name)
    assert mine.recent_commands == ("a", "b")
    for number in range(2 * RECENT):
        mine.remember_command(str(number))
    assert len(mine.recent_commands) == RECENT


def test_changes_are_told() -> None:
    mine, told = Preferences(), []
    mine.events.theme.connect(lambda new: told.append(new))
    mine.theme = "Dark"
    assert told == ["Dark"]


def keep(folder: Path, content: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / STATE).write_text(content)


def test_they_can_be_read_before_there_is_a_session(tmp_path: Path) -> None:
    keep(tmp_path, json.dumps({"window": {KEY: {"scale": 150, "theme": "Pink"}}}))
    assert stored(tmp_path) == Preferences(scale=150)


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"window": 3}', '{"window": {"preferences": 3}}', "null", "[" * 100_000],
)
def test_what_cannot_be_read_is_as_if_nothing_was_set(tmp_path: Path, content: str) -> None:
    keep(tmp_path, content)
    assert stored(tmp_path) == Preferences()
    assert stored(tmp_path / "nowhere") == Preferences()
