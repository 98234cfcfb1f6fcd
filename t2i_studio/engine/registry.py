"""From a model's name to a loaded backend; families are named by strings and imported on use."""

import importlib
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import cast

from t2i_studio.catalogue.store import Checkpoint, locate
from t2i_studio.core.capabilities import Capabilities
from t2i_studio.core.events import ModelReady
from t2i_studio.core.words import tr
from t2i_studio.engine.api import Backend, Loader
from t2i_studio.engine.residency import Residency

# family -> "module:function" of a Loader. A new kind of system joins with one line here.
FAMILIES: Mapping[str, str] = {
    "unclip": "t2i_studio.engine.backends.unclip:load",
}
MEMORY_BUDGET = 8 * 2**30  # bytes


@dataclass(frozen=True)
class Resident:
    """A loaded backend under its name."""

    name: str
    backend: Backend

    @property
    def memory_bytes(self) -> int:
        return self.backend.residence.memory_bytes

    def close(self) -> None:
        self.backend.close()

    def ready(self, request_id: str) -> ModelReady:
        residence = self.backend.residence
        return ModelReady(
            request_id=request_id,
            model=self.name,
            capabilities=self.capabilities,
            device=residence.device,
            dtype=residence.dtype,
            memory_bytes=residence.memory_bytes,
        )

    @property
    def capabilities(self) -> Capabilities:
        return self.backend.capabilities


class Registry:
    """Loads models on demand onto one device and keeps them within a memory budget."""

    def __init__(
        self,
        device: str = "auto",
        families: Mapping[str, str] = FAMILIES,
        budget_bytes: int = MEMORY_BUDGET,
        find: Callable[[str], Checkpoint] = locate,
    ) -> None:
        self._device = device
        self._families = families
        self._find = find
        self._residency: Residency[Resident] = Residency(budget_bytes)

    def get(self, model: str) -> Resident | None:
        return self._residency.get(model)

    def load(self, model: str) -> Generator[str, None, Resident]:
        """Yield phases while a model is loaded; raises UserError if there is no such model."""
        checkpoint = self._find(model)
        yield tr("Starting the engine")
        loader = self._loader(checkpoint.family)
        backend = yield from loader(checkpoint.name, checkpoint.folder, self._device)
        resident = Resident(model, backend)
        self._residency.add(model, resident)
        return resident

    def close(self) -> None:
        self._residency.clear()

    def _loader(self, family: str) -> Loader:
        module, _, function = self._families[family].partition(":")
        return cast(Loader, getattr(importlib.import_module(module), function))
