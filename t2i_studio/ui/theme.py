"""The look: Fusion with our palettes, and small helpers that keep widgets to it."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QWidget

from t2i_studio.ui.palette import DARK, LIGHT, THEMES, Theme
from t2i_studio.ui.stylesheet import stylesheet

__all__ = ["DARK", "LIGHT", "THEMES", "Theme", "apply", "caption_font", "current", "set_kind"]

GAP: Final = 8  # px between things
MARGIN: Final = 12  # px around them
CONTROL: Final = 28  # px, height of whatever can be pressed or typed into
ICON: Final = 18  # px, inside of it
RADIUS: Final = 6  # px
INDENT: Final = 5  # px, of the text of a spin box, which adds 3 itself
SMALLEST_TEXT: Final = 11  # px
APPLIED: Final = "t2i_look"  # a property of the application

_ROLES = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "field",
    QPalette.ColorRole.AlternateBase: "panel",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "control",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "danger",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.Light: "hover",
    QPalette.ColorRole.Midlight: "hairline",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "line",
    QPalette.ColorRole.Shadow: "pressed",
}
_TEXTS = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
    QPalette.ColorRole.PlaceholderText,
)


def apply(app: QApplication, theme: Theme, text_percent: int = 100) -> None:
    """Give the whole program a theme and a text size; may be called again at any time."""
    app.setStyle("Fusion")
    app.setPalette(palette(theme))
    own = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    app.setFont(tabular(_sized(own, text_percent / 100)))
    app.setStyleSheet(stylesheet(theme))
    app.setProperty(APPLIED, _look(theme, text_percent))


def is_applied(app: QApplication, theme: Theme, text_percent: int = 100) -> bool:
    """Tell whether the program has this look already: giving it takes a tenth of a second."""
    return bool(app.property(APPLIED) == _look(theme, text_percent))


def _look(theme: Theme, text_percent: int) -> str:
    return f"{theme.name} {text_percent}"


def system_theme() -> Theme:
    """Follow the system where it tells; else dark, which pictures are best judged in."""
    scheme = QGuiApplication.styleHints().colorScheme()
    return LIGHT if scheme == Qt.ColorScheme.Light else DARK


def current() -> Theme:
    """Return the theme that is applied; for widgets that paint themselves."""
    window = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return LIGHT if window == QColor(LIGHT.window) else DARK


def palette(theme: Theme) -> QPalette:
    result = QPalette()
    for role, token in _ROLES.items():
        result.setColor(role, QColor(getattr(theme, token)))
    for role in _TEXTS:
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.disabled))
    return result


def tabular(font: QFont) -> QFont:
    """Return the font with figures of one width, so that running numbers do not jitter."""
    result = QFont(font)
    result.setFeature(QFont.Tag("tnum"), 1)
    return result


def caption_font(font: QFont) -> QFont:
    """Return a smaller font for captions, never below the smallest text."""
    return _sized(font, 0.88)


def heading_font(font: QFont) -> QFont:
    """Return a larger, heavier font for headings."""
    result = _sized(font, 1.15)
    result.setWeight(QFont.Weight.DemiBold)
    return result


def _sized(font: QFont, factor: float) -> QFont:
    result = QFont(font)
    if factor == 1.0:
        return result
    # The size is set in points or in pixels, and the other is -1.
    if font.pixelSize() > 0:
        result.setPixelSize(max(SMALLEST_TEXT, round(font.pixelSize() * factor)))
        return result
    points_of_smallest = SMALLEST_TEXT * 72 / QGuiApplication.primaryScreen().logicalDotsPerInchY()
    result.setPointSizeF(max(points_of_smallest, font.pointSizeF() * factor))
    return result


def indent(spin: QAbstractSpinBox) -> None:
    """Give the number of a spin box the distance to the border that stylesheets cannot."""
    spin.lineEdit().setTextMargins(INDENT, 0, 0, 0)


def set_kind(widget: QWidget, kind: str) -> None:
    """Choose a variant from the stylesheet: "primary", "flat", "link", "danger", "muted", ..."""
    set_property(widget, "kind", kind)


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set what the stylesheet asks for and have the widget drawn by it."""
    widget.setProperty(name, value)
    # Before it is first shown it would only lose its own font (Qt 6.11); it is polished then.
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)
