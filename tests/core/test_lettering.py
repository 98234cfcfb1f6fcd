import string

import pytest

from t2i_studio.core.lettering import absent, font


def test_every_printable_ascii_character_is_there() -> None:
    assert absent(string.ascii_letters + string.digits + string.punctuation + " ") == ""


@pytest.mark.parametrize(
    ("text", "missing"), [("Äpfel ä", "Ää"), ("猫 cat 猫", "猫"), ("a\tb", "\t"), ("", "")]
)
def test_what_the_font_lacks_is_named_once_in_order(text: str, missing: str) -> None:
    assert absent(text) == missing


def test_no_size_is_too_small() -> None:
    assert font(0.0).getbbox("a") is not None
