import json
import random
from pathlib import Path

import pytest
import torch
from torch import nn

from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.training.scenes.judge import CONFIG_NAME, WEIGHTS_NAME, Judge, Shape
from t2i_studio.training.scenes.lessons import rendered, targets
from t2i_studio.training.scenes.sampler import Fixed, SceneSampler
from t2i_studio.training.scenes.scene import Scene
from t2i_studio.training.scenes.truth import LETTERS, QUESTIONS, UNASKED
from tests.evaluation.tiny import Flat

SMALL = Shape((4, 4, 8, 8), 16, (4, 4, 4), 16)


@pytest.fixture
def judge() -> Judge:
    torch.manual_seed(0)
    return Judge(SMALL, {"object": 0.5})


@pytest.fixture
def pixels() -> torch.Tensor:
    return torch.rand(3, 3, 64, 64, generator=torch.Generator().manual_seed(0)) * 2 - 1


def test_every_question_is_answered_for_every_picture(judge: Judge, pixels: torch.Tensor) -> None:
    answers = judge.read(pixels)

    assert answers.features.shape == (3, 16)
    for reading in answers.readings:
        known = {name: tuple(row) for name, row in reading.log_probs.items()}
        assert known == {**QUESTIONS, **LETTERS}


def test_pictures_of_other_sizes_are_read_and_other_shapes_refused(
    judge: Judge, pixels: torch.Tensor
) -> None:
    large = nn.functional.interpolate(pixels, scale_factor=2)

    assert len(judge.read(large).readings) == 3
    with pytest.raises(ValueError, match="Pictures are"):
        judge.read(pixels[0])


def test_reading_changes_nothing(judge: Judge, pixels: torch.Tensor) -> None:
    judge.train()
    before = {name: weight.clone() for name, weight in judge.state_dict().items()}

    judge.read(pixels)

    assert judge.training
    assert all(torch.equal(before[name], now) for name, now in judge.state_dict().items())


def test_a_saved_judge_reads_the_same(judge: Judge, pixels: torch.Tensor, tmp_path: Path) -> None:
    judge.save(tmp_path / "judge")

    loaded = Judge.load(tmp_path / "judge")

    assert loaded.accuracies == {"object": 0.5}
    assert torch.equal(loaded.read(pixels).features, judge.read(pixels).features)


def test_a_folder_without_a_judge_is_the_users_mistake(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="No judge lies here"):
        Judge.load(tmp_path)


def test_a_judge_of_another_world_is_refused(judge: Judge, tmp_path: Path) -> None:
    judge.save(tmp_path)
    config = json.loads((tmp_path / CONFIG_NAME).read_text())
    config["questions"]["colour"].append("mauve")
    (tmp_path / CONFIG_NAME).write_text(json.dumps(config))

    with pytest.raises(UserError, match="another world"):
        Judge.load(tmp_path)


@pytest.mark.parametrize("damage", ["weights", "config", "shape"])
def test_damaged_files_are_named_in_one_line(judge: Judge, tmp_path: Path, damage: str) -> None:
    judge.save(tmp_path)
    config = (tmp_path / CONFIG_NAME).read_text()
    if damage == "weights":
        (tmp_path / WEIGHTS_NAME).write_bytes(b"short")
    else:
        broken = "[]" if damage == "config" else config.replace('"scene_features": 16', '"a": 1')
        (tmp_path / CONFIG_NAME).write_text(broken)

    with pytest.raises(MachineError, match="cannot be loaded") as caught:
        Judge.load(tmp_path)
    assert "\n" not in str(caught.value)


def test_questions_that_no_picture_settles_cost_nothing(judge: Judge) -> None:
    pixels = torch.zeros(2, 3, 64, 64)
    batch = {"scenes": pixels, "signs": pixels}
    batch |= {name: torch.full((2,), UNASKED) for name in (*QUESTIONS, *LETTERS)}

    assert judge(batch).item() == 0


def test_a_judge_learns_the_colours_of_flat_pictures(judge: Judge) -> None:
    scenes = [solid(colour) for colour in ("red", "green", "blue", "black")] * 2
    pixels = rendered(Flat(), scenes)
    batch = {"scenes": pixels, "signs": pixels}
    batch |= targets({**QUESTIONS, **LETTERS}, scenes)
    optimizer = torch.optim.Adam(judge.parameters(), 0.005)

    for _ in range(80):
        optimizer.zero_grad()
        judge(batch).backward()
        optimizer.step()

    colours = [reading.answer("colour") for reading in judge.read(pixels).readings]
    assert colours == [scene.items[0].colour for scene in scenes]


def solid(colour: str) -> Scene:
    fixed = Fixed(kind="single", objects=(("cube", colour),), background="day", effect="")
    return SceneSampler(random.Random(0)).draw(fixed)
