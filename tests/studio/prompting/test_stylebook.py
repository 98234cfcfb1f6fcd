import json
from pathlib import Path

import pytest

from t2i_studio.core.errors import UserError
from t2i_studio.studio.prompting.style_files import StyleFile
from t2i_studio.studio.prompting.stylebook import StyleBook
from t2i_studio.studio.prompting.styles import PROMPT, Style

MINE = Style(name="Mine", prompt="{prompt}, mine")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "styles.json"


@pytest.fixture
def book(path: Path) -> StyleBook:
    return StyleBook(path)


def test_the_styles_of_the_program_say_where_the_words_go(book: StyleBook) -> None:
    assert len(book.styles) > 10
    assert all(PROMPT in style.prompt for style in book.styles)
    assert book.own == ()


def test_a_style_is_kept_for_the_next_start(book: StyleBook, path: Path) -> None:
    heard: list[bool] = []
    book.changed.connect(lambda: heard.append(True))
    book.add(MINE)

    assert heard == [True]
    assert StyleBook(path).own == (MINE,)
    assert book.styles[-1] == book.find("mine") == MINE
    assert book.is_own("MINE")


def test_a_new_style_of_a_name_that_is_taken_gets_another(book: StyleBook) -> None:
    assert book.add(Style(name="night")).name == "night (2)"
    assert book.add(Style(name="Night")).name == "Night (3)"


def test_one_of_the_program_can_be_changed_and_comes_back(book: StyleBook) -> None:
    before = book.find("Night")
    mine = Style(name="Night", prompt="dark {prompt}")
    book.change("Night", mine)
    assert book.find("Night") == mine
    assert book.is_built_in("night")
    assert not book.is_built_in("Mine")
    assert [style.name for style in book.styles].count("Night") == 1
    book.remove("Night")
    assert book.find("Night") == before


def test_a_style_can_be_changed_and_renamed(book: StyleBook) -> None:
    book.add(MINE)
    renamed = Style(name="Ours", prompt="x")
    book.change("mine", renamed)

    assert book.own == (renamed,)


def test_a_style_cannot_take_the_name_of_another(book: StyleBook) -> None:
    book.add(MINE)

    with pytest.raises(UserError, match="is a style Night already"):
        book.change("Mine", Style(name="Night"))
    assert book.own == (MINE,)


def test_an_import_keeps_what_is_there(book: StyleBook) -> None:
    book.add(MINE)
    night = book.find("Night")
    other = Style(name="Mine", prompt="another")
    new = Style(name="New")

    found = book.take(StyleFile((MINE, other, night, new, new)))

    assert [style.name for style in book.own] == ["Mine", "Mine (2)", "New"]
    assert book.own[0] == MINE
    assert found.summary == "Imported: 2 styles, 1 of them renamed, 3 known already."


def test_an_import_tells_what_it_left_out(book: StyleBook) -> None:
    found = StyleFile((Style(name="One"),), ("Style 2: No.", "Style 3: No."))

    assert book.take(found).summary == "Imported: 1 style, 2 left out. Style 2: No."
    heard: list[bool] = []
    book.changed.connect(lambda: heard.append(True))
    assert book.take(found).summary.startswith("Imported: 0 styles, 1 known already")
    assert heard == []


def test_a_damaged_file_is_set_aside(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("{")
    book = StyleBook(path)

    assert book.own == ()
    assert "no JSON with styles. It is kept as styles.json.damaged-" in book.problem
    [kept] = path.parent.glob("styles.json.damaged-*")
    assert kept.read_text() == "{"
    assert StyleBook(path).problem == ""


def test_of_a_file_with_damage_the_rest_is_taken(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(json.dumps([MINE.model_dump(), 5]))
    book = StyleBook(path)

    assert book.own == (MINE,)
    assert "Style 2: This is no style. It is kept as" in book.problem
    again = StyleBook(path)
    assert (again.own, again.problem) == ((MINE,), "")


def test_a_damaged_file_that_cannot_be_set_aside(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError

    path.parent.mkdir()
    path.write_text("{")
    monkeypatch.setattr(Path, "rename", refuse)

    assert "could not be set aside" in StyleBook(path).problem
