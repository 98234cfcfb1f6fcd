"""Hypothesis strategies for pictures, requests and events, and a place for blobs."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from t2i_studio.core import events
from t2i_studio.core.capabilities import Capabilities, Stage
from t2i_studio.core.errors import Blame
from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask, Raster
from t2i_studio.core.recipe import ModelRef, Recipe
from t2i_studio.core.request import MAX_SEED, Generate, Inpaint, Load, Refine
from t2i_studio.core.stage_settings import DecoderSettings, PriorSettings, UpsamplerSettings


class Shelf:
    """Blobs in memory; empty, it is falsy like any container."""

    def __init__(self) -> None:
        self.pictures: dict[str, bytes] = {}
        self.asked: list[str] = []

    def __len__(self) -> int:
        return len(self.pictures)

    def put(self, raster: Raster) -> str:
        self.pictures[raster.digest] = raster.to_png()
        return raster.digest

    def get(self, digest: str) -> bytes:
        self.asked.append(digest)
        return self.pictures[digest]


sides = st.integers(1, 8)
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
prompts = words.filter(lambda text: bool(text.strip()))
extents = st.builds(Extent, st.integers(1, 4096), st.integers(1, 4096))
images = st.tuples(sides, sides, st.just(3)).flatmap(
    lambda shape: st.builds(Image, npst.arrays(np.uint8, shape))
)
masks = st.tuples(sides, sides).flatmap(lambda shape: st.builds(Mask, npst.arrays(np.uint8, shape)))
steps = st.none() | st.integers(1, 1000)
guidances = st.none() | st.floats(0, 100)
common = {
    "model": words,
    "prompt": prompts,
    "negative_prompt": words,
    "seed": st.integers(-1, MAX_SEED - 1000),
    "count": st.integers(1, 1000),
    "size": st.none() | extents,
    "prior": st.builds(
        PriorSettings,
        kind=st.sampled_from(["diffusion", "autoregressive", "none"]),
        steps=steps,
        guidance=guidances,
        candidates=st.none() | st.integers(1, 64),
    ),
    "decoder": st.builds(
        DecoderSettings, steps=steps, guidance=guidances, sampler=st.none() | words
    ),
    "upsampler": st.builds(UpsamplerSettings, steps=steps),
    "upsampler_1024": st.builds(UpsamplerSettings, steps=steps),
    "rerank": st.booleans(),
}
generates = st.builds(Generate, **common)
editing = {"strength": st.floats(0.01, 1), "colour_match": st.booleans(), **common}


@st.composite
def inpaints(draw: st.DrawFn) -> Inpaint:
    width, height = draw(sides), draw(sides)
    values = npst.arrays(np.uint8, (height, width)).filter(np.any)
    pixels = npst.arrays(np.uint8, (height, width, 3))
    return draw(
        st.builds(
            Inpaint,
            image=pixels.map(Image),
            mask=values.map(Mask),
            feather=st.integers(0, 256),
            content=st.sampled_from(["original", "fill", "blur", "noise"]),
            seam=st.integers(0, 256),
            **editing,
        )
    )


pictures = generates | inpaints() | st.builds(Refine, image=images, **editing)
requests = st.builds(Load, model=words) | pictures
recipes = st.builds(
    Recipe,
    request=pictures,
    model=st.builds(ModelRef, name=words, title=words, sha256=words),
    device=words,
    dtype=words,
    numerics=st.dictionaries(words, words, max_size=2),
    versions=st.dictionaries(words, words, max_size=2),
)
stages = st.builds(
    Stage, key=words, title=words, steps=st.integers(1, 99), guidance=st.none() | st.floats(0, 9)
)
capabilities = st.builds(
    Capabilities,
    title=words,
    kinds=st.frozensets(words, max_size=3),
    stages=st.lists(stages, max_size=3).map(tuple),
    sizes=st.lists(extents, max_size=3).map(tuple),
    token_limit=st.none() | st.integers(1, 100),
)
index = st.integers(0, 999)
seconds = st.floats(0, 1e6)
boxes = st.builds(Bounds, index, index, index, index)
planned = st.builds(events.PlannedStage, key=words, steps=index)
everything = (
    st.builds(events.Loading, request_id=words, phase=words)
    | st.builds(
        events.ModelReady,
        request_id=words,
        model=words,
        capabilities=capabilities,
        device=words,
        dtype=words,
        memory_bytes=index,
    )
    | st.builds(
        events.Started,
        request_id=words,
        request=requests,
        plan=st.lists(planned, max_size=3).map(tuple),
    )
    | st.builds(
        events.Progress,
        request_id=words,
        index=index,
        stage=words,
        stage_step=index,
        stage_steps=index,
        step=index,
        total=index,
        eta_s=st.none() | seconds,
    )
    | st.builds(
        events.CandidatesRanked,
        request_id=words,
        index=index,
        scores=st.lists(st.floats(-1, 1), max_size=3).map(tuple),
        draws=st.lists(index, max_size=3).map(tuple),
    )
    | st.builds(
        events.Preview, request_id=words, index=index, image=images, frame=st.none() | boxes
    )
    | st.builds(events.BaseReady, request_id=words, index=index, image=images)
    | st.builds(
        events.ImageReady,
        request_id=words,
        index=index,
        image=images,
        recipe=recipes,
        score=st.none() | st.floats(-1, 1),
    )
    | st.builds(events.Finished, request_id=words, seconds=seconds)
    | st.builds(events.Cancelled, request_id=words)
    | st.builds(
        events.Failed,
        request_id=words,
        blame=st.sampled_from(list(Blame)),
        message=words,
        hint=words,
    )
)
