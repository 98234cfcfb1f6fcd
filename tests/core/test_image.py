import base64
import hashlib
import io
import json
from collections.abc import Callable

import numpy as np
import PIL.Image
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from pydantic import TypeAdapter, ValidationError

from t2i_studio.core import image as module
from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask, Raster
from tests.core.strategies import Shelf, images, masks

IMAGE: TypeAdapter[Image] = TypeAdapter(Image)
MASK: TypeAdapter[Mask] = TypeAdapter(Mask)


def grey(width: int = 3, height: int = 2, value: int = 7) -> Image:
    return Image.filled(Extent(width, height), (value, value, value))


@pytest.mark.parametrize(
    ("kind", "shape", "dtype"),
    [
        pytest.param(Image, (2, 2), "uint8", id="picture without channels"),
        pytest.param(Image, (2, 2, 4), "uint8", id="picture with alpha"),
        pytest.param(Image, (0, 2, 3), "uint8", id="picture without rows"),
        pytest.param(Image, (2, 2, 3), "float32", id="picture of floats"),
        pytest.param(Mask, (2, 2, 1), "uint8", id="mask with channels"),
        pytest.param(Mask, (2, 2), "bool", id="mask of bools"),
    ],
)
def test_other_arrays_are_refused(kind: type[Raster], shape: tuple[int, ...], dtype: str) -> None:
    with pytest.raises(ValueError, match=kind.__name__):
        kind(np.zeros(shape, dtype))


def test_pixels_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="read-only"):
        grey().pixels[0, 0] = 1


def plain(pixels: np.ndarray) -> np.ndarray:
    return pixels


def read_only_view(pixels: np.ndarray) -> np.ndarray:
    view = pixels.view()
    view.flags.writeable = False
    return view


def foreign_memory(pixels: np.ndarray) -> np.ndarray:
    view = np.frombuffer(memoryview(pixels).toreadonly(), np.uint8).reshape(pixels.shape)
    assert not view.flags.writeable
    return view


@pytest.mark.parametrize("hand_over", [plain, read_only_view, foreign_memory])
def test_later_writes_of_the_owner_do_not_reach_the_picture(
    hand_over: Callable[[np.ndarray], np.ndarray],
) -> None:
    pixels = np.zeros((2, 2, 3), np.uint8)

    picture = Image(hand_over(pixels))
    pixels[:] = 9

    assert not picture.pixels.any()


def test_frozen_memory_is_not_copied() -> None:
    picture = grey()

    assert np.shares_memory(Image(picture.pixels).pixels, picture.pixels)
    assert np.shares_memory(picture.crop(Bounds(1, 0, 1, 1)).pixels, picture.pixels)


def test_pictures_are_equal_by_value() -> None:
    assert grey() == grey()
    assert hash(grey()) == hash(grey())
    assert grey() != grey(value=8)
    assert grey() != grey(width=2, height=3)
    assert grey() != "picture"


def test_mask_is_no_picture() -> None:
    assert Mask.empty(Extent(3, 2)) != grey(value=0)


def test_digest_depends_on_shape_and_kind() -> None:
    digests = {grey(6, 1).digest, grey(3, 2).digest, grey(1, 6).digest}
    digests.add(Mask(np.full((1, 18), 7, np.uint8)).digest)

    assert len(digests) == 4


def test_digest_is_pinned_because_galleries_keep_it() -> None:
    expected = hashlib.sha256(b"RGB 3x2 " + bytes([7]) * 18).hexdigest()

    assert grey().digest == expected
    assert repr(grey()) == "Image(3x2)"


def test_digest_of_a_cut_out_equals_that_of_a_copy() -> None:
    cut = grey(5, 5).crop(Bounds(1, 1, 3, 2))

    assert cut.digest == grey().digest


def test_crop_takes_the_rectangle() -> None:
    pixels = np.arange(12, dtype=np.uint8).reshape(3, 4)

    assert Mask(pixels).crop(Bounds(1, 2, 2, 1)).pixels.tolist() == [[9, 10]]


@pytest.mark.parametrize(
    "box", [Bounds(-1, 0, 2, 2), Bounds(2, 0, 2, 1), Bounds(0, 0, 0, 1), Bounds(0, 1, 1, 2)]
)
def test_crop_outside_is_refused(box: Bounds) -> None:
    with pytest.raises(ValueError, match="lie in"):
        grey().crop(box)


def test_resizing_to_its_own_size_returns_itself() -> None:
    picture = grey()

    assert picture.resized(Extent(3, 2)) is picture


def test_hard_resizing_makes_no_new_values() -> None:
    mask = Mask(np.array([[0, 255]], np.uint8))

    assert mask.resized(Extent(4, 2), smooth=False).pixels.tolist() == [[0, 0, 255, 255]] * 2
    assert len(np.unique(mask.resized(Extent(9, 2)).pixels)) > 2


@given(images | masks)
def test_png_keeps_every_value(raster: Raster) -> None:
    assert type(raster).from_png(raster.to_png()) == raster


@given(images)
def test_json_keeps_every_value(picture: Image) -> None:
    assert IMAGE.validate_json(IMAGE.dump_json(picture)) == picture


@given(masks)
def test_json_names_the_picture_where_there_are_blobs(mask: Mask) -> None:
    context = {"blobs": Shelf()}

    text = MASK.dump_json(mask, context=context)

    assert json.loads(text) == {"sha256": mask.digest}
    assert MASK.validate_json(text, context=context) == mask


def test_picture_itself_is_valid() -> None:
    picture = grey()

    assert IMAGE.validate_python(picture) is picture


