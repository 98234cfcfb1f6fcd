import pytest

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image
from t2i_studio.ui.canvas.content import Overlay, overlay_bounds, shown_extent

BLANK = Extent(256, 256)


def picture(text: str) -> Image:
    return Image.filled(Extent.parse(text), (1, 2, 3))


@pytest.mark.parametrize(
    ("document", "overlay", "expected"),
    [
        (None, None, "256x256"),
        ("300x200", None, "300x200"),
        (None, "64x64", "256x256"),
        (None, "256x256", "256x256"),
        (None, "512x512", "512x512"),
        (None, "64x32", "64x32"),
        ("512x512", "64x64", "512x512"),
        ("300x200", "600x400", "300x200"),
        ("300x200", "256x256", "256x256"),
    ],
)
def test_a_preview_grows_to_the_size_of_its_picture(
    document: str | None, overlay: str | None, expected: str
) -> None:
    extent = Extent.parse(document) if document else None
    laid = Overlay(picture(overlay)) if overlay else None
    shown = shown_extent(extent, BLANK, laid)
    assert str(shown) == expected
    if laid:
        assert overlay_bounds(extent, shown, laid) == Bounds.at_origin(shown)


def test_a_part_lies_where_it_belongs() -> None:
    overlay = Overlay(picture("64x64"), Bounds(-10, 20, 256, 256))
    shown = shown_extent(Extent(300, 300), BLANK, overlay)
    assert shown == Extent(300, 300)
    assert overlay_bounds(Extent(300, 300), shown, overlay) == overlay.bounds


def test_a_part_of_nothing_is_shown_by_itself() -> None:
    overlay = Overlay(picture("64x64"), Bounds(10, 20, 128, 128))
    shown = shown_extent(None, BLANK, overlay)
    assert shown == Extent(128, 128)
    assert overlay_bounds(None, shown, overlay) == Bounds(0, 0, 128, 128)
