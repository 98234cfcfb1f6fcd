from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from t2i_studio.core.weights import LIMIT, has_weights, parse_weights, plain_text

PROMPTS = st.text("ab ()[]:\\.1-\n,", max_size=60)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        pytest.param("normal text", [("normal text", 1.0)], id="no weights"),
        pytest.param("an (important) word",
                     [("an ", 1.0), ("important", 1.1), (" word", 1.0)], id="round"),
        pytest.param("a [dull] word", [("a ", 1.0), ("dull", 1 / 1.1), (" word", 1.0)],
                     id="square"),
        pytest.param("((x))", [("x", 1.21)], id="twice"),
        pytest.param("[[x]]", [("x", 1 / 1.21)], id="twice less"),
        pytest.param("(x:1.3)", [("x", 1.3)], id="a number"),
        pytest.param("(x: +.5 )", [("x", 0.5)], id="spaces and a sign"),
        pytest.param("(x:-2)", [("x", -2.0)], id="negative"),
        pytest.param("(a (b:1.5) c:2)", [("a ", 2.0), ("b", 3.0), (" c", 2.0)], id="nested"),
        pytest.param("([x])", [("x", 1.0)], id="they take each other back"),
        pytest.param("(unbalanced", [("unbalanced", 1.1)], id="never closed"),
        pytest.param("a (b [c", [("a ", 1.0), ("b ", 1.1), ("c", 1.0)], id="both never closed"),
        pytest.param("closed) never] opened", [("closed) never] opened", 1.0)], id="never opened"),
        pytest.param("ratio:1.5) of", [("ratio:1.5) of", 1.0)], id="a number, never opened"),
        pytest.param("[x:1.3]", [("x:1.3", 1 / 1.1)], id="no number in square brackets"),
        pytest.param("(x:1.2.3)", [("x:1.2.3", 1.1)], id="no number"),
        pytest.param("(a:b:1.2)", [("a:b", 1.2)], id="a colon in the text"),
        pytest.param(r"\(literal\]", [("(literal]", 1.0)], id="escapes"),
        pytest.param(r"\\(x)", [("\\", 1.0), ("x", 1.1)], id="an escaped backslash"),
        pytest.param(r"(a\):1.4)", [("a)", 1.4)], id="an escape inside"),
        pytest.param(r"a\b", [("ab", 1.0)], id="a backslash alone goes"),
        pytest.param("(a [b) c]", [("a ", 1.1), ("b", 1.0), (" c", 1 / 1.1)], id="crossed"),
        pytest.param("(a)(b)", [("ab", 1.1)], id="neighbours of one weight"),
        pytest.param("()", [("", 1.0)], id="nothing inside"),
        pytest.param("", [("", 1.0)], id="nothing"),
        pytest.param("a\n(b:1.2),\nc", [("a\n", 1.0), ("b", 1.2), (",\nc", 1.0)], id="lines"),
    ],
)  # fmt: skip
def test_the_grammar(text: str, pieces: list[tuple[str, float]]) -> None:
    parsed = parse_weights(text)

    assert [piece for piece, _ in parsed] == [piece for piece, _ in pieces]
    assert [weight for _, weight in parsed] == pytest.approx([weight for _, weight in pieces])


def test_brackets_that_are_left_open_count_to_the_end() -> None:
    parsed = parse_weights("one ((fox:1.3) [near] a (hill:0.5), ((snow)).")

    assert [piece for piece, _ in parsed] == [
        "one ", "fox", " ", "near", " a ", "hill", ", ", "snow", "."
    ]  # fmt: skip
    assert [weight for _, weight in parsed] == pytest.approx(
        [1.0, 1.43, 1.1, 1.0, 1.1, 0.55, 1.1, 1.331, 1.1]
    )


@pytest.mark.parametrize("text", ["(" * 9_000 + "x", "[" * 9_000 + "x", f"(x:{'9' * 400})"])
def test_weights_beyond_all_numbers_are_limited(text: str) -> None:
    [(_, weight)] = parse_weights(text)

    assert 0.0 < abs(weight) <= LIMIT


@given(PROMPTS)
def test_any_text_is_parsed_and_nothing_but_signs_is_lost(text: str) -> None:
    kept = "".join(piece for piece, _ in parse_weights(text))

    signs = str.maketrans("", "", "()[]\\:.1-+ \n")
    assert kept.translate(signs) == text.translate(signs)


@given(PROMPTS)
def test_neighbours_differ_in_weight(text: str) -> None:
    weights = [weight for _, weight in parse_weights(text)]

    assert all(a != b for a, b in pairwise(weights))


@pytest.mark.parametrize("part", ["(", "(a", "[(a", "(a:1.1)", ": ", ":1", "\\"])
def test_hostile_prompts_take_no_long_time(part: str) -> None:
    half = 10_000 // len(part) * part
    start = perf_counter()

    parse_weights(half + half.replace("(", ")"))

    assert perf_counter() - start < 1.0


@pytest.mark.parametrize(
    ("text", "plain", "is_weighted"),
    [
        ("a (red:1.2) cube", "a red cube", True),
        (r"a \(red\) cube", "a (red) cube", False),
        ("a cat :(", "a cat :", False),
        (r"C:\dir", r"C:\dir", False),
        ("a ([red]) cube", "a red cube", False),
    ],
)
def test_a_model_without_weights_reads_the_words(text: str, plain: str, is_weighted: bool) -> None:
    assert plain_text(text) == plain
    assert has_weights(text) is is_weighted
