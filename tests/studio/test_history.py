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


def test_the_names_of_all_steps_show_which_are_done(writer: Writer) -> None:
    for letter in "abc":
        writer.write(letter)
    writer.history.undo()
    assert writer.history.steps == ("Write a", "Write b", "Write c")
    assert writer.history.position == 2


@pytest.mark.parametrize(("position", "expected"), [(0, ""), (1, "a"), (3, "abc"), (4, "abcd")])
def test_going_to_a_step_is_heard_of_once(writer: Writer, position: int, expected: str) -> None:
    for letter in "abcd":
        writer.write(letter)
    writer.history.go_to(2)
    writer.changes = 0
    writer.history.go_to(position)
    assert writer.text.value == expected
    assert (writer.history.position, writer.changes) == (position, 1)


def test_going_where_one_is_is_nothing(writer: Writer) -> None:
    writer.write("a")
    writer.changes = 0
    writer.history.go_to(1)
    assert writer.changes == 0


@pytest.mark.parametrize("position", [-1, 2])
def test_there_is_no_going_to_a_step_that_is_not_there(writer: Writer, position: int) -> None:
    writer.write("a")
    with pytest.raises(ValueError, match=str(position)):
        writer.history.go_to(position)


def test_who_has_something_unfinished_hears_before_steps_are_undone(writer: Writer) -> None:
    seen: list[str] = []
    writer.write("a")
    writer.history.leaving.connect(lambda: seen.append(writer.text.value))
    writer.history.undo()
    writer.history.undo()
    writer.history.redo()
    assert seen == ["a", ""]


def write_with_key(writer: Writer, letters: str, key: str = "k") -> tuple[object, ...]:
    with writer.history.transaction(f"Write {letters}", key) as replaced:
        if letters:
            writer.history.do(Append(letters))
    return replaced


def test_a_step_takes_the_place_of_the_newest_with_its_key(writer: Writer) -> None:
    writer.write("a")
    write_with_key(writer, "b")
    assert write_with_key(writer, "cd") == (Append("b"),)
    assert writer.text.value == "acd"
    assert writer.history.steps == ("Write a", "Write cd")
    assert writer.changes == 3
    writer.history.undo()
    assert writer.text.value == "a"


def test_a_step_that_is_taken_back_by_its_successor_leaves_nothing(writer: Writer) -> None:
    write_with_key(writer, "b")
    write_with_key(writer, "")
    assert writer.text.value == ""
    assert (writer.history.steps, writer.changes) == ((), 2)


@pytest.mark.parametrize("between", ["another key", "another step", "an undo"])
def test_only_the_very_newest_step_is_replaced(writer: Writer, between: str) -> None:
    write_with_key(writer, "a")
    if between == "another key":
        write_with_key(writer, "b", "other")
    else:
        writer.write("b")
        if between == "an undo":
            writer.history.undo()
    assert write_with_key(writer, "c") == ()
    assert writer.text.value == ("ac" if between == "an undo" else "abc")


def test_a_failure_brings_back_the_step_that_was_to_be_replaced(writer: Writer) -> None:
    write_with_key(writer, "a")
    with suppress(KeyError), writer.history.transaction("Fail", "k"):
        writer.history.do(Append("b"))
        raise KeyError
    assert writer.text.value == "a"
    assert writer.history.steps == ("Write a",)


def test_inside_a_transaction_a_key_replaces_nothing(writer: Writer) -> None:
    write_with_key(writer, "a")
    with writer.history.transaction("Outer"):
        assert write_with_key(writer, "b") == ()
    assert writer.text.value == "ab"


def test_nobody_hears_of_a_half_made_step_when_a_part_of_it_fails(writer: Writer) -> None:
    with writer.history.transaction("Outer"):
        writer.write("a")
        with suppress(KeyError), writer.history.transaction("Inner"):
            raise KeyError
        assert writer.changes == 0
    assert writer.changes == 1


class Growing:
    """Holds more once it has been reverted."""

    size_bytes = 1

    def apply(self, text: Text) -> None:
        self.size_bytes = 1

    def revert(self, text: Text) -> None:
        self.size_bytes = 50


def test_the_size_is_what_is_held_now(writer: Writer) -> None:
    writer.write("a", 7)
    with writer.history.transaction("Grow"):
        writer.history.do(Growing())
    assert writer.history.size_bytes == 8
    writer.history.go_to(0)
    assert writer.history.size_bytes == 57
    writer.history.go_to(2)
    assert writer.history.size_bytes == 8
    writer.history.clear()
    assert writer.history.size_bytes == 0


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
