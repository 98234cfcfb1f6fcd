"""What has been computed already: sliders ask for the same things again and again."""

from collections import OrderedDict
from collections.abc import Callable, Generator, Hashable
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

from torch import Tensor

T = TypeVar("T")

LENGTH = 256
SIZE = 2**28  # bytes: 256 MiB


class Memo:
    """The last results by key, the least recently used forgotten first.

    At most `length`, whose tensors take at most `size` bytes; the last one is kept however large
    it is. A key holds everything that its result depends on, so remembering never changes a
    picture.
    """

    def __init__(self, length: int = LENGTH, size: int = SIZE) -> None:
        self._length = length
        self._size = size
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
        taken = sum(map(_bytes, self._kept.values()))
        while len(self._kept) > 1 and (len(self._kept) > self._length or taken > self._size):
            taken -= _bytes(self._kept.popitem(last=False)[1])
        return value


def _bytes(value: Any) -> int:
    """Add up what the tensors of a result take, those in its fields as well."""
    if isinstance(value, Tensor):
        return value.nbytes
    if is_dataclass(value):
        return sum(_bytes(getattr(value, field.name)) for field in fields(value))
    return 0
