"""What was found in a folder of pictures with captions, told in a few lines."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import StrEnum

EXAMPLES = 3  # that are named of each problem


class Problem(StrEnum):
    """Why something was left out."""

    no_caption = "no caption"
    not_utf8 = "not UTF-8"
    too_long = "too long"
    same_name = "same name"
    named_twice = "named twice"
    missing = "missing"
    outside = "outside"
    unusable_entry = "unusable entry"
    broken = "broken"


_PHRASES = {  # of one, of several
    Problem.no_caption: (
        "without a caption was left out",
        "without a caption were left out",
    ),
    Problem.not_utf8: (
        "with a caption that is not UTF-8 text was left out",
        "with captions that are not UTF-8 text were left out",
    ),
    Problem.too_long: (
        "with a caption file too large to be one was left out",
        "with caption files too large to be some were left out",
    ),
    Problem.same_name: (
        "that shares its caption file with another picture was left out",
        "that share their caption files with other pictures were left out",
    ),
    Problem.named_twice: (
        "named again was left out; what is named first counts",
        "named again were left out; what is named first counts",
    ),
    Problem.missing: (
        "that has a caption is not there",
        "that have captions are not there",
    ),
    Problem.outside: (
        "outside the folder was not read",
        "outside the folder were not read",
    ),
    Problem.unusable_entry: (
        "entry without a file and a caption was left out",
        "entries without a file and a caption were left out",
    ),
    Problem.broken: (
        "that cannot be read was left out",
        "that cannot be read were left out",
    ),
}


@dataclass(frozen=True)
class Finding:
    """How often a problem was met, and where it was met first."""

    problem: Problem
    count: int
    examples: tuple[str, ...]

    def __str__(self) -> str:
        one, several = _PHRASES[self.problem]
        named = ", ".join(self.examples)
        rest = ", ..." if self.count > len(self.examples) else ""
        return f"{self.count:,} {one if self.count == 1 else several} ({named}{rest})"


@dataclass(frozen=True)
class Report:
    """How many pictures can be used, and what keeps the others from it."""

    used: int
    findings: tuple[Finding, ...] = ()

    def __str__(self) -> str:
        pictures = "picture with captions" if self.used == 1 else "pictures with captions"
        return "; ".join((f"{self.used:,} {pictures}", *map(str, self.findings))) + "."

    def count(self, problem: Problem) -> int:
        """How often a problem was met."""
        return next((f.count for f in self.findings if f.problem is problem), 0)


class Findings:
    """Collects problems: all are counted, the first few are named."""

    def __init__(self) -> None:
        self._counts: Counter[Problem] = Counter()
        self._examples: defaultdict[Problem, list[str]] = defaultdict(list)

    def add(self, problem: Problem, example: str) -> None:
        self._counts[problem] += 1
        if self._counts[problem] <= EXAMPLES:
            self._examples[problem].append(printable(example))

    def report(self, used: int) -> Report:
        return Report(
            used,
            tuple(
                Finding(problem, self._counts[problem], tuple(self._examples[problem]))
                for problem in Problem
                if problem in self._counts
            ),
        )


def printable(text: str) -> str:
    """Put it on one line of valid Unicode: the names of files need be neither."""
    return " ".join(text.encode(errors="backslashreplace").decode().split())
