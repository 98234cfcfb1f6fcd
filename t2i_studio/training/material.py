"""What a course is about: the rendered world, or a folder of somebody's own pictures."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from accelerate import Accelerator  # type: ignore[import-untyped]  # has no py.typed

from t2i_studio.training.corpus import Corpus, key_of
from t2i_studio.training.export import Label
from t2i_studio.training.folder import Captioned, Found, find
from t2i_studio.training.hardware import count_renderers
from t2i_studio.training.own_pictures import OwnPictures, prepare
from t2i_studio.training.presets import Preset
from t2i_studio.training.recipes.upsampler import Kept, Renders, Source
from t2i_studio.training.report import Report, printable
from t2i_studio.training.scenes.dataset import Order, RenderedWorld, render_world
from t2i_studio.training.scenes.renderer import Renderer
from t2i_studio.training.scenes.sprites import Sprites

Tell = Callable[[str, int, int], None]
"""Is told what is prepared, how much of it is done, and how much there is."""

CHECKS = 512
"""Held-out pictures at most."""

_CHECKED_SEED = 1
_EVERY = 20  # one in so many own pictures is held out
_LARGE = 256  # px
_AT_LEAST = 20  # pictures for an upsampler
_EXAMPLES = 3
_SCENES = Label(
    "Scenes",
    (
        "a fox in a field at sunrise",
        "a red cube on top of a blue cube on a white background",
        "a house in a winter landscape",
    ),
)


@dataclass(frozen=True)
class Material:
    """What is trained on, what is held out, and what each upsampler learns from."""

    corpus: Corpus
    checks: Corpus
    sources: Sequence[Callable[[], Source]]
    label: Label
    report: Report | None = None  # of own pictures


def rendered(
    folder: Path,
    preset: Preset,
    sprites: Callable[[], Sprites],
    seed: int,
    accelerator: Accelerator,
    tell: Tell,
) -> Material:
    """Render the world into `folder`, rank 0 for all. Raises MachineError."""
    size = preset.clip.image_size
    orders = {
        "scenes": Order(preset.scenes, size, seed),
        "checks": Order(CHECKS, size, seed + _CHECKED_SEED, is_held_out=True),
    }
    if accelerator.is_main_process:
        sprites()  # made once, before several processes ask for them
        for name, order in orders.items():
            render_world(
                folder / name,
                order,
                sprites,
                processes=count_renderers(accelerator.device.type, preset.ranks),
                report=partial(tell, f"Rendering {name}"),
            )
    accelerator.wait_for_everyone()
    corpus, checks = (RenderedWorld(folder / name, order) for name, order in orders.items())
    if accelerator.device.type != "cpu":
        corpus.preload()  # before the processes that make batches are forked
        checks.preload()
    return Material(
        corpus, checks, [partial(_renders, side, sprites) for side in (256, 1024)], _SCENES
    )


def _renders(side: int, sprites: Callable[[], Sprites]) -> Renders:
    return Renders(side, Renderer(side, sprites()))


def own(
    pictures: Path,
    folder: Path,
    size: int,
    cap: int,
    seed: int,
    accelerator: Accelerator,
    tell: Tell,
) -> Material:
    """Bring own pictures to the sizes of training, rank 0 first; `cap` as in `BalancedSampler`.

    They are shuffled, so that the last ones, which are held out, are a fair sample. What a
    picture of `_LARGE` px was enlarged from has nothing to teach an upsampler: it learns from
    pictures that are as large, if there are enough, and there is none to 1024 px. Raises UserError.
    """
    found = _shuffled(find(pictures))

    def made(part: Found, side: int, name: str) -> OwnPictures:
        work = partial(prepare, part, side, folder / name, cap=cap, seed=seed)
        if accelerator.is_main_process:
            work(progress=partial(tell, f"Reading pictures ({side} px)"))
        accelerator.wait_for_everyone()
        return work()

    whole = made(found, size, "pictures")
    corpus, checks = _split(whole)
    large = _large(found.folder, whole)
    sources = [partial(Kept, made(large, _LARGE, "large").pictures)] if large else []
    label = Label(
        pictures.resolve().name, [captions[0] for captions in checks.captions[:_EXAMPLES]]
    )
    return Material(corpus, checks, sources, label, whole.report)


def _shuffled(found: Found) -> Found:
    """Bring pictures into an order that has nothing to do with what they show."""

    def key(picture: Captioned) -> int:
        name = os.path.relpath(picture.path, found.folder)  # a list may name it absolutely
        return key_of(printable(Path(name).as_posix()))

    return replace(found, pictures=tuple(sorted(found.pictures, key=key)))


def _split(whole: OwnPictures) -> tuple[OwnPictures, OwnPictures]:
    """Hold the last pictures out; a single one is trained on and shown."""
    cut = len(whole) - min(CHECKS, max(1, len(whole) // _EVERY))
    return whole.part(slice(max(1, cut))), whole.part(slice(cut, None))


def _large(folder: Path, whole: OwnPictures) -> Found | None:
    """Choose what an upsampler learns from, None if it is too little."""
    sized = zip(whole.files, whole.sides, strict=True)
    large = tuple(file for file, side in sized if side >= _LARGE)
    return Found(folder, large, Report(0)) if len(large) >= _AT_LEAST else None
