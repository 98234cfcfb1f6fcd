"""How much of a prompt a model reads: its text encoder has a fixed number of tokens."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tokenizers import Encoding, Tokenizer

MAX_FILE = 64 * 2**20  # bytes


@dataclass(frozen=True)
class TokenCount:
    """`tokens` of `limit`, with the start and end tokens; the first `kept` characters fit.

    `pieces` is the text of each token without those two; the first `room` of them are read.
    """

    tokens: int
    limit: int
    kept: int
    pieces: tuple[str, ...] = ()
    room: int = 0


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
        spans = _spans(encoding)
        room = max(self.limit - (len(encoding.ids) - len(spans)), 0)
        return TokenCount(
            tokens=len(encoding.ids),
            limit=self.limit,
            kept=len(text) if len(spans) <= room else spans[room][0],
            pieces=tuple(whole[start:end] for start, end in spans),
            room=room,
        )


def _spans(encoding: Encoding) -> list[tuple[int, int]]:
    """Where in the text each token lies, without the start and end tokens."""
    marked = zip(encoding.offsets, encoding.special_tokens_mask, strict=True)
    return [span for span, is_special in marked if not is_special]


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
