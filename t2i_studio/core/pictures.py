"""Read pictures from outside: any common format, never more than a sane size, one clear error."""

import contextlib
import io
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import PIL.Image
import PIL.ImageOps

from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.core.image import DECODER_ERRORS, MAX_PIXELS, Image, Mask, Pixels
from t2i_studio.core.words import tr

MAX_BYTES = 2**30  # of a file
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff")
WIDE_MODES = {"I", "F", "I;16", "I;16L", "I;16B", "I;16N"}


def read_picture(source: Path | bytes) -> Image:
    """Read a picture: first frame, upright by EXIF, transparency over white.

    Raises UserError when it is not a picture we can use, MachineError when the disk fails.
    """
    picture = _open(source)
    if picture.mode == "RGBA":
        white = PIL.Image.new("RGBA", picture.size, "white")
        picture = PIL.Image.alpha_composite(white, picture)
    return Image.from_pil(picture)


def read_mask(source: Path | bytes) -> Mask:
    """Read a mask: white = repaint; where anything is transparent, transparent = repaint.

    The second is how DALL·E 2's edit interface writes masks.
    """
    picture = _open(source)
    if picture.mode == "RGBA":
        opacity = Mask.from_pil(picture.getchannel("A"))
        if opacity.pixels.min() < 255:
            return opacity.inverted()
    return Mask.from_pil(picture)


def read_layer(source: Path | bytes, formats: tuple[str, ...] = FORMATS) -> Pixels:
    """Read a picture with its transparency: (H, W, 4) uint8, straight alpha, to write to.

    Raises the same as `read_picture`.
    """
    return np.array(_in_mode("RGBA", _open(source, formats)))


@contextlib.contextmanager
def blamed(path: Path, folder: str) -> Iterator[None]:
    """Say in one sentence why a file cannot be opened; `folder` is what to say of a folder.

    Raises UserError, or MachineError when the disk fails.
    """
    try:
        yield
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:  # ValueError: NUL in it
        raise UserError(tr("{path}: There is no such file.", path=path)) from error
    except IsADirectoryError as error:
        raise UserError(f"{path}: {folder}") from error
    except OSError as error:
        why = error.strerror or str(error)
        raise MachineError(tr("{path}: Cannot be read ({why}).", path=path, why=why)) from error


def _open(source: Path | bytes, formats: tuple[str, ...] = FORMATS) -> PIL.Image.Image:
    """Return the upright first frame in mode RGB, L or (if it has any transparency) RGBA."""
    name = f"{source.name}: " if isinstance(source, Path) else ""
    stream = io.BytesIO(source if isinstance(source, bytes) else _read(source))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with PIL.Image.open(stream, formats=formats) as picture:
                _check_size(picture, name)
                picture.load()
                return _plain(_upright(picture))
    except PIL.UnidentifiedImageError as error:
        raise UserError(
            name + tr("This is not a picture that can be read."), tr("Use PNG, JPEG or WebP.")
        ) from error
    except PIL.Image.DecompressionBombError as error:
        raise _too_large(name) from error
    except DECODER_ERRORS as error:
        what = tr("The picture is damaged or cut off ({error}).", error=error)
        raise UserError(name + what) from error


def _read(path: Path) -> bytes:
    with blamed(path, tr("This is a folder, not a picture.")):
        if path.stat().st_size > MAX_BYTES:
            limit = MAX_BYTES // 2**20
            raise UserError(
                tr("{path}: The file is larger than {limit} MiB.", path=path, limit=limit)
            )
        return path.read_bytes()


def _check_size(picture: PIL.Image.Image, name: str) -> None:
    if picture.width * picture.height > MAX_PIXELS:
        raise _too_large(name)


def _too_large(name: str) -> UserError:
    most = MAX_PIXELS // 1_000_000
    what = tr("The picture has more than {most} megapixels.", most=most)
    return UserError(name + what, tr("Scale it down."))


def _upright(picture: PIL.Image.Image) -> PIL.Image.Image:
    """Turn it as its EXIF says; damaged EXIF is no reason to refuse a picture."""
    with contextlib.suppress(*DECODER_ERRORS):
        PIL.ImageOps.exif_transpose(picture, in_place=True)
    return picture


def _plain(picture: PIL.Image.Image) -> PIL.Image.Image:
    if picture.mode in WIDE_MODES:
        return _narrow(picture)
    if picture.mode == "La":  # Pillow turns it into nothing else
        picture = picture.convert("LA")
    if picture.has_transparency_data:
        return _in_mode("RGBA", picture)
    return _in_mode("L" if picture.mode in {"1", "L"} else "RGB", picture)


def _in_mode(mode: str, picture: PIL.Image.Image) -> PIL.Image.Image:
    """Convert it; Pillow would copy one that needs no conversion."""
    return picture if picture.mode == mode else picture.convert(mode)


def _narrow(picture: PIL.Image.Image) -> PIL.Image.Image:
    """Bring wide values to 8 bits; Pillow would only clip them.

    Integers count to 65535; floats to 1, 255 or 65535, whichever holds the largest.
    """
    values = np.asarray(picture, np.float32)
    values = np.where(np.isfinite(values), values, 0.0)
    white = 65535.0
    if picture.mode == "F":
        white = next((top for top in (1.0, 255.0) if values.max() <= top), white)
    return PIL.Image.fromarray(np.rint(np.clip(values * (255 / white), 0, 255)).astype(np.uint8))
