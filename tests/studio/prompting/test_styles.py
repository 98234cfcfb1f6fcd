import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from t2i_studio.core.errors import UserError
from t2i_studio.studio.prompting.styles import (
    Style,
    filled,
    find,
    split_style,
    take_tags,
    unlike,
    with_style,
)

NIGHT = Style(name="Night", prompt="{prompt} at night")
STYLES = (NIGHT, Style(name="Bright day", prompt="sunny"))


@pytest.mark.parametrize(
    ("template", "text", "whole"),
    [
        pytest.param("{prompt} at night", "a fox", "a fox at night", id="in its place"),
        pytest.param("{prompt}, {prompt}!", "a", "a, a!", id="in both places"),
        pytest.param("at night", "a fox", "a fox, at night", id="behind, without a place"),
        pytest.param("at night", " ", "at night", id="alone"),
        pytest.param("{prompt}, at night", "", "at night", id="no words for the place"),
        pytest.param("", "a fox", "a fox", id="an empty template"),
        pytest.param("", "", "", id="nothing"),
    ],
)
def test_words_in_a_template(template: str, text: str, whole: str) -> None:
    assert filled(template, text) == whole


@pytest.mark.parametrize(
    ("text", "rest", "names"),
    [
        pytest.param("a fox", "a fox", (), id="none"),
        pytest.param("a fox, ", "a fox, ", (), id="nothing is trimmed without one"),
        pytest.param("a fox <style:Night>", "a fox", ("Night",), id="at the end"),
        pytest.param("<style:Night>, a fox", "a fox", ("Night",), id="at the start"),
        pytest.param("a <style:A>fox <STYLE:b c>!", "afox!", ("A", "b c"), id="within"),
        pytest.param(r"a \<style:A> fox", "a <style:A> fox", (), id="escaped"),
        pytest.param("a <style:> fox", "a <style:> fox", (), id="without a name"),
    ],
)
def test_styles_in_a_text(text: str, rest: str, names: tuple[str, ...]) -> None:
    assert take_tags(text) == (rest, names)


def test_a_style_is_found_without_its_case_and_spaces() -> None:
    assert find(STYLES, " bright  DAY") == STYLES[1]


def test_a_style_that_is_missing_names_the_closest() -> None:
    with pytest.raises(UserError, match=r"no style Nihgt\. Did you mean Night\?"):
        find(STYLES, "Nihgt")
    with pytest.raises(UserError, match=r"no style zzz\. Choose another one\."):
        find(STYLES, "zzz")


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"name": ""}, "1 to 100 characters"),
        ({"name": "x" * 101}, "1 to 100 characters"),
        ({"name": "a>b"}, "none of them is < or >"),
        ({"name": "a", "prompt": "{prompt} <style:Night>"}, "cannot use another style"),
        ({"name": "a", "prompt": "\0"}, "NUL"),
    ],
)
def test_what_no_style_can_be(fields: dict[str, str], problem: str) -> None:
    with pytest.raises(ValidationError, match=problem):
        Style.model_validate(fields)


def test_a_name_is_one_line() -> None:
    assert Style(name=" a \n b ").name == "a b"


@pytest.mark.parametrize("text", ["a fox", "", "a\n# a comment", "# only", "a <style:A>"])
@pytest.mark.parametrize("name", ["Night", ""])
def test_the_chosen_style_comes_back(text: str, name: str) -> None:
    if name or not text.endswith(">"):
        assert split_style(with_style(text, name)) == (text, name)


def test_a_style_is_not_lost_behind_a_comment() -> None:
    assert with_style("a\n# b", "Night") == "a\n# b\n<style:Night>"


@given(st.lists(st.sampled_from(["a", "A", "b", "a (2)"])), st.sampled_from(["a", "B"]))
def test_a_name_that_is_taken_gets_a_number(names: list[str], name: str) -> None:
    new = unlike(names, name)

    assert new.casefold() not in {each.casefold() for each in names}
    assert new.startswith(name)


def test_a_long_name_keeps_its_length() -> None:
    assert unlike(["x" * 100], "x" * 100) == "x" * 96 + " (2)"
