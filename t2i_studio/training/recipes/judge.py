"""The recipe of the judge: renders with true answers, never a generated picture."""

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

from torch import Tensor, nn

from t2i_studio.training.plan import Plan
from t2i_studio.training.scenes import marks
from t2i_studio.training.scenes.judge import Judge
from t2i_studio.training.scenes.lessons import Lessons, Painter, rendered
from t2i_studio.training.scenes.marks import Mark
from t2i_studio.training.scenes.sampler import Fixed, SceneSampler
from t2i_studio.training.scenes.scene import Kind, Scene

PLAN = Plan(samples=220_000, minutes=600, batch=64, lr=2e-3, weight_decay=0.02)
"""Some twelve minutes of one CPU core; a busy machine takes longer, but makes no worse a judge."""

SIGNS = 6000  # in store
CHECKS = 1000  # scenes of each kind
_SIGN_SHARE = 0.4  # of a batch, on top of it

_MARKS: Mapping[Kind, Mapping[str, Mark]] = {
    "single": {"effect": marks.has_effect},
    "pair": {
        "relation": marks.has_relation,
        "pair": marks.has_pair,
        "binding": marks.has_binding,
    },
    "count": {"count": marks.has_count},
    "sign": {"spelled": marks.has_word},
}
# What only some scenes show: an effect may hide colours.
_CLEAR_MARKS: Mapping[str, Mark] = {
    "object": marks.has_object,
    "background": marks.has_background,
    "art": marks.has_art,
}
_SOLID_MARKS: Mapping[str, Mark] = {"primitive": marks.has_object, "colour": marks.has_colour}


class JudgeRecipe:
    """Trains a judge on scenes and signs that `painter` renders at the judge's size."""

    name = "judge"

    def __init__(
        self,
        judge: Judge,
        painter: Painter,
        plan: Plan = PLAN,
        *,
        seed: int = 0,
        signs: int = SIGNS,
        checks: int = CHECKS,
    ) -> None:
        self.objective: nn.Module = judge
        self._judge = judge
        self.plan = plan
        self._painter = painter
        self._checks = checks
        self._lessons = Lessons(painter, seed, signs)

    def batch(self, index: int, rank: int) -> Mapping[str, Tensor]:
        """Render a lesson on scenes and take one on signs."""
        scenes = self._lessons.scenes(self.plan.batch, index, rank)
        signs = self._lessons.signs(max(2, round(self.plan.batch * _SIGN_SHARE)), index, rank)
        pictures = {"scenes": scenes.pixels, "signs": signs.pixels}
        return {**pictures, **scenes.targets, **signs.targets}

    def measure(self) -> Mapping[str, float]:
        """Score the judge with the scorecard's marks on renders of held-out scenes."""
        scores: dict[str, float] = {}
        for kind, wanted in _MARKS.items():
            scores |= self._scores(held_out(kind, self._checks), wanted)
        clear = [scene for scene in held_out("single", self._checks) if not scene.effect]
        scores |= self._scores(clear, _CLEAR_MARKS)
        scores |= self._scores([s for s in clear if s.items[0].colour], _SOLID_MARKS)
        self._judge.accuracies = scores
        return scores

    def picture(self) -> None:
        """There is nothing to look at."""

    def save(self, folder: Path) -> None:
        self._judge.save(folder)

    def _scores(self, scenes: Sequence[Scene], wanted: Mapping[str, Mark]) -> dict[str, float]:
        readings = self._judge.read(rendered(self._painter, scenes)).readings
        return {
            name: marks.share(marks.marked(scenes, readings, mark)) for name, mark in wanted.items()
        }


def held_out(kind: Kind, count: int) -> list[Scene]:
    """Draw scenes of a kind that no training has seen; the same ones every time."""
    sampler = SceneSampler(random.Random(f"judge checks/{kind}"))
    return [sampler.draw_held_out(Fixed(kind=kind)) for _ in range(count)]
