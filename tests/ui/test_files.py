"""Pictures into the window and out of it."""

import io
from pathlib import Path

import numpy as np
import PIL.Image
import pytest
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from t2i_studio.app import Studio
from t2i_studio.core.errors import UserError
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.core.layers import opaque
from t2i_studio.core.pictures import read_layer
from t2i_studio.ui.files import encoded
from t2i_studio.ui.qimage import rgba_of, with_alpha
from tests.ui.outside import PICTURE, dialog_of, glass, said, written


def test_a_picture_keeps_its_transparency(qtbot: QtBot, studio: Studio, tmp_path: Path) -> None:
    studio.window.files.show(str(written(tmp_path / "glass.png", glass())))
    document = studio.session.document
    qtbot.waitUntil(lambda: document.extent == Extent(20, 10))
    np.testing.assert_array_equal(document.composite_pixels, glass())
    assert document.has_transparency


def test_chosen_pictures_become_layers(qtbot: QtBot, studio: Studio, tmp_path: Path) -> None:
    paths = [written(tmp_path / f"{name}.png", glass()) for name in ("cat", "dog")]
    studio.session.open_picture(PICTURE)
    studio.window.files.ask_for_layers()
    dialog = dialog_of(studio.window)
    assert dialog.fileMode() is QFileDialog.FileMode.ExistingFiles
    dialog.filesSelected.emit([str(path) for path in paths])
    dialog.close()
    document = studio.session.document
    qtbot.waitUntil(lambda: len(document.layers) == 3)
    assert [layer.name for layer in document.layers][1:] == ["cat", "dog"]
    assert document.extent == PICTURE.extent


def test_a_layer_beyond_memory_is_told(
    qtbot: QtBot, studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio.session.open_picture(PICTURE)
    monkeypatch.setattr("t2i_studio.studio.layer_edits.MAX_BYTES", 100)
    studio.window.files.add_layers([str(written(tmp_path / "cat.png", glass()))])
    qtbot.waitUntil(lambda: "Memory does not hold" in said(studio))


def test_a_picture_can_be_explored_at_once(qtbot: QtBot, studio: Studio, tmp_path: Path) -> None:
    studio.window.files.explore(str(written(tmp_path / "cat.png", PICTURE.pixels)))
    qtbot.waitUntil(studio.window.explorer.isVisible)


def test_what_is_copied_keeps_its_transparency(studio: Studio) -> None:
    studio.session.document.add_layer("Glass", glass())
    studio.window.files.copy()
    copied = QGuiApplication.clipboard().image()
    np.testing.assert_array_equal(rgba_of(copied), glass())


def test_a_staged_result_is_what_is_copied(qtbot: QtBot, studio: Studio) -> None:
    studio.session.settings.prompt = "a red cube"
    studio.session.generate()
    qtbot.waitUntil(lambda: studio.session.staging.selected is not None)
    studio.window.files.copy()
    (result,) = studio.session.staging.candidates
    np.testing.assert_array_equal(
        rgba_of(QGuiApplication.clipboard().image()), opaque(result.image)
    )


def test_without_a_picture_nothing_is_copied_or_saved(studio: Studio) -> None:
    studio.window.files.copy()
    studio.window.files.save()
    studio.window.files.save_path("nowhere.png")
    assert said(studio) == "There is no picture on the canvas yet."


@pytest.mark.parametrize("suffix", [".png", ".webp"])
def test_a_saved_picture_keeps_its_transparency(
    qtbot: QtBot, studio: Studio, tmp_path: Path, suffix: str
) -> None:
    studio.session.document.add_layer("Glass", glass())
    studio.window.files.save()
    dialog = dialog_of(studio.window)
    path = tmp_path / f"glass{suffix}"
    dialog.fileSelected.emit(str(path))
    dialog.close()
    qtbot.waitUntil(lambda: "Saved as glass" in said(studio))
    np.testing.assert_array_equal(read_layer(path)[..., 3], glass()[..., 3])


def test_a_jpeg_lies_on_white() -> None:
    with PIL.Image.open(io.BytesIO(encoded(glass(), ".jpg"))) as picture:
        assert min(picture.getpixel((2, 5))) > 240


@pytest.mark.parametrize("suffix", [".jpg", ".webp"])
def test_a_picture_too_large_for_its_format_is_told(suffix: str) -> None:
    pixels = opaque(Image.filled(Extent(70_000, 1), (1, 2, 3)))
    with pytest.raises(UserError, match=r"cannot hold 70000x1 px\. Use \.png"):
        encoded(pixels, suffix)


@pytest.mark.parametrize(("suffix", "named"), [(".bmp", r"\.bmp"), ("", "no kind of file")])
def test_other_formats_are_told(suffix: str, named: str) -> None:
    with pytest.raises(UserError, match=f"cannot be saved as {named}"):
        encoded(glass(), suffix)


@pytest.mark.parametrize(
    "form", [QImage.Format.Format_ARGB32_Premultiplied, QImage.Format.Format_RGB32]
)
def test_any_qimage_gives_its_pixels(form: QImage.Format) -> None:
    image = with_alpha(glass()).convertToFormat(form)
    has_alpha = image.hasAlphaChannel()
    np.testing.assert_array_equal(rgba_of(image)[:, 10:], glass()[:, 10:])
    assert rgba_of(image)[..., 3].min() == (0 if has_alpha else 255)
