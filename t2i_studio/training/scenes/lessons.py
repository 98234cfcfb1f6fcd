"""What a judge learns from: renders with true answers, and blemishes that it must not mind."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from t2i_studio.training.corpus import generator
from t2i_studio.training.scenes.sampler import Fixed, Mix, SceneSampler
from t2i_studio.training.scenes.scene import Scene
from t2i_studio.training.scenes.truth import LETTERS, QUESTIONS, UNASKED, truth

LESSONS_MIX = Mix(
    kinds={"single": 0.4, "pair": 0.4, "count": 0.15, "place": 0.05}, effects=0.15, sized=0.5
)

_NOISE = 0.12  # largest standard deviation
_BLURRED = 0.4  # of pictures
_SHIFT = 3  # px


class Painter(Protocol):
    """Turns scenes into pictures, like `renderer.Renderer`."""

    def render(self, scene: Scene) -> NDArray[np.uint8]: ...


@dataclass(frozen=True)
class Lesson:
    """B pictures with their targets (B,) int64 by question."""

    pixels: Tensor  # (B, 3, S, S) in [-1, 1]
    targets: Mapping[str, Tensor]


def rendered(painter: Painter, scenes: Iterable[Scene]) -> Tensor:
    """Render B scenes: (B, 3, S, S) in [-1, 1]."""
    return to_pixels(np.stack([painter.render(scene) for scene in scenes]))


def to_pixels(pictures: NDArray[np.uint8]) -> Tensor:
    """Bring pictures (B, S, S, 3) to (B, 3, S, S) float32 in [-1, 1]."""
    return torch.from_numpy(pictures).permute(0, 3, 1, 2).float() / 127.5 - 1


def targets(questions: Mapping[str, Sequence[str]], scenes: Sequence[Scene]) -> dict[str, Tensor]:
    """Give true answers by their numbers: (B,) int64 by question, UNASKED where there is none."""
    answers = [truth(scene) for scene in scenes]
    return {
        question: torch.tensor(
            [known.index(a[question]) if question in a else UNASKED for a in answers]
        )
        for question, known in questions.items()
    }


class Lessons:
    """Draws lessons by their number; scenes that are held out of training are never among them."""

    def __init__(self, painter: Painter, seed: int, signs: int) -> None:
        self._painter = painter
        self._seed = seed
        self._words = self._signs(signs)
        self._boards = np.stack([painter.render(scene) for scene in self._words])

    def scenes(self, batch: int, index: int, rank: int) -> Lesson:
        """Render a lesson about everything but signs."""
        sampler = SceneSampler(random.Random(f"judge/{self._seed}/{index}/{rank}"), LESSONS_MIX)
        drawn = [sampler.draw_training() for _ in range(batch)]
        pixels = rendered(self._painter, drawn)
        return Lesson(blemished(pixels, self._noise(index, rank)), targets(QUESTIONS, drawn))

    def signs(self, batch: int, index: int, rank: int) -> Lesson:
        """Take a lesson in spelling from a store: drawing a word takes milliseconds."""
        rng = generator("signs", self._seed, index, rank)
        chosen = rng.integers(0, len(self._words), batch)
        pixels = to_pixels(self._boards[chosen])
        known = targets(LETTERS, [self._words[number] for number in chosen])
        return Lesson(blemished(pixels, self._noise(index, rank)), known)

    def _signs(self, count: int) -> list[Scene]:
        sampler = SceneSampler(random.Random(f"signs/{self._seed}"))
        return [sampler.draw_training(Fixed(kind="sign")) for _ in range(count)]

    def _noise(self, index: int, rank: int) -> torch.Generator:
        seed = int(generator("blemishes", self._seed, index, rank).integers(2**62))
        return torch.Generator().manual_seed(seed)


def blemished(pixels: Tensor, noise: torch.Generator) -> Tensor:
    """Do slightly to pictures (B, 3, S, S) what a decoder may: shift, tint, blur and grain."""
    pixels = _tinted(_shifted(pixels, noise), noise)
    is_blurred = _drawn(len(pixels), noise) < _BLURRED
    soft = F.avg_pool2d(F.pad(pixels, (1, 1, 1, 1), mode="replicate"), 3, stride=1)
    pixels = torch.where(is_blurred, soft, pixels)
    grain = torch.randn(pixels.shape, generator=noise)
    return (pixels + grain * _drawn(len(pixels), noise) * _NOISE).clamp(-1, 1)


def _shifted(pixels: Tensor, noise: torch.Generator) -> Tensor:
    """Move all pictures of a batch alike; what comes in repeats the border."""
    dx, dy = torch.randint(0, 2 * _SHIFT + 1, (2,), generator=noise).tolist()
    padded = F.pad(pixels, (_SHIFT,) * 4, mode="replicate")
    return padded[..., dy : dy + pixels.shape[2], dx : dx + pixels.shape[3]]


def _tinted(pixels: Tensor, noise: torch.Generator) -> Tensor:
    gain = 1 + 0.1 * torch.randn((len(pixels), 1, 1, 1), generator=noise)
    tint = 0.04 * torch.randn((len(pixels), 3, 1, 1), generator=noise)
    return pixels * gain + tint


def _drawn(count: int, noise: torch.Generator) -> Tensor:
    return torch.rand((count, 1, 1, 1), generator=noise)
