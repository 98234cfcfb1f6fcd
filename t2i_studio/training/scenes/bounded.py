"""A cache that forgets what was used longest ago when it holds too many bytes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class BoundedCache(Generic[Value]):
    """Values by key, made when first asked for."""

    def __init__(self, limit: int, size: Callable[[Value], int]) -> None:
        self._limit = limit  # bytes
        self._size = size
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._held = 0  # bytes

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return the value of a key; the newest one stays, however large."""
        if key in self._values:
            self._values.move_to_end(key)
            return self._values[key]
        value = self._values[key] = make()
        self._held += self._size(value)
        while self._held > self._limit and len(self._values) > 1:
            self._held -= self._size(self._values.popitem(last=False)[1])
        return value
