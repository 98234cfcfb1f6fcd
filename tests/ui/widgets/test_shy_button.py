"""A button gives up its text, not its icon, where there is little room."""

from pytestqt.qtbot import QtBot

from t2i_studio.ui.icons import icon
from t2i_studio.ui.widgets.shy_button import ShyButton


def shown(button: ShyButton) -> str:
    return str(button.shown().text)


def test_it_shows_its_text_where_that_fits(qtbot: QtBot) -> None:
    button = ShyButton(icon("save"), "Keep")
    qtbot.addWidget(button)
    button.resize(button.sizeHint())
    assert shown(button) == "Keep"
    assert not button.is_shy


def test_where_it_does_not_fit_the_icon_is_shown_alone(qtbot: QtBot) -> None:
    button = ShyButton(icon("save"), "Keep")
    qtbot.addWidget(button)
    button.resize(button.minimumSizeHint())
    assert shown(button) == ""
    assert button.is_shy
    assert button.text() == "Keep"  # for those who hear it
    assert not button.grab().isNull()


def test_it_needs_the_room_of_an_icon_only(qtbot: QtBot) -> None:
    button = ShyButton(icon("save"), "A text that is rather long")
    qtbot.addWidget(button)
    assert button.minimumSizeHint().width() < button.sizeHint().width() / 3
