"""The tokenizer: byte-level pairs of CLIP's kind, learnt from the captions."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import cast

import torch
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers
from torch import Tensor
from transformers import CLIPTokenizer

CONTEXT = 32  # tokens
_END_OF_WORD = "</w>"
_START, _END = "<|startoftext|>", "<|endoftext|>"
# CLIP's own: contractions, words, single digits, and runs of anything else.
_WORDS = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"


def train_tokenizer(captions: Iterable[str], vocabulary: int = 1500) -> CLIPTokenizer:
    """Learn merges from captions; any other UTF-8 text still has tokens, one for each byte."""
    learner = Tokenizer(models.BPE(end_of_word_suffix=_END_OF_WORD))
    learner.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase()])
    learner.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(_WORDS), "removed", invert=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    learner.train_from_iterator(
        captions,
        trainers.BpeTrainer(
            vocab_size=vocabulary,
            end_of_word_suffix=_END_OF_WORD,
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
            show_progress=False,
            min_frequency=2,
        ),
    )
    return _as_clip(json.loads(learner.to_str())["model"]["merges"])


def _as_clip(merges: Sequence[Sequence[str]]) -> CLIPTokenizer:
    """Give tokens numbers as CLIP does: bytes, bytes that end a word, merges, the two marks."""
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokens = [*letters, *(letter + _END_OF_WORD for letter in letters)]
    tokens += ["".join(pair) for pair in merges]
    tokens = [*dict.fromkeys(tokens), _START, _END]
    return CLIPTokenizer(
        vocab={token: index for index, token in enumerate(tokens)},
        merges=[tuple(pair) for pair in merges],  # type: ignore[misc]  # pairs, not texts
        model_max_length=CONTEXT,
    )


def load_tokenizer(folder: Path) -> CLIPTokenizer:
    """Load a tokenizer that was saved."""
    return cast(CLIPTokenizer, CLIPTokenizer.from_pretrained(folder, local_files_only=True))


def tokenize(tokenizer: CLIPTokenizer, captions: Sequence[str]) -> Tensor:
    """Give the ids of B captions: (B, T) int64, padded to the context, cut off beyond it."""
    encoded = tokenizer(list(captions), padding="max_length", max_length=CONTEXT, truncation=True)
    return torch.tensor(encoded.input_ids)
