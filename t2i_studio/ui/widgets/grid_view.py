"""A table of pictures with values at its sides: arrows move, a click or Return choose."""

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from t2i_studio.core.words import tr
from t2i_studio.ui.itemmodels.grid import LEAST, MOST, GridModel
from t2i_studio.ui.theme import RADIUS, current

PAD: Final = 6  # px around a picture
STEP: Final = 16  # px, by the wheel and by keys
ROW_LABELS: Final = 140  # px, at most
NOTCH: Final = 120  # of a wheel


class GridView(QTableView):
    """Ctrl+wheel, Ctrl++ and Ctrl+- change how large the cells are."""

    chosen = Signal(int)  # a cell that is made, or not yet
    edge_changed = Signal(int)  # px

    def __init__(self, model: GridModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._edge = 96
        self.setModel(model)
        self.setItemDelegate(_Cell(self))
        self.setAccessibleName(tr("Grid of pictures"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setSectionsClickable(False)
            header.setHighlightSections(False)
            header.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().setMaximumWidth(ROW_LABELS)
        self.setCornerButtonEnabled(False)
        self.clicked.connect(self._choose)
        model.modelReset.connect(self._follow_grid)
        self.set_edge(self._edge)

    @property
    def edge(self) -> int:
        return self._edge

    def set_edge(self, edge: int) -> None:
        """Draw cells so large, within limits; px."""
        self._edge = max(LEAST, min(edge, MOST))
        self._model.set_edge(round(self._edge * self.devicePixelRatio()))
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setMinimumSectionSize(LEAST)
            header.setDefaultSectionSize(self._edge + 2 * PAD)
        self.viewport().update()
        self.edge_changed.emit(self._edge)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self.currentIndex())
        elif is_ctrl and event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.set_edge(self._edge + STEP)
        elif is_ctrl and event.key() == Qt.Key.Key_Minus:
            self.set_edge(self._edge - STEP)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_edge(self._edge + STEP * event.angleDelta().y() // NOTCH)
            event.accept()
        else:
            super().wheelEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.set_edge(self._edge)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self._model.place(index))

    def _follow_grid(self) -> None:
        self.verticalHeader().setVisible(self._model.rowCount() > 1)
        self.setCurrentIndex(self._model.index(0, 0))


class _Cell(QStyledItemDelegate):
    """Draws a picture, or the place where one will be."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        room = option.rect.adjusted(PAD, PAD, -PAD, -PAD)
        image, look = index.data(Qt.ItemDataRole.DecorationRole), current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if isinstance(image, QImage):
            size = image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(0, 0, size.width(), size.height())
            place.moveCenter(room.toRectF().center())
            painter.drawImage(place, image)
        else:
            painter.setPen(QPen(QColor(look.hairline), 1))
            painter.setBrush(QColor(look.canvas))
            painter.drawRoundedRect(room.toRectF(), RADIUS, RADIUS)
        if option.state & QStyle.StateFlag.State_Selected:
            has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(look.focus if has_focus else look.line), 2))
            painter.drawRoundedRect(room.adjusted(-3, -3, 3, 3).toRectF(), RADIUS, RADIUS)
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return option.decorationSize
