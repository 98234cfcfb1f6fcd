"""The PCA tab: a map of many pictures, and their principal components as sliders."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from t2i_studio.studio.background import Background
from t2i_studio.studio.explorer.atlas import Atlas
from t2i_studio.studio.presets import words
from t2i_studio.studio.session import Session
from t2i_studio.ui.explorer.component_sliders import ComponentSliders
from t2i_studio.ui.explorer.map_view import MapView
from t2i_studio.ui.explorer.strip_export import StripExport
from t2i_studio.ui.theme import GAP, MARGIN


class ComponentsTab(QScrollArea):
    """The map stands first: without it there are no components."""

    def __init__(
        self, session: Session, background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        explorer = session.explorer
        self.atlas = Atlas(explorer, session.shelf.gallery, background, words())
        self.map = MapView(self.atlas, explorer, background)
        self.export = StripExport(self.atlas.components.strip, session, background, self)
        self.sliders = ComponentSliders(self.atlas.components, explorer, self.export)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(2 * GAP)
        column.addWidget(self.map, 1)
        column.addWidget(self.sliders)
        self.setWidget(content)

    def unbind(self) -> None:
        self.map.unbind()
        self.sliders.unbind()
        self.export.unbind()
