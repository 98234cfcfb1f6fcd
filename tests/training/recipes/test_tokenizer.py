"""Tokens: words that are frequent have one of their own, and any text has some."""

from pathlib import Path

import pytest
from transformers import CLIPTokenizer

from t2i_studio.training.recipes.tokenizer import (
    CONTEXT,
    load_tokenizer,
    tokenize,
    train_tokenizer,
)

CAPTIONS = ["a red cube on a beach", "a blue cube", "a fox at night"] * 5


@pytest.fixture(scope="module")
def tokenizer() -> CLIPTokenizer:
    return train_tokenizer(CAPTIONS)


def words(tokenizer: CLIPTokenizer, text: str) -> list[str]:
    """Return the tokens without the marks and the padding."""
    ids = [int(i) for i in tokenize(tokenizer, [text])[0] if i not in tokenizer.all_special_ids]
    return [str(token) for token in tokenizer.convert_ids_to_tokens(ids)]


def test_captions_are_padded_to_the_context_between_marks(tokenizer: CLIPTokenizer) -> None:
    ids = tokenize(tokenizer, ["a fox", ""])
    start, end = tokenizer.bos_token_id, tokenizer.eos_token_id
    assert ids.shape == (2, CONTEXT)
    assert ids[0, 0] == start
    assert ids[0, 3:].tolist() == [end] * (CONTEXT - 3)
    assert ids[1].tolist() == [start, *[end] * (CONTEXT - 1)]


def test_long_captions_are_cut_off_and_still_end(tokenizer: CLIPTokenizer) -> None:
    (ids,) = tokenize(tokenizer, ["cube " * 100])
    assert len(ids) == CONTEXT
    assert ids[-1] == tokenizer.eos_token_id
    assert tokenizer.eos_token_id not in ids[:-1]


def test_words_of_the_captions_are_one_token_each(tokenizer: CLIPTokenizer) -> None:
    assert words(tokenizer, "a red cube at night") == [
        f"{word}</w>" for word in ("a", "red", "cube", "at", "night")
    ]
    assert words(tokenizer, "A RED  cube") == words(tokenizer, "a red cube")


@pytest.mark.parametrize("text", ["zebra", "grün", "木の下", "🦊!", "a,b"])
def test_any_text_has_tokens_that_tell_it(tokenizer: CLIPTokenizer, text: str) -> None:
    (ids,) = tokenize(tokenizer, [text])
    told = tokenizer.decode(ids, skip_special_tokens=True)
    assert told.replace(" ", "") == text
    assert tokenizer.unk_token_id == tokenizer.eos_token_id  # as in CLIP: there is no other
    assert len(words(tokenizer, text)) >= 1


def test_the_same_captions_give_the_same_tokenizer(tokenizer: CLIPTokenizer) -> None:
    assert train_tokenizer(CAPTIONS).get_vocab() == tokenizer.get_vocab()


def test_saved_tokenizer_gives_the_same_ids(tokenizer: CLIPTokenizer, tmp_path: Path) -> None:
    tokenizer.save_pretrained(tmp_path)
    captions = ["a red cube", "a zebra, 12 of them", ""]
    assert tokenize(load_tokenizer(tmp_path), captions).equal(tokenize(tokenizer, captions))


def test_vocabulary_ends_where_it_is_told_to() -> None:
    captions = [f"word{chr(97 + i)}{chr(97 + j)}" for i in range(26) for j in range(26)] * 2
    assert len(train_tokenizer(captions, vocabulary=530)) < len(train_tokenizer(captions))
