from collections.abc import Iterator
from pathlib import Path

import pytest
from accelerate.state import AcceleratorState, PartialState

from t2i_studio.evaluation.oracle import cached_judge, trained_judge
from t2i_studio.training.plan import Plan
from tests.evaluation.tiny import Flat

PLAN = Plan(samples=8, minutes=10, batch=4, lr=0.001)


@pytest.fixture(autouse=True)
def _own_accelerator() -> Iterator[None]:
    yield
    AcceleratorState._reset_state()
    PartialState._reset_state()


def test_a_judge_is_trained_once_and_then_found(tmp_path: Path) -> None:
    heard: list[float] = []
    assert cached_judge(tmp_path) is None

    trained = trained_judge(
        tmp_path, Flat(), "cpu", lambda done, left: heard.append(done), PLAN, signs=2, checks=20
    )

    found = cached_judge(tmp_path)
    assert found is not None
    assert found.accuracies == trained.accuracies != {}
    assert heard[-1] == 1.0


def test_a_judge_that_was_damaged_is_trained_again(tmp_path: Path) -> None:
    def train() -> object:
        return trained_judge(
            tmp_path, Flat(), "cpu", lambda done, left: None, PLAN, signs=2, checks=20
        )

    train()
    (weights,) = tmp_path.rglob("judge.safetensors")
    weights.write_bytes(b"cut off")

    assert cached_judge(tmp_path) is None
    assert train() is not None
