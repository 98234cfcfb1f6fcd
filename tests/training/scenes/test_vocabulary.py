"""Everything that has a name has words, and can be drawn."""

import pytest

from t2i_studio.training.scenes.vocabulary import (
    ARTS,
    BACKGROUNDS,
    COLOURS,
    EFFECTS,
    NOUNS,
    OBJECTS,
    PLACES,
    PLAIN,
    PRIMITIVES,
    RELATIONS,
    SIZES,
    WORDS,
)


@pytest.mark.parametrize("name", NOUNS)
def test_nouns_have_words_and_icons(name: str) -> None:
    noun = NOUNS[name]
    assert noun.icons
    assert all(icon == icon.strip().lower() for icon in noun.icons)
    assert noun.words
    assert all(words == words.strip().lower() for words in noun.words)


@pytest.mark.parametrize("phrases", [PRIMITIVES, ARTS, EFFECTS, RELATIONS, SIZES])
def test_every_name_has_phrases(phrases: dict[str, tuple[str, ...]]) -> None:
    assert all(all(words) and words for words in phrases.values())


@pytest.mark.parametrize("name", PLACES)
def test_places_have_phrases_with_and_without_an_object(name: str) -> None:
    place = PLACES[name]
    assert all(phrase.split()[0] in ("in", "on", "at", "under") for phrase in place.around)
    assert all(place.alone)


def test_no_two_things_share_a_name_or_a_word() -> None:
    assert len({*OBJECTS}) == len(OBJECTS) == len(NOUNS) + len(PRIMITIVES)
    assert len({*BACKGROUNDS}) == len(BACKGROUNDS) == len(PLAIN) + len(PLACES)
    words = [word for noun in NOUNS.values() for word in noun.words]
    words += [word for each in PRIMITIVES.values() for word in each]
    assert len({*words}) == len(words)


@pytest.mark.parametrize("colours", [COLOURS, PLAIN], ids=["objects", "backgrounds"])
def test_colours_can_be_told_apart(colours: dict[str, tuple[int, int, int]]) -> None:
    for one in colours:
        for other in [name for name in colours if name != one]:
            difference = zip(colours[one], colours[other], strict=True)
            assert sum(abs(a - b) for a, b in difference) > 60, (one, other)


def test_what_signs_say_fits_on_them() -> None:
    assert all(2 <= len(word) <= 4 and word.isascii() and word.islower() for word in WORDS)
