"""Masks into the window and out of it."""

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from t2i_studio.app import Studio
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Mask
from t2i_studio.core.layers import MASK, opaque
from t2i_studio.core.pictures import read_layer, read_mask
from t2i_studio.ui.qimage import with_alpha
from tests.ui.outside import EXTENT, PICTURE, dialog_of, half, said, written


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "mask.png"
    path.write_bytes(half().to_png())
    return path


def test_a_chosen_file_becomes_the_mask(qtbot: QtBot, studio: Studio, path: Path) -> None:
    document = studio.session.document
    studio.session.open_picture(PICTURE)
    document.add_layer("Above")
    studio.window.masks.import_mask()
    dialog = dialog_of(studio.window)
    dialog.fileSelected.emit(str(path))
    dialog.close()
    qtbot.waitUntil(lambda: document.has_mask)
    assert document.mask == half()
    assert document.active == MASK
    assert document.history.undo_name == "Import mask"
    assert said(studio) == ""


def test_transparency_becomes_the_mask(qtbot: QtBot, studio: Studio) -> None:
    studio.session.open_picture(PICTURE)
    pixels = opaque(PICTURE)
    pixels[..., 3] = 255 - half().pixels
    studio.window.masks.take(with_alpha(pixels))
    qtbot.waitUntil(lambda: studio.session.document.has_mask)
    assert studio.session.document.mask == half()


def test_a_mask_of_another_size_is_scaled_and_told(
    qtbot: QtBot, studio: Studio, tmp_path: Path
) -> None:
    path = written(tmp_path / "small.png", np.full((4, 4), 255, np.uint8))
    studio.session.open_picture(PICTURE)
    studio.window.masks.take(str(path))
    qtbot.waitUntil(lambda: "scaled from 4x4 to 64x48" in said(studio))
    assert studio.session.document.mask_pixels.min() == 255


def test_an_empty_mask_is_told(qtbot: QtBot, studio: Studio, tmp_path: Path) -> None:
    path = written(tmp_path / "black.png", np.zeros((48, 64), np.uint8))
    studio.session.open_picture(PICTURE)
    studio.window.masks.take(str(path))
    qtbot.waitUntil(lambda: "The mask is empty" in said(studio))


def test_a_file_that_is_no_picture_is_told(qtbot: QtBot, studio: Studio, path: Path) -> None:
    path.write_bytes(b"no picture")
    studio.session.open_picture(PICTURE)
    studio.window.masks.take(str(path))
    qtbot.waitUntil(lambda: "mask.png: This is not a picture" in said(studio))


def test_a_canvas_that_changes_meanwhile_is_told(studio: Studio) -> None:
    studio.session.open_picture(PICTURE)
    studio.window.masks._put(Mask(np.zeros((3, 3), np.uint8)), Extent(3, 3))
    assert "The canvas has changed" in said(studio)


def test_without_a_picture_there_is_no_mask(studio: Studio, path: Path) -> None:
    studio.window.masks.import_mask()
    studio.window.masks.take(str(path))
    studio.window.masks.export_mask()
    assert "Open a picture first" in said(studio)
    assert "no mask to be exported" in said(studio)


def export(qtbot: QtBot, studio: Studio, path: Path, index: int) -> Path:
    """Save the mask by the dialog, with one of its filters."""
    studio.session.open_picture(PICTURE)
    studio.session.document.set_mask(half())
    studio.window.masks.export_mask()
    dialog = dialog_of(studio.window)
    dialog.selectNameFilter(dialog.nameFilters()[index])
    target = path.with_name("exported.png")
    dialog.fileSelected.emit(str(target))
    dialog.close()
    qtbot.waitUntil(lambda: "Saved as exported.png" in said(studio))
    return target


def test_a_mask_is_exported_in_black_and_white(qtbot: QtBot, studio: Studio, path: Path) -> None:
    target = export(qtbot, studio, path, 0)
    assert read_mask(target) == half()
    assert read_layer(target)[..., 3].min() == 255


def test_a_mask_is_exported_as_transparency(qtbot: QtBot, studio: Studio, path: Path) -> None:
    pixels = read_layer(export(qtbot, studio, path, 1))
    np.testing.assert_array_equal(pixels[..., 3], 255 - half().pixels)
    np.testing.assert_array_equal(pixels[..., :3], PICTURE.pixels)
    assert pixels.shape[:2] == (EXTENT.height, EXTENT.width)
