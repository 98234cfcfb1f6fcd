"""What a course is about: the rendered world, or a folder of somebody's own pictures."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from accelerate import Accelerator  # type: ignore[import-untyped]  # has no py.typed

from t2i_studio.training.corpus import Corpus
from t2i_studio.training.export import Label
from t2i_studio.training.folder import Captioned, Found, find
from t2i_studio.training.hardware import count_renderers
from t2i_studio.training.own_pictures import OwnPictures, prepare
from t2i_studio.training.presets import Preset
from t2i_studio.training.recipes.upsampler import Kept, Renders, Source
from t2i_studio.training.report import Report, joined
from t2i_studio.training.scenes.dataset import Order, RenderedWorld, render_world
from t2i_studio.training.scenes.renderer import Renderer
from t2i_studio.training.scenes.sprites import Sprites

Tell = Callable[[str, int, int], None]
"""Is told what is prepared, how much of it is done, and how much there is."""

CHECKS = 512
"""Held-out pictures at most."""

_CHECKED_SEED = 1
_EVERY = 20  # one in so many own pictures is held out
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

    There is no upsampler to 1024 px: few folders hold pictures as large. Raises UserError.
    """
    found = find(pictures)
    made: list[OwnPictures] = []
    for name, part, side in (
        ("training", _without_checks(found), size),
        ("checks", _checks(found), size),
        ("large", _without_checks(found), 256),
    ):
        work = partial(prepare, part, side, folder / name, cap=cap, seed=seed)
        if accelerator.is_main_process:
            work(progress=partial(tell, f"Reading pictures ({name})"))
        accelerator.wait_for_everyone()
        made.append(work())
    corpus, checks, large = made
    report = joined((replace(found.report, used=0), corpus.report, checks.report))
    label = Label(
        pictures.resolve().name, [captions[0] for captions in checks.captions[:_EXAMPLES]]
    )
    return Material(corpus, checks, [partial(Kept, large.pictures)], label, report)


def _checks(found: Found) -> Found:
    """Hold some pictures out; of very few, show those that are trained on."""
    return _part(found, found.pictures[::_EVERY][:CHECKS])


def _without_checks(found: Found) -> Found:
    held_out = set(_checks(found).pictures)
    rest = tuple(picture for picture in found.pictures if picture not in held_out)
    return _part(found, rest or found.pictures)


def _part(found: Found, pictures: tuple[Captioned, ...]) -> Found:
    """Take some of the pictures; what was found besides them is told once, of the whole."""
    return Found(found.folder, pictures, Report(0))
