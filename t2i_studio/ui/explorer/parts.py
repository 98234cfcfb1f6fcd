"""What the tabs of the explorer are put together from."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from t2i_studio.core.words import tr
from t2i_studio.studio.explorer.strip import FilmStripRun
from t2i_studio.ui.theme import GAP, MARGIN, heading_font, set_kind

SECTIONS = 20  # px between sections


def heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setFont(heading_font(label.font()))
    return label


def words(text: str = "", kind: str = "muted") -> QLabel:
    """Return text that may be long."""
    label = QLabel(text, wordWrap=True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    set_kind(label, kind)
    return label


def say(label: QLabel, text: str) -> None:
    """Show a text, or nothing for an empty one."""
    label.setText(text)
    label.setVisible(bool(text))


def row(*widgets: QWidget) -> QHBoxLayout:
    """Put widgets beside one another, from the left."""
    result = QHBoxLayout()
    result.setSpacing(GAP)
    for widget in widgets:
        result.addWidget(widget)
    result.addStretch(1)
    return result


def stacked(section: QWidget, *parts: QWidget | QLayout) -> None:
    """Put the parts of a section below one another."""
    column = QVBoxLayout(section)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(GAP)
    for part in parts:
        if isinstance(part, QLayout):
            column.addLayout(part)
        else:
            column.addWidget(part)


def toggle(run: FilmStripRun, start: Callable[[], None]) -> None:
    """Stop what runs, or start it."""
    if run.is_busy:
        run.cancel()
    else:
        start()


def progress(run: FilmStripRun) -> str:
    """Say how many pictures are made while they are."""
    if not run.is_busy:
        return ""
    return tr("{count} of {total} pictures", count=len(run.images), total=len(run.frames))


def line() -> QFrame:
    frame = QFrame()
    set_kind(frame, "line")
    return frame


def fill(area: QScrollArea, *sections: QWidget) -> None:
    """Put sections below one another into an area that scrolls up and down only."""
    content = QWidget()
    column = QVBoxLayout(content)
    column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
    column.setSpacing(SECTIONS)
    for place, section in enumerate(sections):
        if place:
            column.addWidget(line())
        column.addWidget(section)
    column.addStretch(1)
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
