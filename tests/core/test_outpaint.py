import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image
from t2i_studio.core.outpaint import Margins, extended, frame_of_extension

NATIVE = Extent(64, 64)
margins = st.builds(Margins, *[st.sampled_from([0, 0, 1, 20, 64])] * 4).filter(
    lambda found: found.longest > 0
)
extents = st.builds(Extent, st.integers(1, 100), st.integers(1, 100))


@given(extents, margins)
def test_the_picture_stays_where_it_was_and_the_rest_is_masked(
    extent: Extent, margins: Margins
) -> None:
    values = np.random.default_rng(0).integers(0, 256, (extent.height, extent.width, 3))
    picture = Image(values.astype(np.uint8))

    grown, mask = extended(picture, margins)

    inside = Bounds.at_origin(extent).moved(margins.left, margins.top)
    assert grown.extent == mask.extent == margins.around(extent).extent
    assert grown.crop(inside) == picture
    assert not mask.crop(inside).pixels.any()
    assert (mask.pixels == 255).sum() == grown.extent.area - extent.area


@given(extents, margins)
def test_the_frame_is_a_square_that_holds_all_that_is_new(extent: Extent, margins: Margins) -> None:
    _, mask = extended(Image.filled(extent, (1, 2, 3)), margins)

    frame = frame_of_extension(extent, margins, NATIVE)

    assert frame.width == frame.height
    assert frame.union(mask.bounds) == frame


@pytest.mark.parametrize(
    ("picture", "margins", "frame"),
    [
        (Extent(256, 256), Margins(right=128), Bounds(128, 0, 256, 256)),
        (Extent(256, 256), Margins(left=128), Bounds(0, 0, 256, 256)),
        (Extent(256, 256), Margins(bottom=256), Bounds(-64, 128, 384, 384)),
        (Extent(256, 256), Margins(top=64), Bounds(0, 0, 256, 256)),
        (Extent(512, 256), Margins(right=128), Bounds(384, 0, 256, 256)),
        (Extent(256, 512), Margins(right=128), Bounds(-64, 0, 512, 512)),
        (Extent(256, 256), Margins(64, 64, 64, 64), Bounds(0, 0, 384, 384)),
    ],
    ids=["right", "left", "far down", "up", "wide", "tall", "all around"],
)
def test_frame_of(picture: Extent, margins: Margins, frame: Bounds) -> None:
    assert frame_of_extension(picture, margins, NATIVE) == frame


def test_what_is_new_repeats_the_border() -> None:
    pixels = np.zeros((4, 4, 3), np.uint8)
    pixels[:, 3] = np.arange(12).reshape(4, 3)

    grown, _ = extended(Image(pixels), Margins(right=32))

    assert (grown.pixels[:, 3:] == pixels[:, 3:]).all()
