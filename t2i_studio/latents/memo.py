"""What has been computed already: sliders ask for the same things again and again."""

from collections import OrderedDict
from collections.abc import Callable, Generator, Hashable
from typing import Any, TypeVar

T = TypeVar("T")

LENGTH = 256


class Memo:
    """The last `length` results by key, the least recently used forgotten first.

    A key holds everything that its result depends on, so remembering never changes a picture.
    """

    def __init__(self, length: int = LENGTH) -> None:
        self._length = length
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()

    def __contains__(self, key: Hashable) -> bool:
        return key in self._kept

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        if key not in self._kept:
            return self._keep(key, make())
        value: T = self._recall(key)
        return value

    def run(
        self, key: Hashable, make: Callable[[], Generator[Any, None, T]]
    ) -> Generator[Any, None, T]:
        """Return what is known at once, or what the generator returns; it is kept when it ends."""
        if key not in self._kept:
            return self._keep(key, (yield from make()))
        value: T = self._recall(key)
        return value

    def _recall(self, key: Hashable) -> Any:
        self._kept.move_to_end(key)
        return self._kept[key]

    def _keep(self, key: Hashable, value: T) -> T:
        self._kept[key] = value
        while len(self._kept) > self._length:
            self._kept.popitem(last=False)
        return value
