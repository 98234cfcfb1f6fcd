"""Starting a training: from what was asked for to a finished checkpoint."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol, cast

import diffusers.utils.logging as diffusers_logging
import transformers.utils.logging as transformers_logging
from accelerate import Accelerator  # type: ignore[import-untyped]  # has no py.typed

from t2i_studio.core.cancel import CancelToken
from t2i_studio.core.errors import UserError
from t2i_studio.models.unclip.checkpoint import CheckpointError
from t2i_studio.models.unclip.layout import DiffusionLayout, ResidualLayout, read_layout
from t2i_studio.training import course, material
from t2i_studio.training.course import Course
from t2i_studio.training.export import NAME, export
from t2i_studio.training.hardware import count_loaders, make_accelerator
from t2i_studio.training.journal import Event, Journal
from t2i_studio.training.loop import Run
from t2i_studio.training.material import Material
from t2i_studio.training.presets import PRESETS, Preset
from t2i_studio.training.report import Report
from t2i_studio.training.scenes.sprites import Sprites


class _WithBars(Protocol):
    """The logging of a library: diffusers' is untyped."""

    def disable_progress_bar(self) -> None: ...


@dataclass(frozen=True)
class Wish:
    """What is to be trained.

    pictures: a folder of one's own, or None for the rendered world. start: a checkpoint that goes
    on, or None to train from scratch. share: of the preset's samples and minutes.
    """

    preset: str
    output: Path
    cache: Path
    pictures: Path | None = None
    start: Path | None = None
    icons: Path | None = None
    cap: int = 1000
    share: float = 1.0
    device: str = "auto"
    seed: int = 0


@dataclass(frozen=True)
class Listener:
    """Who hears of a training: of preparations, of the training itself, of left-out pictures."""

    prepared: material.Tell = lambda what, done, count: None
    trained: Callable[[Event], None] = lambda event: None
    reported: Callable[[Report], None] = lambda report: None


def fulfil(wish: Wish, listener: Listener = Listener(), cancel: CancelToken | None = None) -> Path:
    """Train, or go on with a training; returns the folder of the finished checkpoint.

    Every rank calls it; what rank 0 hears the listener is told. Raises CancelledError, UserError
    and MachineError; whenever it ends, the next call goes on from the last checkpoint.
    """
    for library in (transformers_logging, diffusers_logging):
        cast(_WithBars, library).disable_progress_bar()
    accelerator = make_accelerator(wish.device)
    if not accelerator.is_main_process:
        listener = Listener()
    preset = PRESETS[wish.preset]
    _check_start(wish, preset)
    about = _material(wish, preset, accelerator, listener)
    if about.report:
        listener.reported(about.report)
    run = Run(
        wish.output,
        accelerator,
        Journal(wish.output, listener.trained),
        cancel=cancel or CancelToken(),
        loaders=count_loaders(accelerator.device.type),
    )
    course.follow(
        Course(
            preset, about.corpus, about.checks, about.sources, wish.seed, wish.start, wish.share
        ),
        run,
    )
    if accelerator.is_main_process:
        export(run, preset, about.label, wish.start)
    accelerator.wait_for_everyone()
    accelerator.end_training()
    return wish.output / NAME


def _material(wish: Wish, preset: Preset, accelerator: Accelerator, listener: Listener) -> Material:
    folder = wish.output / "data"
    if wish.pictures:
        size = preset.clip.image_size
        return material.own(
            wish.pictures, folder, size, wish.cap, wish.seed, accelerator, listener.prepared
        )
    sprites = partial(Sprites.load, wish.cache, wish.icons)
    return material.rendered(folder, preset, sprites, wish.seed, accelerator, listener.prepared)


def _check_start(wish: Wish, preset: Preset) -> None:
    """Refuse a checkpoint whose networks are not those of the preset, before hours are spent."""
    if wish.start is None:
        return
    try:
        layout = read_layout(wish.start)
    except CheckpointError as error:
        raise UserError(str(error), "Give another --from, or none.") from error
    kind = DiffusionLayout if preset.upsampler.is_diffusion else ResidualLayout
    found = (layout.image_size, layout.embedding_dim, layout.decoder.pixel_unshuffle)
    needed = (preset.clip.image_size, preset.clip.dim, preset.decoder.patch)
    if found != needed or not all(isinstance(each, kind) for each in layout.upsamplers):
        raise UserError(
            f"{wish.start}: Its networks are of another shape than those of this preset.",
            "Take the preset that it was trained by, or train from scratch without --from.",
        )
