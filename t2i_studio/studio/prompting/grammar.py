r"""The signs of the prompt language, in one place.

{a|b}  {2$$a|b|c}  {1-2$$ and $$a|b|c}  {3::a|b}     choices, nested as one likes
__animals/cats__                                     a line of wildcards/animals/cats.txt
<style:Night>                                        a style; {prompt} in its template
# at the start of a line                             a comment
\{ \} \| \__ \<style:                                the signs themselves

Weights have a grammar of their own (core.weights).
"""

import re
from collections.abc import Iterator

WILDCARD_NAME = r"[^\W_](?:(?:(?!__)[\w /.-])*[^\W_])?"
STYLE_NAME = r"[^<>\n]{1,100}"
STYLE = re.compile(rf"(?<!\\)<style:({STYLE_NAME})>", re.IGNORECASE)
SIGN = re.compile(rf"\\(?:[{{}}|]|__{WILDCARD_NAME}__|.)|[{{}}|]|__({WILDCARD_NAME})__", re.DOTALL)
SIGNS = frozenset("{}()[]<>\\#_")
PROMPT = "{prompt}"  # in a template
HEAD = re.compile(r"\s*(\d{1,4})(?:-(\d{1,4}))?\$\$(?:([^$|{}]*)\$\$)?")
SHARE = re.compile(r"\s*(\d{1,9}(?:\.\d{0,9})?)::")


def choices(text: str) -> dict[int, int]:
    """Return where each choice begins and ends; braces with nothing to choose are text."""
    found: dict[int, int] = {}
    waiting: list[tuple[int, bool]] = []  # where it begins, and whether it is a choice
    for sign in SIGN.finditer(text):
        if sign[0] == "{":
            waiting.append((sign.start(), HEAD.match(text, sign.end()) is not None))
        elif sign[0] == "|" and waiting:
            waiting[-1] = waiting[-1][0], True
        elif sign[0] == "}" and waiting:
            start, is_choice = waiting.pop()
            if is_choice:
                found[start] = sign.start()
    return found


def options(inner: str) -> Iterator[str]:
    """Split the inside of a choice at the bars that are its own."""
    depth = start = 0
    for sign in SIGN.finditer(inner):
        depth += {"{": 1, "}": -1}.get(sign[0], 0)
        if sign[0] == "|" and depth == 0:
            yield inner[start : sign.start()]
            start = sign.end()
    yield inner[start:]


def references(text: str) -> Iterator[str]:
    """Yield the names of the wildcards in a text."""
    return (sign[1] for sign in SIGN.finditer(text) if sign[1])


def has_signs(text: str) -> bool:
    """Tell whether a text may be read otherwise than it is written."""
    return not SIGNS.isdisjoint(text)


def is_wildcard_name(text: str) -> bool:
    return re.fullmatch(WILDCARD_NAME, text) is not None


def without_comments(text: str) -> str:
    """Return the text without the lines that begin with "#"."""
    lines = text.split("\n")
    kept = [line for line in lines if not is_comment(line)]
    return text if len(kept) == len(lines) else "\n".join(kept).strip("\n")


def is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")
