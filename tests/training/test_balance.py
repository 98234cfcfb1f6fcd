from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from t2i_studio.training.balance import BalancedSampler, words

DOGS, AXOLOTLS = 1000, 10
CAPTIONS = [("a photo of a dog",)] * DOGS + [("A photo of an axolotl!",)] * AXOLOTLS


def axolotls(sampler: BalancedSampler) -> float:
    """Return their share of many draws."""
    drawn = np.concatenate([sampler.indices(60, index, 0) for index in range(100)])
    return float((drawn >= DOGS).mean())


@pytest.mark.parametrize(
    ("cap", "dogs"), [(10, 10), (50, 50), (400, 400), (5000, 1000)], ids=lambda value: str(value)
)
def test_frequent_queries_fall_to_the_cap_and_rare_ones_stay(cap: int, dogs: int) -> None:
    sampler = BalancedSampler(CAPTIONS, cap)
    assert sampler.probabilities.sum() == pytest.approx(dogs + AXOLOTLS)
    assert axolotls(sampler) == pytest.approx(AXOLOTLS / (dogs + AXOLOTLS), rel=0.1)


@given(
    st.lists(st.lists(st.sampled_from("abcdefg"), max_size=4).map(" ".join), min_size=1),
    st.integers(1, 9),
    st.integers(1, 9),
)
def test_no_query_has_more_than_the_cap_kept_for_its_sake(
    captions: Sequence[str], cap: int, at_least: int
) -> None:
    sampler = BalancedSampler([(caption,) for caption in captions], cap, at_least=at_least)
    kept = dict.fromkeys(sampler.counts, 0.0)
    for caption, probability in zip(captions, sampler.probabilities, strict=True):
        said = caption.split()
        queries = {*said, *map(" ".join, pairwise(said))} & kept.keys()
        if queries:
            kept[min(queries, key=sampler.counts.__getitem__)] += probability
    assert max(kept.values(), default=0) <= cap + 1e-9


def test_queries_are_words_and_pairs_of_words_of_enough_pictures() -> None:
    captions = [("A red dog", "a dog, red"), ("a red cat",)]
    assert BalancedSampler(captions, 1, at_least=2).counts == {"a": 2, "red": 2, "a red": 2}


def test_a_picture_without_a_query_is_always_kept() -> None:
    sampler = BalancedSampler([("dog",)] * 10 + [("!",), ("axolotl",)], 1, at_least=2)
    assert sampler.probabilities.tolist() == [0.1] * 10 + [1, 1]


def test_words_know_no_case_and_no_punctuation() -> None:
    assert words("Ein Käfer, don't STOP-it!") == ["ein", "käfer", "don't", "stop", "it"]


def test_batches_depend_on_seed_rank_and_index_alone() -> None:
    first, again = BalancedSampler(CAPTIONS, 50), BalancedSampler(CAPTIONS, 50)
    first.indices(8, 3, 0)
    assert np.array_equal(first.indices(8, 4, 1), again.indices(8, 4, 1))
    other = BalancedSampler(CAPTIONS, 50, seed=1)
    drawn = [
        sampler.indices(8, *at)
        for sampler, at in ((first, (4, 1)), (first, (4, 0)), (first, (5, 1)), (other, (4, 1)))
    ]
    assert len({tuple(batch) for batch in drawn}) == 4


def test_no_picture_comes_twice_in_a_batch_that_can_do_without() -> None:
    sampler = BalancedSampler([("dog",)] * 100, 100)
    assert sorted(sampler.indices(100, 0, 0)) == list(range(100))
    assert np.bincount(sampler.indices(250, 1, 0)).max() == 3


@pytest.mark.parametrize(("captions", "cap"), [([], 1), ([("a",)], 0)], ids=["none", "cap"])
def test_there_must_be_something_to_draw(captions: Sequence[Sequence[str]], cap: int) -> None:
    with pytest.raises(ValueError, match="per query"):
        BalancedSampler(captions, cap)
