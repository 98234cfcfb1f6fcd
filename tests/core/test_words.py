from collections.abc import Iterator

import pytest

from t2i_studio.core.words import later, speak, tr


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    yield
    speak(None)


def test_without_a_language_texts_are_as_they_are_written() -> None:
    assert tr("Paint mask") == "Paint mask"


def test_a_translation_is_looked_up_by_the_text() -> None:
    speak({"Paint mask": "Maske malen"}.__getitem__)

    assert tr("Paint mask") == "Maske malen"


def test_values_are_put_into_the_translation() -> None:
    speak({"{count} pictures": "{count} Bilder"}.__getitem__)

    assert tr("{count} pictures", count=3) == "3 Bilder"


@pytest.mark.parametrize("wrong", ["{anzahl} Bilder", "{count Bilder", "{0} Bilder"])
def test_a_translation_with_other_placeholders_is_not_used(wrong: str) -> None:
    speak(lambda _: wrong)

    assert tr("{count} pictures", count=3) == "3 pictures"


def test_a_text_in_a_table_stays_english_until_it_is_shown() -> None:
    speak(str.upper)

    assert later("Brush") == "Brush"
    assert tr(later("Brush")) == "BRUSH"


def test_none_brings_english_back() -> None:
    speak(str.upper)
    speak(None)

    assert tr("Brush") == "Brush"
