"""The scorecard: every score of a checkpoint, from held-out captions and fixed seeds.

| score | share of pictures (or what else) |
|---|---|
| object, background, art | of single things: the judge reads what the caption says |
| primitive, colour | of single solids: their shape, their colour |
| effect | of single things under an effect on the whole picture |
| relation | of two things: as asked, in the order asked rather than swapped; 60 % by luck |
| pair | relation, and the names at both places are right |
| binding | of two solids of two colours and their swaps: shapes and colours at both places too |
| count | of two or three of one kind: as many as asked |
| spelled | of signs: every letter |
| inpaint | the thing asked for stands in the hole, and no pixel outside it has changed |
| text_diff | the background or colour asked for is there, and everything else is as before |
| retrieval_at_1 | of captions: CLIP finds their picture among 100 |
| zero_shot_object | of renders of single things: CLIP names them among all things |
| prior_cosine | mean cosine of the prior's embedding and that of the true picture |
| frechet | distance of judge features, pictures of general captions against renders of the same |

Some scores cannot come near 0: of the five relations "next to" has no order to be wrong, and luck
gives half of the others their order. `BY_CHANCE` tells what is reached without knowing.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

import torch
from torch import Tensor

from t2i_studio.evaluation import clip_scores
from t2i_studio.evaluation.edits import (
    Edit,
    diffs,
    has_changed,
    holes,
    is_kept_outside,
    swaps,
)
from t2i_studio.evaluation.frechet import frechet_distance
from t2i_studio.evaluation.painter import Painter
from t2i_studio.evaluation.questions import ORDERED, Question, questions
from t2i_studio.training.scenes import marks
from t2i_studio.training.scenes.grammar import canonical_caption
from t2i_studio.training.scenes.judge import Judge
from t2i_studio.training.scenes.lessons import Painter as Renderer
from t2i_studio.training.scenes.lessons import rendered
from t2i_studio.training.scenes.marks import Reading, marked, share
from t2i_studio.training.scenes.vocabulary import (
    ARTS,
    BACKGROUNDS,
    COLOURS,
    COUNTS,
    EFFECTS,
    OBJECTS,
    PRIMITIVES,
    RELATIONS,
    WORDS,
)

GENERAL = ("objects", "effects", "pairs", "counts")
"""Questions whose pictures stand for all: the Frechet distance and the prior's cosine."""

# Two thirds of bindings are of one shape, whose colours fall into place half of the time; of two
# shapes both the shapes and the colours must.
_BOUND = 2 / 3 * (1 / 2) + 1 / 3 * (1 / 4)

BY_CHANCE: Mapping[str, float] = {
    "object": 1 / len(OBJECTS),
    "background": 1 / len(BACKGROUNDS),
    "art": 1 / len(ARTS),
    "primitive": 1 / len(PRIMITIVES),
    "colour": 1 / len(COLOURS),
    "effect": 1 / len(EFFECTS),
    "relation": (len(ORDERED) / 2 + 1) / len(RELATIONS),
    "pair": (len(ORDERED) / 2 + 1) / len(RELATIONS),
    "binding": _BOUND,
    "count": 1 / len(COUNTS),
    "spelled": 1 / 2 / len(WORDS),  # half of the signs say one of these words
    "inpaint": 1 / len(OBJECTS),
    # Half of the changes are of the background, half of the colour, to another one.
    "text_diff": (1 / (len(BACKGROUNDS) - 1) + 1 / (len(COLOURS) - 1)) / 2,
    "retrieval_at_1": 1 / clip_scores.CROWD,
    "zero_shot_object": 1 / len(OBJECTS),
}
"""What a picture of the right kind reaches whose answer is guessed among those possible.

Of two things (relation, pair, binding) the guess is in which order they stand, and with binding
which has which colour: this is where a model gets that takes a caption for a bag of words.
"""

CLIP_SHARE = 24  # captions of n for each crowd of retrieval


@dataclass(frozen=True)
class Sheet:
    """The pictures of one question, to be looked at."""

    name: str
    pixels: Tensor  # (N, 3, S, S) in [-1, 1]
    captions: Sequence[str]
    is_right: Sequence[bool]


@dataclass(frozen=True)
class Scorecard:
    """What a checkpoint reached."""

    scores: Mapping[str, float]
    n: int
    seconds: float
    judge: Mapping[str, float]  # its accuracies on held-out renders: the ceiling
    model: str
    device: str

    def as_json(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True)
