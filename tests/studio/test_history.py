from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from t2i_studio.studio.history import History


@dataclass
class Text:
    value: str = ""


@dataclass(frozen=True)
class Append:
    letters: str
    size_bytes: int = field(default=1, kw_only=True)

    def apply(self, text: Text) -> None:
        text.value += self.letters

    def revert(self, text: Text) -> None:
        text.value = text.value.removesuffix(self.letters)


class Writer:
    def __init__(self, budget_bytes: int = 100) -> None:
        self.text = Text()
        self.history = History(self.text, budget_bytes)
        self.changes = 0
        self.history.changed.connect(self._count)

    def _count(self) -> None:
        self.changes += 1

    def write(self, letters: str, size_bytes: int = 1) -> None:
        with self.history.transaction(f"Write {letters}"):
            self.history.do(Append(letters, size_bytes=size_bytes))


@pytest.fixture
def writer() -> Writer:
    return Writer()


def test_undo_and_redo_name_what_they_do(writer: Writer) -> None:
    writer.write("a")
    writer.write("b")
    writer.history.undo()
    assert writer.text.value == "a"
    assert (writer.history.undo_name, writer.history.redo_name) == ("Write a", "Write b")
    assert writer.history.can_undo
    assert writer.history.can_redo


def test_with_nothing_to_do_nothing_happens(writer: Writer) -> None:
    writer.history.undo()
    writer.history.redo()
    assert (writer.history.undo_name, writer.history.redo_name) == ("", "")
    assert not writer.history.can_undo
    assert not writer.history.can_redo
    assert writer.changes == 0


def test_edits_of_one_transaction_are_one_step(writer: Writer) -> None:
    with writer.history.transaction("Write word"):
        writer.history.do(Append("a"))
        writer.history.do(Append("b"))
    writer.history.undo()
    assert writer.text.value == ""
    writer.history.redo()
    assert writer.text.value == "ab"


def test_an_inner_transaction_joins_the_outer(writer: Writer) -> None:
    with writer.history.transaction("Outer"):
        writer.write("a")
        writer.write("b")
        assert not writer.history.can_undo
    assert writer.history.undo_name == "Outer"
    writer.history.undo()
    assert writer.text.value == ""


def test_an_exception_takes_everything_back(writer: Writer) -> None:
    with suppress(KeyError), writer.history.transaction("Outer"):
        writer.write("a")
        raise KeyError
    assert writer.text.value == ""
    assert not writer.history.can_undo


def test_a_caught_exception_inside_takes_back_only_the_inner(writer: Writer) -> None:
    with writer.history.transaction("Outer"):
        writer.write("a")
        with suppress(KeyError), writer.history.transaction("Inner"):
            writer.history.do(Append("b"))
            raise KeyError
    assert writer.text.value == "a"
    assert writer.history.undo_name == "Outer"


def test_a_transaction_without_edits_is_no_step(writer: Writer) -> None:
    with writer.history.transaction("Nothing"):
        pass
    assert not writer.history.can_undo
    assert writer.changes == 0


def test_an_applied_edit_is_recorded_without_applying_it_again(writer: Writer) -> None:
    writer.text.value = "a"
    with writer.history.transaction("Write a"):
        writer.history.record(Append("a"))
    assert writer.text.value == "a"
    writer.history.undo()
    assert writer.text.value == ""


def test_a_new_step_forgets_what_was_undone(writer: Writer) -> None:
    writer.write("a")
    writer.history.undo()
    writer.write("b")
    assert not writer.history.can_redo


def test_clear_forgets_both_ways_and_changes_nothing(writer: Writer) -> None:
    writer.write("a")
    writer.write("b")
    writer.history.undo()
    writer.history.clear()
    assert writer.text.value == "a"
    assert not writer.history.can_undo
    assert not writer.history.can_redo


def test_each_step_is_announced_once(writer: Writer) -> None:
    with writer.history.transaction("Outer"):
        writer.write("a")
        writer.write("b")
    writer.history.undo()
    writer.history.redo()
    assert writer.changes == 3


def test_edits_belong_into_transactions(writer: Writer) -> None:
    with pytest.raises(RuntimeError):
        writer.history.do(Append("a"))
    with pytest.raises(RuntimeError):
        writer.history.record(Append("a"))
    assert writer.text.value == ""


@pytest.mark.parametrize("name", ["undo", "redo", "clear"])
def test_the_steps_cannot_be_moved_while_one_is_made(writer: Writer, name: str) -> None:
    writer.write("a")
    with pytest.raises(RuntimeError), writer.history.transaction("Outer"):
        getattr(writer.history, name)()
    assert writer.history.undo_name == "Write a"


def test_the_oldest_steps_are_dropped_beyond_the_budget() -> None:
    writer = Writer(budget_bytes=10)
    for letter in "abc":
        writer.write(letter, size_bytes=4)
    assert writer.history.size_bytes == 8
    for _ in range(3):
        writer.history.undo()
    assert writer.text.value == "a"


def test_the_newest_step_can_be_undone_whatever_its_size() -> None:
    writer = Writer(budget_bytes=10)
    writer.write("a")
    writer.write("b", size_bytes=99)
    writer.history.undo()
    assert writer.text.value == "a"
    assert not writer.history.can_undo


@given(st.lists(st.tuples(st.text("ab", max_size=3), st.integers(0, 8)), max_size=20))
def test_undo_all_and_redo_all_lead_back(steps: list[tuple[str, int]]) -> None:
    writer = Writer(budget_bytes=30)
    for letters, size in steps:
        writer.write(letters, size)
    end = writer.text.value
    assert writer.history.size_bytes <= 30
    while writer.history.can_undo:
        writer.history.undo()
    while writer.history.can_redo:
        writer.history.redo()
    assert writer.text.value == end


def test_a_mark_comes_back_with_its_state_only(writer: Writer) -> None:
    start = writer.history.mark
    writer.write("a")
    one = writer.history.mark
    writer.write("b")
    writer.history.undo()
    assert writer.history.mark == one != start
    writer.history.undo()
    assert writer.history.mark == start
    writer.write("a")
    assert writer.history.mark not in (start, one)


def test_a_mark_is_not_given_to_what_is_left_of_dropped_steps() -> None:
    writer = Writer(budget_bytes=10)
    start = writer.history.mark
    for letter in "abc":
        writer.write(letter, size_bytes=4)
    while writer.history.can_undo:
        writer.history.undo()
    assert writer.history.mark != start


def test_a_new_beginning_has_a_mark_of_its_own(writer: Writer) -> None:
    before = writer.history.mark
    writer.history.clear()
    assert writer.history.mark != before
