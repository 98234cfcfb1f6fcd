"""A deterministic backend without weights: the border at which tests of everything above end.

It paints the first colour word of the prompt over a gradient that depends on the seed, and mixes
it with what an edit starts from; its embeddings are colours.
"""

from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import numpy as np

from t2i_studio.core.cancel import CancelToken
from t2i_studio.core.capabilities import Capabilities, Inversion, Stage
from t2i_studio.core.events import (
    BaseReady,
    CandidatesRanked,
    Estimate,
    Event,
    ImageReady,
    LatentReady,
    PlannedStage,
    Preview,
    Progress,
)
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.core.recipe import ModelRef, Recipe
from t2i_studio.core.request import Decode, Editing, Frame, Making, Strip, Work
from t2i_studio.core.words import tr
from t2i_studio.engine.api import Residence
from t2i_studio.engine.backends import fake_latents as latents
from t2i_studio.engine.canvas import canvas_of

CAPABILITIES = Capabilities(
    title="Fake",
    kinds=frozenset(
        {"generate", "inpaint", "refine", "decode", "strip", "embed", "classify", "fit_basis"}
    ),
    stages=(
        Stage(key="prior", title="Prior", steps=2, guidance=2.0),
        Stage(key="decoder", title="Decoder", steps=4, guidance=3.0),
        Stage(key="upsampler", title="Upsampler", steps=1, max_steps=1),
    ),
    sizes=(Extent(256, 256), Extent(64, 64)),
    samplers=("ddim", "euler"),
    priors=("diffusion", "none", "caption"),
    candidates=2,
    max_candidates=8,
    has_negative_prompt=True,
    has_previews=True,
    has_rerank=True,
    space=latents.SPACE,
    has_image_encoder=True,
    inversion=Inversion(steps=4, iterations=1, guidance=1.0, edit_guidance=2.0),
    examples=("a red cube", "a green ball", "a blue star"),
)


class FakeBackend:
    """`before_step` is called before every step: a test may wait, raise or cancel there."""

    residence = Residence("cpu", "float32", 1000)
    capabilities = CAPABILITIES

    def __init__(self, before_step: Callable[[str, int], None] = lambda stage, step: None) -> None:
        self._before_step = before_step

    def plan(self, request: Work) -> tuple[PlannedStage, ...]:
        if not isinstance(request, Making):
            return (PlannedStage(key=request.kind, steps=1),)
        stages: dict[str, int] = {}
        for frame in _frames(request):
            for key, steps in self._stages(frame).items():
                stages[key] = stages.get(key, 0) + steps
        return tuple(PlannedStage(key=key, steps=steps) for key, steps in stages.items())

    def run(self, request: Work, cancel: CancelToken) -> Iterator[Event]:
        total, step = sum(stage.steps for stage in self.plan(request)), 0
        for event in self._events(request, cancel):
            if isinstance(event, Progress):
                step += 1
                event = event.model_copy(update={"step": step, "total": total})
            yield event

    def close(self) -> None:
        pass

    def _events(self, request: Work, cancel: CancelToken) -> Iterator[Event]:
        if isinstance(request, Making):
            for index, frame in enumerate(_frames(request)):
                yield from self._make(request, frame, index, cancel)
            return
        yield from self._steps(request.id, 0, request.kind, 1, cancel)
        yield latents.answered(request)

    def _make(
        self, request: Making, frame: Frame, index: int, cancel: CancelToken
    ) -> Iterator[Event]:
        estimates: list[Estimate] = []
        for stage, steps in self._stages(frame).items():
            for event in self._steps(request.id, index, stage, steps, cancel):
                yield event
                if isinstance(event, Progress) and stage == "decoder":
                    image = _paint(frame, Extent(64, 64), event.stage_step / steps)
                    estimates.append(Estimate(step=event.stage_step, image=image))
                    yield Preview(request_id=request.id, index=index, image=image)
            if stage == "prior":
                yield _ranked(frame, request.id, index)
        if isinstance(frame, Decode):
            yield _latent(frame, request.id, index)
        yield BaseReady(
            request_id=request.id,
            index=index,
            image=_paint(frame, Extent(64, 64)),
            estimates=tuple(estimates),
        )
        yield ImageReady(
            request_id=request.id,
            index=index,
            image=_picture(frame),
            recipe=_recipe(frame),
            score=0.3 if not isinstance(request, Strip) and request.rerank else None,
        )

    def _stages(self, frame: Frame) -> dict[str, int]:
        is_inverted = isinstance(frame, Decode) and frame.noise == "inverted"
        has_prior = not isinstance(frame, Decode) and frame.prior.kind == "diffusion"
        stages = {
            "prior": frame.prior.steps if has_prior else 0,
            "inversion": 2 if is_inverted else 0,
            "decoder": max(1, int((frame.decoder.steps or 0) * _strength(frame))),
            "upsampler": 1 if frame.size == self.capabilities.sizes[0] else 0,
        }
        return {key: steps for key, steps in stages.items() if steps}

    def _steps(
        self, run: str, index: int, stage: str, steps: int, cancel: CancelToken
    ) -> Iterator[Event]:
        for step in range(1, steps + 1):
            cancel.check()
            self._before_step(stage, step)
            yield Progress(
                request_id=run,
                index=index,
                stage=stage,
                stage_step=step,
                stage_steps=steps,
                step=1,
                total=1,
            )


