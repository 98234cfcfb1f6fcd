import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import PIL.Image
import pytest
from hypothesis import given
from hypothesis import strategies as st

from t2i_studio.core import pictures
from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.core.pictures import read_layer, read_mask, read_picture

RED, WHITE, CLEAR = (255, 0, 0), (255, 255, 255), (0, 0, 0, 0)


def encoded(picture: PIL.Image.Image, form: str = "PNG", **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, form, **options)
    return buffer.getvalue()


def noise(mode: str = "RGB", size: tuple[int, int] = (40, 30)) -> PIL.Image.Image:
    shape = (size[1], size[0], 3)
    pixels = np.random.default_rng(0).integers(0, 256, shape, np.uint8)
    return PIL.Image.fromarray(pixels).convert(mode)


def spectrum(mode: str, values: list[float], dtype: str) -> PIL.Image.Image:
    picture = PIL.Image.fromarray(np.array([values], dtype))
    assert picture.mode == mode
    return picture


def palette(*, transparent: int | bytes | None = None) -> bytes:
    picture = PIL.Image.new("P", (2, 1))
    picture.putpalette([*RED, 0, 0, 255])
    picture.putpixel((1, 0), 1)
    return encoded(picture, **({} if transparent is None else {"transparency": transparent}))


def animation(form: str) -> bytes:
    frames = [PIL.Image.new("RGB", (8, 8), colour) for colour in (RED, WHITE)]
    lossless = {"lossless": True} if form == "WEBP" else {}
    return encoded(frames[0], form, save_all=True, append_images=frames[1:], **lossless)


def turned(orientation: int) -> bytes:
    """Two pixels wide, one high, red on the left, as a camera held otherwise would write it."""
    picture = PIL.Image.new("RGB", (16, 8), WHITE)
    picture.paste(RED, (0, 0, 8, 8))
    exif = PIL.Image.Exif()
    exif[0x0112] = orientation
    return encoded(picture, "PNG", exif=exif)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"])
def test_common_formats_are_read(form: str, tmp_path: Path) -> None:
    path = tmp_path / "a picture.dat"
    path.write_bytes(encoded(PIL.Image.new("RGB", (16, 8), RED), form))

    picture = read_picture(path)

    assert picture.extent == Extent(16, 8)
    assert np.abs(picture.pixels.astype(int) - RED).max() <= 2


MODES = ["1", "L", "P", "RGB", "RGBA", "LA", "CMYK", "YCbCr", "HSV", "LAB", "I", "F", "I;16"]


