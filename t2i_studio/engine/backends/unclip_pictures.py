"""From a request for one picture to its events: embedding, decoder, upsamplers."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from t2i_studio.core.errors import MachineError
from t2i_studio.core.events import (
    BaseReady,
    CandidatesRanked,
    Event,
    LatentReady,
    Preview,
    Progress,
)
from t2i_studio.core.image import Image
from t2i_studio.core.request import UPSAMPLERS, Decode, Editing, Frame
from t2i_studio.core.words import tr
from t2i_studio.engine.backends.unclip_previews import Estimates, Previews
from t2i_studio.engine.canvas import Canvas
from t2i_studio.latents.pixels import mask_tensor, to_image, to_tensor
from t2i_studio.latents.workbench import Latent, Manner, Workbench
from t2i_studio.models.sampling import FULL_STRENGTH, Step
from t2i_studio.models.unclip.decoder import STAGE as DECODER
from t2i_studio.models.unclip.decoder import DecoderSettings
from t2i_studio.models.unclip.pipeline import Base, UnCLIP
from t2i_studio.models.unclip.prior import Candidates, PriorSettings
from t2i_studio.models.unclip.system import Inversion

Part = Step | Candidates | Latent | Base


@dataclass(frozen=True)
class _Shown:
    """What the decoder is shown of a picture: (1, C, H, W), None where there is nothing."""

    known: Tensor | None = None
    mask: Tensor | None = None  # 1 = repaint
    start: Tensor | None = None


class Painter:
    """Makes pictures one at a time on a workbench, which remembers what they share."""

    def __init__(self, bench: Workbench) -> None:
        self.bench = bench
        self._system = bench.system
        self._model = UnCLIP(bench.system)
        self._previews = Previews(bench.system.device)

    def plan(self, frames: Sequence[Frame]) -> dict[str, int]:
        """Count the steps of each stage over all frames, without what is known already."""
        stages: dict[str, int] = {}
        known: set[tuple[object, ...]] = set()
        for frame in frames:
            for key, steps in self._latent_plan(frame):
                if key not in known:
                    known.add(key)
                    stage = str(key[0])
                    stages[stage] = stages.get(stage, 0) + steps
        for frame in frames:
            for stage, steps in self._picture_plan(frame).items():
                stages[stage] = stages.get(stage, 0) + steps
        return stages

    def events(
        self, run: str, frame: Frame, index: int, canvas: Canvas | None
    ) -> Generator[Event, None, Image]:
        """Yield the events of picture `index` of a run; returns what was painted."""
        estimates = Estimates()
        parts = self._sample(frame, canvas)
        while True:
            try:
                part = next(parts)
            except StopIteration as end:
                pixels: Tensor = end.value
                break
            for event in self._events(part, run, index, canvas):
                if isinstance(event, Preview) and isinstance(part, Step):
                    estimates.add(part, event.image)
                if isinstance(event, BaseReady):
                    event = event.model_copy(update={"estimates": tuple(estimates.kept)})
                yield event
        _check_finite(pixels)
        return to_image(pixels)

    def score(self, prompt: str, image: Image) -> float:
        """Cosine of picture and prompt in CLIP space."""
        z_i, z_t = self.bench.embed_picture(image), self.bench.embed_text(prompt).embeds
        return float(torch.cosine_similarity(z_i, z_t).item())

    def _events(self, part: Part, run: str, index: int, canvas: Canvas | None) -> Iterator[Event]:
        match part:
            case Candidates():
                yield CandidatesRanked(
                    request_id=run,
                    index=index,
                    scores=tuple(part.scores[0].tolist()),
                    draws=tuple(part.draws[0].tolist()),
                )
            case Latent():
                yield LatentReady(
                    request_id=run,
                    index=index,
                    embedding=self.bench.embeddings(part.z),
                    to_start=part.to_start,
                    to_texts=part.to_texts,
                )
            case Base():
                yield BaseReady(request_id=run, index=index, image=to_image(part.pixels))
            case Step():
                yield from self._step_events(part, run, index, canvas)

    def _step_events(
        self, step: Step, run: str, index: int, canvas: Canvas | None
    ) -> Iterator[Event]:
        yield Progress(
            request_id=run,
            index=index,
            stage=step.stage,
            stage_step=step.index,
            stage_steps=step.total,
            step=1,
            total=1,
        )
        image = self._previews.show(step)
        if image is not None:
            frame = None
            if canvas:
                image, frame = canvas.preview(image), canvas.frame
            yield Preview(request_id=run, index=index, image=image, frame=frame)

    def _sample(self, frame: Frame, canvas: Canvas | None) -> Generator[Part, None, Tensor]:
        latent = yield from self._latent(frame)
        shown = self._shown(canvas, frame.seed)
        z = latent.z if shown.known is None else self._system.blended(latent.z, shown.known)
        if isinstance(frame, Decode):
            yield latent
        base = yield from self._system.decode(
            z,
            self.bench.embed_text(frame.prompt),
            self.bench.embed_text(frame.negative_prompt),
            seeds=[frame.seed],
            settings=_decoder(frame),
            x_T=latent.x_T,
            known=shown.known,
            mask=shown.mask,
            start=shown.start,
            strength=_strength(frame),
        )
        _check_finite(base)
        chain = yield from self._model.enlarge(base, [frame.seed], self._upsampling(frame))
        return chain[-1]

    def _shown(self, canvas: Canvas | None, seed: int) -> _Shown:
        if canvas is None:
            return _Shown()
        device, start = self._system.device, canvas.start(seed)
        begun = to_tensor(start).to(device) if start else None
        if canvas.hole is None:
            return _Shown(start=begun)
        known, mask = to_tensor(canvas.seen), mask_tensor(canvas.hole)
        return _Shown(known.to(device), mask.to(device), begun)

    def _latent(self, frame: Frame) -> Generator[Step | Candidates, None, Latent]:
        manner = _manner(frame)
        if isinstance(frame, Decode):
            return (yield from self.bench.resolve(frame.concept, manner))
        z = yield from self.bench.draw(frame.prompt, manner)
        return Latent(z, None)

    def _latent_plan(self, frame: Frame) -> Iterator[tuple[tuple[object, ...], int]]:
        if isinstance(frame, Decode):
            return self.bench.plan(frame.concept, _manner(frame))
        return self.bench.plan_draw(frame.prompt, _manner(frame))

    def _picture_plan(self, frame: Frame) -> dict[str, int]:
        steps = self._system.count_decoder_steps(_decoder(frame), _strength(frame))
        return {DECODER: steps, **self._upsampling(frame)}

    def _upsampling(self, frame: Frame) -> dict[str, int]:
        assert frame.size is not None  # resolved requests have no defaults left (engine.resolve)
        asked: dict[str, int | None] = {key: getattr(frame, key).steps for key in UPSAMPLERS}
        steps = {stage: count for stage, count in asked.items() if count is not None}
        return self._system.plan_upsampling(frame.size.width, steps)


def _strength(frame: Frame) -> float:
    return frame.strength if isinstance(frame, Editing) else FULL_STRENGTH


def _decoder(frame: Frame) -> DecoderSettings:
    how = frame.decoder
    assert how.steps is not None
    assert how.guidance is not None
    assert how.sampler is not None
    return DecoderSettings(how.steps, how.guidance, how.sampler, how.eta)


def _manner(frame: Frame) -> Manner:
    how, prior = frame.prior, None
    if how.kind not in ("none", "caption"):
        assert how.steps is not None
        assert how.guidance is not None
        assert how.candidates is not None
        prior = PriorSettings(how.steps, how.guidance, how.candidates)
    return Manner(
        seed=frame.seed,
        kind=how.kind,
        prior=prior,
        draw=how.draw,
        negative=frame.negative_prompt,
        inversion=_inversion(frame) if isinstance(frame, Decode) else None,
    )


def _inversion(frame: Decode) -> Inversion | None:
    if frame.noise != "inverted":
        return None
    how = frame.inversion
    assert how.steps is not None
    assert how.iterations is not None
    assert how.guidance is not None
    return Inversion(how.steps, how.iterations, how.guidance)


def _check_finite(pixels: Tensor) -> None:
    if not bool(torch.isfinite(pixels).all()):
        raise MachineError(
            tr("The model computed values that are no numbers; the picture was not saved."),
            tr("Its weights may be damaged: t2i-studio doctor checks them."),
        )
