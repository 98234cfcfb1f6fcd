from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from accelerate.state import AcceleratorState, PartialState

from t2i_studio.evaluation.oracle import cached_judge, trained_judge
from t2i_studio.training.plan import Plan
from t2i_studio.training.scenes.judge import Judge
from tests.evaluation.tiny import Flat

PLAN = Plan(samples=8, minutes=10, batch=4, lr=0.001)


@pytest.fixture(autouse=True)
def _own_accelerator() -> Iterator[None]:
    yield
    AcceleratorState._reset_state()
    PartialState._reset_state()


def train(cache_folder: Path, plan: Plan) -> Judge:
    return trained_judge(
        cache_folder, Flat(), "cpu", lambda done, left: None, plan, signs=2, checks=20
    )


def test_a_judge_is_trained_once_and_then_found(tmp_path: Path) -> None:
    heard: list[float] = []
    assert cached_judge(tmp_path, PLAN) is None

    trained = trained_judge(
        tmp_path, Flat(), "cpu", lambda done, left: heard.append(done), PLAN, signs=2, checks=20
    )

    found = cached_judge(tmp_path, PLAN)
    assert found is not None
    assert found.accuracies == trained.accuracies != {}
    assert heard[-1] == 1.0


def test_a_judge_that_was_damaged_is_trained_again(tmp_path: Path) -> None:
    train(tmp_path, PLAN)
    (weights,) = tmp_path.rglob("judge.safetensors")
    weights.write_bytes(b"cut off")

    assert cached_judge(tmp_path, PLAN) is None
    assert train(tmp_path, PLAN) is not None


def test_a_judge_of_another_plan_is_neither_taken_nor_gone_on_with(tmp_path: Path) -> None:
    other = replace(PLAN, lr=0.01)
    train(tmp_path, PLAN)
    assert cached_judge(tmp_path, other) is None

    train(tmp_path, other)

    assert cached_judge(tmp_path, PLAN) is not None
    assert cached_judge(tmp_path, other) is not None
