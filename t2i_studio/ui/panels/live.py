"""The live mode in the window: a button that turns it on, and a bar that tells of it."""

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from t2i_studio.core.words import tr
from t2i_studio.studio.session import Session
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.icons import SIZE, icon, tool_button
from t2i_studio.ui.live_timer import LiveTimer
from t2i_studio.ui.theme import GAP, ICON, set_kind
from t2i_studio.ui.widgets.busy_line import BusyLine

LARGE = 36  # px, as high as the button beside it


class LiveButton(QToolButton):
    """On or off."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setIcon(icon("live"))
        self.setIconSize(SIZE)
        self.setFixedSize(LARGE, LARGE)
        self.setAccessibleName(tr("Live mode"))
        self.setToolTip(
            tr("Live mode: a picture follows what you paint, write or set. It is not kept.")
        )
        self.clicked.connect(lambda: session.live.toggle())
        self._bindings = Bindings([on(session.live.toggled, self._show)])
        self._show(is_on=session.live.is_on)

    def unbind(self) -> None:
        self._bindings.clear()

    def _show(self, is_on: bool) -> None:
        self.setChecked(is_on)
        self.setIcon(icon("live", "accent" if is_on else "text"))


class LiveBar(QFrame):
    """Lies over the canvas while the live mode is on: its seed, Keep, and the way out."""

    def __init__(self, session: Session, view: QWidget) -> None:
        super().__init__(view)
        self._session, self._view = session, view
        self._timer = LiveTimer(session.live, self)
        self.label = QLabel()
        self.keep = QPushButton(tr("Keep"))
        self.close_button = tool_button("close", tr("Leave the live mode"))
        self.busy = BusyLine(self)
        self._set_up()
        live, staging = session.live, session.staging
        self._bindings = Bindings(
            [
                on(live.toggled, lambda _: self._show()),
                on(live.run.busy_changed, lambda is_busy: self.busy.setVisible(is_busy)),
                on(session.settings.events.seed, lambda _: self._show()),
                on(staging.listed, self._show_keep),
                on(staging.shown_changed, self._show_keep),
            ]
        )
        self._show()

    def unbind(self) -> None:
        self._bindings.clear()
        self._timer.unbind()
        self._view.removeEventFilter(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        place = QRect(GAP, (self.height() - ICON) // 2, ICON, ICON)
        icon("live", "accent").paint(painter, place)
        painter.end()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _set_up(self) -> None:
        set_kind(self, "card")
        self.setAccessibleName(tr("Live mode"))
        self.keep.setToolTip(tr("Put the full picture that is shown into the gallery."))
        self.keep.clicked.connect(self._session.live.keep)
        self.close_button.clicked.connect(self._session.live.stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GAP + ICON, 4, 4, 4)
        row.setSpacing(GAP)
        for widget in (self.label, self.keep, self.close_button):
            row.addWidget(widget)
        self._view.installEventFilter(self)

    def _show(self) -> None:
        self.label.setText(tr("Live · seed {seed}", seed=self._session.settings.seed))
        self.setVisible(self._session.live.is_on)
        self._show_keep()
        self._place()

    def _show_keep(self) -> None:
        self.keep.setEnabled(self._session.staging.draft is not None)

    def _place(self) -> None:
        """Lie in the left upper corner of the canvas."""
        self.adjustSize()
        self.move(GAP, GAP)
        self.busy.setGeometry(1, self.height() - 3, self.width() - 2, 2)
        self.raise_()
