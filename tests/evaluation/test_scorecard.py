import json

from t2i_studio.evaluation import scorecard
from t2i_studio.evaluation.painter import Painter
from t2i_studio.evaluation.scorecard import Examiner, Sheet, work
from t2i_studio.training.scenes.judge import Judge, Shape
from tests.evaluation.tiny import Flat

SCORES = {
    "object", "background", "art", "primitive", "colour", "effect", "relation", "pair", "binding",
    "count", "spelled", "inpaint", "text_diff", "retrieval_at_1", "zero_shot_object",
    "prior_cosine", "frechet",
}  # fmt: skip


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
