"""Values of a setting as they are typed, in the way of A1111's X/Y plot.

1, 2, 4        these
1-5            1 2 3 4 5
1-9 (+2)       1 3 5 7 9
10-5 (-3)      10 7
0-1 [5]        5 values, as far apart as they go: 0 0.25 0.5 0.75 1
a, "b, c"      texts; quotes hold a comma
"""

import csv
import io
import re
from collections.abc import Callable
from typing import Final, TypeVar

from t2i_studio.core.errors import UserError
from t2i_studio.core.words import tr

MOST: Final = 400  # values, and cells of a grid
DIGITS: Final = 6  # behind the point, that fractions are rounded to
NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)"
ITEM = re.compile(
    rf"({NUMBER})(?:\s*-\s*({NUMBER})(?:\s*\(([+-]{NUMBER.removeprefix('[+-]?')})\)"
    r"|\s*\[(\d{1,4})\])?)?"
)

N = TypeVar("N", int, float)


def whole_numbers(text: str) -> tuple[int, ...]:
    """Return the values; raises UserError with what is no whole number."""
    return _numbers(text, _whole)


def fractions(text: str) -> tuple[float, ...]:
    """Return the values; raises UserError with what is no number."""
    return _numbers(text, _fraction)


def texts(text: str) -> tuple[str, ...]:
    """Return the texts between commas, without the spaces around them; raises UserError."""
    try:
        rows = list(csv.reader(io.StringIO(text), skipinitialspace=True))
    except csv.Error as error:
        raise UserError(tr("These values cannot be read ({reason}).", reason=error)) from error
    found = tuple(value.strip() for row in rows for value in row)
    if not any(found):
        raise UserError(tr("There are no values: write some, with commas between them."))
    return _limited(found)


def _numbers(text: str, read: Callable[[str], N]) -> tuple[N, ...]:
    items = [item.strip() for item in text.replace("\n", ",").split(",") if item.strip()]
    if not items:
        raise UserError(tr("There are no values: write some, with commas between them."))
    return _limited(tuple(value for item in items for value in _item(item, read)))


def _item(item: str, read: Callable[[str], N]) -> tuple[N, ...]:
    found = ITEM.fullmatch(item)
    if found is None:
        raise UserError(
            tr("{item} cannot be read.", item=item),
            tr("Write numbers like 1, 2, 4 or ranges like 1-5, 1-9 (+2), 0-1 [5]."),
        )
    first, last, step, number = found.groups()
    start = read(first)
    if last is None:
        return (start,)
    end = read(last)
    if number is not None:
        return _spread(start, end, int(number))
    return _stepped(item, start, end, read(step) if step else None)


def _spread(start: N, end: N, number: int) -> tuple[N, ...]:
    """Return so many values, as far apart as they go."""
    if not 1 <= number <= MOST:
        raise UserError(tr("A range has 1 to {most} values.", most=MOST))
    parts = max(1, number - 1)
    if isinstance(start, int):
        return tuple(start + round((end - start) * place / parts) for place in range(number))
    return tuple(round(start + (end - start) * place / parts, DIGITS) for place in range(number))


def _stepped(item: str, start: N, end: N, step: N | None) -> tuple[N, ...]:
    step = step if step is not None else type(start)(1 if end >= start else -1)
    if step == 0 or (end - start) * step < 0:
        raise UserError(tr("{item} never comes to its end.", item=item))
    number = int((end - start) / step + 1e-9) + 1
    if number > MOST:
        raise _too_many(number)
    return tuple(
        start + step * place if isinstance(start, int) else round(start + step * place, DIGITS)
        for place in range(number)
    )


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise UserError(tr("{value} is no whole number.", value=text)) from error


def _fraction(text: str) -> float:
    return float(text)


V = TypeVar("V")


def _limited(values: tuple[V, ...]) -> tuple[V, ...]:
    if len(values) > MOST:
        raise _too_many(len(values))
    return values


def _too_many(number: int) -> UserError:
    return UserError(tr("{count} values are too many; {most} are possible.",
                        count=f"{number:,}", most=MOST))  # fmt: skip