class Examiner:
    """Puts all questions to a checkpoint; `begin` hears the title of each, `keep` its pictures."""

    painter: Painter
    judge: Judge
    renderer: Renderer
    n: int
    seed: int
    begin: Callable[[str], None]
    keep: Callable[[Sheet], None]

    def examine(self, model: str) -> Scorecard:
        """Make all pictures and score them."""
        started = time.monotonic()
        scores = self._painted() | self._repainted() | self._changed() | self._matched()
        return Scorecard(
            scores=scores,
            n=self.n,
            seconds=round(time.monotonic() - started, 1),
            judge=self.judge.accuracies,
            model=model,
            device=self.painter.model.system.device.type,
        )

    def _painted(self) -> dict[str, float]:
        """Score pictures made from captions alone."""
        scores: dict[str, float] = {}
        features: list[tuple[Tensor, Tensor]] = []
        cosines: list[float] = []
        for question in questions(self.n, self.seed):
            self.begin(question.name)
            painted = self.painter.paint(question.captions, self.seed)
            answers = self.judge.read(painted.pixels)
            scores |= self._marked(question, painted.pixels, answers.readings)
            if question.name in GENERAL:
                true = rendered(self.renderer, question.scenes)
                features.append((answers.features, self.judge.read(true).features))
                cosines.append(clip_scores.prior_cosine(painted.z, self.painter.embed(true)))
        scores["prior_cosine"] = sum(cosines) / len(cosines)
        made, real = (torch.cat(each).numpy() for each in zip(*features, strict=True))
        return scores | {"frechet": frechet_distance(made, real)}

    def _marked(
        self, question: Question, pixels: Tensor, readings: Sequence[Reading]
    ) -> dict[str, float]:
        right = {
            name: marked(question.scenes, readings, mark) for name, mark in question.marks.items()
        }
        all_right = [all(row) for row in zip(*right.values(), strict=True)]
        self.keep(Sheet(question.name, pixels, question.captions, all_right))
        return {name: share(row) for name, row in right.items()}

    def _repainted(self) -> dict[str, float]:
        self.begin("inpaint")
        edits = swaps(self.n, self.seed)
        known = rendered(self.renderer, [edit.before for edit in edits])
        masks = holes(edits, known.shape[-1])
        captions = [canonical_caption(edit.after) for edit in edits]
        pixels = self.painter.repaint(captions, self.seed, known, masks).pixels
        readings = self.judge.read(pixels).readings
        after = [edit.after for edit in edits]
        right = [
            is_there and is_kept
            for is_there, is_kept in zip(
                marked(after, readings, marks.has_object),
                is_kept_outside(known, pixels, masks),
                strict=True,
            )
        ]
        self.keep(Sheet("inpaint", _side_by_side(known * (1 - masks), pixels), captions, right))
        return {"inpaint": share(right)}

    def _changed(self) -> dict[str, float]:
        self.begin("text diffs")
        edits: list[Edit] = diffs(self.n, self.seed)
        before = [canonical_caption(edit.before) for edit in edits]
        after = [canonical_caption(edit.after) for edit in edits]
        known = rendered(self.renderer, [edit.before for edit in edits])
        pixels = self.painter.change(known, before, after)
        readings = self.judge.read(pixels).readings
        right = [has_changed(edit, found) for edit, found in zip(edits, readings, strict=True)]
        self.keep(Sheet("text diffs", _side_by_side(known, pixels), after, right))
        return {"text_diff": share(right)}

    def _matched(self) -> dict[str, float]:
        """Score CLIP alone."""
        self.begin("CLIP")
        crowds = max(1, self.n // CLIP_SHARE)
        singles = clip_scores.single_things(crowds * clip_scores.CROWD, self.seed)
        return {
            "retrieval_at_1": clip_scores.retrieval_at_1(
                self.painter, self.renderer, crowds, self.seed
            ),
            "zero_shot_object": clip_scores.zero_shot_object(self.painter, self.renderer, singles),
        }


def work(n: int) -> int:
    """Count the pictures that `Painter.report` will hear of; an inversion is one."""
    return n * (len(questions(0, 0)) + 1 + 2)


def _side_by_side(left: Tensor, right: Tensor) -> Tensor:
    return torch.cat([left, right], dim=3)
