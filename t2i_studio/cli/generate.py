"""Make pictures on the command line: `generate` and `inpaint`."""

import contextlib
import json
import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from t2i_studio.catalogue.inspect import capabilities
from t2i_studio.catalogue.store import locate
from t2i_studio.cli import output, terminal
from t2i_studio.cli.output import Written
from t2i_studio.cli.progress import ProgressBar
from t2i_studio.core import paths
from t2i_studio.core.cancel import CancelToken
from t2i_studio.core.errors import Blame, MachineError, StudioError, UserError
from t2i_studio.core.events import (
    Cancelled,
    Event,
    Failed,
    Finished,
    ImageReady,
    Loading,
    ModelReady,
    Progress,
)
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Raster
from t2i_studio.core.pictures import read_mask, read_picture
from t2i_studio.core.request import RANDOM_SEED, UPSAMPLERS, Generate, Inpaint
from t2i_studio.engine.registry import Registry
from t2i_studio.engine.resolve import resolve
from t2i_studio.engine.runner import Runner
from t2i_studio.gallery.store import Gallery
from t2i_studio.studio.tokens import TokenCounter

OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1"}
CANCELLED = 130
SHOWN = 60  # characters of a prompt's end that is cut off
ERRORS = {Blame.user: UserError, Blame.machine: MachineError, Blame.ours: StudioError}

MakeRegistry = Callable[[str], Registry]
log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Options:
    """What was asked for on the command line, named as the parameters of `cli.main`."""

    prompt: str
    out: Path
    count: int
    negative: str
    size: str | None
    steps: int | None
    guidance: float | None
    prior: str
    prior_steps: int | None
    prior_guidance: float | None
    candidates: int | None
    upsampler_steps: int | None
    sampler: str | None
    rerank: bool
    model: str
    device: str
    seed: int
    offline: bool
    as_json: bool


@dataclass(frozen=True, kw_only=True)
class InpaintOptions(Options):
    """`image` and `mask` are files."""

    image: Path
    mask: Path
    feather: int


def generate(options: Options, make_registry: MakeRegistry | None = None) -> int:
    """Make pictures from a prompt; returns the exit code, raises StudioError."""
    return _make(Generate(**_fields(options)), options, make_registry)


def inpaint(options: InpaintOptions, make_registry: MakeRegistry | None = None) -> int:
    """Repaint a part of a picture; returns the exit code, raises StudioError."""
    _keep_sources(options)
    request = Inpaint(
        **_fields(options),
        image=read_picture(options.image),
        mask=read_mask(options.mask),
        feather=options.feather,
    )
    return _make(request, options, make_registry)


def _keep_sources(options: InpaintOptions) -> None:
    """Refuse to write over what the repaint starts from; say what other formats do to it."""
    for source in (options.image, options.mask):
        if options.count == 1 and options.out.resolve() == source.resolve():
            raise UserError(f"{options.out}: This would replace {source}.", "Name another file.")
    if options.out.suffix.lower() != ".png":
        terminal.say("Only a PNG keeps what lies outside the mask byte for byte.")


def _fields(options: Options) -> dict[str, Any]:
    """Return what `Generate` and `Inpaint` have in common."""
    return {
        "model": options.model,
        "prompt": _decoded(options.prompt),
        "negative_prompt": _decoded(options.negative),
        "seed": options.seed,
        "count": options.count,
        "size": _extent(options.size),
        "rerank": options.rerank,
        "prior": {
            "kind": str(options.prior),
            "steps": options.prior_steps,
            "guidance": options.prior_guidance,
            "candidates": options.candidates,
        },
        "decoder": {
            "steps": options.steps,
            "guidance": options.guidance,
            "sampler": options.sampler,
        },
        **{key: {"steps": options.upsampler_steps} for key in UPSAMPLERS},
    }


def _extent(text: str | None) -> Extent | None:
    try:
        return None if text is None else Extent.parse(text)
    except ValueError as error:
        raise UserError(str(error)) from error


def _decoded(argument: str) -> str:
    """Read an argument as UTF-8 where Python took the locale for ASCII (LC_ALL=C)."""
    try:
        return argument.encode(sys.getfilesystemencoding(), "surrogateescape").decode()
    except UnicodeError:
        return argument


def _make(request: Generate | Inpaint, options: Options, make_registry: MakeRegistry | None) -> int:
    if options.offline:
        os.environ.update(OFFLINE)
    if make_registry is None:
        make_registry = Registry
        # What the model cannot do is said before its weights are loaded.
        resolve(request, capabilities(locate(request.model).folder))
    run = Run(request, output.plan(options.out, request.count))
    error = None
    try:
        run.follow(Runner(make_registry(str(options.device))))
        run.rank()
    except StudioError as problem:
        error = problem
    run.report(options.as_json, error)
    if error:
        raise error
    return CANCELLED if run.is_cancelled else 0


