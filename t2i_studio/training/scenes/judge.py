"""The judge: a small classifier that reads from a picture what a caption can say of it.

It is trained on renders only, never on generated pictures, so that it can be asked about those.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import EllipsisType

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn import functional as F

from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.training.scenes.marks import Reading
from t2i_studio.training.scenes.truth import LETTERS, QUESTIONS, UNASKED

SIZE = 64
"""Side of the pictures that a judge reads, in px."""

VERSION = 1
CONFIG_NAME = "judge.json"
WEIGHTS_NAME = "judge.safetensors"
Box = tuple[float, float, float, float]
"""Left, top, right, bottom as fractions of the picture."""

# Where the things of a pair stand (sampler.SceneSampler).
UPPER: Box = (0.25, 0.125, 0.75, 0.625)
LOWER: Box = (0.25, 0.5, 0.75, 1.0)
LEFT: Box = (0.0, 0.375, 0.5, 0.875)
RIGHT: Box = (0.5, 0.375, 1.0, 0.875)

WHOLE = {name: answers for name, answers in QUESTIONS.items() if " " not in name}
THING = {name: QUESTIONS[name] for name in ("object", "colour")}
"""Questions about a scene as a whole, and about each thing of a pair."""

_BATCH = 256
_FAULTS = (OSError, ValueError, LookupError, TypeError, AttributeError, RuntimeError)
_HINT = "Leave --judge out, and one is trained."


@dataclass(frozen=True)
class Shape:
    """Channels after each halving of the picture, and the width of the penultimate layer."""

    scene_widths: tuple[int, ...] = (32, 64, 128, 192)
    scene_features: int = 192
    sign_widths: tuple[int, ...] = (24, 48, 64)
    sign_features: int = 192


class SceneReader(nn.Module):
    """Reads a scene as a whole, and a pair's things each through a window of its own.

    The windows share their weights: what a fox looks like does not depend on where it stands.
    """

    def __init__(self, widths: Sequence[int], features: int) -> None:
        super().__init__()
        self.glance = _trunk(widths[:-1])
        side = SIZE >> (len(widths) - 1)
        self.windows = [_window(name, side) for name in (UPPER, LOWER, LEFT, RIGHT)]
        self.whole = nn.Sequential(
            _Halving(widths[-2], widths[-1]), _Hidden(widths[-1] * (side // 2) ** 2, features)
        )
        self.window = _Hidden(widths[-2] * (side // 2) ** 2, features)
        self.whole_head = _Head(WHOLE, features)
        self.window_head = _Head(THING, features)

    def forward(self, pixels: Tensor) -> tuple[Tensor, dict[str, Tensor]]:
        """Return features (B, features) and logits (B, answers) by question.

        pixels: (B, 3, SIZE, SIZE) in [-1, 1].
        """
        seen = self.glance(pixels)
        features = self.whole(seen)
        logits = self.whole_head(features)
        things = self.window_head(self.window(torch.cat([seen[w] for w in self.windows])))
        stacked, _ = logits["arrangement"].detach().softmax(1).chunk(2, dim=1)
        for question, rows in things.items():
            upper, lower, left, right = rows.chunk(len(self.windows))
            logits[f"first {question}"] = torch.lerp(left, upper, stacked)
            logits[f"second {question}"] = torch.lerp(right, lower, stacked)
        return features, logits


class SignReader(nn.Module):
    """Reads the letters of a sign, all at once."""

    def __init__(self, widths: Sequence[int], features: int) -> None:
        super().__init__()
        side = SIZE >> len(widths)
        self.trunk = nn.Sequential(_trunk(widths), _Hidden(widths[-1] * side**2, features))
        self.head = _Head(LETTERS, features)

    def forward(self, pixels: Tensor) -> dict[str, Tensor]:
        """Return logits (B, answers) by question; pixels as those of `SceneReader`."""
        logits: dict[str, Tensor] = self.head(self.trunk(pixels))
        return logits


def _window(place: Box, side: int) -> tuple[EllipsisType, slice, slice]:
    """Return where a place lies on a map with that many rows and columns."""
    left, top, right, bottom = (round(edge * side) for edge in place)
    return ..., slice(top, bottom), slice(left, right)


class _Head(nn.Linear):
    """One layer for several questions."""

    def __init__(self, questions: Mapping[str, Sequence[str]], features: int) -> None:
        super().__init__(features, sum(map(len, questions.values())))
        self.sizes = {name: len(answers) for name, answers in questions.items()}

    def forward(self, features: Tensor) -> dict[str, Tensor]:  # type: ignore[override]  # by name
        parts = torch.split(super().forward(features), list(self.sizes.values()), dim=1)
        return dict(zip(self.sizes, parts, strict=True))


class _Hidden(nn.Sequential):
    """From a map (B, C, H, W) to features (B, D)."""

    def __init__(self, inputs: int, features: int) -> None:
        super().__init__(
            nn.Flatten(),
            nn.Linear(inputs, features, bias=False),
            nn.BatchNorm1d(features),
            nn.ReLU(),
        )


def _trunk(widths: Sequence[int]) -> nn.Sequential:
    return nn.Sequential(*(_Halving(a, b) for a, b in zip((3, *widths), widths, strict=False)))


class _Halving(nn.Module):
    """Half the side, then one residual convolution."""

    def __init__(self, channels: int, width: int) -> None:
        super().__init__()
        self.halve = _convolution(channels, width, stride=2)
        self.refine = _convolution(width, width, stride=1)

    def forward(self, x: Tensor) -> Tensor:
        x = F.relu(self.halve(x))
        return F.relu(x + self.refine(x))


def _convolution(channels: int, width: int, stride: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(channels, width, 3, stride, padding=1, bias=False), nn.BatchNorm2d(width)
    )


@dataclass(frozen=True)
class Answers:
    """What was read from B pictures."""

    readings: tuple[Reading, ...]
    features: Tensor  # (B, scene_features) float32, on the CPU


class Judge(nn.Module):
    """Reads scenes and signs; `accuracies` are its own, on renders held out of its training."""

    def __init__(
        self, shape: Shape | None = None, accuracies: Mapping[str, float] | None = None
    ) -> None:
        super().__init__()
        self.shape = shape or Shape()
        self.accuracies = dict(accuracies or {})
        self.scene = SceneReader(self.shape.scene_widths, self.shape.scene_features)
        self.sign = SignReader(self.shape.sign_widths, self.shape.sign_features)

    def forward(self, batch: Mapping[str, Tensor]) -> Tensor:
        """Compute the sum over questions of the mean cross-entropy where they are asked.

        scenes, signs: pictures (B, 3, SIZE, SIZE) in [-1, 1]; each question: targets (B,).
        """
        _, of_scene = self.scene(batch["scenes"])
        of_sign = self.sign(batch["signs"])
        logits = {**of_scene, **of_sign}
        losses = [_cross_entropy(rows, batch[name]) for name, rows in logits.items()]
        return torch.stack(losses).sum()

    @torch.no_grad()
    def read(self, pixels: Tensor) -> Answers:
        """Read pictures (B, 3, H, W) in [-1, 1]; other sizes than SIZE are brought to it."""
        if pixels.ndim != 4 or pixels.shape[1] != 3:
            raise ValueError(f"Pictures are (B, 3, H, W), not {tuple(pixels.shape)}.")
        was_training = self.training
        self.eval()
        parts = [self._read(part) for part in torch.split(pixels, _BATCH)]
        self.train(was_training)
        readings = tuple(reading for part in parts for reading in part.readings)
        return Answers(readings, torch.cat([part.features for part in parts]))

    def _read(self, pixels: Tensor) -> Answers:
        pixels = pixels.float().to(next(self.parameters()).device)
        if pixels.shape[2:] != (SIZE, SIZE):
            pixels = F.interpolate(pixels, size=(SIZE, SIZE), mode="bicubic", antialias=True)
        features, of_scene = self.scene(pixels)
        of_sign = self.sign(pixels)
        return Answers(_readings({**of_scene, **of_sign}), features.cpu())

    def save(self, folder: Path) -> None:
        """Write weights and configuration; the configuration last, as it makes a judge of them."""
        folder.mkdir(parents=True, exist_ok=True)
        weights = {name: weight.contiguous() for name, weight in self.state_dict().items()}
        save_file(weights, folder / WEIGHTS_NAME)
        config = {
            "version": VERSION,
            "shape": asdict(self.shape),
            "questions": _known_questions(),
            "accuracies": self.accuracies,
        }
        (folder / CONFIG_NAME).write_text(json.dumps(config, indent=1), "utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Judge":
        """Load a judge on the CPU, ready to read.

        Raises UserError for a folder without a judge or with one of another world, MachineError
        for files that are damaged.
        """
        if not (folder / CONFIG_NAME).is_file():
            raise UserError(f"{folder}: No judge lies here: there is no {CONFIG_NAME}.", _HINT)
        try:
            judge = cls._configured(folder)
            judge.load_state_dict(load_file(folder / WEIGHTS_NAME))
        except (*_FAULTS, SafetensorError) as error:
            why = str(error).partition("\n")[0]
            raise MachineError(f"{folder}: The judge cannot be loaded ({why}).", _HINT) from error
        return judge.eval()

    @classmethod
    def _configured(cls, folder: Path) -> "Judge":
        config = json.loads((folder / CONFIG_NAME).read_text("utf-8"))
        if config.get("version") != VERSION or config.get("questions") != _known_questions():
            raise UserError(f"{folder}: This judge was trained on another world.", _HINT)
        shape = config["shape"]
        for name in ("scene_widths", "sign_widths"):
            shape[name] = tuple(shape[name])
        return cls(Shape(**shape), config["accuracies"])


def _known_questions() -> dict[str, list[str]]:
    return {name: list(answers) for name, answers in {**QUESTIONS, **LETTERS}.items()}


def _cross_entropy(logits: Tensor, target: Tensor) -> Tensor:
    """Average over the pictures that settle the question; 0 where none does."""
    total = F.cross_entropy(logits.float(), target, ignore_index=UNASKED, reduction="sum")
    return total / (target != UNASKED).sum().clamp_min(1)


def _readings(logits: Mapping[str, Tensor]) -> tuple[Reading, ...]:
    questions = {**QUESTIONS, **LETTERS}
    tables = {name: rows.float().log_softmax(1).tolist() for name, rows in logits.items()}
    count = len(next(iter(tables.values())))
    return tuple(
        Reading(
            {
                name: dict(zip(questions[name], rows[index], strict=True))
                for name, rows in tables.items()
            }
        )
        for index in range(count)
    )
