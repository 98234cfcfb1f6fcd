"""Pictures that a request makes: each is on the disk as soon as it is ready."""

import contextlib
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from t2i_studio.cli import output, terminal
from t2i_studio.cli.following import CANCELLED, Follower
from t2i_studio.cli.output import Written
from t2i_studio.core import paths
from t2i_studio.core.cancel import CancelledError
from t2i_studio.core.errors import MachineError, StudioError
from t2i_studio.core.events import Event, ImageReady, LatentReady
from t2i_studio.core.image import Raster
from t2i_studio.core.request import RANDOM_SEED, Frame
from t2i_studio.gallery.store import Gallery

log = logging.getLogger(__name__)


def make(follower: Follower, request: Frame, out: Path, *, as_json: bool) -> int:
    """Make pictures and tell of them; returns the exit code, raises StudioError."""
    is_drawn = request.seed == RANDOM_SEED
    return make_all(follower, [request], out, as_json=as_json, is_seed_drawn=is_drawn)


def make_all(
    follower: Follower,
    requests: Sequence[Frame],
    out: Path,
    *,
    as_json: bool,
    is_seed_drawn: bool,
) -> int:
    """Make the pictures of several requests, numbered through, and tell of them.

    Returns the exit code, raises StudioError.
    """
    targets = output.plan(out, sum(request.count for request in requests))
    run = Run(requests, targets, is_seed_drawn=is_seed_drawn)
    error = None
    try:
        run.follow(follower)
    except StudioError as problem:
        error = problem
    run.report(follower.facts, error, as_json=as_json)
    if error:
        raise error
    return CANCELLED if run.is_cancelled else 0


class Run:
    """Requests on their way, one after the other.

    is_seed_drawn: by chance, so that people want to know which one it is.
    """

    def __init__(
        self,
        requests: Sequence[Frame],
        targets: tuple[Path, ...],
        *,
        is_seed_drawn: bool = False,
    ) -> None:
        self.written: list[Written] = []
        self.first: ImageReady | None = None
        self.is_cancelled = False
        self._requests = requests
        self._targets = targets
        self._is_seed_drawn = is_seed_drawn
        self._inputs = Inputs(Gallery(paths.gallery_folder()))
        self._cosines: dict[str, object] = {}  # of the picture that is being made

    def follow(self, follower: Follower) -> None:
        """Run them to their end; raises StudioError."""
        for request in self._requests:
            made = len(self.written)
            try:
                self._follow(follower, request)
            except CancelledError:
                self.is_cancelled = True
            if request.rerank and len(self.written) > made + 1:
                self.written[made:] = output.ranked(self.written[made:])
            if self.is_cancelled:
                break

    def report(
        self, facts: Mapping[str, object], error: StudioError | None, *, as_json: bool
    ) -> None:
        """Tell on stdout what was written; with an error only if there is something to tell."""
        if self.is_cancelled:
            terminal.say(f"Cancelled; finished pictures: {len(self.written)}.")
        if as_json and (self.written or not error):
            terminal.write(json.dumps(self._summary(facts, error)))
        elif not as_json:
            for picture in self.written:
                terminal.write(str(picture.path))
                if self._is_seed_drawn and terminal.is_watched():
                    terminal.say(f"{picture.path} has seed {picture.seed}.")

    def _summary(self, facts: Mapping[str, object], error: StudioError | None) -> dict[str, object]:
        summary = {"images": [image_facts(picture) for picture in self.written], **facts}
        return summary | ending(error, is_cancelled=self.is_cancelled)

    def _follow(self, follower: Follower, request: Frame) -> None:
        with contextlib.closing(follower.events(request)) as events:
            for event in events:
                self._handle(event)

    def _handle(self, event: Event) -> None:
        if isinstance(event, LatentReady):
            self._cosines = cosines(event)
        elif isinstance(event, ImageReady):
            self._write(event)

    def _write(self, event: ImageReady) -> None:
        path = self._targets[len(self.written)]
        written = output.write(path, event.image, event.recipe, event.score, self._inputs)
        self.first = self.first or event
        self.written.append(replace(written, cosines=self._cosines))


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


def cosines(event: LatentReady) -> dict[str, object]:
    """Tell where an embedding lies."""
    found: dict[str, object] = {"to_start": round(event.to_start, 4)}
    if event.to_texts:
        found["to_texts"] = [round(cosine, 4) for cosine in event.to_texts]
    return found


def image_facts(picture: Written) -> dict[str, object]:
    """Tell what --json says of a file."""
    facts: dict[str, object] = {
        "path": str(picture.path),
        "seed": picture.seed,
        "width": picture.extent.width,
        "height": picture.extent.height,
        "sha256": picture.sha256,
    }
    if picture.prompt:
        facts |= {"prompt": picture.prompt, "raw_prompt": picture.raw_prompt or picture.prompt}
    scored = facts if picture.score is None else {**facts, "score": picture.score}
    return {**scored, **picture.cosines}


def ending(error: StudioError | None, *, is_cancelled: bool) -> dict[str, object]:
    """Tell what --json says of a run that broke off."""
    found: dict[str, object] = {"cancelled": True} if is_cancelled else {}
    return found | ({"error": str(error)} if error else {})
