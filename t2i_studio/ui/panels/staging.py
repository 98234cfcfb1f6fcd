"""Results over the canvas: go through them, compare them, accept one, or discard them."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton

from t2i_studio.core.words import tr
from t2i_studio.studio.notices import Level, Notice
from t2i_studio.studio.session import Session
from t2i_studio.studio.staging import ORIGINAL
from t2i_studio.studio.tools import Tool
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.canvas.compare import Comparison
from t2i_studio.ui.canvas.view import CanvasView
from t2i_studio.ui.icons import icon, tool_button
from t2i_studio.ui.itemmodels.staging import StagingModel
from t2i_studio.ui.theme import GAP, set_kind
from t2i_studio.ui.widgets.thumbnail_strip import CAPTION_HEIGHT, ThumbnailStrip

THUMBNAIL: Final = 64  # px
NARROW: Final = 640  # px of the canvas, below which only one button has words
LEAST: Final = 2  # thumbnails that are always seen
HARMLESS: Final = {Tool.pan, Tool.frame, Tool.eyedropper}  # tools that work on a result, too
NO_KEY: Final = Qt.KeyboardModifier.NoModifier
SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
KEYPAD: Final = Qt.KeyboardModifier.KeypadModifier
RETURNS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class StagingPanel(QFrame):
    """Lies over the bottom edge of the canvas while something is staged.

    So neither the window grows when a result comes, nor does the picture move. `emptied` gives
    the focus away when it had it.
    """

    emptied = Signal()
    save_requested = Signal()
    covered = Signal(int)  # px at the bottom of the canvas that it lies over

    def __init__(self, session: Session, view: CanvasView) -> None:
        super().__init__(view)
        self._session = session
        self._view = view
        self.comparison = Comparison(view)
        self.model = StagingModel(session, self)
        self.strip = ThumbnailStrip(THUMBNAIL, caption=CAPTION_HEIGHT)
        self.strip.setModel(self.model)
        self.strip.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.strip.setAccessibleName(tr("Results"))
        self.previous = tool_button("previous", tr("Previous result (Left)"))
        self.next = tool_button("next", tr("Next result (Right)"))
        self.accept = QPushButton(icon("accept", "on_accent"), tr("Accept"))
        self.as_layer = QPushButton(icon("layers"), tr("As new layer"))
        self.compare = tool_button("compare", "")
        self.hold = tool_button("eye", "")
        self.save = tool_button("save", "")
        self.discard = tool_button("trash", "")
        self.discard_all = tool_button("discard", "")
        self._set_up()
        self._lay_out()
        self._connect()
        self._bindings = Bindings(
            [on(session.staging.listed, self._show), on(session.staging.shown_changed, self._show)]
        )
        self._show()

    def unbind(self) -> None:
        self._bindings.clear()
        self.model.unbind()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give strip and canvas the keys that InvokeAI's users know."""
        if event.type() == QEvent.Type.Resize and watched is self._view:
            self._place()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self.press(event)
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyRelease:
            return self._release(event)
        elif event.type() == QEvent.Type.FocusOut:
            self.comparison.hold(False)  # the release of the key goes elsewhere
        elif event.type() == QEvent.Type.MouseButtonPress and watched is self._view:
            self._explain(event)
        return False

    def press(self, event: QKeyEvent) -> bool:
        """Act on a key while something is staged; tell whether it was one of ours."""
        if not self._session.staging.is_active or self._view.tools.is_drawing:
            return False
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~KEYPAD
        if key == Qt.Key.Key_O and modifiers == NO_KEY and self.comparison.can_compare:
            self.comparison.hold(True)
            return True
        act = self._acts(key, modifiers)
        if act:
            act()
        return act is not None

    def _acts(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> Callable[[], None] | None:
        session, staging = self._session, self._session.staging
        acts: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_Left: lambda: staging.step(-1),
            Qt.Key.Key_Right: lambda: staging.step(+1),
            Qt.Key.Key_Escape: staging.clear,
        }
        if self.comparison.can_compare:
            acts[Qt.Key.Key_M] = self.comparison.toggle
        if staging.selected is not None:
            acts |= {Qt.Key.Key_Delete: staging.discard, **dict.fromkeys(RETURNS, session.accept)}
            if modifiers == SHIFT and key in RETURNS:
                return lambda: session.accept(as_layer=True)
        return acts.get(key) if modifiers == NO_KEY else None

    def _release(self, event: QKeyEvent) -> bool:
        is_ours = event.key() == Qt.Key.Key_O and self.comparison.is_held
        if is_ours and not event.isAutoRepeat():
            self.comparison.hold(False)
        return is_ours

    def _explain(self, event: QEvent) -> None:
        """Say why the brush does nothing on a result."""
        is_left = isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton
        is_work = self._session.tools.tool not in HARMLESS and not self._session.staging.draft
        if is_left and is_work and self._session.staging.selected is not None:
            text = tr("This result is not on the canvas yet: accept it to paint on it.")
            self._session.noticed.emit(Notice(Level.info, text, tr("Accept"), self._accept))

    def _set_up(self) -> None:
        set_kind(self, "card")
        set_kind(self.accept, "primary")
        self.setAttribute(Qt.WidgetAttribute.WA_NoMousePropagation)
        self.setAccessibleName(tr("Results that are not on the canvas yet"))
        tips = (
            (self.accept, tr("Put the shown result on the canvas (Enter). One undo step.")),
            (self.as_layer, tr("Lay the shown result over the picture (Shift+Enter).")),
            (self.compare, tr("Compare with the original: a divider to drag (M)")),
            (self.hold, tr("Show the original while it is held (O)")),
            (self.save, tr("Save the shown result to a file…")),
            (self.discard, tr("Drop the shown result (Delete)\nIts file stays in the gallery.")),
            (self.discard_all, tr("Back to the original (Esc)\nThe files stay in the gallery.")),
        )
        for button, tip in tips:
            button.setToolTip(tip)
            if button is not self.accept:
                button.setAccessibleName(tip.partition("\n")[0])
        self.compare.setCheckable(True)

    def _lay_out(self) -> None:
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(GAP, 4, GAP, 4)
        row.setSpacing(4)
        row.addWidget(self.previous)
        row.addWidget(self.strip, 1)
        row.addWidget(self.next)
        row.addSpacing(GAP)
        row.addWidget(self.accept)
        row.addWidget(self.as_layer)
        row.addSpacing(4)
        for button in (self.compare, self.hold, self.save, self.discard, self.discard_all):
            row.addWidget(button)

    def _connect(self) -> None:
        staging = self._session.staging
        self.previous.clicked.connect(lambda: staging.step(-1))
        self.next.clicked.connect(lambda: staging.step(+1))
        self.accept.clicked.connect(self._accept)
        self.as_layer.clicked.connect(lambda: self._session.accept(as_layer=True))
        self.compare.clicked.connect(self.comparison.toggle)
        self.hold.pressed.connect(lambda: self.comparison.hold(True))
        self.hold.released.connect(lambda: self.comparison.hold(False))
        self.save.clicked.connect(self.save_requested)
        self.discard.clicked.connect(staging.discard)
        self.discard_all.clicked.connect(staging.clear)
        self.strip.clicked.connect(self._select)
        self.strip.doubleClicked.connect(self._take)
        self.comparison.changed.connect(self._show_comparison)
        self.strip.installEventFilter(self)
        self._view.installEventFilter(self)

    def _accept(self) -> None:
        self._session.accept()

    def _select(self, index: QModelIndex) -> None:
        self._session.staging.select(index.row())

    def _take(self, index: QModelIndex) -> None:
        self._select(index)
        self._session.accept()

    def _show(self) -> None:
        staging = self._session.staging
        focused = QApplication.focusWidget()
        had_focus = focused is not None and self.isAncestorOf(focused)
        self.setVisible(staging.is_active)
        if had_focus and not staging.is_active:
            self.emptied.emit()
        can_accept = staging.selected is not None
        for button in (self.accept, self.save, self.discard):
            button.setEnabled(can_accept)
        has_picture = self._session.document.extent is not None
        self.as_layer.setEnabled(can_accept and has_picture)
        self.strip.setCurrentIndex(self.model.index(staging.index))
        self._show_comparison()
        self._place()

    def _show_comparison(self) -> None:
        staging, comparison = self._session.staging, self.comparison
        self.compare.setChecked(comparison.is_wiping)
        self.compare.setEnabled(comparison.can_compare)
        self.hold.setEnabled(comparison.can_compare)
        name = tr("Result {number}", number=staging.index)
        if staging.shows_live:
            name = tr("Live") if staging.draft else tr("In work")
        comparison.name_result(name if staging.index != ORIGINAL else "")

    def _place(self) -> None:
        """Lie in the middle of the bottom edge, as wide as the results need."""
        room = self._view.size()
        self.as_layer.setText("" if room.width() < NARROW else tr("As new layer"))
        self._row.activate()
        height = self.sizeHint().height()
        thumbnails = self.strip.width_of(max(LEAST, self.model.rowCount()))
        wanted = self.sizeHint().width() - self.strip.sizeHint().width() + thumbnails
        width = min(wanted, room.width() - 2 * GAP)
        x, y = (room.width() - width) // 2, room.height() - height - GAP
        self.setGeometry(x, y, width, height)
        self.raise_()
        bottom = height + GAP if self._session.staging.is_active else 0
        self._view.cover_bottom(bottom)
        self.covered.emit(bottom)
