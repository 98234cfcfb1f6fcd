"""What stands at the sides of the window: the prompt with its settings, and plain docks."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDockWidget,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from t2i_studio.core.words import tr
from t2i_studio.ui import theme
from t2i_studio.ui.panels.prompt import PromptPanel
from t2i_studio.ui.panels.queue import QueuePanel

SIDE_WIDTH: Final = 304  # px


def panel_dock(name: str, title: str, content: QWidget, window: QMainWindow) -> QDockWidget:
    """Return a dock that cannot be moved; `name` is what its place is kept under."""
    dock = QDockWidget(tr(title), window)
    dock.setObjectName(name)
    dock.setTitleBarWidget(QWidget(dock))  # no title: the content says what it is
    dock.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
    dock.setWidget(content)
    return dock


def side_panel(prompt: PromptPanel, queue: QueuePanel) -> QWidget:
    """Return settings that scroll, above a button and a queue that do not."""
    side = QWidget()
    theme.set_kind(side, "panel")
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(_scrolled(prompt), 1)
    foot = QHBoxLayout()
    foot.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP)
    foot.setSpacing(theme.GAP)
    foot.addWidget(prompt.button, 1)
    foot.addWidget(queue.live)
    column.addLayout(foot)
    column.addWidget(queue)
    side.setMinimumWidth(SIDE_WIDTH)
    side.setMaximumWidth(2 * SIDE_WIDTH)
    return side


def _scrolled(content: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