def png(*, size: tuple[int, int] = (2, 2), mode: str = "RGB") -> bytes:
    buffer = io.BytesIO()
    PIL.Image.new(mode, size).save(buffer, "PNG")
    return buffer.getvalue()


def jpeg() -> bytes:
    buffer = io.BytesIO()
    PIL.Image.new("RGB", (2, 2)).save(buffer, "JPEG")
    return buffer.getvalue()


def in_json(data: bytes) -> dict[str, str]:
    return {"png": base64.b64encode(data).decode()}


def bomb() -> bytes:
    """A header that promises 3,600 megapixels."""
    data = bytearray(png())
    data[16:24] = (60_000).to_bytes(4) * 2
    data[29:33] = module.zlib.crc32(data[12:29]).to_bytes(4)
    return bytes(data)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((1000, 500), (160, 80)),
        ((300, 4000), (12, 160)),
        ((161, 161), (160, 160)),
        ((5000, 1), (160, 1)),
    ],
)
def test_fitted_pictures_keep_their_shape(size: tuple[int, int], expected: tuple[int, int]) -> None:
    assert grey(*size).fitted(160) == grey(*expected)


def test_what_fits_already_is_fitted_as_it_is() -> None:
    picture = grey(160, 90)
    assert picture.fitted(160) is picture


def test_fitting_shows_the_whole_picture_where_it_was() -> None:
    ramp = np.linspace(0, 255, 1500, dtype=np.uint8)
    picture = Image(np.stack(np.broadcast_arrays(ramp, ramp[:, None], ramp[::-1]), axis=-1))
    exact = picture.resized(Extent(100, 100)).pixels.astype(int)
    assert np.abs(picture.fitted(100).pixels - exact).max() <= 3


@pytest.mark.parametrize("side", [1000, 4096])
def test_fitting_filters_few_pixels_however_large_the_picture(
    monkeypatch: pytest.MonkeyPatch, side: int
) -> None:
    taken: list[int] = []
    fromarray = PIL.Image.fromarray

    def counted(pixels: np.ndarray) -> PIL.Image.Image:
        taken.append(pixels.size // 3)
        return fromarray(pixels)

    picture = grey(side, side)
    monkeypatch.setattr(PIL.Image, "fromarray", counted)
    picture.fitted(100)
    assert len(taken) == 1
    assert taken[0] <= 300 * 300


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(None, id="nothing"),
        pytest.param(5, id="number"),
        pytest.param("sha256", id="text"),
        pytest.param({}, id="empty"),
        pytest.param({"png": 5}, id="png of a number"),
        pytest.param({"png": "%%%"}, id="no base64"),
        pytest.param({"png": "ä"}, id="no ascii"),
        pytest.param(in_json(b""), id="no data"),
        pytest.param(in_json(png()[:40]), id="cut off"),
        pytest.param(in_json(jpeg()), id="another format"),
        pytest.param(in_json(bomb()), id="bomb"),
        pytest.param({"sha256": "0" * 64}, id="no blobs at hand"),
    ],
)
def test_bad_json_is_a_validation_error(value: object) -> None:
    with pytest.raises(ValidationError, match="missing or damaged"):
        IMAGE.validate_python(value)


def test_more_pixels_than_allowed_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_PIXELS", 3)

    with pytest.raises(ValueError, match="damaged"):
        Image.from_png(png())


@pytest.mark.parametrize(
    "digest",
    [
        pytest.param("0" * 64, id="unknown"),
        pytest.param("../../secret", id="a path"),
        pytest.param("A" * 64, id="capitals"),
        pytest.param(["0" * 64], id="a list"),
    ],
)
def test_digest_that_names_no_kept_picture_is_refused(digest: object) -> None:
    shelf = Shelf()

    with pytest.raises(ValidationError, match="missing or damaged"):
        IMAGE.validate_python({"sha256": digest}, context={"blobs": shelf})

    assert set(shelf.asked) <= {"0" * 64}


def test_other_picture_under_the_digest_is_refused() -> None:
    shelf = Shelf()
    digest = shelf.put(grey())
    shelf.pictures[digest] = grey(value=9).to_png()

    with pytest.raises(ValidationError, match="missing or damaged"):
        IMAGE.validate_python({"sha256": digest}, context={"blobs": shelf})


@given(st.integers(0, 200), st.integers(0, 255))
def test_damaged_png_gives_a_picture_or_a_value_error(position: int, value: int) -> None:
    data = bytearray(grey(20, 20).to_png())
    data[position % len(data)] = value

    try:
        picture = Image.from_png(bytes(data))
    except ValueError:
        return
    assert isinstance(picture, Image)


@given(npst.arrays(np.uint8, npst.array_shapes(min_dims=2, max_dims=2, max_side=6)))
def test_mask_bounds_hold_everything_painted(pixels: np.ndarray) -> None:
    mask = Mask(pixels)

    rows, columns = np.nonzero(pixels)

    assert mask.is_empty == (rows.size == 0)
    if mask.is_empty:
        assert mask.bounds.is_empty
    else:
        box = mask.bounds
        assert (box.x, box.y) == (columns.min(), rows.min())
        assert (box.right, box.bottom) == (columns.max() + 1, rows.max() + 1)


def test_inverted_mask_swaps_keep_and_repaint() -> None:
    mask = Mask(np.array([[0, 100, 255]], np.uint8))

    assert mask.inverted().pixels.tolist() == [[255, 155, 0]]
    assert mask.inverted().inverted() == mask


def test_empty_mask_is_empty() -> None:
    assert Mask.empty(Extent(2, 3)).is_empty
    assert Mask.empty(Extent(2, 3)).extent == Extent(2, 3)
