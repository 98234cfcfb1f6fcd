"""The map of pictures: what to map, the scatter, and what can be done with a selection."""

from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStyleOptionComboBox,
    QVBoxLayout,
    QWidget,
)

from t2i_studio.core.image import Image
from t2i_studio.core.latent import Basis
from t2i_studio.core.pictures import read_picture
from t2i_studio.core.words import later, tr
from t2i_studio.studio.background import Background
from t2i_studio.studio.explorer.atlas import LEAST, Atlas
from t2i_studio.studio.explorer.exploration import CORNERS
from t2i_studio.studio.explorer.explorer import Explorer
from t2i_studio.studio.explorer.picture_map import (
    PictureMap,
    component_title,
    variance_shares,
)
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.explorer.map_files import files_button
from t2i_studio.ui.theme import GAP, set_kind
from t2i_studio.ui.thumbnails import Thumbnails
from t2i_studio.ui.widgets.embedding_scatter import EmbeddingScatter
from t2i_studio.ui.widgets.wheel import only_when_focused

AXES = 8  # components that can be chosen
EDGE = 192  # px of a thumbnail's longer side: 2x what is shown
ARROW = 36  # px of a combo box without its text
SCATTER = 300  # px, its least height
NOWHERE = np.zeros((0, 2))
EMPTY = later("Map the gallery to see which pictures lie near each other.")
HINT = later("Click a picture, or draw a loop around several.")


