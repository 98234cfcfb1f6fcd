"""Concepts: what a text diff accepts."""

import pytest
from pydantic import ValidationError

from t2i_studio.core.concept import TextDiff


@pytest.mark.parametrize(
    "after", ["A red cube", "a  red\tcube ", "A RED CUBE", "a red cube\n"], ids=repr
)
def test_texts_that_are_read_alike_are_no_diff(after: str) -> None:
    with pytest.raises(ValidationError, match="nothing changes"):
        TextDiff(before="a red cube", after=after, theta=0.3)


def test_texts_that_differ_in_a_word_are_kept_as_written() -> None:
    diff = TextDiff(before="A  Red cube", after="a blue cube", theta=0.3)
    assert (diff.before, diff.after) == ("A  Red cube", "a blue cube")


def test_a_diff_needs_a_text_to_go_to() -> None:
    with pytest.raises(ValidationError, match="a text to go to"):
        TextDiff(before="a", after=" ", theta=0.3)
