import itertools

import numpy as np
import pytest
from PIL import Image

from t2i_studio.training.scenes.signs import draw_sign
from t2i_studio.training.scenes.vocabulary import WORDS

SIDE = 54  # px: of a sign in a picture of 64 px


def ink(word: str, side: int = SIDE) -> np.ndarray:
    """Where letters are: dark pixels inside the board's border."""
    sign = draw_sign(word, side).astype(int)
    board = slice(round(0.08 * side), round(0.55 * side)), slice(round(0.05 * side), -3)
    return (sign[board][..., :3].max(-1) < 128) & (sign[board][..., 3] == 255)


def test_a_sign_is_a_board_on_a_post_before_nothing() -> None:
    sign = draw_sign("open", SIDE)
    assert sign.shape == (SIDE, SIDE, 4)
    assert sign.dtype == np.uint8
    assert (sign[5:30, 3:-3, 3] == 255).all()
    assert (sign[40:, :20, 3] == 0).all()
    assert (sign[40:, 25:29, 3] == 255).all()


def test_no_two_words_look_the_same() -> None:
    drawn = [ink(word) for word in (*WORDS, "on", "no", "ab", "ba", "xyzq")]
    apart = [np.mean(one != other) for one, other in itertools.combinations(drawn, 2)]
    assert min(apart) > 0.04


@pytest.mark.parametrize("word", ["hi", "art", "stop", "hello", "wwmw"])
def test_words_fill_the_board_and_stay_inside(word: str) -> None:
    columns, rows = ink(word).any(0), ink(word).any(1)
    assert np.ptp(np.flatnonzero(columns)) > 0.5 * SIDE
    assert np.ptp(np.flatnonzero(rows)) > 0.2 * SIDE
    assert not columns[-1]
    assert not rows[-1]


@pytest.mark.parametrize("word", ["hi", "art", "stop", "hello"])
def test_letters_stand_apart(word: str) -> None:
    columns = ink(word).any(0)
    letters = np.count_nonzero(np.diff(columns.astype(int), prepend=0) == 1)
    assert letters == len(word)


@pytest.mark.parametrize("word", ["bdrp", "hi", "cafe", "zoo"])
def test_words_stand_in_the_middle_of_the_board(word: str) -> None:
    dark = draw_sign(word, 432)[30:240, 20:-20, :3].max(-1) < 128
    left, right = np.flatnonzero(dark.any(0))[[0, -1]]
    assert left == pytest.approx(dark.shape[1] - 1 - right, abs=3)


def test_case_and_spaces_around_a_word_do_not_matter() -> None:
    assert np.array_equal(draw_sign(" stop ", SIDE), draw_sign("STOP", SIDE))


def test_a_sign_looks_alike_at_every_size() -> None:
    large = Image.fromarray(draw_sign("cafe", 4 * SIDE)).resize((SIDE, SIDE), Image.Resampling.BOX)
    assert np.abs(np.asarray(large).astype(int) - draw_sign("cafe", SIDE)).mean() < 8


def test_a_sign_drawn_on_leaves_the_next_one_clean() -> None:
    draw_sign("stop", SIDE)[:] = 0
    assert ink("stop").any()
    assert draw_sign("stop", SIDE)[20, 27, 3] == 255


def test_an_empty_word_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a word"):
        draw_sign("  ", SIDE)
