import random

import pytest
import torch

from t2i_studio.evaluation import clip_scores
from t2i_studio.evaluation.painter import Painter
from t2i_studio.training.scenes.grammar import canonical_caption
from tests.evaluation.tiny import Flat


def test_retrieval_counts_captions_whose_own_picture_is_nearest() -> None:
    z_i = torch.tensor([[1.0, 0], [0, 1], [-1, 0], [0, -1]])
    z_t = torch.tensor([[5.0, 1], [0, 2], [1, 0], [1, 0]])

    assert clip_scores.share_first(z_t, z_i) == 0.5


def test_the_priors_cosine_ignores_lengths() -> None:
    z = torch.tensor([[2.0, 0], [0, 3]])

    assert clip_scores.prior_cosine(z, torch.tensor([[1.0, 0], [4, 0]])) == pytest.approx(0.5)


def test_scores_of_an_untrained_clip_are_shares(painter: Painter) -> None:
    singles = clip_scores.single_things(8, seed=0)

    for found in (
        clip_scores.retrieval_at_1(painter, Flat(), crowds=1, seed=0),
        clip_scores.zero_shot_object(painter, Flat(), singles),
    ):
        assert 0 <= found <= 1


def test_no_two_of_a_crowd_share_a_caption() -> None:
    crowd = clip_scores.crowd(random.Random(0))

    assert len({canonical_caption(scene) for scene in crowd}) == clip_scores.CROWD
    assert all(scene.is_unseen for scene in crowd)