class Run:
    """One request on its way: every picture is on the disk as soon as it is ready."""

    def __init__(self, request: Generate | Inpaint, targets: tuple[Path, ...]) -> None:
        self.written: list[Written] = []
        self.is_cancelled = False
        self._request = request
        self._targets = targets
        self._facts: dict[str, object] = {"seconds": None, "model": request.model, "device": None}
        self._inputs = Inputs(Gallery(paths.gallery_folder()))
        self._bar = ProgressBar(request.count)

    def follow(self, runner: Runner) -> None:
        """Run it to its end; raises StudioError."""
        with self._bar, cancelling() as token, contextlib.closing(runner):
            for event in runner.run(self._request, token):
                self._handle(event)

    def rank(self) -> None:
        if self._request.rerank and len(self.written) > 1:
            self.written = output.ranked(self.written)

    def report(self, as_json: bool, error: StudioError | None) -> None:
        """Tell on stdout what was written; with an error only if there is something to tell."""
        if self.is_cancelled:
            terminal.say(f"Cancelled; finished pictures: {len(self.written)}.")
        if as_json and (self.written or not error):
            terminal.write(json.dumps(self._summary(error)))
        elif not as_json:
            for picture in self.written:
                terminal.write(str(picture.path))
                if self._request.seed == RANDOM_SEED and terminal.is_watched():
                    terminal.say(f"{picture.path} has seed {picture.seed}.")

    def _summary(self, error: StudioError | None) -> dict[str, object]:
        summary = {"images": [_image(picture) for picture in self.written], **self._facts}
        if self.is_cancelled:
            summary["cancelled"] = True
        if error:
            summary["error"] = str(error)
        return summary

    def _handle(self, event: Event) -> None:
        match event:
            case Loading():
                self._bar.show_phase(event.phase)
            case ModelReady():
                self._follow_model(event)
            case Progress():
                self._bar.show(event)
            case ImageReady():
                self._write(event)
            case Finished():
                self._facts["seconds"] = round(event.seconds, 3)
            case Cancelled():
                self.is_cancelled = True
            case Failed():
                raise ERRORS[event.blame](event.message, event.hint)

    def _follow_model(self, event: ModelReady) -> None:
        self._facts |= {"model": event.model, "device": event.device, "dtype": event.dtype}
        self._bar.follow_model(event.capabilities)
        limit, file = event.capabilities.token_limit, event.capabilities.tokenizer
        if limit is None:
            return
        counter = TokenCounter(file, limit)
        for name in ("prompt", "negative_prompt"):
            self._warn_if_cut(name.replace("_", " "), getattr(self._request, name), counter)

    def _warn_if_cut(self, name: str, text: str, counter: TokenCounter) -> None:
        count = counter.count(text)
        if count.kept < len(text):
            cut = text[count.kept :].strip()
            shown = cut if len(cut) <= SHOWN else f"{cut[:SHOWN]}..."
            self._bar.warn(
                f"The {name} has {count.tokens} tokens and the model reads {count.limit}; "
                f'it does not see: "{shown}"'
            )

    def _write(self, event: ImageReady) -> None:
        path = self._targets[len(self.written)]
        self.written.append(
            output.write(path, event.image, event.recipe, event.score, self._inputs)
        )


class Inputs:
    """Keeps what recipes start from in the gallery if that can be written (core.image.Blobs)."""

    def __init__(self, gallery: Gallery) -> None:
        self._gallery = gallery

    def put(self, raster: Raster) -> str:
        try:
            return self._gallery.outside.put(raster)
        except MachineError as error:
            log.info("an input is named in the recipe but not kept: %s", error)
            return raster.digest

    def get(self, digest: str) -> bytes:
        return self._gallery.get(digest)


@contextlib.contextmanager
def cancelling() -> Iterator[CancelToken]:
    """Let Ctrl+C set a token; a second one ends the program at once (main thread)."""
    token = CancelToken()

    def stop(number: int, frame: FrameType | None) -> None:
        token.cancel()
        signal.signal(number, signal.default_int_handler)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield token
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _image(picture: Written) -> dict[str, object]:
    facts: dict[str, object] = {
        "path": str(picture.path),
        "seed": picture.seed,
        "width": picture.extent.width,
        "height": picture.extent.height,
        "sha256": picture.sha256,
    }
    return facts if picture.score is None else {**facts, "score": picture.score}
