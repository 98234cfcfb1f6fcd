"""Layered pictures in and out, ours and those of other programs."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import numpy as np
import PIL.Image
import pytest
from numpy.typing import NDArray

from t2i_studio.core import openraster
from t2i_studio.core.errors import UserError
from t2i_studio.core.geometry import Extent
from t2i_studio.core.layers import Layer
from t2i_studio.core.openraster import (
    OpenRaster,
    layer_png,
    png_area,
    read_openraster,
    write_openraster,
)
from t2i_studio.core.pictures import read_layer

EXTENT = Extent(12, 8)


def filled(colour: tuple[int, int, int, int], extent: Extent = EXTENT) -> NDArray[np.uint8]:
    return np.full((extent.height, extent.width, 4), colour, np.uint8)


def spot() -> NDArray[np.uint8]:
    pixels = np.zeros((8, 12, 4), np.uint8)
    pixels[2:5, 3:9] = (10, 200, 30, 128)
    return pixels


def drawing() -> OpenRaster:
    layers = (
        Layer("a", "Background", filled((9, 8, 7, 255))),
        Layer("b", 'Spot <"&', spot(), is_visible=False, opacity=0.5),
        Layer("c", "Nothing", np.zeros((8, 12, 4), np.uint8)),
    )
    return OpenRaster(EXTENT, layers, "b", {"project.json": b"{}", "mask.png": b"?"})


def member(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return file.read(name)


def foreign(path: Path, stack: str, **pictures: NDArray[np.uint8]) -> Path:
    """Write a file as some other program would."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", "image/openraster")
        file.writestr("stack.xml", f'<image w="12" h="8"><stack>{stack}</stack></image>')
        for name, pixels in pictures.items():
            file.writestr(f"data/{name}.png", layer_png(pixels))
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "work.ora"


def test_what_is_written_is_read_again(path: Path) -> None:
    before = drawing()
    path.write_bytes(write_openraster(before, spot()))

    after = read_openraster(path)

    assert after.extent == EXTENT
    assert after.extras == before.extras
    assert after.notices == ()
    assert after.active == after.layers[1].id
    for old, new in zip(before.layers, after.layers, strict=True):
        np.testing.assert_array_equal(old.pixels, new.pixels)
        assert (old.name, old.is_visible, old.opacity) == (new.name, new.is_visible, new.opacity)


def test_the_type_comes_first_and_plain() -> None:
    data = write_openraster(drawing(), spot())

    assert data[30:54] == b"mimetypeimage/openraster"


def test_others_find_the_whole_and_a_thumbnail() -> None:
    large = filled((1, 2, 3, 255), Extent(600, 300))
    layers = (Layer("a", "one", large),)

    data = write_openraster(OpenRaster(Extent(600, 300), layers), large)

    np.testing.assert_array_equal(read_layer(member(data, "mergedimage.png")), large)
    with PIL.Image.open(io.BytesIO(member(data, "Thumbnails/thumbnail.png"))) as thumbnail:
        assert thumbnail.size == (256, 128)


def test_layers_are_cut_to_what_is_on_them() -> None:
    data = write_openraster(drawing(), spot())

    assert read_layer(member(data, "data/layer001.png")).shape == (3, 6, 4)
    assert read_layer(member(data, "data/layer002.png")).shape == (1, 1, 4)


def test_the_same_drawing_is_the_same_file() -> None:
    assert write_openraster(drawing(), spot()) == write_openraster(drawing(), spot())


def test_a_file_beyond_4_gib_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipfile, "ZIP64_LIMIT", 1000)

    with pytest.raises(UserError, match=r"larger than 4 GiB\. Merge some layers"):
        write_openraster(OpenRaster(EXTENT, drawing().layers, None, {"a": bytes(2000)}), spot())


def test_layers_of_any_size_and_place_are_taken_over(path: Path) -> None:
    small = filled((1, 2, 3, 255), Extent(4, 4))
    large = filled((4, 5, 6, 255), Extent(30, 30))
    stack = '<layer src="data/small.png" x="-2" y="6"/><layer src="data/large.png" x="-5" y="-5"/>'

    low, high = read_openraster(foreign(path, stack, small=small, large=large)).layers

    np.testing.assert_array_equal(low.pixels, filled((4, 5, 6, 255)))
    assert high.pixels[6:, :2].tolist() == [[[1, 2, 3, 255]] * 2] * 2
    assert np.count_nonzero(high.pixels[..., 3]) == 4


def test_what_cannot_be_kept_is_told(path: Path) -> None:
    stack = (
        '<stack><layer src="data/one.png" composite-op="svg:multiply"/></stack>'
        '<layer src="data/logo.svg"/>'
    )

    found = read_openraster(foreign(path, stack, one=spot()))

    assert len(found.layers) == 1
    assert [notice.split()[0] for notice in found.notices] == ["Layers", "Groups", "Layers"]


def test_a_file_without_a_list_of_layers_is_no_openraster(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("word/document.xml", "")

    with pytest.raises(UserError, match=r"work\.ora: This is no OpenRaster file"):
        read_openraster(path)


@pytest.mark.parametrize(
    ("stack", "why"),
    [
        ('<layer name="sky" src="data/none.png"/>', "picture of the layer sky is missing"),
        ('<layer src="data/logo.svg"/>', "no layers that can be read"),
        ('<layer name="sky" src="mimetype.png"/>', "sky is missing"),
        ('<layer src="a.png"/>' * 100, "more than 2 GiB"),
    ],
)
def test_bad_layers_are_refused(path: Path, stack: str, why: str) -> None:
    foreign(path, stack)
    if "2 GiB" in why:
        with zipfile.ZipFile(path, "w") as file:
            file.writestr("stack.xml", f'<image w="9000" h="9000"><stack>{stack}</stack></image>')

    with pytest.raises(UserError, match=rf"work\.ora: .*{why}"):
        read_openraster(path)


def test_a_layer_vastly_larger_than_the_picture_is_refused(path: Path) -> None:
    huge = np.full((5000, 5000, 4), 255, np.uint8)

    with pytest.raises(UserError, match=r"layer sky cannot be read\. It is much larger"):
        read_openraster(foreign(path, '<layer name="sky" src="data/huge.png"/>', huge=huge))


@pytest.mark.parametrize("size", [(5000, 5000), (20000, 20000)])
def test_a_png_that_tells_its_size_twice_has_the_one_that_is_decoded(size: tuple[int, int]) -> None:
    small = layer_png(spot())
    header = b"IHDR" + struct.pack(">II", *size) + small[24:29]
    again = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))

    assert png_area(small) == spot().shape[0] * spot().shape[1]
    assert png_area(small[:33] + again + small[33:]) == size[0] * size[1]
    assert png_area(b"no PNG") == 0


def test_a_damaged_layer_is_named(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(
            "stack.xml", '<image w="9" h="9"><stack><layer name="sky" src="a.png"/></stack></image>'
        )
        file.writestr("a.png", b"\x89PNG\r\n\x1a\n no more")

    with pytest.raises(UserError, match=r"The layer sky cannot be read\. The picture is damaged"):
        read_openraster(path)


def test_a_list_that_is_too_long_is_not_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openraster, "MAX_XML", 10)

    with pytest.raises(UserError, match=r"stack\.xml in it is too large"):
        read_openraster(foreign(path, '<layer src="data/one.png"/>', one=spot()))


def test_an_opaque_layer_is_written_without_an_alpha_channel() -> None:
    with PIL.Image.open(io.BytesIO(layer_png(filled((1, 2, 3, 255))))) as picture:
        assert picture.mode == "RGB"
