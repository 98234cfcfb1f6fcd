import pytest

from t2i_studio.studio.prompting.history import HistoryWalk, found
from t2i_studio.studio.settings import Settings


@pytest.fixture
def settings() -> Settings:
    return Settings(prompt="draft", history=("third", "second", "first"))


def test_back_and_forward_again_to_what_was_being_written(settings: Settings) -> None:
    walk, seen = HistoryWalk(settings), []
    for by in (+1, +1, +1, +1, -1, -1, -1, -1):
        walk.step(by)
        seen.append(settings.prompt)

    assert seen == ["third", "second", "first", "first", "second", "third", "draft", "draft"]


def test_from_a_prompt_that_was_used_it_goes_on(settings: Settings) -> None:
    settings.prompt = "second"
    HistoryWalk(settings).step(+1)

    assert settings.prompt == "first"


def test_forward_without_having_gone_back_does_nothing(settings: Settings) -> None:
    settings.prompt = "third"
    HistoryWalk(settings).step(-1)

    assert settings.prompt == "third"


def test_a_prompt_can_be_forgotten(settings: Settings) -> None:
    HistoryWalk(settings).forget("second")

    assert settings.history == ("third", "first")


@pytest.mark.parametrize(
    ("words", "prompts"),
    [
        ("", ["A red cube", "a blue cube"]),
        ("CUBE", ["A red cube", "a blue cube"]),
        ("cube red", ["A red cube"]),
        ("green", []),
    ],
)
def test_prompts_are_found_by_all_words(words: str, prompts: list[str]) -> None:
    assert found(("A red cube", "a blue cube"), words) == prompts
