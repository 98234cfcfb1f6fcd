import pytest
from hypothesis import given
from hypothesis import strategies as st

from t2i_studio.studio.prompting.completion import (
    completed,
    everything_at,
    matching,
    offered,
    place_at,
)
from t2i_studio.studio.prompting.highlight import Kind

WILDCARDS = ("animals", "animals/cats", "colours", "wild animals")
STYLES = ("Night", "Bright night", "Autumn")


def at(marked: str) -> tuple[str, int]:
    return marked.replace("¦", ""), marked.index("¦")


@pytest.mark.parametrize(
    ("marked", "kind", "typed"),
    [
        pytest.param("a __¦", Kind.wildcard, "", id="underscores"),
        pytest.param("a __ani¦ b", Kind.wildcard, "ani", id="a part"),
        pytest.param("__animals/ca¦", Kind.wildcard, "animals/ca", id="in a folder"),
        pytest.param("__wild an¦", Kind.wildcard, "wild an", id="with a space"),
        pytest.param("__a__ and __c¦", Kind.wildcard, "c", id="the second"),
        pytest.param("__a____c¦", Kind.wildcard, "c", id="right behind another"),
        pytest.param("a <¦", Kind.style, "", id="less"),
        pytest.param("a <sty¦", Kind.style, "", id="a part of the word"),
        pytest.param("a <style:¦", Kind.style, "", id="the colon"),
        pytest.param("a <STYLE:bright n¦", Kind.style, "bright n", id="a part of a name"),
    ],
)
def test_what_is_being_written(marked: str, kind: Kind, typed: str) -> None:
    place = place_at(*at(marked))

    assert place is not None
    assert (place.kind, place.typed) == (kind, typed)


@pytest.mark.parametrize(
    "marked",
    ["¦", "a cube¦", "__animals__¦", "a_b¦", r"\__a¦", "__a, b¦", "<style:Night>¦", "a < b¦",
     "<styles¦", r"\<style:N¦", "__a__b¦"],
)  # fmt: skip
def test_where_nothing_is_offered(marked: str) -> None:
    assert place_at(*at(marked)) is None


@pytest.mark.parametrize(
    ("marked", "chosen", "after"),
    [
        ("a __ani¦ b", "__animals__", "a __animals__¦ b"),
        ("a __ani¦mals__ b", "__colours__", "a __colours__¦ b"),
        ("a <st¦ b", "<style:Night>", "a <style:Night>¦ b"),
        ("a <style:N¦ight> b", "<style:Autumn>", "a <style:Autumn>¦ b"),
        ("{<style:N¦|x}", "<style:Night>", "{<style:Night>¦|x}"),
        ("__c¦ or __d__", "__colours__", "__colours__¦ or __d__"),
    ],
)
def test_what_is_chosen_takes_the_place_of_what_was_typed(
    marked: str, chosen: str, after: str
) -> None:
    text, caret = at(marked)
    place = place_at(text, caret)
    assert place is not None

    changed, end = completed(text, place, chosen)

    assert f"{changed[:end]}¦{changed[end:]}" == after


def test_names_that_begin_so_come_first() -> None:
    assert matching(STYLES, "NIGHT") == ["Night", "Bright night"]
    assert matching(WILDCARDS, "ani") == ["animals", "animals/cats", "wild animals"]
    assert len(matching([str(number) for number in range(1000)], "")) == 50


def test_what_is_offered_is_written_as_it_will_stand() -> None:
    wildcard, style = place_at("__c", 3), place_at("<style:n", 8)
    assert wildcard is not None
    assert style is not None

    assert offered(wildcard, WILDCARDS, STYLES) == ["__colours__", "__animals/cats__"]
    assert offered(style, WILDCARDS, STYLES) == [
        "<style:Night>", "<style:Bright night>", "<style:Autumn>"
    ]  # fmt: skip
    assert len(offered(everything_at(3), WILDCARDS, STYLES)) == 7


@given(st.text("ab_ <>style:\\/\n", max_size=40), st.integers(0, 40))
def test_any_text_can_be_completed(text: str, caret: int) -> None:
    caret = min(caret, len(text))
    place = place_at(text, caret)
    if place is not None:
        assert 0 <= place.start <= caret <= place.end <= len(text)
        assert completed(text, place, "x")[1] == place.start + 1
