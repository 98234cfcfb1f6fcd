import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from t2i_studio.core.paths import resource
from t2i_studio.ui import icons, theme
from t2i_studio.ui.palette import DARK, LIGHT, Theme, contrast, luminance, mixed
from t2i_studio.ui.stylesheet import stylesheet

both = pytest.mark.parametrize("look", [DARK, LIGHT], ids=lambda look: look.name)


@both
@pytest.mark.parametrize("token", ["text", "muted", "accent", "danger", "ok", "warn"])
def test_every_text_can_be_read_on_every_surface(look: Theme, token: str) -> None:
    states = {"hover", "pressed", "selected"} if token in {"ok", "danger", "warn"} else set()
    ratios = {
        name: contrast(getattr(look, token), surface)
        for name, surface in look.surfaces.items()
        if name not in states
    }
    assert {name: ratio for name, ratio in ratios.items() if ratio < 4.5} == {}


@both
def test_text_can_be_read_on_the_accent_and_around_pictures(look: Theme) -> None:
    pairs = [
        (look.on_accent, look.accent),
        (look.on_accent, look.accent_hover),
        (look.text, look.canvas),
        (look.muted, look.canvas),
    ]
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


@both
@pytest.mark.parametrize("surface", ["window", "panel", "raised", "field"])
def test_lines_and_focus_rings_can_be_seen(look: Theme, surface: str) -> None:
    assert contrast(look.line, getattr(look, surface)) >= 3
    assert contrast(look.focus, getattr(look, surface)) >= 3


@both
def test_the_area_around_pictures_is_neutral_grey(look: Theme) -> None:
    for colour in (QColor(look.canvas), QColor(look.checker)):
        assert colour.red() == colour.green() == colour.blue()


def test_contrast_of_known_pairs() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert luminance("#FF0000") == pytest.approx(0.2126)
    assert mixed("#000000", "#FF8000", 0.5) == "#804000"


@both
def test_apply_sets_palette_and_tabular_figures(
    qapp: QApplication, request: pytest.FixtureRequest, look: Theme
) -> None:
    theme.apply(qapp, look)
    assert theme.current() is look
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(look.window)
    assert qapp.font().featureValue(QFont.Tag("tnum")) == 1


def test_an_unknown_system_is_dark(qapp: QApplication) -> None:
    expected = LIGHT if qapp.styleHints().colorScheme() == Qt.ColorScheme.Light else DARK
    assert theme.system_theme() is expected


@both
def test_controls_have_one_height(qtbot: QtBot, qapp: QApplication, look: Theme) -> None:
    theme.apply(qapp, look)
    column = QWidget()
    qtbot.addWidget(column)
    layout = QVBoxLayout(column)
    widgets = [
        QPushButton("Text"),
        QLineEdit(),
        QSpinBox(),
        QComboBox(),
        icons.tool_button("gear", "Settings"),
    ]
    for widget in widgets:
        layout.addWidget(widget)
    column.show()
    assert {type(widget).__name__: widget.height() for widget in widgets} == {
        type(widget).__name__: theme.CONTROL for widget in widgets
    }


def test_focus_moves_nothing(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, DARK)
    edit = QLineEdit()
    qtbot.addWidget(edit)
    edit.show()
    edit.clearFocus()
    before = edit.sizeHint()
    edit.setFocus()
    assert edit.sizeHint() == before


def test_no_text_below_eleven_pixels(qapp: QApplication) -> None:
    small = QFont(qapp.font())
    small.setPixelSize(9)
    assert theme.caption_font(small).pixelSize() == 11
    points = QFont(qapp.font())
    points.setPointSizeF(5)
    assert QFontInfo(theme.caption_font(points)).pixelSize() >= 11
    assert theme.heading_font(qapp.font()).pointSizeF() > qapp.font().pointSizeF()


@both
def test_the_stylesheet_names_only_files_that_exist(look: Theme) -> None:
    text = stylesheet(look)
    assert "$" not in text
    files = {part.split(")")[0] for part in text.split("url(")[1:]}
    assert files
    assert [file for file in files if not resource("ui").joinpath(file).is_file()] == []


@pytest.mark.parametrize("name", sorted(icons.NAMES))
def test_every_icon_is_drawn(qapp: QApplication, name: str) -> None:
    image = icons.icon(name).pixmap(18, 18).toImage()
    assert any(image.pixelColor(x, y).alpha() > 128 for x in range(18) for y in range(18))


def test_icons_follow_the_theme_and_are_made_once(qapp: QApplication) -> None:
    tints = set()
    for look in (DARK, LIGHT):
        theme.apply(qapp, look)
        image = icons.icon("star_on").pixmap(18, 18).toImage()
        assert image.pixelColor(9, 10) == QColor(look.text)
        tints.add(image.pixelColor(9, 10).name())
    assert len(tints) == 2
    assert icons.icon("star_on") is icons.icon("star_on")


def test_icons_are_sharp_at_any_scale(qapp: QApplication) -> None:
    pixmap = icons.icon("gear").pixmap(icons.SIZE, 2.0)
    assert pixmap.width() == 2 * icons.SIZE.width()
    assert pixmap.devicePixelRatio() == 2


def test_an_icon_in_an_unknown_tint_is_refused(qapp: QApplication) -> None:
    with pytest.raises(KeyError):
        icons.icon("gear", "pink")


def test_a_tool_button_is_called_what_its_tooltip_says_first(qtbot: QtBot) -> None:
    button = icons.tool_button("brush", "Brush (B)\nPaint what should change.")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Brush (B)"
    assert button.toolTip().endswith("change.")


def test_the_number_of_a_spin_box_keeps_its_distance(qtbot: QtBot) -> None:
    spin = QSpinBox()
    qtbot.addWidget(spin)
    theme.indent(spin)
    assert spin.lineEdit().textMargins().left() > 0
