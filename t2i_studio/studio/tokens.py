"""How much of a prompt a model reads: its text encoder has a fixed number of tokens."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tokenizers import Encoding, Tokenizer

MAX_FILE = 64 * 2**20  # bytes


@dataclass(frozen=True)
class TokenCount:
    """`tokens` of `limit`, with the start and end tokens; the first `kept` characters fit."""

    tokens: int
    limit: int
    kept: int


class _Encoder(Protocol):
    def encode(self, sequence: str) -> Encoding: ...


class TokenCounter:
    """Counts as the model does; without a readable tokenizer.json it counts nothing."""

    def __init__(self, tokenizer_file: str | Path | None, limit: int) -> None:
        self.limit = limit
        self._tokenizer = _load(Path(tokenizer_file)) if tokenizer_file else None

    def count(self, text: str) -> TokenCount:
        """Count in some milliseconds even for the longest prompt (any thread)."""
        if self._tokenizer is None:
            return TokenCount(0, self.limit, len(text))
        whole = text.encode(errors="replace").decode()  # one "?" for each half character
        encoding = self._tokenizer.encode(whole)
        return TokenCount(len(encoding.ids), self.limit, _kept(encoding, self.limit, len(text)))


def _kept(encoding: Encoding, limit: int, length: int) -> int:
    """Return where the first token that does not fit begins."""
    read = [
        span
        for span, is_special in zip(encoding.offsets, encoding.special_tokens_mask, strict=True)
        if not is_special
    ]
    specials = len(encoding.ids) - len(read)
    room = max(limit - specials, 0)
    return length if len(read) <= room else read[room][0]


def _load(path: Path) -> _Encoder | None:
    try:
        if path.stat().st_size > MAX_FILE:
            return None
        tokenizer = Tokenizer.from_str(path.read_text("utf-8"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        tokenizer.encode("a\N{FOX FACE}")  # some damage shows only here
    except Exception:  # tokenizers raises nothing narrower
        return None
    return tokenizer
