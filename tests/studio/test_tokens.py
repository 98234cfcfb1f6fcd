from pathlib import Path

import pytest

from t2i_studio.core.paths import resource
from t2i_studio.studio import tokens
from t2i_studio.studio.tokens import TokenCount, TokenCounter

LIMIT = 8  # six words and the two special tokens


@pytest.fixture(scope="module")
def counter() -> TokenCounter:
    return TokenCounter(resource("checkpoints/scenes/tokenizer/tokenizer.json"), LIMIT)


def numbers(counter: TokenCounter, text: str) -> tuple[int, int, int]:
    count = counter.count(text)
    return count.tokens, count.limit, count.kept


def kept(counter: TokenCounter, text: str) -> str:
    return text[: counter.count(text).kept]


def test_the_special_tokens_count(counter: TokenCounter) -> None:
    assert numbers(counter, "") == (2, LIMIT, 0)
    pieces = ("a", "red", "cube")
    assert counter.count("a red cube") == TokenCount(5, LIMIT, 10, pieces, LIMIT - 2)


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        pytest.param("a red cube a red cube", "a red cube a red cube", id="just fits"),
        pytest.param("a red cube a red cube a", "a red cube a red cube ", id="one more"),
        pytest.param("a\n\nred   cube  a red cube x", "a\n\nred   cube  a red cube ", id="spaces"),
        pytest.param("🦊🦊🦊", "🦊", id="no half emoji"),
        pytest.param("a\ud800", "a\ud800", id="half a character"),
    ],
)
def test_what_fits_is_told_in_characters(counter: TokenCounter, text: str, fits: str) -> None:
    assert kept(counter, text) == fits


def test_nothing_fits_into_a_limit_below_the_special_tokens() -> None:
    file = resource("checkpoints/scenes/tokenizer/tokenizer.json")
    pieces = ("a", "red", "cube")
    assert TokenCounter(file, 1).count("a red cube") == TokenCount(5, 1, 0, pieces, 0)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\xff\xfe", id="not UTF-8"),
        pytest.param(b"{}", id="no model"),
        pytest.param(
            b'{"version": "1.0", "added_tokens": [],'
            b' "model": {"type": "BPE", "vocab": {"a": 0}, "merges": [], "unk_token": "zz"}}',
            id="fails when used",
        ),
    ],
)
def test_a_damaged_file_counts_nothing(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "tokenizer.json"
    file.write_bytes(content)
    assert TokenCounter(file, LIMIT).count("a red cube") == TokenCount(0, LIMIT, 10)


def test_a_missing_or_enormous_file_counts_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing = TokenCount(0, LIMIT, 1)
    assert TokenCounter(None, LIMIT).count("a") == nothing
    assert TokenCounter(tmp_path / "missing", LIMIT).count("a") == nothing
    monkeypatch.setattr(tokens, "MAX_FILE", 3)
    file = tmp_path / "tokenizer.json"
    file.write_bytes(b"{   }")
    assert TokenCounter(file, LIMIT).count("a") == nothing


@pytest.mark.parametrize("words", [1, 100])
def test_the_start_and_end_tokens_take_room(counter: TokenCounter, words: int) -> None:
    count = counter.count("a " * words)
    assert (len(count.pieces), count.room) == (words, LIMIT - 2)
