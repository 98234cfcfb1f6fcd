import json
from dataclasses import replace
from itertools import product

import pytest

from t2i_studio.evaluation import scorecard
from t2i_studio.evaluation.painter import Painter
from t2i_studio.evaluation.questions import questions
from t2i_studio.evaluation.scorecard import BY_CHANCE, Examiner, Sheet, work
from t2i_studio.training.scenes.judge import Judge, Shape
from t2i_studio.training.scenes.marks import has_binding, share
from t2i_studio.training.scenes.scene import Scene
from tests.evaluation.tiny import Flat
from tests.training.scenes.test_marks import read

SCORES = {
    "object", "background", "art", "primitive", "colour", "effect", "relation", "pair", "binding",
    "count", "spelled", "inpaint", "text_diff", "retrieval_at_1", "zero_shot_object",
    "prior_cosine", "frechet",
}  # fmt: skip


def shuffled(scene: Scene) -> list[Scene]:
    """Put two solids in both orders, their colours either way."""
    return [
        replace(scene, items=tuple(replace(i, colour=c.colour) for i, c in zip(*each, strict=True)))
        for each in product((scene.items, scene.items[::-1]), repeat=2)
    ]


def test_every_question_is_put_and_every_score_given(painter: Painter, reports: list[int]) -> None:
    titles: list[str] = []
    sheets: list[Sheet] = []
    judge = Judge(Shape((4, 4, 8, 8), 16, (4, 4, 4), 16), {"object": 1.0}).eval()
    examiner = Examiner(painter, judge, Flat(), 2, 0, titles.append, sheets.append)

    card = examiner.examine("tiny")

    assert set(card.scores) == SCORES
    assert all(0 <= v <= 1 for k, v in card.scores.items() if k not in ("frechet", "prior_cosine"))
    assert sum(reports) == work(2)
    assert titles == [*(sheet.name for sheet in sheets), "CLIP"]
    assert all(len(sheet.is_right) == 2 for sheet in sheets)
    report = json.loads(json.dumps(card.as_json()))
    assert list(report) == ["scores", "n", "seconds", "judge", "model", "device"]
    assert (report["n"], report["model"], report["judge"]) == (2, "tiny", {"object": 1.0})


def test_every_score_is_explained() -> None:
    rows = [line.split("|")[1] for line in (scorecard.__doc__ or "").splitlines() if "|" in line]
    names = [name.strip() for row in rows[2:] for name in row.split(",")]

    assert sorted(names) == sorted(SCORES)


def test_every_share_tells_what_chance_gives() -> None:
    assert set(BY_CHANCE) == SCORES - {"prior_cosine", "frechet"}
    assert all(0 < value < 0.61 for value in BY_CHANCE.values())
    assert BY_CHANCE["count"] == 0.5


def test_two_things_in_any_order_are_right_as_often_as_by_chance() -> None:
    (pairs,) = (question for question in questions(10, seed=0) if question.name == "pairs")

    for name, mark in pairs.marks.items():
        right = [
            mark(scene, read(replace(scene, items=items)))
            for scene in pairs.scenes
            for items in (scene.items, scene.items[::-1])
        ]
        assert share(right) == pytest.approx(BY_CHANCE[name])


def test_solids_and_colours_anyhow_are_right_as_often_as_by_chance() -> None:
    (bound,) = (question for question in questions(12, seed=0) if question.name == "bindings")

    right = [has_binding(scene, read(shown)) for scene in bound.scenes for shown in shuffled(scene)]

    assert share(right) == pytest.approx(BY_CHANCE["binding"])
