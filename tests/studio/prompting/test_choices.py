import random
from collections import Counter
from collections.abc import Sequence
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from t2i_studio.core.errors import UserError
from t2i_studio.core.text import MAX_PROMPT
from t2i_studio.studio.prompting.choices import Draw


class Shelf(dict[str, Sequence[str]]):
    """Wildcards without files."""

    def lines(self, name: str) -> Sequence[str]:
        return self[name]


SHELF = Shelf(
    colour=["red", "green", "blue"],
    thing=["__colour__ cube", "{big|small} ball"],
    one=["only"],
)  # fmt: skip


def drawn(text: str, seed: int = 0) -> str:
    return Draw(seed, SHELF).text(text)


def all_drawn(text: str, count: int = 200) -> set[str]:
    return {drawn(text, seed) for seed in range(count)}


@pytest.mark.parametrize(
    ("text", "possible"),
    [
        pytest.param("a {red|blue} cube", {"a red cube", "a blue cube"}, id="a choice"),
        pytest.param("{a|{b|c}}", {"a", "b", "c"}, id="nested"),
        pytest.param("{a|}b", {"ab", "b"}, id="or nothing"),
        pytest.param("{1$$a|b}", {"a", "b"}, id="one of them"),
        pytest.param("{2$$a|b}", {"a, b", "b, a"}, id="both"),
        pytest.param("{5$$a|b}", {"a, b", "b, a"}, id="no more than there are"),
        pytest.param("{0$$a|b}", {""}, id="none"),
        pytest.param("{1-2$$a|b}", {"a", "b", "a, b", "b, a"}, id="one or two"),
        pytest.param("{2$$ and $$a|b}", {"a and b", "b and a"}, id="another word between"),
        pytest.param("{2$$ a |}", {"a"}, id="nothing is not joined"),
        pytest.param("{1$$a}", {"a"}, id="one of one"),
        pytest.param("{0::a|b}", {"b"}, id="never"),
        pytest.param("{0::a|0::b}", {"a", "b"}, id="shares of nothing are none"),
        pytest.param("{2$$0::a|b}", {"b, a"}, id="shares of several"),
        pytest.param("__colour__", {"red", "green", "blue"}, id="a wildcard"),
        pytest.param("__thing__", {"red cube", "green cube", "blue cube", "big ball",
                                   "small ball"}, id="wildcards in wildcards"),
        pytest.param("{__one__|b}", {"only", "b"}, id="a wildcard in a choice"),
        pytest.param("{a}", {"{a}"}, id="braces with nothing to choose"),
        pytest.param("a | b", {"a | b"}, id="a bar alone"),
        pytest.param("{a|b", {"{a|b"}, id="never closed"),
        pytest.param("a|b}", {"a|b}"}, id="never opened"),
        pytest.param("{{a|b}", {"{a", "{b"}, id="opened twice"),
        pytest.param(r"\{a|b\}", {"{a|b}"}, id="escaped"),
        pytest.param(r"{a\|b|c}", {"a|b", "c"}, id="an escaped bar"),
        pytest.param(r"\__colour__ x", {"__colour__ x"}, id="an escaped wildcard"),
        pytest.param(r"\(a\) \\{a|b}", {r"\(a\) \\a", r"\(a\) \\b"}, id="other escapes stay"),
        pytest.param("snake_case __ x__", {"snake_case __ x__"}, id="no wildcard"),
        pytest.param("{a\n|b}", {"a\n", "b"}, id="over lines"),
        pytest.param("{2::{a|b}|c}", {"a", "b", "c"}, id="a share of a choice"),
    ],
)  # fmt: skip
def test_what_can_be_drawn(text: str, possible: set[str]) -> None:
    assert all_drawn(text) == possible


def test_the_choice_is_that_of_the_seed() -> None:
    assert drawn("{a|b|c|d}", 7) == drawn("{a|b|c|d}", 7)
    assert drawn("{a|b|c|d}", 7) == "abcd"[random.Random(7).sample(range(4), 1)[0]]


def test_shares_say_how_often() -> None:
    counted = Counter(drawn("{3::a|b}", seed) for seed in range(2000))

    assert counted["a"] / counted["b"] == pytest.approx(3, rel=0.2)


def test_several_are_distinct() -> None:
    for seed in range(50):
        texts = drawn("{3$$a|b|c|d|e}", seed).split(", ")
        assert len(set(texts)) == 3


@pytest.mark.parametrize(("text", "draws"), [("a cube", 0), ("{a|b} __one__", 2), ("{a}", 0)])
def test_draws_are_counted(text: str, draws: int) -> None:
    draw = Draw(0, SHELF)
    draw.text(text)

    assert draw.draws == draws


@given(st.text("{}|$:\\_ab0123 \n", max_size=60), st.integers(0, 2**63 - 1))
def test_any_text_is_drawn_and_the_same_again(text: str, seed: int) -> None:
    shelf = Shelf({name: ["x"] for name in ("a", "b", "0", "ab", "a b")})

    class Any(Shelf):
        def lines(self, name: str) -> Sequence[str]:
            return ["x"]

    assert Draw(seed, Any(shelf)).text(text) == Draw(seed, Any(shelf)).text(text)


@given(st.text(st.characters(exclude_characters="{}|_\\", exclude_categories=["Cs"])))
def test_a_text_without_signs_stays(text: str) -> None:
    assert drawn(text) == text


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("{1$$" * 60 + "}" * 60, "40 deep", id="deep"),
        pytest.param("{9999$$" + "a|" * 9_000 + "}", None, id="many options"),
        pytest.param("__long__" * 5, f"{MAX_PROMPT:,} characters", id="long"),
        pytest.param("__bomb__", "10000 choices", id="a bomb"),
    ],
)
def test_texts_that_would_never_end_are_refused(text: str, problem: str | None) -> None:
    bombs = {f"bomb{n}": [f"__bomb{n + 1}__" * 10] for n in range(9)} | {"bomb9": [""]}
    shelf = Shelf(long=["x" * 5_000], bomb=["__bomb0__"], **bombs)
    start = perf_counter()

    def draw() -> None:
        for seed in range(5 if problem is None else 1000):
            Draw(seed, shelf).text(text)

    if problem is None:
        draw()
    else:
        with pytest.raises(UserError, match=problem):
            draw()
    assert perf_counter() - start < 2.0
