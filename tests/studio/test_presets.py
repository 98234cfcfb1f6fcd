import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from t2i_studio.studio import presets
from t2i_studio.studio.presets import DiffPreset, diff_presets, words
from t2i_studio.training.scenes import grammar, vocabulary

SHIPPED = diff_presets()
GROUPS = ["Season", "Time of day", "Age", "Material", "Style", "Colour", "Mood", "Scenes"]


def known_words() -> set[str]:
    """Return every word in which the embedded model's captions are written."""
    phrases = [word for noun in vocabulary.NOUNS.values() for word in noun.words]
    for place in vocabulary.PLACES.values():
        phrases += [*place.around, *place.alone]
    tables = (vocabulary.PRIMITIVES, vocabulary.ARTS, vocabulary.EFFECTS, vocabulary.SIZES)
    for table in tables:
        phrases += [phrase for several in table.values() for phrase in several]
    phrases += [*vocabulary.COLOURS, *vocabulary.PLAIN, "on a background"]
    phrases += [frame for frame, _ in grammar._FRAMES]
    return set(" ".join(phrases).split())


def own(folder: Path, text: str) -> Path:
    path = folder / "diffs.toml"
    path.write_text(text, "utf-8")
    return path


def test_words_are_many_short_lower_case_and_different() -> None:
    found = words()
    assert 550 <= len(found) == len(set(found))
    assert [word for word in found if not re.fullmatch(r"[a-z0-9]+([ -][a-z]+)?", word)] == []


def test_words_name_what_the_embedded_model_paints() -> None:
    found = set(words())
    nouns = {
        word for noun in vocabulary.NOUNS.values() for word in noun.words if " of " not in word
    }
    assert found >= nouns | set(vocabulary.PRIMITIVES) | set(vocabulary.COLOURS)
    assert found >= {"winter", "autumn", "spring", "beach", "desert", "watercolour"}


def test_shipped_presets_are_all_usable_and_in_their_groups() -> None:
    assert list(SHIPPED.groups) == GROUPS
    assert SHIPPED.problems == ()
    assert all(len(group) >= 5 for group in SHIPPED.groups.values())


@pytest.mark.parametrize("preset", SHIPPED.groups["Scenes"], ids=lambda preset: preset.name)
def test_the_embedded_model_knows_the_words_of_its_presets(preset: DiffPreset) -> None:
    assert set(f"{preset.before} {preset.after}".split()) <= known_words()


def test_own_presets_come_after_ours_or_take_their_place(tmp_path: Path) -> None:
    path = own(
        tmp_path,
        '[Mine]\n"A" = { from = "", to = "a cat" }\n'
        '[Scenes]\n"Red to blue" = { from = "red", to = "green" }\n"B" = { from = "x", to = "y" }',
    )
    found = diff_presets(path)
    assert found.problems == ()
    assert list(found.groups) == [*GROUPS, "Mine"]
    assert found.groups["Mine"] == (DiffPreset("A", "", "a cat"),)
    assert found.groups["Scenes"][-1].name == "B"
    assert DiffPreset("Red to blue", "red", "green") in found.groups["Scenes"]
    assert len(found.groups["Scenes"]) == len(SHIPPED.groups["Scenes"]) + 1


def test_no_own_file_is_no_problem(tmp_path: Path) -> None:
    assert diff_presets(tmp_path / "none.toml") == SHIPPED


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[Mine", "The file cannot be used"),
        ("Mine = 3", "Mine: This is not a group"),
        ("[Mine]\nA = 3", 'Mine / A: A text diff has "from" and "to"'),
        ('[Mine]\nA = { from = "x" }', 'has "from" and "to"'),
        ('[Mine]\nA = { from = "x", to = 3 }', "after: Input should be a valid string"),
        ('[Mine]\nA = { from = "x", to = "x" }', "nothing changes"),
        ('[Mine]\nA = { from = "x", to = " " }', "needs a text to go to"),
    ],
)
def test_what_is_damaged_is_left_out_and_said(tmp_path: Path, text: str, problem: str) -> None:
    found = diff_presets(own(tmp_path, f'{text}\n[Good]\nB = {{ from = "x", to = "y" }}'))
    assert len(found.problems) == 1
    assert problem in found.problems[0]
    assert ("Good" in found.groups) == ("cannot be used" not in problem)
    assert dict(list(found.groups.items())[:8]) == SHIPPED.groups


def test_folders_and_large_files_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(diff_presets(tmp_path).problems) == 1
    path = own(tmp_path, "# " + "x" * 20_000)
    monkeypatch.setattr(presets, "MAX_BYTES", 15_000)
    assert "larger than 14 KiB" in diff_presets(path).problems[0]


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_no_file_breaks_the_presets(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "diffs.toml"
    path.write_bytes(content)
    assert list(diff_presets(path).groups)[:8] == GROUPS
