"""The pictures that recipes start from: each once, under its digest."""

import contextlib
import os
import time
from collections.abc import Container
from pathlib import Path

from t2i_studio.core.image import DIGEST, Image, Mask, Raster
from t2i_studio.gallery import files

UNUSED = 24 * 3600.0  # seconds that an input waits for the recipe that will name it


class Inputs:
    """Keeps them in `folder` (core.image.Blobs); any thread, and several programs at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, raster: Raster) -> str:
        """Keep what a recipe starts from; raises MachineError."""
        digest = raster.digest
        path = self._path(digest)
        try:
            os.utime(path)  # it is wanted again: `sweep` must not take it
        except OSError:
            files.save_atomic(path, raster.to_png())
        return digest

    def get(self, digest: str) -> bytes:
        """Return the PNG; raises KeyError if it is missing or another one."""
        if not DIGEST.fullmatch(digest):
            raise KeyError(digest)
        try:
            data = self._path(digest).read_bytes()
            is_it = any(kind.from_png(data).digest == digest for kind in (Image, Mask))
        except (OSError, ValueError) as error:
            raise KeyError(digest) from error
        if not is_it:
            raise KeyError(digest)
        return data

    def has_old(self) -> bool:
        """Tell whether there is anything that `sweep` might take."""
        return bool(self._old())

    def sweep(self, named: Container[str]) -> None:
        """Remove what is not `named` and has not been asked to be kept for a day."""
        for digest in self._old():
            if digest not in named:
                with contextlib.suppress(OSError):
                    self._path(digest).unlink()

    def _path(self, digest: str) -> Path:
        return self.folder / f"{digest}.png"

    def _old(self) -> list[str]:
        oldest = time.time() - UNUSED
        with contextlib.suppress(OSError), os.scandir(self.folder) as entries:
            return [
                Path(entry.name).stem
                for entry in entries
                if DIGEST.fullmatch(Path(entry.name).stem)
                and entry.name.endswith(".png")
                and entry.stat(follow_symlinks=False).st_mtime <= oldest
            ]
        return []
