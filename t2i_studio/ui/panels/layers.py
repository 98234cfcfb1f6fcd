"""The layers of the picture and its mask: what one paints on, and how they lie over each other."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPoint,
    QSignalBlocker,
    Qt,
)
from PySide6.QtWidgets import (
    QDockWidget,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QSlider,
    QSpinBox,
    QStackedLayout,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from t2i_studio.core.errors import UserError
from t2i_studio.core.layers import MASK
from t2i_studio.core.words import tr
from t2i_studio.studio.notices import Level, Notice
from t2i_studio.studio.session import Session
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.icons import icon, tool_button
from t2i_studio.ui.itemmodels.layers import LayersModel
from t2i_studio.ui.panels.layer_list import LayerList
from t2i_studio.ui.theme import GAP, MARGIN, indent, set_kind
from t2i_studio.ui.widgets.elided_label import ElidedLabel
from t2i_studio.ui.window_layout import is_shown

WIDTH: Final = 240  # px


class LayersPanel(QWidget):
    """A list with the mask on top, then the layers as one looks at them: the uppermost first."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._document = session.document
        self.model = LayersModel(session.document, session.tools, self)
        self.list = LayerList()
        self.list.setModel(self.model)
        self.target = ElidedLabel("")
        self.empty = QLabel(tr("Open or make a picture: its layers and its mask are listed here."))
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.percent = QSpinBox()
        self.close_button = tool_button("close", tr("Close the layers"))
        self.add = tool_button("plus", tr("Add a clear layer (Insert)"))
        self.duplicate = tool_button("copy", tr("Duplicate the layer (Ctrl+J)"))
        self.up = tool_button("up", tr("Move the layer up (Alt+Up)"))
        self.down = tool_button("down", tr("Move the layer down (Alt+Down)"))
        self.remove = tool_button("trash", tr("Remove the layer (Delete)"))
        self.more = tool_button("menu", tr("More: merge, flatten, rename"))
        self._set_up()
        self._lay_out()
        self._connect()
        self._bindings = Bindings(
            [
                on(self._document.layers_changed, self._show),
                on(self._document.active_changed, self._show),
                on(self._document.extent_changed, lambda _: self._show()),
            ]
        )
        self._show()

    def unbind(self) -> None:
        self._bindings.clear()
        self.model.unbind()

    # what can be done --------------------------------------------------------------------------

    def add_layer(self) -> None:
        name = tr("Layer {number}", number=len(self._document.layers) + 1)
        self._try(lambda: self._document.add_layer(name))

    def duplicate_layer(self) -> None:
        self._with_layer(self._document.duplicate_layer)

    def remove_layer(self) -> None:
        self._with_layer(self._document.remove_layer)

    def merge_down(self) -> None:
        self._with_layer(self._document.merge_down)

    def flatten(self) -> None:
        self._try(self._document.flatten)

    def move_layer(self, by: int) -> None:
        """Move the layer up (+1) or down (-1)."""

        def move(layer: str) -> None:
            ids = [each.id for each in self._document.layers]
            place = ids.index(layer) + by
            if 0 <= place < len(ids):
                self._document.move_layer(layer, place)

        self._with_layer(move)

    def rename_layer(self) -> None:
        """Write over the name in the list."""
        self.list.setFocus()
        self.list.edit(self.list.currentIndex())

    def _with_layer(self, call: Callable[[str], object]) -> None:
        if self._document.active != MASK:
            self._try(lambda: call(self._document.active))

    def _try(self, call: Callable[[], object]) -> None:
        if self._document.extent is None:
            return
        try:
            call()
        except UserError as error:
            self._session.noticed.emit(Notice(Level.info, str(error)))

    # layout ------------------------------------------------------------------------------------

    def _set_up(self) -> None:
        set_kind(self, "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_kind(self.target, "muted")
        set_kind(self.empty, "muted")
        self.setMinimumWidth(WIDTH)
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self.opacity.setRange(0, 100)
        self.percent.setRange(0, 100)
        self.percent.setSuffix(" %")
        indent(self.percent)
        for control in (self.opacity, self.percent):
            control.setAccessibleName(tr("Opacity of the layer"))
            control.setToolTip(tr("How much the layer covers of what lies below it."))
        for button, name in (
            (self.add, tr("Add layer")),
            (self.duplicate, tr("Duplicate layer")),
            (self.up, tr("Move layer up")),
            (self.down, tr("Move layer down")),
            (self.remove, tr("Remove layer")),
            (self.more, tr("More about layers")),
        ):
            button.setAccessibleName(name)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GAP, 0, GAP)
        column.setSpacing(GAP)
        head = _row(column)
        head.addWidget(self.target, 1)
        head.addWidget(self.close_button)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.empty)
        column.addLayout(self._pages, 1)
        opacity = _row(column)
        opacity.addWidget(QLabel(tr("Opacity")))
        opacity.addWidget(self.opacity, 1)
        opacity.addWidget(self.percent)
        buttons = _row(column)
        buttons.setSpacing(2)
        for button in (self.add, self.duplicate, self.up, self.down):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.more)
        buttons.addWidget(self.remove)

    def _connect(self) -> None:
        self.add.clicked.connect(self.add_layer)
        self.duplicate.clicked.connect(self.duplicate_layer)
        self.up.clicked.connect(lambda: self.move_layer(+1))
        self.down.clicked.connect(lambda: self.move_layer(-1))
        self.remove.clicked.connect(self.remove_layer)
        self.more.clicked.connect(lambda: self._open_menu(self.more, self.more.rect().bottomLeft()))
        self.list.removed.connect(self.remove_layer)
        self.list.moved.connect(self.move_layer)
        self.list.added.connect(self.add_layer)
        self.list.duplicated.connect(self.duplicate_layer)
        self.list.selectionModel().currentChanged.connect(self._activate)
        self.list.customContextMenuRequested.connect(
            lambda at: self._open_menu(self.list.viewport(), at)
        )
        self.model.modelReset.connect(self._show)
        self.opacity.valueChanged.connect(self._change_opacity)
        self.percent.valueChanged.connect(self._change_opacity)

    def _open_menu(self, beside: QWidget, at: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(beside.mapToGlobal(at))

    def menu(self) -> QMenu:
        """Return what can be done to the mask or the layer that is worked on."""
        menu = QMenu(self)
        layers, document = self._document.layers, self._document
        is_layer, index = document.active != MASK, self._index
        entries = (
            (tr("Add layer"), "plus", self.add_layer, document.extent is not None),
            (tr("Duplicate layer"), "copy", self.duplicate_layer, is_layer),
            (tr("Rename layer"), "edit", self.rename_layer, is_layer),
            None,
            (tr("Move up"), "up", lambda: self.move_layer(+1), -1 < index < len(layers) - 1),
            (tr("Move down"), "down", lambda: self.move_layer(-1), index > 0),
            (tr("Merge down"), "layers", self.merge_down, index > 0),
            (tr("Flatten picture"), "layers", self.flatten, len(layers) > 1),
            None,
            (tr("Invert mask"), "invert", document.invert_mask, document.extent is not None),
            (tr("Clear mask"), "clear", document.clear_mask, document.has_mask),
            None,
            (tr("Remove layer"), "trash", self.remove_layer, is_layer and len(layers) > 1),
        )
        for entry in entries:
            if entry is None:
                menu.addSeparator()
                continue
            text, name, call, is_enabled = entry
            action = menu.addAction(icon(name), text)
            action.triggered.connect(call)
            action.setEnabled(is_enabled)
        return menu

    # following ---------------------------------------------------------------------------------

    @property
    def _index(self) -> int:
        """Where in `layers` the layer is that is worked on; -1 for the mask."""
        ids = [layer.id for layer in self._document.layers]
        return ids.index(self._document.active) if self._document.active in ids else -1

    def _activate(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self._document.activate(self.model.target_at(now.row()))

    def _change_opacity(self, percent: int) -> None:
        self._with_layer(lambda layer: self._document.change_layer(layer, opacity=percent / 100))

    def _show(self) -> None:
        document, layer = self._document, self._document.active_layer
        has_picture = document.extent is not None
        self._pages.setCurrentIndex(0 if has_picture else 1)
        name = layer.name if layer else tr("Mask")
        self.target.setText(tr("You paint on: {name}", name=name) if has_picture else tr("Layers"))
        row = self.model.row_of(document.active)
        if row >= 0 and row != self.list.currentIndex().row():
            self.list.setCurrentIndex(self.model.index(row))
        self._show_opacity(round(100 * layer.opacity) if layer else 100)
        self._enable(has_layer=layer is not None)

    def _show_opacity(self, percent: int) -> None:
        for control in (self.opacity, self.percent):
            blocker = QSignalBlocker(control)
            control.setValue(percent)
            blocker.unblock()

    def _enable(self, *, has_layer: bool) -> None:
        count, index = len(self._document.layers), self._index
        self.add.setEnabled(count > 0)
        self.more.setEnabled(count > 0)
        for control in (self.opacity, self.percent, self.duplicate):
            control.setEnabled(has_layer)
        self.up.setEnabled(-1 < index < count - 1)
        self.down.setEnabled(index > 0)
        self.remove.setEnabled(has_layer and count > 1)


class LayersDock(QDockWidget):
    """Beside the canvas, without a title: the content says what it is."""

    def __init__(self, session: Session, window: QMainWindow) -> None:
        super().__init__(tr("Layers"), window)
        self.setObjectName("Layers")
        self.panel = LayersPanel(session)
        self.setWidget(self.panel)
        self.setTitleBarWidget(QWidget(self))
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        self.setAllowedAreas(
            Qt.DockWidgetArea.RightDockWidgetArea | Qt.DockWidgetArea.LeftDockWidgetArea
        )
        self.panel.close_button.clicked.connect(self.hide)
        window.installEventFilter(self)

    def unbind(self) -> None:
        self.panel.unbind()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the focus from the tabs that the window makes where docks lie over each other.

        With a single tab Qt keeps them out of sight, but where Tab goes; each dock has a key.
        """
        if event.type() == QEvent.Type.ChildPolished and isinstance(watched, QMainWindow):
            direct = Qt.FindChildOption.FindDirectChildrenOnly
            for bar in watched.findChildren(QTabBar, options=direct):
                bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return False

    def toggle(self) -> None:
        """Show the layers and go there, or hide them."""
        if is_shown(self):
            self.hide()
            return
        self.show()
        self.raise_()
        self.panel.list.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _row(column: QVBoxLayout) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(MARGIN, 0, GAP, 0)
    row.setSpacing(GAP)
    column.addLayout(row)
    return row
