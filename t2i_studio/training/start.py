"""Starting a training: from what was asked for to a finished checkpoint."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol, cast

import diffusers.utils.logging as diffusers_logging
import transformers.utils.logging as transformers_logging
from accelerate import Accelerator  # type: ignore[import-untyped]  # has no py.typed

from t2i_studio.catalogue.store import fingerprint
from t2i_studio.core.cancel import CancelToken
from t2i_studio.core.errors import UserError
from t2i_studio.core.generators import result_of
from t2i_studio.models.unclip.checkpoint import CheckpointError
from t2i_studio.models.unclip.layout import DiffusionLayout, Layout, ResidualLayout
from t2i_studio.models.unclip.weights import load_parts
from t2i_studio.training import course, material
from t2i_studio.training.checkpoint import is_done
from t2i_studio.training.course import Course
from t2i_studio.training.export import NAME, export
from t2i_studio.training.facts import Facts, check, write
from t2i_studio.training.hardware import count_loaders, make_accelerator
from t2i_studio.training.journal import Event, Journal
from t2i_studio.training.loop import Run
from t2i_studio.training.material import Material
from t2i_studio.training.presets import PRESETS, Preset
from t2i_studio.training.recipes.tokenizer import CONTEXT
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
    cancel = cancel or CancelToken()
    preset = PRESETS[wish.preset]
    _check_start(wish, preset)
    facts = _facts(wish)
    check(wish.output / "run.json", facts)
    if _is_over(wish, preset):
        return wish.output / NAME
    run = Run(
        wish.output,
        accelerator,
        Journal(wish.output, listener.trained),
        cancel=cancel,
        loaders=count_loaders(accelerator.device.type),
    )
    about = _material(wish, preset, accelerator, _interruptible(listener.prepared, cancel))
    # Only now: a folder of pictures that cannot be used must not be what this run is about.
    _pledge(accelerator, wish.output / "run.json", facts)
    _pledge(accelerator, wish.output / "corpus.json", _corpus_facts(about))
    if about.report:
        listener.reported(about.report)
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


def _is_over(wish: Wish, preset: Preset) -> bool:
    """Tell whether there is nothing left to train, for which the world need not be rendered."""
    if wish.pictures or not (wish.output / NAME).exists():
        return False
    plans = {
        part: preset.plan(part, is_continued=wish.start is not None, share=wish.share)
        for part in preset.plans
    }
    return all(is_done(wish.output / part, plan) for part, plan in plans.items())


def _interruptible(tell: material.Tell, cancel: CancelToken) -> material.Tell:
    """Let Ctrl+C end preparations, too."""

    def prepared(what: str, done: int, count: int) -> None:
        cancel.check()
        tell(what, done, count)

    return prepared


def _facts(wish: Wish) -> Facts:
    return {
        "preset": wish.preset,
        "pictures": str(wish.pictures.resolve()) if wish.pictures else None,
        "seed": wish.seed,
        "share": wish.share,
        "from": fingerprint(wish.start)[:16] if wish.start else None,
    }


def _corpus_facts(about: Material) -> Facts:
    digest = hashlib.blake2b(about.corpus.keys.tobytes(), digest_size=8)
    return {"pictures": len(about.corpus), "captions": digest.hexdigest()}


def _pledge(accelerator: Accelerator, path: Path, facts: Facts) -> None:
    """Refuse to go on with another training than the folder's; all ranks call it."""
    check(path, facts)
    accelerator.wait_for_everyone()
    if accelerator.is_main_process:
        write(path, facts)


def _material(
    wish: Wish, preset: Preset, accelerator: Accelerator, tell: material.Tell
) -> Material:
    folder = wish.output / "data"
    if wish.pictures:
        size = preset.clip.image_size
        return material.own(wish.pictures, folder, size, wish.cap, wish.seed, accelerator, tell)
    sprites = partial(Sprites.load, wish.cache, wish.icons)
    return material.rendered(folder, preset, sprites, wish.seed, accelerator, tell)


def _check_start(wish: Wish, preset: Preset) -> None:
    """Refuse a checkpoint whose networks are not those of the preset, before hours are spent."""
    if wish.start is None:
        return
    try:
        parts = result_of(load_parts(wish.start))
    except CheckpointError as error:
        raise UserError(str(error), "Give another --from, or none.") from error
    if not _fits(parts.layout, preset):
        raise UserError(
            f"{wish.start}: Its networks are of another shape than those of this preset.",
            "Take the preset that it was trained by, or train from scratch without --from.",
        )


def _fits(layout: Layout, preset: Preset) -> bool:
    kind = DiffusionLayout if preset.upsampler.is_diffusion else ResidualLayout
    found = (layout.image_size, layout.embedding_dim, layout.text_length)
    needed = (preset.clip.image_size, preset.clip.dim, CONTEXT)
    patches = {each.pixel_unshuffle for each in layout.upsamplers} | {preset.upsampler.patch}
    return (
        found == needed
        and layout.decoder.pixel_unshuffle == preset.decoder.patch
        and len(patches) == 1
        and all(isinstance(each, kind) for each in layout.upsamplers)
    )
