"""The seams of the engine: what runs requests, and what the studio knows of it."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from t2i_studio.core.cancel import CancelToken
from t2i_studio.core.capabilities import Capabilities
from t2i_studio.core.events import Event, PlannedStage
from t2i_studio.core.request import Request, Work


@dataclass(frozen=True)
class Residence:
    """Where a model is held: the torch device and dtype by name, and the bytes of its weights."""

    device: str
    dtype: str
    memory_bytes: int


class Backend(Protocol):
    """A loaded model. Used by one thread at a time."""

    @property
    def capabilities(self) -> Capabilities: ...

    @property
    def residence(self) -> Residence: ...

    def plan(self, request: Work) -> tuple[PlannedStage, ...]:
        """Return how many steps each stage will take, over all of the request."""

    def run(self, request: Work, cancel: CancelToken) -> Iterator[Event]:
        """Do the work; checks `cancel` at least once per step and raises CancelledError.

        `request` has been resolved: no defaults left. Yields neither Started nor a terminal
        event: those are the runner's.
        """

    def close(self) -> None:
        """Let go of the weights."""


class Loader(Protocol):
    """Loads a checkpoint folder; named by a string in the registry, so it may import torch."""

    def __call__(self, name: str, folder: Path, device: str) -> Generator[str, None, Backend]:
        """Yield the phase that begins, for people to read; return the loaded model.

        Raises UserError for a folder that is not of this family, MachineError for one that is
        damaged or does not fit into memory.
        """


class Engine(Protocol):
    """All that the studio knows of what runs its requests (main thread)."""

    def submit(self, request: Request) -> None:
        """Queue a request; its events come back where the engine was told to send them."""

    def submit_next(self, request: Request) -> None:
        """Queue a request before all that wait: somebody's hand is on a slider."""

    def cancel(self, request_id: str) -> None:
        """Stop it within a step, or take it out of the queue; unknown ids are ignored."""

    def close(self) -> None:
        """Cancel everything and wait until nothing runs."""
