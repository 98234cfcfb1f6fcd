from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image, Pixels
from t2i_studio.core.recipe import ModelRef, Recipe
from t2i_studio.core.request import Generate
from t2i_studio.gallery.store import Gallery
from t2i_studio.studio.background import InlineBackground
from t2i_studio.studio.session import Session
from t2i_studio.studio.shelf import Shelf
from t2i_studio.studio.staging import Candidate
from t2i_studio.ui.itemmodels.staging import EDGE, StagingModel
from t2i_studio.ui.qimage import miniature
from t2i_studio.ui.widgets.thumbnail_strip import BADGE, CAPTION, MARK


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


def test_the_original_is_scaled_once_until_it_changes(
    session: Session, model: StagingModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []

    def counted(pixels: Pixels, edge: int) -> QImage:
        looks.append(edge)
        return miniature(pixels, edge)

    monkeypatch.setattr("t2i_studio.ui.itemmodels.staging.miniature", counted)
    session.open_picture(Image.filled(Extent(640, 320), (200, 40, 40)))
    shown = [picture_of(model) for _ in range(5)]
    assert looks == [EDGE]
    assert isinstance(shown[0], QImage)
    assert shown[0].size() == QSize(160, 80)


def test_another_picture_is_shown_as_it_is(session: Session, model: StagingModel) -> None:
    assert picture_of(model) is None
    for colour in ((200, 40, 40), (40, 160, 60)):
        session.open_picture(Image.filled(Extent(64, 48), colour))
        shown = picture_of(model)
        assert isinstance(shown, QImage)
        assert shown.size() == QSize(64, 48)
        assert shown.pixelColor(3, 3).getRgb()[:3] == colour


IMAGE = Image.filled(Extent(8, 8), (1, 2, 3))
RECIPE = Recipe(
    request=Generate(prompt="x", seed=1234567890),
    model=ModelRef(name="fake", title="Fake", sha256="0" * 64),
    device="cpu",
    dtype="float32",
    numerics={},
    versions={},
)


def said(model: StagingModel, row: int) -> list[object]:
    roles = (Qt.ItemDataRole.DisplayRole, CAPTION, BADGE, MARK)
    return [model.index(row).data(role) for role in roles]


def test_a_candidate_has_a_number_a_seed_and_its_score(
    session: Session, model: StagingModel
) -> None:
    session.staging.add(Candidate(IMAGE, RECIPE, score=0.31415))
    session.staging.add(Candidate(IMAGE, RECIPE, is_saved=False))
    session.staging.preview(IMAGE, None)
    assert said(model, 0) == ["", "Empty", "", ""]
    assert said(model, 1) == ["1", "1234567890", "0.31", ""]
    assert said(model, 2) == ["2", "1234567890", "", "unsaved"]
    assert said(model, 3) == ["", "In work", "", ""]


def test_everything_is_said_in_words_too(session: Session, model: StagingModel) -> None:
    session.staging.add(Candidate(IMAGE, RECIPE, is_saved=False, score=0.31415))
    session.staging.preview(IMAGE, None)
    words = [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(3)]
    assert words == [
        "The canvas as it is",
        "Result 1, seed 1234567890, CLIP score 0.31: the cosine to the prompt, not saved",
        "The picture in work",
    ]
    session.open_picture(IMAGE)
    assert model.index(0).data(CAPTION) == "Original"
