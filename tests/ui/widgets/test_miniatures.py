import gc

import numpy as np
import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.studio.stages import StageView
from t2i_studio.ui.widgets.miniatures import Miniatures
from t2i_studio.ui.widgets.stage_cell import StageCell
from t2i_studio.ui.widgets.stage_inspector import StagePicture

RED = (200, 40, 40)


def red(width: int = 400, height: int = 200) -> Image:
    return Image.filled(Extent(width, height), RED)


@pytest.fixture
def fits(monkeypatch: pytest.MonkeyPatch) -> list[Image]:
    """The pictures that were scaled."""
    scaled: list[Image] = []
    fitted = Image.fitted

    def counted(self: Image, edge: int) -> Image:
        scaled.append(self)
        return fitted(self, edge)

    monkeypatch.setattr(Image, "fitted", counted)
    return scaled


def test_a_picture_is_scaled_once(fits: list[Image]) -> None:
    miniatures, picture = Miniatures(), red()
    small = miniatures.fitted(picture, 100)
    assert small.size() == QSize(100, 50)
    assert miniatures.fitted(picture, 100) == small
    assert len(fits) == 1


def test_it_is_scaled_to_any_size() -> None:
    miniatures, picture = Miniatures(), red()
    for size in (QSize(100, 50), QSize(800, 400), QSize(99, 50)):
        shown = miniatures.scaled(picture, size)
        assert shown.size() == size
        assert shown.pixelColor(50, 25).getRgb()[:3] == RED
    assert miniatures.fitted(picture, 1000).size() == QSize(400, 200)


def test_equal_pictures_are_told_apart_without_reading_them(
    monkeypatch: pytest.MonkeyPatch, fits: list[Image]
) -> None:
    def refuse(self: Image) -> int:
        raise AssertionError("hashed")

    monkeypatch.setattr(Image, "__hash__", refuse)
    miniatures, pictures = Miniatures(), (red(), red())
    for picture in pictures * 2:
        miniatures.fitted(picture, 100)
    assert [any(picture is seen for seen in fits) for picture in pictures] == [True, True]
    assert len(fits) == 2


def test_a_copy_goes_with_its_picture() -> None:
    miniatures, picture = Miniatures(), red()
    miniatures.fitted(picture, 100)
    assert len(miniatures) == 1
    del picture
    gc.collect()
    assert len(miniatures) == 0


@pytest.mark.parametrize("wide", [True, False], ids=["wide", "narrow"])
def test_painting_again_scales_nothing(qtbot: QtBot, fits: list[Image], wide: bool) -> None:
    before, after = red(), red(800, 400)
    cell = StageCell(StageView("upsampler", "Upsampler", before=before, after=after))
    qtbot.addWidget(cell)
    cell.resize(300 if wide else 200, 68)
    picture = StagePicture()
    qtbot.addWidget(picture)
    picture.show_view(cell.view)
    for _ in range(3):
        cell.grab()
        picture.grab()
    assert len(fits) == 3


def test_what_is_drawn_is_the_picture(qtbot: QtBot) -> None:
    picture = StagePicture()
    qtbot.addWidget(picture)
    half = np.zeros((1000, 1000, 3), np.uint8)
    half[:, 500:] = 255
    picture.show_view(StageView("decoder", "Decoder", after=Image(half)))
    picture.resize(400, picture.height())
    shown = picture.grab().toImage()
    assert shown.pixelColor(110, 100).lightness() < 10
    assert shown.pixelColor(290, 100).lightness() > 245
