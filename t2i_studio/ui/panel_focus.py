"""F6 goes from panel to panel: each gets the focus where it had it last."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from t2i_studio.ui.window_layout import is_shown


class PanelFocus(QObject):
    """`panels` are gone through in this order; those that cannot be seen are left out."""

    def __init__(self, panels: Sequence[QWidget], parent: QObject) -> None:
        super().__init__(parent)
        self._panels = tuple(panels)
        self._last: dict[QWidget, QWidget] = {}  # what had the focus, in each panel
        _application().focusChanged.connect(self._remember)

    def stop(self) -> None:
        _application().focusChanged.disconnect(self._remember)
        self._last.clear()

    def next(self) -> None:
        self._step(+1)

    def previous(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        shown = [panel for panel in self._panels if is_shown(panel) and _entries(panel)]
        if not shown:
            return
        now = self._of(QApplication.focusWidget())
        place = shown.index(now) + by if now in shown else 0
        self._enter(shown[place % len(shown)])

    def _enter(self, panel: QWidget) -> None:
        entries = _entries(panel)
        last = self._last.get(panel)
        target = last if last in entries else entries[0]
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def _of(self, widget: QWidget | None) -> QWidget | None:
        """Return the panel around a widget, the innermost one."""
        while widget is not None and widget not in self._panels:
            widget = widget.parentWidget()
        return widget

    def _remember(self, _before: QWidget | None, now: QWidget | None) -> None:
        panel = self._of(now)
        if panel is not None and now is not None:
            self._last[panel] = now


def _entries(panel: QWidget) -> list[QWidget]:
    """Return what takes the focus in a panel by Tab, in that order."""
    chain, widget = [panel], panel.nextInFocusChain()
    while widget is not None and widget is not panel:
        chain.append(widget)
        widget = widget.nextInFocusChain()
    return [w for w in chain if (w is panel or panel.isAncestorOf(w)) and _takes_focus(w)]


def _takes_focus(widget: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isVisible() and widget.isEnabled()


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