def load(name: str, folder: Path, device: str) -> Generator[str, None, FakeBackend]:
    """Load nothing; see `engine.api.Loader`."""
    yield tr("Loading nothing")
    return FakeBackend()


def _frames(request: Making) -> tuple[Frame, ...]:
    if isinstance(request, Strip):
        return request.frames
    return tuple(request.single(index) for index in range(request.count))


def _ranked(frame: Frame, run: str, index: int) -> CandidatesRanked:
    draws = tuple(range(frame.prior.candidates or 1))
    scores = tuple(0.9 - 0.05 * draw for draw in draws)
    return CandidatesRanked(request_id=run, index=index, scores=scores, draws=draws)


def _latent(frame: Decode, run: str, index: int) -> LatentReady:
    start, end = latents.resolved(frame.concept.base), latents.edited(frame.concept)
    return LatentReady(
        request_id=run,
        index=index,
        embedding=latents.embeddings([end]),
        to_start=latents.cosine(start, end),
        to_texts=tuple(latents.cosine(text, end) for text in latents.goals(frame.concept)),
    )


def _picture(frame: Frame) -> Image:
    size = frame.size or CAPABILITIES.sizes[0]
    painted = _paint(frame, size)
    if not isinstance(frame, Editing):
        return painted
    canvas = canvas_of(frame)
    start = canvas.start(frame.seed)
    return canvas.finish(_mixed(start.resized(size), painted, frame.strength) if start else painted)


def _mixed(start: Image, painted: Image, share: float) -> Image:
    levels = start.pixels + share * (painted.pixels.astype(np.float32) - start.pixels)
    return Image(np.rint(levels).astype(np.uint8))


def _strength(frame: Frame) -> float:
    return frame.strength if isinstance(frame, Editing) else 1.0


def _paint(frame: Frame, extent: Extent, share: float = 1.0) -> Image:
    colour = latents.of_text(frame.prompt)
    if isinstance(frame, Decode):
        colour = latents.edited(frame.concept)
    ramp = np.linspace(-20, 20, extent.width, dtype=np.float32)[None, :, None]
    slope = np.random.default_rng(frame.seed).uniform(-1, 1)
    picture = 128 + (colour + ramp * slope - 128) * share
    full = np.broadcast_to(picture, (extent.height, extent.width, 3))
    return Image(np.clip(full, 0, 255).astype(np.uint8))


def _recipe(frame: Frame) -> Recipe:
    return Recipe(
        request=frame,
        model=ModelRef(name="fake", title="Fake", sha256="0" * 64),
        device="cpu",
        dtype="float32",
        numerics={},
        versions={},
    )
