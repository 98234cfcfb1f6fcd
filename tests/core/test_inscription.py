import string

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from t2i_studio.core.errors import UserError
from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.core.inscription import INK, PAPER, inscribe

RED, YELLOW = (200, 30, 30), (255, 255, 0)
APPLE = Image.filled(Extent(200, 100), RED)


def changed(image: Image, before: Image = APPLE) -> Bounds:
    """Return the rectangle of what is not as before."""
    differs = (image.pixels != before.pixels).any(axis=2)
    return Mask(differs.astype(np.uint8) * 255).bounds


def centre(bounds: Bounds) -> tuple[float, float]:
    return bounds.x + bounds.width / 2, bounds.y + bounds.height / 2


def test_a_label_is_dark_ink_on_light_paper_around_its_centre() -> None:
    written = inscribe(APPLE, "iPod", (0.4, 0.6), 0.2)
    assert centre(changed(written)) == pytest.approx((80, 60), abs=1)
    colours = {tuple(pixel) for pixel in written.pixels.reshape(-1, 3).tolist()}
    assert {INK, PAPER, RED} <= colours


def test_text_alone_leaves_the_picture_between_its_letters() -> None:
    written = inscribe(APPLE, "H H", height=0.5, colour=YELLOW, paper=None)
    at = changed(written)
    assert tuple(written.pixels[50, at.x + at.width // 2]) == RED
    assert (written.pixels == YELLOW).all(axis=2).any()


@pytest.mark.parametrize("share", [0.1, 0.3, 0.6])
def test_a_capital_letter_has_the_height_that_was_asked_for(share: float) -> None:
    at = changed(inscribe(APPLE, "H", height=share, paper=None))
    assert at.height == pytest.approx(100 * share, abs=2)


def test_descenders_and_their_label_lie_whole_on_the_picture() -> None:
    tall = changed(inscribe(APPLE, "jpg", height=0.3))
    assert tall.height > changed(inscribe(APPLE, "H", height=0.3)).height


@pytest.mark.parametrize("at", [(0.0, 0.0), (1.0, 1.0), (0.0, 1.0)])
def test_a_label_at_the_border_is_moved_inside(at: tuple[float, float]) -> None:
    aside, middle = (
        changed(inscribe(APPLE, "cat", at, 0.2)),
        changed(inscribe(APPLE, "cat", height=0.2)),
    )
    assert (aside.width, aside.height) == (middle.width, middle.height)
    assert aside.x == (0 if at[0] == 0 else 200 - aside.width)


def test_a_long_line_is_made_smaller_until_it_fits() -> None:
    at = changed(inscribe(APPLE, "a sentence that is far too long", height=0.5))
    assert 190 <= at.width <= 200
    assert at.height < 30


def test_letters_and_corners_are_smooth() -> None:
    written = inscribe(APPLE, "O", height=0.5, colour=(0, 0, 0), paper=(255, 255, 255))
    levels = np.unique(written.pixels[..., 1])
    assert len(levels) > 30


def test_the_same_call_gives_the_same_picture_and_the_original_stays() -> None:
    before = APPLE.digest
    assert inscribe(APPLE, "iPod") == inscribe(APPLE, " iPod\n")
    assert APPLE.digest == before


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "no text"),
        (" \n\t", "no text"),
        ("naïve 猫 猫", "has no 'ï' '猫'"),
        ("a\0b", r"has no '\\x00'"),
        ("\ud800", r"has no '\\ud800'"),
        ("x" * 101, "101 letters"),
    ],
)
def test_text_that_cannot_be_written_is_refused(text: str, message: str) -> None:
    with pytest.raises(UserError, match=message):
        inscribe(APPLE, text)


@pytest.mark.parametrize(
    ("at", "height"), [((1.1, 0), 0.1), ((0, -0.1), 0.1), ((float("nan"), 0), 0.1), ((0, 0), 0.0)]
)
def test_shares_out_of_range_are_refused(at: tuple[float, float], height: float) -> None:
    with pytest.raises(UserError, match="from 0 to 1"):
        inscribe(APPLE, "a", at, height)


shares = st.floats(0, 1)


@given(
    st.integers(1, 40),
    st.integers(1, 40),
    st.text(string.ascii_letters + " ", min_size=1, max_size=12).filter(str.strip),
    st.tuples(shares, shares),
    st.floats(0.001, 1),
    st.sampled_from([None, PAPER]),
)
def test_any_word_fits_on_any_picture(
    width: int,
    height: int,
    text: str,
    at: tuple[float, float],
    share: float,
    paper: tuple[int, int, int] | None,
) -> None:
    picture = Image.filled(Extent(width, height), RED)
    assert inscribe(picture, text, at, share, paper=paper).extent == picture.extent
