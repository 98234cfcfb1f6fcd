"""Draw what a prompt leaves to chance: the same seed, the same text."""

import random
import re
from collections.abc import Sequence
from typing import Protocol

from t2i_studio.core.errors import UserError
from t2i_studio.core.text import MAX_PROMPT
from t2i_studio.core.words import tr
from t2i_studio.studio.prompting.grammar import HEAD, SHARE, SIGN, choices, options

DEEPEST = 40  # choices within choices, wildcards within wildcards
MOST_DRAWS = 10_000  # for one text
JOIN = ", "
OURS = ("\\{", "\\}", "\\|", "\\__")


class Lines(Protocol):
    """Where wildcards are found; raises StudioError for those that cannot be used."""

    def lines(self, name: str) -> Sequence[str]: ...


class Draw:
    """The draws for one text, in the order in which they are met."""

    def __init__(self, seed: int, wildcards: Lines) -> None:
        self.draws = 0
        self._random = random.Random(seed)
        self._wildcards = wildcards
        self._length = 0

    def text(self, text: str) -> str:
        """Return the text with every choice and wildcard replaced; raises StudioError."""
        self._length = 0
        return self._drawn(text, 0)

    def _drawn(self, text: str, depth: int) -> str:
        if depth > DEEPEST:
            raise UserError(tr("The choices lie more than {depth} deep.", depth=DEEPEST))
        ends, parts, place = choices(text), list[str](), 0
        while sign := SIGN.search(text, place):
            parts.append(self._counted(text[place : sign.start()]))
            start, place = sign.span()
            if start in ends:
                place = ends[start] + 1
                parts.append(self._choice(text[start + 1 : ends[start]], depth))
            elif sign[1]:
                parts.append(self._drawn(self._line(sign[1]), depth + 1))
            else:
                parts.append(self._counted(_unescaped(sign[0])))
        parts.append(self._counted(text[place:]))
        return "".join(parts)

    def _counted(self, text: str) -> str:
        self._length += len(text)
        if self._length > MAX_PROMPT:
            raise UserError(
                tr("The prompt becomes longer than {count} characters.", count=f"{MAX_PROMPT:,}")
            )
        return text

    def _choice(self, inner: str, depth: int) -> str:
        head = HEAD.match(inner)
        offered = [_shared(each) for each in options(inner[head.end() :] if head else inner)]
        number = min(self._number(head), len(offered))
        picked = self._pick([share for share, _ in offered], number)
        texts = [self._drawn(offered[place][1], depth + 1) for place in picked]
        if not head:
            return texts[0]
        between = JOIN if head[3] is None else head[3]
        return between.join(text.strip() for text in texts if text.strip())

    def _number(self, head: re.Match[str] | None) -> int:
        """Return how many options a choice takes: "2$$", "1-3$$", or one."""
        if head is None:
            return 1
        lowest = int(head[1])
        highest = max(lowest, int(head[2] or lowest))
        return self._random.randint(lowest, highest) if highest > lowest else lowest

    def _pick(self, shares: list[float | None], number: int) -> list[int]:
        """Draw distinct places, each as often as its share says: "3::a" three times as often."""
        self._count_draws(number)
        if all(share is None for share in shares):
            return self._random.sample(range(len(shares)), number)
        left = {place: 1.0 if share is None else share for place, share in enumerate(shares)}
        picked = []
        for _ in range(number):
            weights = list(left.values()) if any(left.values()) else None
            picked.append(self._random.choices(list(left), weights)[0])
            del left[picked[-1]]
        return picked

    def _line(self, name: str) -> str:
        self._count_draws(1)
        return self._random.choice(self._wildcards.lines(name))

    def _count_draws(self, number: int) -> None:
        self.draws += number
        if self.draws > MOST_DRAWS:
            raise UserError(tr("The prompt has more than {count} choices.", count=MOST_DRAWS))


def _shared(option: str) -> tuple[float | None, str]:
    """Part an option from the share that may stand before it."""
    found = SHARE.match(option)
    return (float(found[1]), option[found.end() :]) if found else (None, option)


def _unescaped(sign: str) -> str:
    r"""Return what an escape stands for; those of weights are left to whoever reads weights."""
    return sign[1:] if sign.startswith(OURS) else sign
