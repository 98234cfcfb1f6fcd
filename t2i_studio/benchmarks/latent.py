"""How fast the latent explorer is: its window, its labels, its map."""

import contextlib
import importlib
from collections.abc import Callable, Iterator
from time import perf_counter

import numpy as np
import torch
from torch import Tensor

from t2i_studio.benchmarks import window
from t2i_studio.benchmarks.groups import Setting
from t2i_studio.benchmarks.measure import (
    alternating,
    median_and_spread,
    raise_failure,
    ratios,
)
from t2i_studio.benchmarks.report import LeftOut, Result, milliseconds
from t2i_studio.core.cancel import CancelToken
from t2i_studio.core.capabilities import Capabilities
from t2i_studio.core.concept import Concept, FromPicture, TextDiff
from t2i_studio.core.errors import UserError
from t2i_studio.core.events import Event, Failed, ImageReady, ModelReady, Progress
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.core.request import Classify, Decode, Embed, Generate, Load, Request
from t2i_studio.core.stage_settings import DecoderSettings
from t2i_studio.engine.runner import Runner
from t2i_studio.latents import pca

GROUP = "latent"
VALUES, DIM, COMPONENTS = 100_000, 768, 32
LABELS, PICTURES = 40, 64
SEED = 0
INVERSION = "inversion"  # the stage


def latent(setting: Setting) -> Iterator[Result | LeftOut]:
    """Measure the fit of principal components, the window, and what else is asked of a model."""
    yield _fit(setting.rounds, VALUES)
    yield from window.figures(GROUP, setting)
    with contextlib.closing(Runner(setting.make_registry(setting.device))) as runner:
        explorer = Explorer(runner, setting)
        figures: dict[str, Callable[[str], Result]] = {
            "inversion of a new picture": explorer.inversion,
            f"zero-shot of {LABELS} new labels": explorer.labels,
            "pictures embedded": explorer.embedding,
        }
        for name, figure in figures.items():
            try:
                yield figure(name)
            except UserError as error:  # a model that cannot do this
                yield LeftOut(group=GROUP, name=name, note=str(error))


def _fit(rounds: int, count: int) -> Result | LeftOut:
    """Compare our fit with scikit-learn's exact one, the fastest that it has."""
    name = f"PCA of {count:,} x {DIM} / scikit-learn's"
    try:
        decomposition = importlib.import_module("sklearn.decomposition")
    except ImportError:
        note = "scikit-learn is missing: python -m pip install 't2i-studio[bench]'"
        return LeftOut(group=GROUP, name=name, note=note)
    values = embeddings_like(count, DIM)
    array = values.numpy()
    theirs = decomposition.PCA(COMPONENTS, svd_solver="covariance_eigh")
    seconds = alternating(
        {
            "ours": lambda number: pca.fit(values, COMPONENTS),
            "theirs": lambda number: theirs.fit(array),
        },
        rounds,
    )
    value, spread = median_and_spread(ratios(seconds["ours"], seconds["theirs"]))
    return Result(
        group=GROUP, name=name, value=value, unit="x", better="lower", target=1.0, spread=spread
    )


def embeddings_like(count: int, dim: int) -> Tensor:
    """Draw values (count, dim) as CLIP's lie: about a mean of their own length, askew to the axes.

    The variances fall as 1 / rank, so that the first components are apart and the last alike.
    """
    generator = torch.Generator().manual_seed(SEED)
    turn: Tensor = torch.linalg.qr(torch.randn(dim, dim, generator=generator)).Q
    scales = torch.arange(1, dim + 1).rsqrt()
    values = torch.randn(count, dim, generator=generator).mul_(scales) @ turn
    mean = torch.randn(dim, generator=generator).mul_(scales.norm() / dim**0.5)
    return values.add_(mean)


class Explorer:
    """Asks a model for what the explorer's controls ask for, with fresh input in every round."""

    def __init__(self, runner: Runner, setting: Setting) -> None:
        self._runner = runner
        self._setting = setting
        self._about = self._load()
        self._picture = self._make()

    def inversion(self, name: str) -> Result:
        """Until x_T of a picture is found that was never seen before; a few only, for it lasts."""
        size = min(self._about.sizes, key=lambda size: size.width)
        times = []
        for number in range(max(2, self._setting.rounds // 3) + 1):
            concept = self._concept(_varied(self._picture, number + 1), theta=0.25)
            how = DecoderSettings(steps=1)
            request = self._decode(concept, how, size)
            times.append(self._seconds(request, lambda event: _is_past(event, INVERSION)))
        return milliseconds(GROUP, name, times[1:])

    def labels(self, name: str) -> Result:
        """Until the bars of all labels stand, with nothing known of them or the picture."""
        times = []
        for number in range(self._setting.rounds + 1):
            start = FromPicture(image=_varied(self._picture, number + 101))
            names = tuple(f"thing {number} {each}" for each in range(LABELS))
            request = Classify(model=self._setting.model, start=start, labels=names)
            times.append(self._seconds(request))
        return milliseconds(GROUP, name, times[1:])

    def embedding(self, name: str) -> Result:
        """Pictures per second, for a map of the gallery."""
        rates = []
        for number in range(self._setting.rounds + 1):
            request = Embed(model=self._setting.model, inputs=_noise(number, self._picture.extent))
            rates.append(PICTURES / self._seconds(request))
        value, spread = median_and_spread(rates[1:])
        return Result(
            group=GROUP, name=name, value=value, unit="1/s", better="higher", spread=spread
        )

    def _concept(self, image: Image, theta: float) -> Concept:
        edit = TextDiff(before="a photo in winter", after="a photo in autumn", theta=theta)
        return Concept(base=FromPicture(image=image), edits=(edit,))

    def _decode(self, concept: Concept, how: DecoderSettings, size: Extent) -> Decode:
        return Decode(
            model=self._setting.model,
            concept=concept,
            noise="inverted",
            decoder=how,
            size=size,
            seed=SEED,
        )

    def _load(self) -> Capabilities:
        events = list(self._events(Load(model=self._setting.model)))
        return next(event.capabilities for event in events if isinstance(event, ModelReady))

    def _make(self) -> Image:
        prompt = next(iter(self._about.examples), "a red cube")
        request = Generate(model=self._setting.model, prompt=prompt, seed=SEED)
        events = list(self._events(request))
        return next(event.image for event in events if isinstance(event, ImageReady))

    def _seconds(self, request: Request, is_end: Callable[[Event], bool] | None = None) -> float:
        """Run a request to its end; return the time until the event that is waited for, or all."""
        started, found = perf_counter(), None
        for event in self._events(request):
            if found is None and is_end and is_end(event):
                found = perf_counter() - started
        return perf_counter() - started if found is None else found

    def _events(self, request: Request) -> Iterator[Event]:
        for event in self._runner.run(request, CancelToken()):
            if isinstance(event, Failed):
                raise_failure(event)
            yield event


def _is_past(event: Event, stage: str) -> bool:
    return isinstance(event, Progress) and event.stage != stage


def _varied(image: Image, number: int) -> Image:
    """Return the picture with another first pixel: new to every memory of it."""
    pixels = image.pixels.copy()
    pixels[0, 0] = number % 256
    pixels[0, 1] = number // 256
    return Image(pixels)


def _noise(number: int, extent: Extent) -> tuple[Image, ...]:
    rng = np.random.default_rng((SEED, number))
    shape = (PICTURES, extent.height, extent.width, 3)
    return tuple(Image(pixels) for pixels in rng.integers(0, 256, shape, np.uint8))
