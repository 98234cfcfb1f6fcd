"""Pictures as files that tell how they were made: our recipe, `parameters`, and provenance."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path

import PIL.Image
from PIL.PngImagePlugin import PngInfo

from t2i_studio import __version__
from t2i_studio.core.errors import UserError
from t2i_studio.core.image import DECODER_ERRORS, Blobs, Image
from t2i_studio.core.recipe import Recipe
from t2i_studio.core.request import Editing
from t2i_studio.core.words import tr
from t2i_studio.gallery.chunks import read_texts
from t2i_studio.gallery.parameters import Parameters, parse_parameters, write_parameters

RECIPE = "t2i_studio"
PARAMETERS = "parameters"
XMP = "XML:com.adobe.xmp"
QUALITY = 95
MAX_SIDE = {"JPEG": 65_500, "WEBP": 16_383}  # px
# A noisy picture of 4096 x 4096 takes 1.9 s and 31.0 MiB, at zlib's own 6 it takes 3.0 s and
# 27.4 MiB; one of Scenes 6 ms and 63 KiB, not 16 ms and 55 KiB. Level 1 saves no more than a
# sixth of the time and makes Scenes' files a tenth larger.
PNG_LEVEL = 3
MAX_EXIF = 65_000  # bytes that fit into the one EXIF segment of a JPEG
EXIF_IFD, USER_COMMENT = 0x8769, 0x9286
UNICODE = b"UNICODE\0"
SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
 xmp:CreatorTool="T2I Studio {version}"
 Iptc4xmpExt:DigitalSourceType="{source_type}"/>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def encode(image: Image, recipe: Recipe, suffix: str, blobs: Blobs | None = None) -> bytes:
    """Return the bytes of a file with this suffix; see `ENCODERS` for those there are.

    Only a PNG holds the whole recipe. With `blobs`, pictures that it starts from are kept there.
    Raises UserError for a picture that is too large for the format.
    """
    return ENCODERS[suffix](image, recipe, blobs)


def read_recipe(path: Path, blobs: Blobs | None = None) -> Recipe | None:
    """Return the recipe in a PNG of ours, None if there is none.

    Raises UserError for a recipe that cannot be used, and when the file cannot be opened.
    """
    text = read_texts(path).get(RECIPE)
    return Recipe.from_json(text, blobs) if text else None


def read_parameters(path: Path) -> Parameters:
    """Return what `parameters` says in a picture from any program; nothing if it has none.

    Raises UserError or MachineError when the file cannot be opened.
    """
    text = read_texts(path).get(PARAMETERS) or _user_comment(path)
    is_json = text.startswith("{")  # of another program, under the same name
    return Parameters() if is_json or not text else parse_parameters(text)


def _png(image: Image, recipe: Recipe, blobs: Blobs | None) -> bytes:
    info = PngInfo()
    info.add_text(PARAMETERS, write_parameters(recipe, image.extent))
    info.add_text(RECIPE, recipe.to_json(blobs))
    info.add_itxt(XMP, xmp_packet(recipe))
    buffer = io.BytesIO()
    image.to_pil().save(buffer, "PNG", pnginfo=info, compress_level=PNG_LEVEL)
    return buffer.getvalue()


def _jpeg(image: Image, recipe: Recipe, blobs: Blobs | None) -> bytes:
    return _with_exif(image, recipe, "JPEG")


def _webp(image: Image, recipe: Recipe, blobs: Blobs | None) -> bytes:
    return _with_exif(image, recipe, "WEBP")


def _with_exif(image: Image, recipe: Recipe, kind: str) -> bytes:
    if max(image.pixels.shape) > MAX_SIDE[kind]:
        raise UserError(
            tr(
                "A {kind} file ends at {most} px a side; this has {size}.",
                kind=kind,
                most=f"{MAX_SIDE[kind]:,}",
                size=image.extent,
            ),
            tr("Use PNG."),
        )
    text = write_parameters(recipe, image.extent)
    exif = PIL.Image.Exif()
    comment = UNICODE + text.encode("utf-16-be")
    if len(comment) <= MAX_EXIF:
        exif.get_ifd(EXIF_IFD)[USER_COMMENT] = comment
    buffer = io.BytesIO()
    xmp = xmp_packet(recipe).encode()
    image.to_pil().save(buffer, kind, quality=QUALITY, exif=exif.tobytes(), xmp=xmp)
    return buffer.getvalue()


ENCODERS: Mapping[str, Callable[[Image, Recipe, Blobs | None], bytes]] = {
    ".png": _png,
    ".jpg": _jpeg,
    ".jpeg": _jpeg,
    ".webp": _webp,
}


def xmp_packet(recipe: Recipe) -> str:
    """Say in XMP that a model made the picture, or a part of it."""
    is_edit = isinstance(recipe.request, Editing)
    kind = "compositeWithTrainedAlgorithmicMedia" if is_edit else "trainedAlgorithmicMedia"
    return PACKET.format(version=__version__, source_type=SOURCE_TYPES + kind)


def _user_comment(path: Path) -> str:
    """Return the EXIF comment of a JPEG or WebP; nothing if it is damaged or of another kind."""
    try:
        with PIL.Image.open(path, formats=("JPEG", "WEBP")) as picture:
            comment = picture.getexif().get_ifd(EXIF_IFD).get(USER_COMMENT)
        if isinstance(comment, bytes) and comment.startswith(UNICODE):
            return comment.removeprefix(UNICODE).decode("utf-16-be")
    except DECODER_ERRORS:
        pass
    return ""
