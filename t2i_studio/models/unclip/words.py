"""What a CLIP text tower tells about itself: the id of its space, the words that it knows."""

import hashlib
from collections.abc import Iterable

import torch
from torch import Tensor
from transformers import CLIPTokenizer

END_OF_WORD = "</w>"


def space_id(projection: Tensor) -> str:
    """Name the embedding space of a CLIP after its text projection (D, width).

    Taken in half precision, so that float16 and float32 files of the same CLIP agree.
    """
    half = projection.detach().to("cpu", torch.float16).contiguous()
    digest = hashlib.sha256(half.numpy().tobytes()).hexdigest()
    return f"clip-{len(half)}-{digest[:12]}"


def known_words(tokenizer: CLIPTokenizer, words: Iterable[str]) -> tuple[str, ...]:
    """Return those of `words` that are one token: a model has seen them often."""
    vocabulary = tokenizer.get_vocab()
    return tuple(word for word in words if word.lower() + END_OF_WORD in vocabulary)
