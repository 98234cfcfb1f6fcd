"""Read pictures from outside: any common format, never more than a sane size, one clear error."""

import io
import warnings
from pathlib import Path

import numpy as np
import PIL.Image
import PIL.ImageOps

from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.core.image import Image, Mask

MAX_MEGAPIXELS = 100
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF")
SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff")
WIDE_MODES = {"I", "F", "I;16", "I;16L", "I;16B", "I;16N"}


def read_picture(source: Path | bytes) -> Image:
    """Read a picture: first frame, upright by EXIF, transparency over white.

    Raises UserError when it is not a picture we can use, MachineError when the disk fails.
    """
    picture = _open(source)
    if picture.mode in WIDE_MODES:
        return Image.from_pil(_narrow(picture))
    if picture.has_transparency_data:
        rgba = picture.convert("RGBA")
        white = PIL.Image.new("RGBA", rgba.size, "white")
        picture = PIL.Image.alpha_composite(white, rgba)
    return Image.from_pil(picture)


def read_mask(source: Path | bytes) -> Mask:
    """Read a mask: white = repaint; in a transparent picture, transparent = repaint.

    The second is how DALL·E 2's edit interface writes masks.
    """
    picture = _open(source)
    if picture.mode in WIDE_MODES:
        return Mask.from_pil(_narrow(picture))
    if picture.has_transparency_data:
        alpha = picture.convert("RGBA").getchannel("A")
        return Mask.from_pil(alpha).inverted()
    return Mask.from_pil(picture)


def _open(source: Path | bytes) -> PIL.Image.Image:
    name = f"{source.name}: " if isinstance(source, Path) else ""
    stream = io.BytesIO(source if isinstance(source, bytes) else _read(source))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with PIL.Image.open(stream, formats=FORMATS) as picture:
                _check_size(picture, name)
                picture.load()
                return PIL.ImageOps.exif_transpose(picture)
    except PIL.UnidentifiedImageError as error:
        raise UserError(
            f"{name}This is not a picture that can be read.", "Use PNG, JPEG or WebP."
        ) from error
    except PIL.Image.DecompressionBombError as error:
        raise _too_large(name) from error
    except (OSError, ValueError, SyntaxError, IndexError, TypeError, OverflowError) as error:
        raise UserError(f"{name}The picture is damaged or cut off ({error}).") from error


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UserError(f"{path}: There is no such file.") from error
    except IsADirectoryError as error:
        raise UserError(f"{path}: This is a folder, not a picture.") from error
    except OSError as error:
        raise MachineError(f"{path}: Cannot be read ({error.strerror}).") from error


def _check_size(picture: PIL.Image.Image, name: str) -> None:
    if picture.width * picture.height > MAX_MEGAPIXELS * 1_000_000:
        raise _too_large(name)


def _too_large(name: str) -> UserError:
    return UserError(f"{name}The picture has more than {MAX_MEGAPIXELS} megapixels.", "Scale it.")


def _narrow(picture: PIL.Image.Image) -> PIL.Image.Image:
    """Bring 16-bit integers and floats in 0..1 to 8 bits; Pillow would only clip them."""
    values = np.asarray(picture, np.float64)
    scale = 255.0 if picture.mode == "F" and values.max(initial=0.0) <= 1.0 else 255.0 / 65535.0
    return PIL.Image.fromarray(np.clip(np.nan_to_num(values) * scale, 0, 255).astype(np.uint8))
