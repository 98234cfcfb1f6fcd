"""What is dropped or pasted goes where people say."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QUrl
from PySide6.QtGui import QAction, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from t2i_studio.app import Studio
from t2i_studio.core.geometry import Extent
from t2i_studio.ui.qimage import to_qimage, with_alpha
from tests.ui.outside import PICTURE, glass, half, said, written


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return written(tmp_path / "glass.png", glass())


@pytest.fixture
def busy(studio: Studio) -> Studio:
    """A studio with a picture on the canvas."""
    studio.session.open_picture(PICTURE)
    return studio


@pytest.fixture(autouse=True)
def empty_clipboard(qapp: QApplication) -> Iterator[None]:
    """Leave nothing of ours on the clipboard: at the end Qt would free it too late."""
    yield
    QGuiApplication.clipboard().clear()


def choices(studio: Studio) -> dict[str, QAction]:
    """Return what the open menu offers, by its text."""
    menu = studio.window.incoming.menu
    assert menu is not None
    return {action.text(): action for action in menu.actions() if not action.isSeparator()}


def choose(studio: Studio, text: str) -> None:
    choices(studio)[text].trigger()
    menu = studio.window.incoming.menu
    assert menu is not None
    menu.close()


def copied(urls: list[str]) -> None:
    data = QMimeData()
    data.setUrls([QUrl(url) for url in urls])
    QGuiApplication.clipboard().setMimeData(data)


def test_on_an_empty_canvas_a_picture_is_opened(qtbot: QtBot, studio: Studio, path: Path) -> None:
    studio.window.incoming.take([str(path)])
    qtbot.waitUntil(lambda: studio.session.document.extent == Extent(20, 10))
    assert studio.window.incoming.menu is None


def test_over_a_picture_there_is_a_choice(qtbot: QtBot, busy: Studio, path: Path) -> None:
    busy.window.incoming.take([str(path)], QPoint(50, 60))
    assert list(choices(busy)) == ["glass.png", "&Open", "As &layer", "As &mask", "&Explore"]
    assert all(action.toolTip() for action in choices(busy).values())
    menu = busy.window.incoming.menu
    assert menu is not None
    assert menu.pos() == QPoint(50, 60)
    menu.close()
    qtbot.waitUntil(lambda: busy.window.incoming.menu is None)
    assert busy.session.document.picture == PICTURE


def test_it_can_be_opened(qtbot: QtBot, busy: Studio, path: Path) -> None:
    busy.window.incoming.take([str(path)])
    choose(busy, "&Open")
    qtbot.waitUntil(lambda: busy.session.document.extent == Extent(20, 10))
    busy.session.document.undo()
    assert busy.session.document.picture == PICTURE


def test_it_can_become_a_layer(qtbot: QtBot, busy: Studio, path: Path) -> None:
    busy.window.incoming.take([str(path)])
    choose(busy, "As &layer")
    qtbot.waitUntil(lambda: len(busy.session.document.layers) == 2)
    assert busy.session.document.layers[1].name == "glass"


def test_several_become_layers_together(qtbot: QtBot, busy: Studio, path: Path) -> None:
    busy.window.incoming.take([str(path), str(path)])
    assert next(iter(choices(busy))) == "2 pictures"
    choose(busy, "As &layers")
    qtbot.waitUntil(lambda: len(busy.session.document.layers) == 3)


def test_it_can_become_the_mask(qtbot: QtBot, busy: Studio, tmp_path: Path) -> None:
    busy.window.incoming.take([str(written(tmp_path / "m.png", half().pixels))])
    choose(busy, "As &mask")
    qtbot.waitUntil(lambda: busy.session.document.has_mask)
    assert busy.session.document.mask == half()


def test_it_can_be_explored(qtbot: QtBot, busy: Studio, path: Path) -> None:
    busy.window.incoming.take([str(path)])
    choose(busy, "&Explore")
    qtbot.waitUntil(busy.window.explorer.isVisible)
    assert busy.session.document.picture == PICTURE


def test_a_picture_without_a_file_has_the_same_choice(qtbot: QtBot, busy: Studio) -> None:
    busy.window.incoming.take(with_alpha(glass()))
    assert next(iter(choices(busy))) == "Picture"
    choose(busy, "As &layer")
    qtbot.waitUntil(lambda: len(busy.session.document.layers) == 2)
    assert busy.session.document.layers[1].name == "Pasted picture"


def test_a_long_name_is_shortened(busy: Studio, tmp_path: Path) -> None:
    busy.window.incoming.take([str(written(tmp_path / f"{'n' * 90}.png", glass()))])
    assert next(iter(choices(busy))) == "n" * 39 + "…"
    menu = busy.window.incoming.menu
    assert menu is not None
    menu.close()


def test_a_project_is_opened_as_one(qtbot: QtBot, studio: Studio, tmp_path: Path) -> None:
    studio.session.open_picture(PICTURE)
    project = tmp_path / "WORK.ORA"
    studio.window.projects._project.save(project)
    qtbot.waitUntil(lambda: not studio.window.isWindowModified())
    studio.window.projects.new()
    studio.window.incoming.take([str(tmp_path / "other.png"), str(project)])
    qtbot.waitUntil(lambda: studio.session.document.picture == PICTURE)
    assert studio.window.windowTitle().startswith("WORK")


@pytest.mark.parametrize("dropped", [None, [], [""], QImage(), "text"])
def test_what_is_no_picture_is_told(studio: Studio, dropped: object) -> None:
    studio.window.incoming.take(dropped)
    assert said(studio) == "Only pictures and projects on this machine can be opened."


def test_a_pasted_picture_becomes_a_layer(qtbot: QtBot, busy: Studio) -> None:
    QGuiApplication.clipboard().setImage(with_alpha(glass()))
    busy.window.incoming.paste()
    qtbot.waitUntil(lambda: len(busy.session.document.layers) == 2)
    np.testing.assert_array_equal(busy.session.document.layers[1].pixels[19:29, 22:42], glass())


def test_a_pasted_picture_is_opened_on_an_empty_canvas(qtbot: QtBot, studio: Studio) -> None:
    QGuiApplication.clipboard().setImage(to_qimage(PICTURE))
    studio.window.incoming.paste()
    qtbot.waitUntil(lambda: studio.session.document.picture == PICTURE)


def test_a_pasted_file_becomes_a_layer(qtbot: QtBot, busy: Studio, path: Path) -> None:
    copied([QUrl.fromLocalFile(str(path)).toString()])
    busy.window.incoming.paste()
    qtbot.waitUntil(lambda: len(busy.session.document.layers) == 2)


def test_a_pasted_project_is_opened(qtbot: QtBot, studio: Studio, tmp_path: Path) -> None:
    copied([QUrl.fromLocalFile(str(tmp_path / "none.ora")).toString()])
    studio.window.incoming.paste()
    qtbot.waitUntil(lambda: "none.ora: There is no such file" in said(studio))


@pytest.mark.parametrize("urls", [[], ["https://example.org/a.png"]])
def test_pasting_nothing_is_told(studio: Studio, urls: list[str]) -> None:
    copied(urls)
    studio.window.incoming.paste()
    assert said(studio) == "There is no picture on the clipboard."


def test_a_file_that_is_named_from_outside_is_taken(
    qtbot: QtBot, studio: Studio, path: Path
) -> None:
    studio.take_file(str(path))
    qtbot.waitUntil(lambda: studio.session.document.extent == Extent(20, 10))
