"""Icons by what they stand for, drawn from the Phosphor font that QtAwesome carries.

QtAwesome itself is not imported: with all of its fonts that takes 180 ms before the first paint,
the outlines of this one font 6 ms. Icons take their colour from the palette when they are painted,
so they follow the theme, and they are outlines, so they are sharp at any scale.
"""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QIcon,
    QIconEngine,
    QPainter,
    QPainterPath,
    QPalette,
    QPixmap,
    QRawFont,
    QTransform,
)
from PySide6.QtWidgets import QToolButton

from t2i_studio.ui.theme import CONTROL, ICON, current

NAMES = {
    "accept": "check",
    "align_centre": "text-align-center",
    "align_left": "text-align-left",
    "align_right": "text-align-right",
    "app": "cube",
    "back": "arrow-left",
    "bold": "text-bolder",
    "bounds": "bounding-box",
    "brush": "paint-brush",
    "canvas": "image-square",
    "canvas_size": "frame-corners",
    "clear": "selection-slash",
    "close": "x",
    "collapse": "caret-down",
    "colour_select": "magic-wand",
    "compare": "square-half",
    "copy": "copy",
    "crop": "crop",
    "cut": "scissors",
    "danger": "warning-octagon",
    "dice": "dice-five",
    "discard": "x-circle",
    "download": "download-simple",
    "down": "arrow-down",
    "edit": "pencil-simple",
    "eraser": "eraser",
    "expand": "caret-right",
    "explore": "compass",
    "export": "export",
    "eye": "eye",
    "eye_off": "eye-slash",
    "fill": "paint-bucket",
    "fit": "corners-out",
    "folder": "folder-open",
    "front": "arrow-line-up",
    "frame": "bounding-box",
    "free": "scribble-loop",
    "gallery": "film-strip",
    "gear": "gear-six",
    "generate": "sparkle",
    "grid": "squares-four",
    "hand": "hand",
    "help": "question",
    "history": "clock-counter-clockwise",
    "info": "info",
    "inpaint": "magic-wand",
    "invert": "selection-inverse",
    "italic": "text-italic",
    "keyboard": "keyboard",
    "lasso": "polygon",
    "layers": "stack",
    "list": "list",
    "live": "lightning",
    "lock": "lock-simple",
    "map": "circles-three",
    "mask": "selection-foreground",
    "menu": "dots-three",
    "minus": "minus",
    "mix": "intersect",
    "model": "cube",
    "move": "arrows-out-cardinal",
    "new": "file-plus",
    "next": "caret-right",
    "ok": "check-circle",
    "open": "folder-open",
    "palette": "command",
    "paste": "clipboard",
    "pause": "pause",
    "picture": "image",
    "pin": "push-pin",
    "pin_on": "push-pin-fill",
    "pipette": "eyedropper",
    "play": "play",
    "plus": "plus",
    "pop_out": "arrow-square-out",
    "pressure": "pen-nib",
    "previous": "caret-left",
    "queue": "queue",
    "rectangle": "selection-plus",
    "recycle": "recycle",
    "redo": "arrow-u-up-right",
    "reset": "arrow-counter-clockwise",
    "save": "floppy-disk",
    "search": "magnifying-glass",
    "shape": "selection",
    "sliders": "sliders-horizontal",
    "star": "star",
    "star_on": "star-fill",
    "stop": "stop",
    "swap": "swap",
    "text": "text-t",
    "theme": "circle-half",
    "trash": "trash",
    "undo": "arrow-u-up-left",
    "up": "arrow-up",
    "upscale": "arrows-out-simple",
    "variations": "shuffle",
    "warn": "warning",
    "zoom_in": "magnifying-glass-plus",
    "zoom_out": "magnifying-glass-minus",
}
TINTS = ("text", "muted", "accent", "on_accent", "danger", "ok", "warn")
SIZE = QSize(ICON, ICON)
EM = 256.0  # px at which outlines are read


@cache
def icon(name: str, tint: str = "text") -> QIcon:
    """Return the icon called `name` in NAMES in the colour `tint` of the theme."""
    if tint not in TINTS:
        raise KeyError(tint)
    return QIcon(_Engine(NAMES[name], tint))


class _Engine(QIconEngine):
    def __init__(self, glyph: str, tint: str) -> None:
        super().__init__()
        self._glyph, self._tint = glyph, tint

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = min(rect.width(), rect.height()) / EM
        middle = QPointF(rect.x() + rect.width() / 2, rect.y() + rect.height() / 2)
        place = QTransform.fromTranslate(middle.x(), middle.y()).scale(scale, scale)
        painter.fillPath(place.map(_outline(self._glyph)), self._colour(mode))
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        result = QPixmap(size)
        result.fill(Qt.GlobalColor.transparent)
        painter = QPainter(result)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return result

    def _colour(self, mode: QIcon.Mode) -> QColor:
        if mode == QIcon.Mode.Disabled:
            group, role = QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText
            return QGuiApplication.palette().color(group, role)
        return QColor(getattr(current(), self._tint))


@cache
def _font() -> tuple[QRawFont, dict[str, str]]:
    """Load the outlines and the code points of their names."""
    package = find_spec("qtawesome")
    assert package is not None
    assert package.origin is not None
    fonts = Path(package.origin).parent / "fonts"
    names = json.loads(next(fonts.glob("phosphor-charmap-*.json")).read_text())
    return QRawFont(str(next(fonts.glob("phosphor-[0-9]*.ttf"))), EM), names


@cache
def _outline(glyph: str) -> QPainterPath:
    """Return the outline of a glyph around (0, 0), one em wide."""
    font, names = _font()
    path = font.pathForGlyph(font.glyphIndexesForString(chr(int(names[glyph], 16)))[0])
    # The artwork fills the em box from baseline to EM above it.
    return path.translated(-EM / 2, (font.ascent() - font.descent()) / 2)


def outline(name: str) -> QPainterPath:
    """Return the outline of the icon called `name` in NAMES around (0, 0), one EM wide."""
    return _outline(NAMES[name])


def tool_button(name: str, tip: str) -> QToolButton:
    """Return a quiet button with an icon; `tip` is its tooltip and what it is called."""
    button = QToolButton()
    button.setIcon(icon(name))
    button.setIconSize(SIZE)
    # Qt's own hint for a tool button is 3 px larger than its icon and borders.
    button.setFixedSize(CONTROL, CONTROL)
    button.setToolTip(tip)
    button.setAccessibleName(tip.partition("\n")[0])
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
