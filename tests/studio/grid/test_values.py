from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from t2i_studio.core.errors import UserError
from t2i_studio.studio.grid.values import MOST, fractions, texts, whole_numbers


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("5", (5,)),
        ("1,2, 4", (1, 2, 4)),
        ("1-5", (1, 2, 3, 4, 5)),
        ("5-1", (5, 4, 3, 2, 1)),
        ("1-9 (+2)", (1, 3, 5, 7, 9)),
        ("1-8(+3)", (1, 4, 7)),
        ("10-5 (-3)", (10, 7)),
        ("1-10 [4]", (1, 4, 7, 10)),
        ("1-10 [3]", (1, 5, 10)),
        ("3-9 [1]", (3,)),
        ("-3--1", (-3, -2, -1)),
        ("-1", (-1,)),
        ("1-3, 7\n9", (1, 2, 3, 7, 9)),
        ("9223372036854775806-9223372036854775807", (2**63 - 2, 2**63 - 1)),
        ("3-3", (3,)),
    ],
)
def test_whole_numbers(text: str, values: tuple[int, ...]) -> None:
    assert whole_numbers(text) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1.5, 2", (1.5, 2.0)),
        ("0-1 [5]", (0.0, 0.25, 0.5, 0.75, 1.0)),
        ("0.1-0.3 (+0.1)", (0.1, 0.2, 0.3)),
        ("1-3", (1.0, 2.0, 3.0)),
        ("1-0 (-.25)", (1.0, 0.75, 0.5, 0.25, 0.0)),
        ("0-1 [4]", (0.0, 0.333333, 0.666667, 1.0)),
        ("-.5", (-0.5,)),
    ],
)
def test_fractions(text: str, values: tuple[float, ...]) -> None:
    assert fractions(text) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("cube, ball", ("cube", "ball")),
        ('"a, b", c', ("a, b", "c")),
        ("cube,,ball", ("cube", "", "ball")),
        ("a\nb", ("a", "b")),
        ("euler", ("euler",)),
    ],
)
def test_texts(text: str, values: tuple[str, ...]) -> None:
    assert texts(text) == values


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "There are no values"),
        (" , ", "There are no values"),
        ("x", "x cannot be read. Write numbers like"),
        ("1-", "cannot be read"),
        ("1-5 [x]", "cannot be read"),
        ("1.5", "1.5 is no whole number"),
        ("1-5 (+0)", "never comes to its end"),
        ("1-5 (-1)", "never comes to its end"),
        ("1-5 [0]", "1 to 400 values"),
        ("1-5 [401]", "1 to 400 values"),
        ("1-1000", "1,000 values are too many; 400 are possible"),
        ("1-300, 1-300", "600 values are too many"),
        ("0-99999999999999999999", "too many"),
    ],
)
def test_what_cannot_be_read(text: str, problem: str) -> None:
    with pytest.raises(UserError, match="(?s).*" + problem.replace("(", r"\(")):
        whole_numbers(text)


@pytest.mark.parametrize(
    ("text", "problem"),
    [("", "no values"), (",,", "no values"), ("x," * 400 + "x", "401 values"),
     ("a" * 200_000, "cannot be read")],
    ids=range(4),
)  # fmt: skip
def test_what_are_no_texts(text: str, problem: str) -> None:
    with pytest.raises(UserError, match=problem):
        texts(text)


@given(st.text("0123456789-+.,()[] x", max_size=25))
def test_any_text_is_some_values_or_an_error(text: str) -> None:
    for read in (whole_numbers, fractions, texts):
        with suppress(UserError):
            assert 1 <= len(read(text)) <= MOST
