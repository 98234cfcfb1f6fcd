"""Undo and redo: edits grouped into named steps, kept within a number of bytes."""

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Final, Generic, Protocol, TypeVar

from psygnal import Signal

BUDGET_BYTES: Final = 256 * 2**20
_marks = count(1)

Target = TypeVar("Target")
Changes = TypeVar("Changes", contravariant=True)


class Edit(Protocol[Changes]):
    """One change of a document that can be taken back exactly.

    Both ways only change the document; it tells its listeners when the whole step is done, so
    that a listener which fails cannot leave half a step behind.
    """

    @property
    def size_bytes(self) -> int: ...

    def apply(self, document: Changes, /) -> None: ...

    def revert(self, document: Changes, /) -> None: ...


@dataclass(frozen=True)
class Step(Generic[Target]):
    """What one undo takes back."""

    name: str
    edits: tuple[Edit[Target], ...]
    key: Hashable = None  # what it changes, where the next change of that takes its place
    mark: int = field(default_factory=lambda: next(_marks), compare=False)  # no other has it

    @property
    def size_bytes(self) -> int:
        return sum(edit.size_bytes for edit in self.edits)


class History(Generic[Target]):
    """The steps of one document, done and undone (main thread)."""

    leaving = Signal()  # steps are about to be undone or redone
    changed = Signal()

    def __init__(self, document: Target, budget_bytes: int = BUDGET_BYTES) -> None:
        self._document = document
        self._budget_bytes = budget_bytes
        self._done: list[Step[Target]] = []
        self._undone: list[Step[Target]] = []  # the next one to redo is the last
        self._pending: list[Edit[Target]] = []
        self._depth = 0  # of transactions in transactions
        self._done_bytes = 0
        self._base = 0  # the mark of what lies before all steps

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    @property
    def undo_name(self) -> str:
        """What an undo takes back; empty if there is nothing."""
        return self._done[-1].name if self._done else ""

    @property
    def redo_name(self) -> str:
        return self._undone[-1].name if self._undone else ""

    @property
    def steps(self) -> tuple[str, ...]:
        """The names of all steps, newest last; those from `position` on are undone."""
        return tuple(step.name for step in (*self._done, *reversed(self._undone)))

    @property
    def position(self) -> int:
        """How many steps are done."""
        return len(self._done)

    @property
    def mark(self) -> int:
        """What the present state is known by: undo and redo lead back to it, nothing else does."""
        return self._done[-1].mark if self._done else self._base

    @property
    def size_bytes(self) -> int:
        return self._done_bytes + sum(step.size_bytes for step in self._undone)

    @contextmanager
    def transaction(self, name: str, key: Hashable = None) -> Iterator[tuple[Edit[Target], ...]]:
        """Make one step of all edits inside; an exception takes them back.

        Inside another transaction it becomes part of that one. With a key that the newest step
        has, too, the step takes its place: that one is taken back first, and its edits are what
        this returns. So a slider that is dragged makes one step.
        """
        mark = len(self._pending)
        replaced = self._take_newest(key) if self._depth == 0 else None
        self._depth += 1
        try:
            yield replaced.edits if replaced else ()
        except BaseException:
            self._roll_back(mark, replaced)
            raise
        finally:
            self._depth -= 1
        if self._depth == 0:
            self._commit(Step(name, tuple(self._pending), key), replaced)

    def do(self, edit: Edit[Target]) -> None:
        """Apply an edit as part of the open transaction."""
        self._require_transaction()
        edit.apply(self._document)
        self._pending.append(edit)

    def record(self, edit: Edit[Target]) -> None:
        """Take an edit that is already applied into the open transaction."""
        self._require_transaction()
        self._pending.append(edit)

    def undo(self) -> None:
        """Take back the newest step, if there is one."""
        self._require_no_transaction()
        if self._done:
            self.go_to(self.position - 1)

    def redo(self) -> None:
        """Do again what was undone last, if there is anything."""
        self._require_no_transaction()
        if self._undone:
            self.go_to(self.position + 1)

    def go_to(self, position: int) -> None:
        """Undo or redo until so many of `steps` are done; listeners hear of it once."""
        self._require_no_transaction()
        if not 0 <= position <= len(self._done) + len(self._undone):
            raise ValueError(f"There is no step {position}.")
        if position == self.position:
            return
        self.leaving.emit()
        while self.position > position:
            self._undone.append(self._take_back())
        while self.position < position:
            self._do_again(self._undone.pop())
        self.changed.emit()

    def clear(self) -> None:
        """Forget every step."""
        self._require_no_transaction()
        self._done.clear()
        self._done_bytes = 0
        self._undone.clear()
        self._base = next(_marks)
        self.changed.emit()

    def _do_again(self, step: Step[Target]) -> None:
        for edit in step.edits:
            edit.apply(self._document)
        self._keep(step)

    def _take_back(self) -> Step[Target]:
        step = self._done.pop()
        self._done_bytes -= step.size_bytes  # before it is reverted, which may change it
        for edit in reversed(step.edits):
            edit.revert(self._document)
        return step

    def _keep(self, step: Step[Target]) -> None:
        self._done.append(step)
        self._done_bytes += step.size_bytes

    def _take_newest(self, key: Hashable) -> Step[Target] | None:
        if key is None or self._undone or not self._done or self._done[-1].key != key:
            return None
        return self._take_back()

    def _commit(self, step: Step[Target], replaced: Step[Target] | None) -> None:
        if not step.edits and not replaced:
            return
        if step.edits:
            self._keep(step)
        self._pending.clear()
        self._undone.clear()
        self._drop_oldest()
        self.changed.emit()

    def _drop_oldest(self) -> None:
        # The newest stays whatever its size: what was just done can always be undone.
        while self._done_bytes > self._budget_bytes and len(self._done) > 1:
            oldest = self._done.pop(0)
            self._base = oldest.mark
            self._done_bytes -= oldest.size_bytes

    def _roll_back(self, mark: int, replaced: Step[Target] | None) -> None:
        while len(self._pending) > mark:
            self._pending.pop().revert(self._document)
        if replaced:
            self._do_again(replaced)
        if self._depth == 1:
            self.changed.emit()

    def _require_transaction(self) -> None:
        if self._depth == 0:
            raise RuntimeError("An edit needs a transaction around it.")

    def _require_no_transaction(self) -> None:
        if self._depth:
            raise RuntimeError("Not inside a transaction.")
