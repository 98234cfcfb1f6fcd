"""The loop trains, stops, goes on and saves."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors import SafetensorError
from torch import Tensor

from t2i_studio.core.cancel import CancelledError
from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.training.journal import CheckpointSaved, Event, PictureSaved, Resumed, Skipped
from t2i_studio.training.loop import Run, train
from tests.training.conftest import PLAN, Adding

MakeRun = Callable[..., Run]


class Cancelling(Adding):
    """Has its run cancelled after some steps."""

    def __init__(self, run: Run, after: int) -> None:
        super().__init__()
        self.run, self.after = run, after

    def batch(self, index: int, rank: int) -> Mapping[str, Tensor]:
        if index == self.after:
            self.run.cancel.cancel()
        return super().batch(index, rank)


class Exploding(Adding):
    """Meets a sample that no loss survives."""

    def batch(self, index: int, rank: int) -> Mapping[str, Tensor]:
        batch = super().batch(index, rank)
        return {**batch, "y": batch["y"] * float("inf")} if index == 20 else batch


def test_what_is_trained_gets_better(make_run: MakeRun) -> None:
    recipe, run = Adding(), make_run()
    before = recipe.error
    train(recipe, run)
    saved = torch.load(run.network("adding") / "weight.pt")
    assert (saved - 1).abs().max() < 0.2 * before


def test_run_ends_with_its_samples(make_run: MakeRun) -> None:
    recipe = Adding()
    train(recipe, make_run())
    assert recipe.seen == list(range(40))


def test_run_ends_with_its_minutes(make_run: MakeRun) -> None:
    recipe = Adding(replace(PLAN, samples=10**9, minutes=1e-4))
    train(recipe, make_run())
    assert 8 <= len(recipe.seen) < 10_000


def test_resumed_run_ends_like_an_uninterrupted_one(make_run: MakeRun, events: list[Event]) -> None:
    whole, run = Adding(), make_run("whole")
    train(whole, run)
    broken = make_run("broken")
    with pytest.raises(CancelledError):
        train(Cancelling(broken, after=18), broken)
    rest = Adding()
    train(rest, make_run("broken"))
    assert Resumed("adding", 24) in events
    assert rest.seen == list(range(24, 40))
    torch.testing.assert_close(rest.weight, whole.weight, atol=1e-6, rtol=0)
    ema = [torch.load(run.network("adding") / "weight.pt") for run in (run, broken)]
    torch.testing.assert_close(*ema, atol=1e-6, rtol=0)


def test_trained_part_is_not_trained_again(make_run: MakeRun, events: list[Event]) -> None:
    train(Adding(), make_run())
    again = Adding()
    train(again, make_run())
    assert not again.seen
    assert events[-1] == Skipped("adding")


def test_other_plan_is_refused(make_run: MakeRun) -> None:
    train(Adding(), make_run())
    with pytest.raises(UserError, match=r"with lr 0\.1, and now it is 0\.2\. Give another"):
        train(Adding(replace(PLAN, lr=0.2)), make_run())


def test_checkpoint_of_another_shape_is_refused(make_run: MakeRun) -> None:
    run = make_run()
    with pytest.raises(CancelledError):
        train(Cancelling(run, after=1), run)
    with pytest.raises(UserError, match=r"linear\.weight 1x3, and now it is 1x5\. Give another"):
        train(Adding(width=5), make_run())


def test_loss_that_is_no_number_stops_and_keeps_the_checkpoint(
    make_run: MakeRun, events: list[Event]
) -> None:
    with pytest.raises(MachineError, match="adding is no longer a number at step 21"):
        train(Exploding(), make_run(checkpoint_minutes=0))
    assert [e for e in events if isinstance(e, CheckpointSaved)][-1].step == 16
    train(Adding(), make_run())
    assert Resumed("adding", 16) in events


def test_log_tells_how_it_went(make_run: MakeRun, events: list[Event]) -> None:
    run = make_run(measure_minutes=0)
    train(Adding(), run)
    lines = [json.loads(line) for line in (run.folder / "log.jsonl").read_text().splitlines()]
    assert [line["step"] for line in lines] == [8, 16, 24, 32, 40, 40]
    assert lines[-1]["loss"] < lines[0]["loss"]
    assert lines[-1]["measured"]["error"] < lines[0]["measured"]["error"]
    pictures = [event.path for event in events if isinstance(event, PictureSaved)]
    assert pictures[0] == run.folder / "samples" / "adding-000008.png"
    assert all(path.exists() for path in pictures)


def test_frozen_networks_inside_neither_train_nor_drop(make_run: MakeRun) -> None:
    recipe = Adding()
    recipe.objective.frozen = torch.nn.Sequential(torch.nn.Linear(1, 1), torch.nn.Dropout(0.5))
    recipe.objective.frozen.requires_grad_(False)
    before = recipe.objective.frozen[0].weight.clone()
    train(recipe, make_run())
    assert not recipe.objective.frozen[1].training
    assert torch.equal(recipe.objective.frozen[0].weight, before)


class Homeless(Adding):
    """Finds no room for its network."""

    def save(self, folder: Path) -> None:
        raise SafetensorError("I/O error: No space left on device (os error 28)")


def test_network_that_cannot_be_saved_is_saved_by_the_next_run(
    make_run: MakeRun, events: list[Event]
) -> None:
    with pytest.raises(MachineError, match=r"Cannot write into .*No space left"):
        train(Homeless(), make_run())
    again, run = Adding(), make_run()
    train(again, run)
    assert not again.seen
    assert (run.network("adding") / "weight.pt").exists()
