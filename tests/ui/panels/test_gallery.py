"""What the gallery's menu does with the prompts of a picture."""

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from t2i_studio.app import Studio
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image


def make(qtbot: QtBot, studio: Studio, prompt: str, style: str = "") -> str:
    """Make a picture and return what the model has read."""
    studio.session.settings.prompt, studio.session.settings.style = prompt, style
    studio.session.generate()
    qtbot.waitUntil(lambda: studio.window.gallery.model.rowCount() == 1)
    return studio.session.staging.candidates[0].recipe.request.prompt


def choose(studio: Studio, text: str) -> None:
    gallery = studio.window.gallery
    gallery.strip.setCurrentIndex(gallery.model.index(0))
    menu = gallery.menu()
    assert menu is not None
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.deleteLater()


def test_the_prompt_comes_back_as_it_was_written(qtbot: QtBot, studio: Studio) -> None:
    make(qtbot, studio, "a {red|blue} cube", "Night")
    settings = studio.session.settings
    settings.prompt, settings.style = "something else", ""
    choose(studio, "Use prompt")
    qtbot.waitUntil(lambda: settings.prompt == "a {red|blue} cube")
    assert settings.style == "Night"


def test_what_the_model_has_read_can_be_copied(qtbot: QtBot, studio: Studio) -> None:
    read = make(qtbot, studio, "a {red|blue} cube", "Night")
    choose(studio, "Copy evaluated prompt")
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == read)
    assert "{" not in read


def test_without_a_recipe_the_written_prompt_comes_from_the_text(
    qtbot: QtBot, studio: Studio
) -> None:
    make(qtbot, studio, "a {red|blue} cube", "Night")
    settings, gallery = studio.session.settings, studio.session.shelf.gallery
    settings.prompt = ""
    picture = studio.session.shelf.pictures[0]
    text = gallery.recipe(picture)
    assert text is not None
    gallery.recipe = lambda _: None  # type: ignore[method-assign]  # as from a JPEG
    choose(studio, "Use prompt")
    qtbot.waitUntil(lambda: settings.prompt == "a {red|blue} cube")


def test_a_picture_without_a_prompt_says_so(qtbot: QtBot, studio: Studio) -> None:
    make(qtbot, studio, "a cube")
    picture = studio.session.shelf.pictures[0]
    picture.path.write_bytes(Image.filled(Extent(8, 8), (1, 2, 3)).to_png())
    choose(studio, "Copy evaluated prompt")
    qtbot.waitUntil(lambda: any("no prompt" in toast.text for toast in studio.window.toasts.toasts))