@pytest.mark.parametrize("mode", [*MODES, "PA", "La", "RGBa", "RGBX", "I;16B"])
def test_every_mode_that_a_file_can_have_is_read(
    mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether Pillow's TIFF writer can make such a file or not."""
    made = PIL.Image.new(mode, (4, 4), 0)
    monkeypatch.setattr(pictures, "_upright", lambda picture: made)

    assert read_picture(encoded(noise())).extent == Extent(4, 4)
    assert read_mask(encoded(noise())).extent == Extent(4, 4)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(encoded(PIL.Image.new("RGB", (1, 1), RED)), [RED], id="one pixel"),
        pytest.param(
            encoded(PIL.Image.new("CMYK", (1, 1), (0, 255, 255, 0)), "TIFF"), [RED], id="CMYK"
        ),
        pytest.param(
            encoded(spectrum("I;16", [0, 257 * 100, 65535], "uint16")),
            [(0,) * 3, (100,) * 3, WHITE],
            id="16-bit grey",
        ),
        pytest.param(
            encoded(spectrum("F", [0.0, 0.2, 1.0], "float32"), "TIFF"),
            [(0,) * 3, (51,) * 3, WHITE],
            id="floats to 1",
        ),
        pytest.param(
            encoded(spectrum("F", [-5.0, 51.0, 255.0], "float32"), "TIFF"),
            [(0,) * 3, (51,) * 3, WHITE],
            id="floats to 255",
        ),
        pytest.param(
            encoded(spectrum("F", [257.0 * 51, 65535.0, 1e9], "float32"), "TIFF"),
            [(51,) * 3, WHITE, WHITE],
            id="floats to 65535",
        ),
        pytest.param(
            encoded(spectrum("F", [np.nan, np.inf, 1.0], "float32"), "TIFF"),
            [(0,) * 3, (0,) * 3, WHITE],
            id="floats that are no numbers",
        ),
        pytest.param(palette(), [RED, (0, 0, 255)], id="palette"),
        pytest.param(palette(transparent=1), [RED, WHITE], id="transparent palette"),
        pytest.param(palette(transparent=b"\x00\xff"), [WHITE, (0, 0, 255)], id="alpha palette"),
        pytest.param(
            encoded(PIL.Image.new("RGBA", (1, 1), CLEAR)), [WHITE], id="transparent is white"
        ),
        pytest.param(
            encoded(PIL.Image.new("RGBA", (1, 1), (*RED, 102))), [(255, 153, 153)], id="glass"
        ),
        pytest.param(encoded(PIL.Image.new("LA", (1, 1), (0, 0))), [WHITE], id="grey glass"),
        pytest.param(encoded(PIL.Image.new("1", (1, 1), 1)), [WHITE], id="one bit"),
    ],
)
def test_values_come_out_right(data: bytes, expected: list[tuple[int, int, int]]) -> None:
    assert [tuple(pixel) for pixel in read_picture(data).pixels[0]] == expected


@pytest.mark.parametrize("form", ["GIF", "WEBP"])
def test_animation_gives_its_first_frame(form: str) -> None:
    assert read_picture(animation(form)) == Image.filled(Extent(8, 8), RED)


@pytest.mark.parametrize(
    ("orientation", "extent", "red"),
    [(1, Extent(16, 8), (0, 0)), (3, Extent(16, 8), (0, 15)), (6, Extent(8, 16), (0, 0))],
)
def test_pictures_stand_upright(orientation: int, extent: Extent, red: tuple[int, int]) -> None:
    picture = read_picture(turned(orientation))

    assert picture.extent == extent
    assert tuple(picture.pixels[red]) == RED


