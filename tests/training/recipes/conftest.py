"""A corpus of coloured squares, and networks small enough to be trained in a test."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from transformers import CLIPTokenizer

from t2i_studio.training.corpus import Indices, generator, key_of
from t2i_studio.training.plan import Plan
from t2i_studio.training.recipes.clip import Clip, ClipSizes, new_clip
from t2i_studio.training.recipes.conditions import Conditions
from t2i_studio.training.recipes.tokenizer import train_tokenizer

SIDE = 32  # px
DIM = 16
PLAN = Plan(samples=64, minutes=60, batch=8, lr=3e-3, warmup=0)
CLIP = ClipSizes(
    width=16, heads=2, text_layers=1, image_layers=1, patch=16, image_size=SIDE, dim=DIM
)
COLOURS = {"red": (220, 30, 30), "green": (30, 200, 60), "blue": (30, 60, 220), "white": (250,) * 3}
SIDES = ("left", "right", "top", "bottom")


@dataclass(frozen=True)
class Squares:
    """One half of each picture has a colour, the other is black."""

    count: int = 48

    def __len__(self) -> int:
        return self.count

    @property
    def pictures(self) -> NDArray[np.uint8]:
        return np.stack([_picture(*self._what(index)) for index in range(self.count)])

    @property
    def captions(self) -> Sequence[Sequence[str]]:
        whats = [self._what(index) for index in range(self.count)]
        return [(f"{colour} at the {side}", f"{side} is {colour}") for colour, side in whats]

    @property
    def keys(self) -> NDArray[np.int64]:
        return np.array([key_of("/".join(self._what(index))) for index in range(self.count)])

    def indices(self, batch: int, index: int, rank: int) -> Indices:
        return generator("indices", index, rank).integers(0, self.count, batch)

    def hard_indices(self, batch: int, index: int, rank: int) -> Indices:
        return generator("hard", index, rank).integers(0, self.count, batch)

    def _what(self, index: int) -> tuple[str, str]:
        return [*COLOURS][index % 4], SIDES[index // 4 % 4]


def _picture(colour: str, side: str) -> NDArray[np.uint8]:
    pixels = np.zeros((SIDE, SIDE, 3), np.uint8)
    half = slice(0, SIDE // 2) if side in ("left", "top") else slice(SIDE // 2, SIDE)
    pixels[(slice(None), half) if side in ("left", "right") else half] = COLOURS[colour]
    return pixels


class Batches(Protocol):
    """The part of a recipe that a few steps need."""

    @property
    def objective(self) -> nn.Module: ...

    def batch(self, index: int, rank: int) -> Mapping[str, Tensor]: ...


def losses(recipe: Batches, steps: int = 12, lr: float = 3e-3) -> list[float]:
    """Train on one batch, and return the loss of every step."""
    batch = recipe.batch(0, 0)
    trained = [weight for weight in recipe.objective.parameters() if weight.requires_grad]
    optimizer = torch.optim.Adam(trained, lr)
    found = []
    for _ in range(steps):
        loss = recipe.objective(batch)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        found.append(float(loss.detach()))
    return found


def same(one: Mapping[str, Tensor], other: Mapping[str, Tensor]) -> bool:
    """Tell whether two batches are equal."""
    return one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)


def assert_batches_depend_on_index_and_rank_alone(make: Callable[[], Batches]) -> None:
    recipe = make()
    first = recipe.batch(3, 1)
    assert not same(recipe.batch(3, 0), first)
    assert not same(recipe.batch(4, 1), first)
    torch.manual_seed(99)
    assert same(recipe.batch(3, 1), first)
    assert same(make().batch(3, 1), first)


@pytest.fixture(scope="session")
def corpus() -> Squares:
    return Squares()


@pytest.fixture(scope="session")
def tokenizer(corpus: Squares) -> CLIPTokenizer:
    return train_tokenizer(caption for each in corpus.captions for caption in each)


@pytest.fixture
def clip(tokenizer: CLIPTokenizer) -> Clip:
    torch.manual_seed(0)
    return new_clip(CLIP, tokenizer)


@pytest.fixture
def conditions(clip: Clip, tokenizer: CLIPTokenizer) -> Conditions:
    return Conditions(clip, tokenizer)
