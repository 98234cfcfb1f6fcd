"""The rows of the layers: what they say, and what can be done through them."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.core.layers import MASK
from t2i_studio.studio.document import Document
from t2i_studio.studio.tools import ToolOptions
from t2i_studio.ui.itemmodels.layers import DETAIL, EDGE, IS_ACTIVE, TARGET, LayersModel

SIZE = Extent(200, 100)
ROOT = QModelIndex()
SPOKEN = Qt.ItemDataRole.AccessibleTextRole
CHECK = Qt.ItemDataRole.CheckStateRole


@pytest.fixture
def document() -> Document:
    """Three layers: Background, Tree, Sky on top."""
    document = Document()
    document.start(Image.filled(SIZE, (120, 120, 120)))
    for name in ("Tree", "Sky"):
        document.add_layer(name)
    return document


@pytest.fixture
def options() -> ToolOptions:
    return ToolOptions()


@pytest.fixture
def model(qapp: QApplication, document: Document, options: ToolOptions) -> Iterator[LayersModel]:
    model = LayersModel(document, options)
    yield model
    model.unbind()


def said(model: LayersModel, role: int = Qt.ItemDataRole.DisplayRole) -> list[object]:
    return [model.index(row).data(role) for row in range(model.rowCount())]


def order(document: Document) -> list[str]:
    return [layer.name for layer in document.layers]


def test_the_mask_comes_first_then_the_uppermost_layer(model: LayersModel) -> None:
    assert said(model) == ["Mask", "Sky", "Tree", "Background"]


def test_without_a_picture_there_is_nothing(model: LayersModel, document: Document) -> None:
    document.close()
    assert model.rowCount() == 0
    assert model.row_of(MASK) == -1


def test_each_row_says_all_in_words(
    model: LayersModel, document: Document, options: ToolOptions
) -> None:
    tree = document.layers[1]
    document.change_layer(tree.id, is_visible=False, opacity=0.4)
    options.is_mask_visible = False
    assert said(model, SPOKEN) == [
        "Mask, hidden",
        "Layer Sky, visible, 100 %",
        "Layer Tree, hidden, 40 %",
        "Layer Background, visible, 100 %",
    ]
    assert said(model, DETAIL)[2] == "40 %"


def test_what_one_paints_on_is_known(model: LayersModel, document: Document) -> None:
    assert said(model, IS_ACTIVE) == [False, True, False, False]
    document.activate(MASK)
    assert said(model, IS_ACTIVE) == [True, False, False, False]
    assert model.index(0).data(TARGET) == MASK


def test_unchecking_hides(model: LayersModel, document: Document, options: ToolOptions) -> None:
    assert model.setData(model.index(0), Qt.CheckState.Unchecked, CHECK)
    assert model.setData(model.index(2), Qt.CheckState.Unchecked, CHECK)
    assert not options.is_mask_visible
    assert [layer.is_visible for layer in document.layers] == [True, False, True]
    document.undo()
    assert model.index(2).data(CHECK) == Qt.CheckState.Checked


@pytest.mark.parametrize(
    ("row", "name", "expected"),
    [(1, "  Clouds ", "Clouds"), (1, "   ", "Sky"), (0, "Veil", "Mask")],
    ids=["renamed", "empty", "mask"],
)
def test_a_name_can_be_changed(model: LayersModel, row: int, name: str, expected: str) -> None:
    is_changed = model.setData(model.index(row), name)
    assert is_changed == (expected == "Clouds")
    assert said(model)[row] == expected


@pytest.mark.parametrize(
    ("row", "before", "expected"),
    [
        (3, 1, ["Tree", "Sky", "Background"]),
        (1, 4, ["Sky", "Background", "Tree"]),
        (1, 3, ["Background", "Sky", "Tree"]),
        (2, 0, ["Background", "Sky", "Tree"]),  # above the mask is above the layers
        (2, 2, ["Background", "Tree", "Sky"]),
        (2, 3, ["Background", "Tree", "Sky"]),
        (0, 3, ["Background", "Tree", "Sky"]),  # the mask stays where it is
    ],
)
def test_layers_can_be_dragged(
    model: LayersModel, document: Document, row: int, before: int, expected: list[str]
) -> None:
    is_moved = model.moveRow(ROOT, row, ROOT, before)
    assert order(document) == expected
    assert is_moved == (expected != ["Background", "Tree", "Sky"])


def test_only_layers_are_dragged_and_named(model: LayersModel) -> None:
    flags = [model.flags(model.index(row)) for row in (0, 1)]
    for flag in (Qt.ItemFlag.ItemIsEditable, Qt.ItemFlag.ItemIsDragEnabled):
        assert [bool(each & flag) for each in flags] == [False, True]
    assert model.flags(ROOT) & Qt.ItemFlag.ItemIsDropEnabled
    assert not flags[1] & Qt.ItemFlag.ItemIsDropEnabled


def test_a_thumbnail_follows_what_is_painted(model: LayersModel, document: Document) -> None:
    def shown() -> QImage:
        picture = model.index(1).data(Qt.ItemDataRole.DecorationRole)
        assert isinstance(picture, QImage)
        return picture

    assert shown().size().toTuple() == (EDGE, EDGE // 2)
    assert shown().pixelColor(30, 15).alpha() == 0
    changed: list[int] = []
    model.dataChanged.connect(lambda first, _: changed.append(first.row()))
    red = np.full((100, 200, 3), (255, 0, 0), np.uint8)
    document.paste(Image(red))
    assert 1 in changed
    assert shown().pixelColor(30, 15).getRgb() == (255, 0, 0, 255)


def test_the_mask_has_its_colour(model: LayersModel, options: ToolOptions) -> None:
    options.mask_colour = "#FF8800"
    assert model.index(0).data(Qt.ItemDataRole.DecorationRole) == "#FF8800"


def test_unbound_it_follows_no_longer(model: LayersModel, document: Document) -> None:
    model.unbind()
    document.add_layer("Bird")
    assert model.rowCount() == 4
