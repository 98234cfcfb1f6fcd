"""A registry whose models are fake backends that a test prepares by name."""

from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from t2i_studio.catalogue.store import Checkpoint
from t2i_studio.core.errors import UserError
from t2i_studio.engine.backends import fake
from t2i_studio.engine.backends.fake import FakeBackend
from t2i_studio.engine.registry import Registry


class Shop:
    """`backends` by model name; `before_phase` is called before each phase of loading."""

    def __init__(self) -> None:
        self.backends: dict[str, FakeBackend] = {"scenes": FakeBackend()}
        self.loaded: list[tuple[str, str]] = []
        self.before_phase: Callable[[str], None] = lambda phase: None

    def find(self, model: str) -> Checkpoint:
        if model not in self.backends:
            raise UserError(f"There is no model or folder {model!r}.")
        return Checkpoint(model, Path(model), "fake")

    def load(self, name: str, folder: Path, device: str) -> Generator[str, None, FakeBackend]:
        for phase in ("Reading", "Warming up"):
            self.before_phase(phase)
            yield phase
        self.loaded.append((name, device))
        return self.backends[name]

    def registry(self, budget_bytes: int = 10_000) -> Registry:
        families = {"fake": "t2i_studio.engine.backends.fake:load"}
        return Registry("cpu", families, budget_bytes, self.find)


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch) -> Shop:
    shop = Shop()
    monkeypatch.setattr(fake, "load", shop.load)
    return shop
