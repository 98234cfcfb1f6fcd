"""The icons that nouns are drawn with: three public sets, fetched by the user's own npm."""

import json
import re
import shutil
import subprocess
import tarfile
import tempfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.gallery.files import save_atomic
from t2i_studio.training.scenes.vocabulary import NOUNS, Noun

_FILE = "package/icons.json"
_WAY_OUT = (
    "Fetch the packages elsewhere with `npm pack`, and give their folder with --icons FOLDER."
)
_TIMEOUT = 600.0  # seconds; the largest package has 14 MB


@dataclass(frozen=True)
class IconSet:
    """An npm package of icons as Iconify JSON; the version is part of what the world is."""

    package: str
    version: str
    licence: str

    @property
    def name(self) -> str:
        """The package without its scope."""
        return self.package.partition("/")[2]

    @property
    def archive(self) -> str:
        """What `npm pack` calls the package's file."""
        return f"iconify-json-{self.name}-{self.version}.tgz"


ICON_SETS: Mapping[str, IconSet] = {
    "sticker": IconSet("@iconify-json/noto", "1.2.9", "Apache-2.0"),
    "3d render": IconSet("@iconify-json/fluent-emoji", "1.2.7", "MIT"),
    "flat icon": IconSet("@iconify-json/fluent-emoji-flat", "1.2.6", "MIT"),
}
"""The set of each of vocabulary.ARTS."""


def find(icon_set: IconSet, folder: Path) -> Path | None:
    """Return the set's file in a folder of `npm pack` archives, or of unpacked packages."""
    candidates = (folder / icon_set.archive, folder / icon_set.name / "icons.json")
    return next((path for path in candidates if path.is_file()), None)


def located(icon_set: IconSet, folder: Path) -> Path:
    """Return the set's file in the user's own folder; raises UserError if it is not there."""
    if path := find(icon_set, folder):
        return path
    raise UserError(
        f"{folder} has no {icon_set.archive}.",
        f"Get it with `npm pack {icon_set.package}@{icon_set.version}`, "
        f"or put the package's icons.json at {icon_set.name}/icons.json there.",
    )


def fetched(icon_set: IconSet, cache_folder: Path) -> Path:
    """Return the set's archive, fetched by npm if need be; raises MachineError if that fails."""
    path = cache_folder / icon_set.archive
    if not path.is_file():
        with tempfile.TemporaryDirectory() as folder:
            _pack(icon_set, folder)
            save_atomic(path, (Path(folder) / icon_set.archive).read_bytes())
    return path


def documents(icon_set: IconSet, path: Path) -> dict[str, str]:
    """Read the SVG document of every noun from the set's file.

    Raises MachineError if the file is not whole, UserError if it lacks a noun.
    """
    table = _table(path)
    return {noun: _document(icon_set, table, noun, entry) for noun, entry in NOUNS.items()}


def _pack(icon_set: IconSet, folder: str) -> None:
    what = f"{icon_set.package}@{icon_set.version}"
    npm = shutil.which("npm")
    if npm is None:
        raise MachineError(f"npm, which fetches {what}, is not installed.", _WAY_OUT)
    command = (npm, "pack", "--loglevel=error", what)
    try:
        subprocess.run(
            command,
            cwd=folder,
            check=True,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_TIMEOUT,
        )
    except subprocess.TimeoutExpired:
        raise MachineError(f"npm did not fetch {what} in time.", _WAY_OUT) from None
    except subprocess.CalledProcessError as error:
        reason = _reason(error.stderr.decode(errors="replace"))
        raise MachineError(f"npm could not fetch {what}{reason}.", _WAY_OUT) from None


def _reason(output: str) -> str:
    """Return npm's code for what went wrong, like ENOTFOUND without a network."""
    code = re.search(r"npm \S+ code (\S+)", output)
    return f" ({code[1]})" if code else ""


def _table(path: Path) -> Mapping[str, Any]:
    """Return the Iconify JSON: icons and aliases by name, and the common size."""
    try:
        table = json.loads(_content(path))
        table["icons"]
    except (OSError, EOFError, tarfile.TarError, zlib.error, ValueError, KeyError, TypeError):
        raise MachineError(
            f"{path} is not a whole icon set.", "Remove it, and start again."
        ) from None
    return table  # type: ignore[no-any-return]  # checked to have icons; the rest is documented


def _content(path: Path) -> bytes:
    if path.suffix != ".tgz":
        return path.read_bytes()
    with tarfile.open(path) as archive:
        file = archive.extractfile(_FILE)
        return file.read() if file else b""


def _document(icon_set: IconSet, table: Mapping[str, Any], noun: str, entry: Noun) -> str:
    aliases = table.get("aliases", {})
    names = (aliases.get(name, {}).get("parent", name) for name in entry.icons)
    icon = next((table["icons"][name] for name in names if name in table["icons"]), None)
    if icon is None:
        wanted = " or ".join(entry.icons)
        raise UserError(
            f"{icon_set.package} has no icon {wanted} for {noun}.",
            f"Use version {icon_set.version}.",
        )
    width, height = (icon.get(side, table.get(side, 16)) for side in ("width", "height"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}">{icon["body"]}</svg>'
    )
