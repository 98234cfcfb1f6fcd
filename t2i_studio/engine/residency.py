"""Which models stay in memory: the least recently used leave when a budget is exceeded."""

from collections import OrderedDict
from typing import Generic, Protocol, TypeVar


class Resident(Protocol):
    """Something that takes memory until it is closed."""

    @property
    def memory_bytes(self) -> int: ...

    def close(self) -> None: ...


R = TypeVar("R", bound=Resident)


class Residency(Generic[R]):
    """Loaded models by name, within `budget_bytes`; the one just added always stays."""

    def __init__(self, budget_bytes: int) -> None:
        self.budget_bytes = budget_bytes
        self._residents: OrderedDict[str, R] = OrderedDict()

    @property
    def memory_bytes(self) -> int:
        return sum(resident.memory_bytes for resident in self._residents.values())

    @property
    def names(self) -> tuple[str, ...]:
        """Least recently used first."""
        return tuple(self._residents)

    def get(self, name: str) -> R | None:
        """Return it if it is in memory, and count that as a use."""
        if name not in self._residents:
            return None
        self._residents.move_to_end(name)
        return self._residents[name]

    def add(self, name: str, resident: R) -> None:
        """Keep it, and close the least recently used others until the budget holds.

        It is in memory already: while it loads, it comes on top of what the budget allows, since
        a load may still fail, and then nothing may be missing.
        """
        if replaced := self._residents.pop(name, None):
            replaced.close()
        self._residents[name] = resident
        while len(self._residents) > 1 and self.memory_bytes > self.budget_bytes:
            _, oldest = self._residents.popitem(last=False)
            oldest.close()

    def clear(self) -> None:
        while self._residents:
            self._residents.popitem()[1].close()
