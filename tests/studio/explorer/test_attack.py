import pytest

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.core.inscription import inscribe
from t2i_studio.studio.background import InlineBackground
from t2i_studio.studio.explorer.attack import CENTRE, HEIGHT, Attack
from tests.studio.explorer.conftest import Later

RED = Image.filled(Extent(64, 64), (200, 40, 40))


@pytest.fixture
def attack() -> Attack:
    attack = Attack(InlineBackground())
    attack.set_picture(RED)
    return attack


def test_a_word_is_written_where_and_as_large_as_asked(attack: Attack) -> None:
    attack.set_word("blue")
    assert attack.image == inscribe(RED, "blue", CENTRE, HEIGHT)
    attack.set_centre(0.5, 0.2)
    attack.set_height(0.3)
    assert attack.image == inscribe(RED, "blue", (0.5, 0.2), 0.3)


def test_without_a_word_or_a_picture_there_is_nothing(attack: Attack) -> None:
    assert attack.image is None
    attack.set_word("blue")
    attack.set_picture(None)
    assert attack.image is None
    attack.set_picture(RED)
    attack.set_word(" ")
    assert attack.image is None


def test_what_cannot_be_written_is_told_in_a_sentence(attack: Attack) -> None:
    attack.set_word("狐")
    assert attack.image is None
    assert "font" in attack.problem
    attack.set_word("fox")
    assert attack.problem == ""


def test_a_fast_hand_is_followed_to_its_last_place_without_writing_each() -> None:
    background = Later()
    attack = Attack(background)
    attack.set_picture(RED)
    attack.set_word("blue")
    for y in (0.3, 0.4, 0.5):
        attack.set_centre(0.5, y)
    assert len(background.tasks) == 1
    background.work()
    assert attack.image == inscribe(RED, "blue", (0.5, 0.5), HEIGHT)
