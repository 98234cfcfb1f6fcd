"""The tab of text diffs: rows of sliders that turn what a picture means."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from t2i_studio.core.words import tr
from t2i_studio.studio.background import Background
from t2i_studio.studio.explorer.exploration import DiffRow
from t2i_studio.studio.presets import DiffPreset, diff_presets
from t2i_studio.studio.session import Session
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.explorer.diff_row import DiffRowView
from t2i_studio.ui.explorer.strip_view import StripView
from t2i_studio.ui.icons import icon, tool_button
from t2i_studio.ui.theme import GAP, MARGIN, set_kind

PRESET_THETA = 0.35
MOST_ROWS = 12


class TextDiffTab(QWidget):
    """Rows in the order in which they are composed."""

    def __init__(
        self, session: Session, background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._explorer = session.explorer
        self.rows: list[DiffRowView] = []
        self._rows_column = QVBoxLayout()
        self._rows_column.setContentsMargins(0, 0, 0, 0)
        self._rows_column.setSpacing(MARGIN)
        self.add = QPushButton(icon("plus"), tr("Add"))
        self.add.setToolTip(tr("Add a text diff; they are composed from top to bottom."))
        self.presets = QPushButton(tr("Presets"))
        self.presets.setMenu(self._preset_menu())
        self.reset = tool_button("reset", tr("Bring every slider back to where it does nothing."))
        for button in (self.add, self.presets):
            set_kind(button, "flat")
        self.strip = StripView(self._explorer.strip, session, background, tr("Film strip"))
        self.strip.button.setToolTip(
            tr("Make the way from the picture to the sliders as seven frames")
        )
        self._lay_out()
        self.add.clicked.connect(self.add_row)
        self.reset.clicked.connect(self._explorer.reset)
        self.strip.button.clicked.connect(lambda: self._explorer.diff_strip())
        self._bindings = Bindings([on(self._explorer.changed, self._show)])
        self._show()

    def unbind(self) -> None:
        self._bindings.clear()
        self.strip.unbind()

    def add_row(self) -> None:
        """Add a row that starts from what the picture is said to show."""
        origin = self._explorer.state.origin
        row = DiffRow(before=origin.text if origin else "")
        self._set([*self._explorer.state.rows, row], is_moving=False)
        self.rows[-1].after.setFocus()

    def use(self, preset: DiffPreset) -> None:
        """Put a preset into a new row, or the last one if that is empty or there is no room."""
        rows = list(self._explorer.state.rows)
        if rows and (not rows[-1].after.strip() or len(rows) == MOST_ROWS):
            rows.pop()
        row = DiffRow(preset.before, preset.after, PRESET_THETA)
        self._set([*rows, row], is_moving=False)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        for button in (self.add, self.presets, self.reset):
            line.addWidget(button)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, GAP, MARGIN, MARGIN)
        column.setSpacing(MARGIN)
        column.addLayout(self._rows_column)
        column.addLayout(line)
        column.addWidget(self.strip)
        column.addStretch(1)

    def _preset_menu(self) -> QMenu:
        menu = QMenu(self)
        for group, presets in diff_presets().groups.items():
            below = menu.addMenu(tr(group))
            for preset in presets:
                below.addAction(tr(preset.name), self._user(preset))
        return menu

    def _user(self, preset: DiffPreset) -> Callable[[], None]:
        return lambda: self.use(preset)

    def _show(self) -> None:
        rows = self._explorer.state.rows
        while len(self.rows) > len(rows):
            view = self.rows.pop()
            self._rows_column.removeWidget(view)
            view.hide()
            view.deleteLater()
        while len(self.rows) < len(rows):
            self._append()
        for view, row in zip(self.rows, rows, strict=True):
            view.show_row(row)
        self.add.setEnabled(len(rows) < MOST_ROWS)
        can_move = self._explorer.state.concept is not None
        self.strip.button.setEnabled(can_move and bool(self._explorer.state.edits))

    def _append(self) -> None:
        place = len(self.rows)
        view = DiffRowView(place + 1)
        view.edited.connect(lambda row, is_moving: self._edit(place, row, is_moving))
        view.moved.connect(lambda by: self._move(place, by))
        view.removed.connect(lambda: self._remove(place))
        before = self.rows[-1].menu_button if self.rows else None
        self.rows.append(view)
        self._rows_column.addWidget(view)
        if before is not None:
            QWidget.setTabOrder(before, view.before)
        QWidget.setTabOrder(view.menu_button, self.add)

    def _edit(self, place: int, row: DiffRow, is_moving: bool) -> None:
        rows = list(self._explorer.state.rows)
        old, rows[place] = rows[place], row
        part = "theta" if replace(old, theta=row.theta) == row else "text"
        gesture = f"{part} {place}"
        self._explorer.set_rows(rows, gesture, is_moving=is_moving)

    def _move(self, place: int, by: int) -> None:
        rows = list(self._explorer.state.rows)
        if 0 <= place + by < len(rows):
            rows[place], rows[place + by] = rows[place + by], rows[place]
            self._set(rows, is_moving=False)

    def _remove(self, place: int) -> None:
        rows = list(self._explorer.state.rows)
        del rows[place]
        self._set(rows, is_moving=False)

    def _set(self, rows: list[DiffRow], *, is_moving: bool) -> None:
        self._explorer.set_rows(rows, is_moving=is_moving)
