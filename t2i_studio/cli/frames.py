"""Pictures that belong together: a strip, an animation, or a folder of them."""

import contextlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from t2i_studio.cli import output, pictures, terminal
from t2i_studio.cli.following import CANCELLED, Follower
from t2i_studio.cli.output import Written
from t2i_studio.core import paths
from t2i_studio.core.cancel import CancelledError
from t2i_studio.core.errors import StudioError, UserError
from t2i_studio.core.events import Event, ImageReady, LatentReady
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import MAX_PIXELS
from t2i_studio.core.request import Decode, Strip
from t2i_studio.gallery.exporters.frames import MAX_ANIMATED, Frame, there_and_back
from t2i_studio.gallery.exporters.strip import save_folder, save_gif, save_strip, save_webp
from t2i_studio.gallery.store import Gallery

FRAMES = 7
STRIP, MOVING = ".png", (".gif", ".webp")
UNDER = 1.4  # what captions and gaps add to the pixels of a strip, at most


@dataclass(frozen=True)
class Shot:
    """One picture of several, and what is written under it."""

    caption: str
    request: Decode


def is_still(out: Path) -> bool:
    """Tell whether a file is one picture unless frames are asked for."""
    return out.suffix.lower() not in {*MOVING, ""}


def check_single(out: Path) -> None:
    """Refuse to make an animation or a folder of one picture."""
    if not out.suffix or out.suffix.lower() == ".gif":
        raise UserError(
            f"{out}: One picture alone is no animation.", "Name a .png, or use --frames."
        )


def ways(frames: int | None) -> list[float]:
    """Return how much of the way each frame has gone, from 0 to 1."""
    count = frames or FRAMES
    return [place / (count - 1) for place in range(count)]


def make(follower: Follower, shots: Sequence[Shot], out: Path, *, as_json: bool) -> int:
    """Make the pictures and write them together; returns the exit code, raises StudioError.

    What is made when it is stopped or fails is written all the same.
    """
    _check(out)
    run = Run(shots, MAX_PIXELS / UNDER if out.suffix.lower() == STRIP else MAX_ANIMATED)
    error = None
    try:
        run.follow(follower)
    except StudioError as problem:
        error = problem
    written = run.export(out)
    run.report(follower, written, error, as_json=as_json)
    if error:
        raise error
    return CANCELLED if run.is_cancelled else 0


class Run:
    """One strip on its way, of at most so many pixels, all frames together."""

    def __init__(self, shots: Sequence[Shot], most_pixels: float) -> None:
        self.is_cancelled = False
        self._shots, self._most_pixels = shots, most_pixels
        self._frames: list[Frame] = []
        self._facts: list[dict[str, object]] = []  # of each frame

    def follow(self, follower: Follower) -> None:
        """Run it to its end; raises StudioError."""
        requests = tuple(shot.request for shot in self._shots)
        strip = Strip(model=requests[0].model, frames=requests)
        with contextlib.closing(follower.events(strip)) as events:
            try:
                for event in events:
                    self._handle(event)
            except CancelledError:
                self.is_cancelled = True

    def export(self, out: Path) -> list[Written]:
        """Write what there is; raises StudioError."""
        if not self._frames or (out.suffix.lower() in MOVING and len(self._frames) == 1):
            return []
        seed = self._frames[0].recipe.request.seed
        match out.suffix.lower():
            case ".gif":
                save_gif(out, there_and_back(self._frames))
            case ".webp":
                save_webp(out, there_and_back(self._frames))
            case ".png":
                save_strip(out, self._frames)
            case _:
                return self._folder(out, seed)
        return [output.of_file(out, seed)]

    def report(
        self,
        follower: Follower,
        written: Sequence[Written],
        error: StudioError | None,
        *,
        as_json: bool,
    ) -> None:
        """Tell on stdout what was written."""
        if self.is_cancelled:
            terminal.say(f"Cancelled; finished pictures: {len(self._frames)}.")
        if as_json and (written or not error):
            images = [pictures.image_facts(each) for each in written]
            summary = {"images": images, "frames": self._facts[: len(self._frames)]}
            end = pictures.ending(error, is_cancelled=self.is_cancelled)
            terminal.write(json.dumps(summary | follower.facts | end))
        elif not as_json:
            for each in written:
                terminal.write(str(each.path))

    def _handle(self, event: Event) -> None:
        if isinstance(event, LatentReady):
            caption = self._shots[event.index].caption
            self._facts.append({"caption": caption, **pictures.cosines(event)})
        elif isinstance(event, ImageReady):
            self._check_size(event.image.extent)
            caption = self._shots[event.index].caption
            self._frames.append(Frame(event.image, event.recipe, caption))

    def _check_size(self, extent: Extent) -> None:
        """Say with the first frame, not after the last, that they are too large together."""
        count = len(self._shots)
        if extent.area * count > self._most_pixels:
            raise UserError(
                f"{count} frames of {extent} are too large together.", "Take fewer or smaller ones."
            )

    def _folder(self, out: Path, seed: int) -> list[Written]:
        save_folder(out, self._frames, pictures.Inputs(Gallery(paths.gallery_folder())))
        files = (output.of_file(path, seed) for path in sorted(out.iterdir()))
        return [
            replace(each, cosines=facts) for each, facts in zip(files, self._facts, strict=False)
        ]


def _check(out: Path) -> None:
    """Refuse what cannot be written, before the work."""
    suffix = out.suffix.lower()
    if not suffix:
        output.check_new_folder(out)
    elif suffix in {STRIP, *MOVING}:
        output.check(out)
    else:
        raise UserError(
            f"{out}: Several pictures go into a .png, .gif or .webp, or a new folder.",
            "Name it like frames.gif.",
        )
