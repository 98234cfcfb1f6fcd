"""A deterministic backend without weights: the border at which tests of everything above end.

It paints the first colour word of the prompt over a gradient that depends on the seed.
"""

from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import numpy as np

from t2i_studio.core.cancel import CancelToken
from t2i_studio.core.capabilities import Capabilities, Stage
from t2i_studio.core.events import (
    BaseReady,
    CandidatesRanked,
    Event,
    ImageReady,
    PlannedStage,
    Preview,
    Progress,
)
from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image
from t2i_studio.core.inpaint import composite, feathered
from t2i_studio.core.recipe import ModelRef, Recipe
from t2i_studio.core.request import Generate, Inpaint
from t2i_studio.engine.api import Residence

COLOURS = {
    "red": (200, 40, 40),
    "green": (40, 160, 60),
    "blue": (40, 70, 200),
    "yellow": (230, 200, 40),
    "white": (240, 240, 240),
    "black": (20, 20, 20),
}
CAPABILITIES = Capabilities(
    title="Fake",
    kinds=frozenset({"generate", "inpaint"}),
    stages=(
        Stage(key="prior", title="Prior", steps=2, guidance=2.0),
        Stage(key="decoder", title="Decoder", steps=4, guidance=3.0),
        Stage(key="upsampler", title="Upsampler", steps=1, max_steps=1),
    ),
    sizes=(Extent(256, 256), Extent(64, 64)),
    samplers=("ddim", "euler"),
    priors=("diffusion", "none"),
    candidates=2,
    max_candidates=8,
    has_negative_prompt=True,
    has_previews=True,
    has_rerank=True,
    examples=("a red cube", "a green ball", "a blue star"),
)


class FakeBackend:
    """`before_step` is called before every step: a test may wait, raise or cancel there."""

    residence = Residence("cpu", "float32", 1000)
    capabilities = CAPABILITIES

    def __init__(self, before_step: Callable[[str, int], None] = lambda stage, step: None) -> None:
        self._before_step = before_step

    def plan(self, request: Generate | Inpaint) -> tuple[PlannedStage, ...]:
        stages = {
            "prior": 0 if request.prior.kind == "none" else request.prior.steps,
            "decoder": request.decoder.steps,
            "upsampler": 1 if request.size == self.capabilities.sizes[0] else 0,
        }
        return tuple(
            PlannedStage(key=key, steps=(steps or 0) * request.count)
            for key, steps in stages.items()
            if steps
        )

    def run(self, request: Generate | Inpaint, cancel: CancelToken) -> Iterator[Event]:
        total, step = sum(stage.steps for stage in self.plan(request)), 0
        for index in range(request.count):
            item = request.single(index)
            for stage in self.plan(item):
                for stage_step in range(1, stage.steps + 1):
                    cancel.check()
                    self._before_step(stage.key, stage_step)
                    step += 1
                    yield Progress(
                        request_id=request.id,
                        index=index,
                        stage=stage.key,
                        stage_step=stage_step,
                        stage_steps=stage.steps,
                        step=step,
                        total=total,
                    )
                    if stage.key == "decoder":
                        share = stage_step / stage.steps
                        image = _paint(item, Extent(64, 64), share)
                        yield Preview(request_id=request.id, index=index, image=image)
                if stage.key == "prior":
                    yield _ranked(item, index)
            yield BaseReady(request_id=request.id, index=index, image=_paint(item, Extent(64, 64)))
            yield ImageReady(
                request_id=request.id,
                index=index,
                image=_picture(item),
                recipe=_recipe(item),
                score=0.3 if request.rerank else None,
            )

    def close(self) -> None:
        pass


def load(name: str, folder: Path, device: str) -> Generator[str, None, FakeBackend]:
    """Load nothing; see `engine.api.Loader`."""
    yield "Loading nothing"
    return FakeBackend()


def _ranked(item: Generate | Inpaint, index: int) -> CandidatesRanked:
    draws = tuple(range(item.prior.candidates or 1))
    scores = tuple(0.9 - 0.05 * draw for draw in draws)
    return CandidatesRanked(request_id=item.id, index=index, scores=scores, draws=draws)


def _picture(item: Generate | Inpaint) -> Image:
    if isinstance(item, Inpaint):
        painted = _paint(item, item.image.extent)
        frame = Bounds.at_origin(item.image.extent)
        return composite(item.image, painted, frame, feathered(item.mask, item.feather))
    return _paint(item, item.size or CAPABILITIES.sizes[0])


def _paint(item: Generate | Inpaint, extent: Extent, share: float = 1.0) -> Image:
    words = [word for word in item.prompt.lower().split() if word in COLOURS]
    colour = np.array(COLOURS[words[0]] if words else (128, 128, 128), np.float32)
    ramp = np.linspace(-20, 20, extent.width, dtype=np.float32)[None, :, None]
    slope = np.random.default_rng(item.seed).uniform(-1, 1)
    picture = 128 + (colour + ramp * slope - 128) * share
    full = np.broadcast_to(picture, (extent.height, extent.width, 3))
    return Image(np.clip(full, 0, 255).astype(np.uint8))


def _recipe(item: Generate | Inpaint) -> Recipe:
    return Recipe(
        request=item,
        model=ModelRef(name="fake", title="Fake", sha256="0" * 64),
        device="cpu",
        dtype="float32",
        numerics={},
        versions={},
    )
