import pytest
from hypothesis import given
from hypothesis import strategies as st

from t2i_studio.ui.widgets.text_places import TextPlaces


@pytest.mark.parametrize(
    ("text", "place", "position"),
    [("abc", 2, 2), ("a\U0001f98ab", 1, 1), ("a\U0001f98ab", 2, 3), ("\U0001f98a" * 3, 3, 6)],
)
def test_an_emoji_is_two_places(text: str, place: int, position: int) -> None:
    assert TextPlaces(text).qt(place) == position
    assert TextPlaces(text).python(position) == place


@given(st.text(st.sampled_from("aé\uffff\U0001f98a"), max_size=20), st.integers(0, 20))
def test_there_and_back(text: str, place: int) -> None:
    place = min(place, len(text))
    places = TextPlaces(text)

    assert places.python(places.qt(place)) == place
    assert places.qt(place) == len(text[:place].encode("utf-16-le")) // 2
