import pytest
import torch

from t2i_studio.training.plan import Plan
from t2i_studio.training.recipes.judge import JudgeRecipe, held_out
from t2i_studio.training.scenes.judge import Judge, Shape
from t2i_studio.training.scenes.truth import LETTERS, QUESTIONS
from tests.evaluation.tiny import Flat

SMALL = Shape((4, 4, 8, 8), 16, (4, 4, 4), 16)


@pytest.fixture
def recipe() -> JudgeRecipe:
    plan = Plan(samples=16, minutes=1, batch=8, lr=0.01)
    return JudgeRecipe(Judge(SMALL), Flat(), plan, signs=4, checks=30)


def test_a_batch_holds_pictures_and_a_target_for_every_question(recipe: JudgeRecipe) -> None:
    batch = recipe.batch(0, 0)

    assert set(batch) == {"scenes", "signs", *QUESTIONS, *LETTERS}
    assert all(len(batch[name]) == len(batch["scenes"]) == 8 for name in QUESTIONS)
    assert all(len(batch[name]) == len(batch["signs"]) for name in LETTERS)
    assert recipe.objective(batch).isfinite()


def test_a_batch_follows_from_its_number(recipe: JudgeRecipe) -> None:
    assert torch.equal(recipe.batch(3, 0)["scenes"], recipe.batch(3, 0)["scenes"])
    assert not torch.equal(recipe.batch(3, 0)["scenes"], recipe.batch(4, 0)["scenes"])


def test_the_judge_keeps_what_it_was_measured_at(recipe: JudgeRecipe) -> None:
    measured = recipe.measure()

    assert {"object", "colour", "background", "pair", "binding", "count"} < set(measured)
    assert all(0 <= value <= 1 for value in measured.values())
    assert isinstance(recipe.objective, Judge)
    assert recipe.objective.accuracies == measured


def test_what_the_judge_is_checked_on_is_held_out_of_its_training() -> None:
    assert all(scene.is_held_out for scene in held_out("pair", 5))
