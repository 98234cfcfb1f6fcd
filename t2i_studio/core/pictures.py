"""Read pictures from outside: any common format, never more than a sane size, one clear error."""

import io
import warnings
from pathlib import Path

import numpy as np
import PIL.Image
import PIL.ImageOps

from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.core.image import DECODER_ERRORS, MAX_PIXELS, Image, Mask

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


def _open(source: Path | bytes) -> PIL.Image.Image:
    """Return the upright first frame in mode RGB, L or (if it has any transparency) RGBA."""
    name = f"{source.name}: " if isinstance(source, Path) else ""
    stream = io.BytesIO(source if isinstance(source, bytes) else _read(source))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with PIL.Image.open(stream, formats=FORMATS) as picture:
                _check_size(picture, name)
                picture.load()
                return _plain(_upright(picture))
    except PIL.UnidentifiedImageError as error:
        raise UserError(
            f"{name}This is not a picture that can be read.", "Use PNG, JPEG or WebP."
        ) from error
    except PIL.Image.DecompressionBombError as error:
        raise _too_large(name) from error
    except DECODER_ERRORS as error:
        raise UserError(f"{name}The picture is damaged or cut off ({error}).") from error


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UserError(f"{path}: The file is larger than {MAX_BYTES // 2**20} MiB.")
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:  # ValueError: NUL in it
        raise UserError(f"{path}: There is no such file.") from error
    except IsADirectoryError as error:
        raise UserError(f"{path}: This is a folder, not a picture.") from error
    except OSError as error:
        raise MachineError(f"{path}: Cannot be read ({error.strerror}).") from error


def _check_size(picture: PIL.Image.Image, name: str) -> None:
    if picture.width * picture.height > MAX_PIXELS:
        raise _too_large(name)


def _too_large(name: str) -> UserError:
    most = MAX_PIXELS // 1_000_000
    return UserError(f"{name}The picture has more than {most} megapixels.", "Scale it down.")


def _upright(picture: PIL.Image.Image) -> PIL.Image.Image:
    """Turn it as its EXIF says; damaged EXIF is no reason to refuse a picture."""
    try:
        return PIL.ImageOps.exif_transpose(picture)
    except DECODER_ERRORS:
        return picture.copy()


def _plain(picture: PIL.Image.Image) -> PIL.Image.Image:
    if picture.mode in WIDE_MODES:
        return _narrow(picture)
    if picture.mode == "La":  # Pillow turns it into nothing else
        picture = picture.convert("LA")
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    return picture.convert("L" if picture.mode in {"1", "L"} else "RGB")


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
