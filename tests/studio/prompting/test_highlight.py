from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from t2i_studio.studio.prompting.highlight import Kind, marks


def shown(text: str) -> list[tuple[str, str]]:
    found = marks(text, lambda name: name != "none", lambda name: name != "None")
    return [(text[mark.start : mark.end], mark.kind.value) for mark in found]


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        pytest.param("a cube", [], id="nothing"),
        pytest.param("a (red:1.2) [x]",
                     [("(", "weight"), (":1.2)", "weight"), ("[", "weight"), ("]", "weight")],
                     id="weights"),
        pytest.param(r"\(a\) (b [c) d", [("(", "weight"), (")", "weight")], id="half of them"),
        pytest.param("a) b]", [], id="never opened"),
        pytest.param("{a|{2$$b|3::c}}",
                     [("{", "choice"), ("|", "choice"), ("{2$$", "choice"), ("|3::", "choice"),
                      ("}", "choice"), ("}", "choice")], id="choices"),
        pytest.param("{2::a|b} {x} |", [("{2::", "choice"), ("|", "choice"), ("}", "choice")],
                     id="no choices"),
        pytest.param("{a {b} | c}", [("{", "choice"), ("|", "choice"), ("}", "choice")],
                     id="text in a choice"),
        pytest.param(r"\{a|b\}", [], id="escaped"),
        pytest.param("__cats__ __none__ \\__x__", [("__cats__", "wildcard"),
                     ("__none__", "unknown")], id="wildcards"),
        pytest.param("<style:A b> <style:None>", [("<style:A b>", "style"),
                     ("<style:None>", "unknown")], id="styles"),
        pytest.param("# (a) {b|c}\n (d)", [("# (a) {b|c}", "comment"), ("(", "weight"),
                     (")", "weight")], id="comments hold nothing"),
    ],
)  # fmt: skip
def test_the_signs(text: str, signs: list[tuple[str, str]]) -> None:
    assert shown(text) == signs


@given(st.text("ab{}|$:()[]<>style_#\n\\.12 ", max_size=60))
def test_any_text_has_marks_inside_of_it_and_in_order(text: str) -> None:
    found = marks(text, lambda _: True, lambda _: False)

    assert all(0 <= mark.start < mark.end <= len(text) for mark in found)
    assert [mark.start for mark in found] == sorted(mark.start for mark in found)
    assert all(isinstance(mark.kind, Kind) for mark in found)


@pytest.mark.parametrize("part", ["(", "{", "[(", "#a\n(", "{a|", "__a__", "<style:a>"])
def test_long_prompts_take_no_long_time(part: str) -> None:
    text = part * (20_000 // len(part))
    start = perf_counter()

    marks(text + ")" * 5_000, lambda _: True, lambda _: True)

    assert perf_counter() - start < 1.0