class MapView(QWidget):
    """Shows the atlas's map and hands on what is chosen in it."""

    def __init__(
        self,
        atlas: Atlas,
        explorer: Explorer,
        background: Background,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._atlas, self._explorer = atlas, explorer
        self._shown: PictureMap | None = None
        self._pictures: dict[int, QImage] = {}  # of what is shown
        self._thumbnails = Thumbnails[Path](_read, self._place_thumbnail, background)
        self._indices: dict[Path, int] = {}
        self.source = _source_box()
        self.map_button = QPushButton()
        self.files = files_button(atlas, self)
        self.progress = _progress_bar()
        self.note = QLabel(wordWrap=True)
        self.scatter = EmbeddingScatter(self._thumbnail, tr(EMPTY))
        self.across, self.up = _axis_box(tr("Component across")), _axis_box(tr("Component upwards"))
        self.selected = QLabel(wordWrap=True)
        self.explore = QPushButton(tr("Explore"))
        self.mix = QPushButton(tr("Mix"))
        self.refit = QPushButton(tr("Map these"))
        self._set_up()
        self._lay_out()
        self._bindings = Bindings(
            [
                on(atlas.changed, self._show),
                on(atlas.selection_changed, self._show_selection),
                on(explorer.changed, self._show),
            ]
        )
        self._show_map(atlas.map)
        self._show()
        self._show_selection()

    def unbind(self) -> None:
        self._bindings.clear()

    # making it -------------------------------------------------------------------------------

    def _set_up(self) -> None:
        for label in (self.note, self.selected):
            set_kind(label, "muted")
        self.scatter.setMinimumHeight(SCATTER)
        self.map_button.clicked.connect(self._toggle)
        self.source.activated.connect(self._choose_source)
        self.scatter.selected.connect(self._atlas.select)
        self.scatter.pictures_wanted.connect(self._want)
        for box in (self.across, self.up):
            box.activated.connect(self._show_points)
        self.explore.clicked.connect(self._atlas.explore_mean)
        self.mix.clicked.connect(self._atlas.mix)
        self.refit.clicked.connect(self._atlas.refit)
        self.mix.setToolTip(
            tr(
                "Put 2 to {corners} selected pictures on the corners of the mix board.",
                corners=CORNERS,
            )
        )
        self.refit.setToolTip(
            tr(
                "Map the selection alone, {least} pictures or more: its components part what looks "
                "alike among all.",
                least=LEAST,
            )
        )

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(_row(self.source, self.map_button, self.files, stretched=self.source))
        column.addWidget(self.progress)
        column.addWidget(self.note)
        column.addWidget(self.scatter, 1)
        self._axes = QWidget()
        across, up = QLabel(tr("Across")), QLabel(tr("Up"))
        across.setBuddy(self.across)
        up.setBuddy(self.up)
        axes = _row(across, self.across, up, self.up, stretched=self.across)
        axes.setStretchFactor(self.up, 1)
        self._axes.setLayout(axes)
        self._actions = QWidget()
        actions = QVBoxLayout(self._actions)
        actions.setContentsMargins(0, 0, 0, 0)
        actions.setSpacing(4)
        actions.addWidget(self.selected)
        buttons = _row(self.explore, self.mix, self.refit)
        buttons.addStretch(1)
        actions.addLayout(buttons)
        column.addWidget(self._axes)
        column.addWidget(self._actions)

    # what to map -----------------------------------------------------------------------------

    def _toggle(self) -> None:
        """Map what is chosen, or stop that."""
        if self._atlas.is_busy:
            self._atlas.cancel()
        elif (folder := self.source.currentData()) is None:
            self._atlas.map_gallery()
        else:
            self._atlas.map_folder(Path(folder))

    def _choose_source(self, index: int) -> None:
        """Ask for a folder, if that is what was chosen, without holding up the window."""
        if index != self.source.count() - 1:
            return
        self.source.setCurrentIndex(0)
        dialog = QFileDialog(self, tr("Map a folder of pictures"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.map_folder)
        dialog.open()

    def map_folder(self, folder: str) -> None:
        """List a folder among the sources, and map it."""
        index = self.source.findData(folder)
        if index < 0:
            index = self.source.count() - 1
            self.source.insertItem(index, Path(folder).name or folder, folder)
            self.source.setItemData(index, folder, Qt.ItemDataRole.ToolTipRole)
        self.source.setCurrentIndex(index)
        self._atlas.map_folder(Path(folder))

    # showing it ------------------------------------------------------------------------------

    def _show(self) -> None:
        """Show what is going on, and the map if it is another one."""
        atlas, problem = self._atlas, self._explorer.problem
        self.progress.setVisible(atlas.is_busy)
        self.progress.setValue(round(100 * atlas.share))
        self._name_button(is_busy=atlas.is_busy)
        self.map_button.setEnabled(not problem or atlas.is_busy)
        self.note.setText(atlas.progress or problem or atlas.note)
        self.note.setVisible(bool(self.note.text()))
        if atlas.map is not self._shown:
            self._show_map(atlas.map)

    def _name_button(self, *, is_busy: bool) -> None:
        verb = tr("Cancel") if is_busy else tr("Map")
        if self.map_button.text() != verb:
            self.map_button.setText(verb)
            set_kind(self.map_button, "" if is_busy else "primary")

    def _show_map(self, found: PictureMap | None) -> None:
        self._shown = found
        self._axes.setVisible(found is not None)
        self._actions.setVisible(found is not None)
        paths = [place.path for place in found.places] if found else []
        self._indices = {path: index for index, path in enumerate(paths) if path is not None}
        self._thumbnails.start_over()
        if found is not None:
            _offer(self.across, found.basis, 0)
            _offer(self.up, found.basis, 1)
        self._show_points()

    def _show_points(self) -> None:
        """Show the map along the components that are chosen."""
        found = self._shown
        self._pictures = {}
        if found is None:
            self.scatter.show_points(NOWHERE)
            return
        across, up = self.across.currentIndex(), self.up.currentIndex()
        points = found.coordinates[:, [across, up]].astype(np.float64)
        self.scatter.show_points(points, titles=found.titles)
        self.scatter.show_axes(*(_axis_title(found.basis, axis) for axis in (across, up)))
        self.scatter.select(self._atlas.selection)

    def _show_selection(self) -> None:
        count = len(self._atlas.selection)
        if self.scatter.selection != self._atlas.selection and self._shown is self._atlas.map:
            self.scatter.select(self._atlas.selection)
        one = tr("1 picture selected") if count else tr(HINT)
        self.selected.setText(tr("{count} pictures selected", count=count) if count > 1 else one)
        self.explore.setEnabled(count > 0)
        self.explore.setText(tr("Explore mean") if count > 1 else tr("Explore"))
        self.explore.setToolTip(
            tr("Explore what these pictures have in common: the mean of their embeddings.")
            if count > 1
            else tr("Explore the selected picture.")
        )
        self.mix.setEnabled(2 <= count <= CORNERS)
        self.refit.setEnabled(count >= LEAST)

    # thumbnails ------------------------------------------------------------------------------

    def _thumbnail(self, index: int) -> QImage | None:
        path = self._shown.places[index].path if self._shown else None
        return self._thumbnails.get(path) if path else None

    def _want(self, indices: tuple[int, ...]) -> None:
        """Read the pictures that are in view; those that are known are shown at once."""
        for index in indices:
            image = self._thumbnail(index)
            if image is not None:
                self._pictures[index] = image
        self.scatter.show_pictures(self._pictures)

    def _place_thumbnail(self, path: Path) -> None:
        index, image = self._indices.get(path), self._thumbnails.get(path)
        if index is not None and image is not None:
            self._pictures[index] = image
            self.scatter.show_pictures(self._pictures)


def _read(path: Path) -> Image:
    return read_picture(path).fitted(EDGE)


def _axis_title(basis: Basis, component: int) -> str:
    share = variance_shares(basis)[component]
    return f"{component + 1}: {component_title(basis, component)}, {100 * share:.0f} %"


def _offer(box: QComboBox, basis: Basis, default: int) -> None:
    """Offer the components of a basis; the one that was chosen stays chosen by its number."""
    chosen = box.currentIndex() if box.count() else default
    box.clear()
    for component in range(min(AXES, len(basis))):
        box.addItem(f"{component + 1}: {component_title(basis, component)}")
    box.setCurrentIndex(min(max(chosen, 0), box.count() - 1))


def _source_box() -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(tr("Pictures to map"))
    box.setToolTip(tr("Which pictures are mapped: the newest of the gallery, or of a folder."))
    box.addItem(tr("Gallery"), None)
    box.addItem(tr("Choose a folder…"), "")
    _let_shrink(box)
    return box


class _AxisBox(QComboBox):
    """Ends in an ellipsis where a name has no room."""

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        super().initStyleOption(option)
        how = Qt.TextElideMode.ElideRight
        option.currentText = self.fontMetrics().elidedText(
            self.currentText(), how, self.width() - ARROW
        )


def _axis_box(name: str) -> QComboBox:
    box = _AxisBox()
    box.setAccessibleName(name)
    box.setToolTip(
        tr(
            "Which difference between the pictures this axis shows; the first ones are the "
            "largest.\n"
            "Principal component of CLIP image embeddings, Ramesh et al. 2022, section 4."
        )
    )
    _let_shrink(box)
    return box


def _let_shrink(box: QComboBox) -> None:
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(4)
    only_when_focused(box)


def _progress_bar() -> QProgressBar:
    bar = QProgressBar()
    bar.setRange(0, 100)
    bar.setTextVisible(False)
    bar.setAccessibleName(tr("Pictures embedded"))
    return bar


def _row(*widgets: QWidget, stretched: QWidget | None = None) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GAP)
    for widget in widgets:
        row.addWidget(widget, int(widget is stretched))
    return row
