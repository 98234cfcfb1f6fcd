"""unCLIP behind the engine's seam: requests in, events out, over `models.unclip`."""

import platform
from collections.abc import Generator, Iterator
from importlib.metadata import version
from pathlib import Path

import torch
from torch import Tensor

from t2i_studio import __version__
from t2i_studio.catalogue import inspect
from t2i_studio.catalogue.store import fingerprint
from t2i_studio.core.cancel import CancelToken
from t2i_studio.core.errors import MachineError
from t2i_studio.core.events import (
    BaseReady,
    CandidatesRanked,
    Event,
    ImageReady,
    PlannedStage,
    Preview,
    Progress,
)
from t2i_studio.core.image import Image
from t2i_studio.core.recipe import ModelRef, Recipe
from t2i_studio.core.request import UPSAMPLERS, Generate, Inpaint
from t2i_studio.engine.api import Residence
from t2i_studio.engine.backends.support import pick_device, to_image, to_tensor
from t2i_studio.engine.backends.unclip_inpaint import Canvas, canvas_of
from t2i_studio.models.sampling import Step
from t2i_studio.models.unclip.checkpoint import CheckpointError
from t2i_studio.models.unclip.clip import encode_image, encode_text
from t2i_studio.models.unclip.decoder import DecoderSettings
from t2i_studio.models.unclip.pipeline import Base, Pictures, Settings, UnCLIP
from t2i_studio.models.unclip.prior import STAGE as PRIOR
from t2i_studio.models.unclip.prior import Candidates, PriorSettings
from t2i_studio.models.unclip.weights import load_parts

LIBRARIES = ("torch", "diffusers", "transformers")


