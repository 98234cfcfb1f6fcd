"""A recipe small enough to be trained to the end in a test."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
import torch
from accelerate.state import AcceleratorState, PartialState
from PIL import Image
from torch import Tensor, nn

from t2i_studio.training.hardware import make_accelerator
from t2i_studio.training.journal import Event, Journal
from t2i_studio.training.loop import Run
from t2i_studio.training.plan import Plan

PLAN = Plan(samples=320, minutes=60, batch=8, lr=0.1, warmup=4)


class Sum(nn.Module):
    """Learns to add three numbers, with noise and with one number less now and then."""

    def __init__(self, width: int = 3) -> None:
        super().__init__()
        self.linear = nn.Linear(width, 1)
        self.drop = nn.Dropout(0.05)

    def forward(self, batch: Mapping[str, Tensor]) -> Tensor:
        x = batch["x"] + 0.01 * torch.randn_like(batch["x"])
        return nn.functional.mse_loss(self.linear(self.drop(x))[:, 0], batch["y"])


class Adding:
    """The recipe of Sum."""

    name = "adding"

    def __init__(self, plan: Plan = PLAN, width: int = 3) -> None:
        torch.manual_seed(1)
        self.plan, self.width = plan, width
        self.objective: nn.Module = Sum(width)
        self.seen: list[int] = []

    def batch(self, index: int, rank: int) -> Mapping[str, Tensor]:
        self.seen.append(index)
        generator = torch.Generator().manual_seed(1000 * index + rank)
        x = torch.randn(self.plan.batch, self.width, generator=generator)
        return {"x": x, "y": x.sum(1)}

    def measure(self) -> Mapping[str, float]:
        assert not self.objective.training
        return {"error": self.error}

    def picture(self) -> Image.Image | None:
        return Image.new("RGB", (2, 2))

    def save(self, folder: Path) -> None:
        torch.save(self.weight.clone(), folder / "weight.pt")

    @property
    def error(self) -> float:
        return float((self.weight - 1).abs().max())

    @property
    def weight(self) -> Tensor:
        return self.objective.get_parameter("linear.weight").detach()


@pytest.fixture(autouse=True)
def no_shared_state() -> Iterator[None]:
    """Let each test make an Accelerator of its own: accelerate keeps one per process."""
    yield
    AcceleratorState._reset_state(reset_partial_state=True)
    PartialState._reset_state()


@pytest.fixture
def events() -> list[Event]:
    return []


@pytest.fixture
def make_run(tmp_path: Path, events: list[Event]) -> Callable[..., Run]:
    def make(folder: str = "run", **options: object) -> Run:
        journal = Journal(tmp_path / folder, events.append)
        return Run(tmp_path / folder, make_accelerator("cpu"), journal, **options)  # type: ignore[arg-type]  # whatever Run takes

    return make
