from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.gallery.store import Gallery
from t2i_studio.studio.background import InlineBackground
from t2i_studio.studio.session import Session
from t2i_studio.studio.shelf import Shelf
from t2i_studio.ui.itemmodels.staging import EDGE, StagingModel


@pytest.fixture
def session(tmp_path: Path) -> Session:
    background = InlineBackground()
    return Session(Shelf(Gallery(tmp_path), background), background)


@pytest.fixture
def model(qapp: QApplication, session: Session) -> Iterator[StagingModel]:
    model = StagingModel(session)
    yield model
    model.unbind()


def picture_of(model: StagingModel) -> object:
    return model.index(0).data(Qt.ItemDataRole.DecorationRole)


def test_a_large_picture_is_scaled_once(
    session: Session, model: StagingModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    fits: list[int] = []
    fitted = Image.fitted

    def counted(self: Image, edge: int) -> Image:
        fits.append(edge)
        return fitted(self, edge)

    monkeypatch.setattr(Image, "fitted", counted)
    session.open_picture(Image.filled(Extent(640, 320), (200, 40, 40)))
    shown = [picture_of(model) for _ in range(5)]
    assert fits == [EDGE]
    assert isinstance(shown[0], QImage)
    assert shown[0].size() == QSize(160, 80)
    assert all(picture == shown[0] for picture in shown)


def test_another_picture_is_shown_as_it_is(session: Session, model: StagingModel) -> None:
    assert picture_of(model) is None
    for colour in ((200, 40, 40), (40, 160, 60)):
        session.open_picture(Image.filled(Extent(64, 48), colour))
        shown = picture_of(model)
        assert isinstance(shown, QImage)
        assert shown.size() == QSize(64, 48)
        assert shown.pixelColor(3, 3).getRgb()[:3] == colour
