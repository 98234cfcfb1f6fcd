"""A thin line that runs along an edge while something is being computed."""

from PySide6.QtCore import QElapsedTimer, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QStyle, QWidget

from t2i_studio.ui.theme import current

HEIGHT = 2  # px
FRAME_MS = 33
LAP_MS = 1400  # from one end to the other
SHARE = 0.3  # of the width that is lit


def is_animated(widget: QWidget) -> bool:
    """Tell whether the style, and with it the system, wants things to move."""
    hint = QStyle.StyleHint.SH_Widget_Animation_Duration
    return widget.style().styleHint(hint, None, widget) > 0


class BusyLine(QWidget):
    """Hidden at first; its timer runs only while it is to be seen, and if the style animates."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=FRAME_MS)
        self._timer.timeout.connect(self.update)
        self._clock = QElapsedTimer()
        self.setFixedHeight(HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def is_running(self) -> bool:
        return self._timer.isActive()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if is_animated(self):
            self._clock.start()
            self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(current().selected))
        painter.fillRect(self._lit(), QColor(current().accent))
        painter.end()

    def _lit(self) -> QRectF:
        """Return where the light is; everywhere if nothing is to move."""
        if not self.is_running:
            return self.rect().toRectF()
        lap = self._clock.elapsed() % LAP_MS / LAP_MS
        width = SHARE * self.width()
        return QRectF(lap * (self.width() + width) - width, 0, width, self.height())
