"""unCLIP behind the engine's seam: requests in, events out, over `models.unclip`."""

import platform
from collections.abc import Generator, Iterator
from importlib.metadata import version
from pathlib import Path

import torch

from t2i_studio import __version__
from t2i_studio.catalogue import inspect
from t2i_studio.catalogue.store import fingerprint
from t2i_studio.core.cancel import CancelToken
from t2i_studio.core.errors import MachineError
from t2i_studio.core.events import Event, ImageReady, PlannedStage, Progress
from t2i_studio.core.recipe import ModelRef, Recipe
from t2i_studio.core.request import (
    Classify,
    Editing,
    Embed,
    FitBasis,
    Frame,
    Making,
    Strip,
    Work,
)
from t2i_studio.core.words import tr
from t2i_studio.engine.api import Residence
from t2i_studio.engine.backends import unclip_answers as answers
from t2i_studio.engine.backends.support import pick_device
from t2i_studio.engine.backends.unclip_pictures import Painter
from t2i_studio.engine.canvas import Canvas, canvas_of
from t2i_studio.latents.workbench import Workbench
from t2i_studio.models.unclip.checkpoint import CheckpointError
from t2i_studio.models.unclip.layouts import load_system
from t2i_studio.models.unclip.system import System

LIBRARIES = ("torch", "diffusers", "transformers")


class UnclipBackend:
    """A loaded unCLIP checkpoint; pictures are made one after the other, each from its own seed."""

    def __init__(self, system: System, folder: Path, ref: ModelRef) -> None:
        bench = Workbench(system)
        self.capabilities = inspect.capabilities(folder).model_copy(update={"space": bench.space})
        self._painter: Painter | None = Painter(bench)
        self._ref = ref
        self.residence = Residence(
            system.device.type, str(system.dtype).removeprefix("torch."), system.memory_bytes
        )

    def plan(self, request: Work) -> tuple[PlannedStage, ...]:
        if not isinstance(request, Making):
            return answers.plan(request)
        stages = self._loaded.plan(_frames(request))
        return tuple(PlannedStage(key=key, steps=steps) for key, steps in stages.items())

    def run(self, request: Work, cancel: CancelToken) -> Iterator[Event]:
        total = sum(stage.steps for stage in self.plan(request))
        done = 0
        cancel.check()
        for event in self._events(request):
            cancel.check()
            if isinstance(event, Progress):
                done += 1
                event = event.model_copy(update={"step": done, "total": total})
            yield event

    def close(self) -> None:
        self._painter = None

    @property
    def _loaded(self) -> Painter:
        assert self._painter is not None, "used after close"
        return self._painter

    def _events(self, request: Work) -> Iterator[Event]:
        """Yield a request's events; Progress counts from 1 within its stage."""
        if isinstance(request, Embed | Classify | FitBasis):
            yield from answers.answered(self._loaded.bench, request)
            return
        canvas = canvas_of(request) if isinstance(request, Editing) else None
        rerank = not isinstance(request, Strip) and request.rerank
        for index, frame in enumerate(_frames(request)):
            edit = frame if isinstance(request, Strip) and isinstance(frame, Editing) else None
            own = canvas_of(edit) if edit else canvas
            yield from self._make(request.id, frame, index, rerank, own)

    def _make(
        self, run: str, frame: Frame, index: int, rerank: bool, canvas: Canvas | None
    ) -> Iterator[Event]:
        """Yield one picture's events."""
        painted = yield from self._loaded.events(run, frame, index, canvas)
        image = canvas.finish(painted) if canvas else painted
        yield ImageReady(
            request_id=run,
            index=index,
            image=image,
            recipe=self._recipe(frame),
            score=self._loaded.score(frame.prompt, image) if rerank else None,
            enlarged=painted if canvas else None,
        )

    def _recipe(self, frame: Frame) -> Recipe:
        return Recipe(
            request=frame,
            model=self._ref,
            device=self.residence.device,
            dtype=self.residence.dtype,
            numerics={
                "float32_matmul_precision": torch.get_float32_matmul_precision(),
                "threads": str(torch.get_num_threads()),
            },
            versions={
                "t2i_studio": __version__,
                "python": platform.python_version(),
                **{name: version(name) for name in LIBRARIES},
            },
        )


def load(name: str, folder: Path, device: str) -> Generator[str, None, UnclipBackend]:
    """Load a checkpoint; see `engine.api.Loader`."""
    title = inspect.capabilities(folder).title
    chosen = pick_device(device)
    parts = load_system(folder, chosen)
    try:
        while True:
            try:
                part = next(parts)
            except StopIteration as end:
                system: System = end.value
                break
            yield tr("Loading {title}: {part}", title=title, part=part)
    except CheckpointError as error:
        raise MachineError(str(error), tr("Install the model again.")) from error
    yield tr("Loading {title}: checksum", title=title)
    ref = ModelRef(name=name, title=title, sha256=fingerprint(folder))
    return UnclipBackend(system, folder, ref)


def _frames(request: Making) -> tuple[Frame, ...]:
    """List the pictures that a request makes, each by its own request."""
    if isinstance(request, Strip):
        return request.frames
    return tuple(request.single(index) for index in range(request.count))