def test_damaged_orientation_is_ignored() -> None:
    data = encoded(noise(), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\xffgarbage")

    assert read_picture(data).extent == Extent(40, 30)


def test_orientation_that_breaks_pillow_is_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(picture: PIL.Image.Image, *, in_place: bool) -> None:
        raise SyntaxError("not a TIFF file")

    monkeypatch.setattr(pictures.PIL.ImageOps, "exif_transpose", broken)

    assert read_picture(turned(6)).extent == Extent(16, 8)


def missing(folder: Path) -> Path:
    return folder / "none.png"


def in_a_file(folder: Path) -> Path:
    (folder / "file").touch()
    return folder / "file" / "none.png"


def with_nul(folder: Path) -> Path:
    return folder / "a\0.png"


def of(data: bytes) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / "bad.png"
        path.write_bytes(data)
        return path

    return make


def bomb() -> bytes:
    """A header that promises 60,000 x 60,000 pixels."""
    return encoded(PIL.Image.new("1", (1, 1)), "BMP").replace(
        (1).to_bytes(4, "little") * 2, (60_000).to_bytes(4, "little") * 2, 1
    )


BAD = [
    pytest.param(missing, "There is no such file", id="missing"),
    pytest.param(in_a_file, "There is no such file", id="in a file"),
    pytest.param(with_nul, "There is no such file", id="NUL"),
    pytest.param(lambda folder: folder, "This is a folder", id="folder"),
    pytest.param(of(b""), "not a picture", id="nothing"),
    pytest.param(of(b"a red cube"), "not a picture", id="text"),
    pytest.param(of(encoded(noise(), "PNG")[:20]), "not a picture|damaged", id="header"),
    pytest.param(of(encoded(noise(), "PPM")), "not a picture", id="a format we do not read"),
    pytest.param(of(bomb()), "more than 100 megapixels", id="bomb"),
]


@pytest.mark.parametrize(("make", "message"), BAD)
@pytest.mark.parametrize("read", [read_picture, read_mask])
def test_bad_file_is_the_users_mistake_in_one_line(
    read: Callable[[Path], object], make: Callable[[Path], Path], message: str, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match=message) as caught:
        read(make(tmp_path))

    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"])
@pytest.mark.parametrize("share", range(0, 100, 10))
def test_truncated_file_gives_all_pixels_or_a_user_error(form: str, share: int) -> None:
    data = encoded(noise(), form)

    try:
        picture = read_picture(data[: len(data) * share // 100])
    except UserError:
        return
    assert picture.extent == Extent(40, 30)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"])
@given(changes=st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), max_size=4))
def test_damaged_file_gives_a_picture_or_a_user_error(
    form: str, changes: list[tuple[int, int]]
) -> None:
    data = bytearray(encoded(noise(size=(20, 15)), form))
    for position, value in changes:
        data[position % len(data)] = value

    try:
        picture = read_picture(bytes(data))
    except UserError:
        return
    assert isinstance(picture, Image)


def test_too_many_pixels_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MAX_PIXELS", 40 * 30 - 1)

    with pytest.raises(UserError, match="megapixels"):
        read_picture(encoded(noise()))


def test_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    with path.open("wb") as file:
        file.truncate(pictures.MAX_BYTES + 1)  # sparse: takes no room

    with pytest.raises(UserError, match="larger than 1024 MiB"):
        read_picture(path)


def test_failing_disk_is_the_machines_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(path: Path) -> bytes:
        raise OSError(5, "Input/output error")

    path = of(encoded(noise()))(tmp_path)
    monkeypatch.setattr(Path, "read_bytes", failing)

    with pytest.raises(MachineError, match="Input/output error"):
        read_picture(path)


def test_file_is_named_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"^bad\.png: This is not a picture"):
        read_picture(of(b"text")(tmp_path))


def test_white_is_repainted() -> None:
    picture = PIL.Image.new("RGB", (2, 1))
    picture.putpixel((1, 0), WHITE)

    assert read_mask(encoded(picture)).pixels.tolist() == [[0, 255]]


@pytest.mark.parametrize("painted", [(*WHITE, 255), (0, 0, 0, 255)])
def test_transparent_is_repainted_where_there_is_any(painted: tuple[int, ...]) -> None:
    picture = PIL.Image.new("RGBA", (2, 1), painted)
    picture.putpixel((1, 0), CLEAR)

    assert read_mask(encoded(picture)).pixels.tolist() == [[0, 255]]


def test_opaque_alpha_says_nothing() -> None:
    """Many programs write an alpha channel into every PNG."""
    picture = PIL.Image.new("RGBA", (2, 1), (0, 0, 0, 255))
    picture.putpixel((1, 0), (*WHITE, 255))

    assert read_mask(encoded(picture)).pixels.tolist() == [[0, 255]]


def test_wide_mask_keeps_its_greys() -> None:
    data = encoded(spectrum("I;16", [0, 257 * 100, 65535], "uint16"))

    assert read_mask(data).pixels.tolist() == [[0, 100, 255]]


def test_a_layer_keeps_its_transparency() -> None:
    picture = noise("RGBA")
    picture.putpixel((3, 2), (10, 20, 30, 40))

    layer = read_layer(encoded(picture))

    assert layer.shape == (30, 40, 4)
    assert layer[2, 3].tolist() == [10, 20, 30, 40]


def test_an_opaque_picture_is_an_opaque_layer() -> None:
    assert read_layer(encoded(noise("L")))[..., 3].min() == 255


def test_a_layer_of_another_format_than_asked_for_is_refused() -> None:
    with pytest.raises(UserError, match="not a picture"):
        read_layer(encoded(noise(), "JPEG"), ("PNG",))