class UnclipBackend:
    """A loaded unCLIP checkpoint; pictures are made one after the other, each from its own seed."""

    def __init__(self, model: UnCLIP, folder: Path, ref: ModelRef) -> None:
        self.capabilities = inspect.capabilities(folder)
        self._model: UnCLIP | None = model
        self._ref = ref
        parts = model.parts
        self.residence = Residence(
            parts.device.type,
            str(parts.decoder.dtype).removeprefix("torch."),
            parts.memory_bytes,
        )

    def plan(self, request: Generate | Inpaint) -> tuple[PlannedStage, ...]:
        stages = self._loaded.plan(_settings(request), size=_side(request))
        return tuple(
            PlannedStage(key=key, steps=steps * request.count) for key, steps in stages.items()
        )

    def run(self, request: Generate | Inpaint, cancel: CancelToken) -> Iterator[Event]:
        done = 0
        total = sum(stage.steps for stage in self.plan(request))
        cancel.check()
        canvas = canvas_of(request) if isinstance(request, Inpaint) else None
        for index in range(request.count):
            cancel.check()
            for event in self._make(request.single(index), index, request.rerank, canvas):
                cancel.check()
                if isinstance(event, Progress):
                    done += 1
                    event = event.model_copy(update={"step": done, "total": total})
                yield event

    def close(self) -> None:
        self._model = None

    @property
    def _loaded(self) -> UnCLIP:
        assert self._model is not None, "used after close"
        return self._model

    def _make(
        self, item: Generate | Inpaint, index: int, rerank: bool, canvas: Canvas | None
    ) -> Iterator[Event]:
        """Yield one picture's events; Progress counts from 1 here."""
        stages = self._sample(item, canvas)
        while True:
            try:
                part = next(stages)
            except StopIteration as end:
                pictures: Pictures = end.value
                break
            yield from _events(part, item, index, canvas)
        _check_finite(pictures.pixels)
        painted = to_image(pictures.pixels)
        image = canvas.finish(painted) if canvas else painted
        yield ImageReady(
            request_id=item.id,
            index=index,
            image=image,
            recipe=self._recipe(item),
            score=self._score(item.prompt, image) if rerank else None,
            enlarged=painted if canvas else None,
        )

    def _sample(
        self, item: Generate | Inpaint, canvas: Canvas | None
    ) -> Generator[Step | Candidates | Base, None, Pictures]:
        model = self._loaded
        return model.make(
            [item.prompt],
            seeds=[item.seed],
            settings=_settings(item),
            negatives=[item.negative_prompt] if item.negative_prompt else None,
            known=canvas.known.to(model.parts.device) if canvas else None,
            mask=canvas.mask.to(model.parts.device) if canvas else None,
            size=_side(item),
        )

    def _score(self, prompt: str, image: Image) -> float:
        """Cosine of picture and prompt in CLIP space."""
        parts = self._loaded.parts
        pixels = to_tensor(image).to(parts.device)
        z_i, z_t = encode_image(parts, pixels), encode_text(parts, [prompt]).embeds
        return float(torch.cosine_similarity(z_i, z_t).item())

    def _recipe(self, item: Generate | Inpaint) -> Recipe:
        return Recipe(
            request=item,
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
    parts_loader = load_parts(folder, chosen)
    try:
        while True:
            try:
                part = next(parts_loader)
            except StopIteration as end:
                parts = end.value
                break
            yield f"Loading {title}: {part}"
    except CheckpointError as error:
        raise MachineError(str(error), "Install the model again.") from error
    yield f"Loading {title}: checksum"
    ref = ModelRef(name=name, title=title, sha256=fingerprint(folder))
    return UnclipBackend(UnCLIP(parts), folder, ref)


def _side(request: Generate | Inpaint) -> int:
    assert request.size is not None  # as below
    return request.size.width


def _settings(request: Generate | Inpaint) -> Settings:
    prior, decoder = request.prior, request.decoder
    # Resolved requests have no defaults left (engine.resolve).
    assert decoder.steps is not None
    assert decoder.guidance is not None
    assert decoder.sampler is not None
    how = DecoderSettings(decoder.steps, decoder.guidance, decoder.sampler)
    steps = _upsampler_steps(request)
    if prior.kind == "none":
        return Settings(None, how, steps)
    assert prior.steps is not None
    assert prior.guidance is not None
    assert prior.candidates is not None
    return Settings(PriorSettings(prior.steps, prior.guidance, prior.candidates), how, steps)


def _upsampler_steps(request: Generate | Inpaint) -> dict[str, int]:
    """Return the steps by stage; there are none for an upsampler that the model lacks."""
    asked: dict[str, int | None] = {key: getattr(request, key).steps for key in UPSAMPLERS}
    return {stage: steps for stage, steps in asked.items() if steps is not None}


def _events(
    part: Step | Candidates | Base, item: Generate | Inpaint, index: int, canvas: Canvas | None
) -> Iterator[Event]:
    if isinstance(part, Candidates):
        yield CandidatesRanked(
            request_id=item.id,
            index=index,
            scores=tuple(part.scores[0].tolist()),
            draws=tuple(part.draws[0].tolist()),
        )
    elif isinstance(part, Base):
        _check_finite(part.pixels)
        yield BaseReady(request_id=item.id, index=index, image=to_image(part.pixels))
    else:
        yield Progress(
            request_id=item.id,
            index=index,
            stage=part.stage,
            stage_step=part.index,
            stage_steps=part.total,
            step=1,
            total=1,
        )
        if part.stage != PRIOR and part.preview is not None:
            yield _preview(part.preview(), item, index, canvas)


def _preview(
    pixels: Tensor, item: Generate | Inpaint, index: int, canvas: Canvas | None
) -> Preview:
    if canvas is None:
        return Preview(request_id=item.id, index=index, image=to_image(pixels))
    image = canvas.preview(to_image(pixels))
    return Preview(request_id=item.id, index=index, image=image, frame=canvas.frame)


def _check_finite(pixels: Tensor) -> None:
    if not bool(torch.isfinite(pixels).all()):
        raise MachineError(
            "The model computed values that are no numbers; the picture was not saved.",
            "Its weights may be damaged: t2i-studio doctor checks them.",
        )
