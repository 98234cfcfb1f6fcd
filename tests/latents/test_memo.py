"""The memo: computes once, forgets the oldest, and keeps to its bytes."""

from collections.abc import Generator
from itertools import count

import pytest
import torch

from t2i_studio.latents.memo import Memo
from t2i_studio.models.unclip.clip import TextCond
from tests.models.running import collect, finish

KIB = torch.zeros(256)  # 1024 bytes


def counted(runs: list[str], name: str = "run") -> Generator[str, None, str]:
    runs.append(name)
    yield "step 1"
    yield "step 2"
    return name


def test_a_generator_runs_once() -> None:
    memo, runs = Memo(), list[str]()
    assert collect(memo.run("key", lambda: counted(runs))) == (["step 1", "step 2"], "run")
    assert collect(memo.run("key", lambda: counted(runs))) == ([], "run")
    assert runs == ["run"]


def test_a_generator_that_is_stopped_is_not_remembered() -> None:
    memo, runs = Memo(), list[str]()
    work = memo.run("key", lambda: counted(runs))
    next(work)
    work.close()
    assert "key" not in memo
    assert finish(memo.run("key", lambda: counted(runs))) == "run"


def test_a_value_is_made_once_for_each_key() -> None:
    memo, numbers = Memo(), count(1)
    assert [memo.get(key, lambda: next(numbers)) for key in "abab"] == [1, 2, 1, 2]


def test_nothing_is_a_result_like_any_other() -> None:
    memo, made = Memo(), list[int]()
    for _ in range(2):
        memo.get("key", lambda: made.append(1))
    assert made == [1]


def test_the_least_recently_used_is_forgotten_first() -> None:
    memo = Memo(length=2)
    for key in ("a", "b", "a", "c"):
        memo.get(key, lambda: 1)
    assert [key in memo for key in "abc"] == [True, False, True]


def test_what_a_generator_made_is_used_when_it_is_asked_for() -> None:
    memo = Memo(length=2)
    for key in ("a", "b", "a", "c"):
        finish(memo.run(key, lambda: counted([])))
    assert [key in memo for key in "abc"] == [True, False, True]


@pytest.mark.parametrize(
    "value", [KIB, TextCond(KIB[:128][None], KIB[:128][None])], ids=["tensor", "in fields"]
)
def test_bytes_are_bounded_too(value: object) -> None:
    memo = Memo(length=99, size=3 * 1024)
    for key in "abacd":
        memo.get(key, lambda: value)
    assert [key in memo for key in "abcd"] == [True, False, True, True]


def test_the_last_result_is_kept_however_large() -> None:
    memo = Memo(size=10)
    memo.get("a", lambda: KIB)
    memo.get("b", lambda: KIB)
    assert ("a" in memo, "b" in memo) == (False, True)
