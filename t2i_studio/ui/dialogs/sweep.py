"""A grid of pictures over two settings: chosen, made, looked at, and saved."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from t2i_studio.core.errors import StudioError
from t2i_studio.core.request import Generate, Inpaint, Refine
from t2i_studio.core.words import tr
from t2i_studio.gallery.exporters.grid import save_grid
from t2i_studio.studio.background import Background
from t2i_studio.studio.compose import Task
from t2i_studio.studio.grid.axes import AXES, Asked
from t2i_studio.studio.grid.plan import Grid
from t2i_studio.studio.notices import Level, Notice, notice_of
from t2i_studio.studio.session import Session
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.durations import duration, roughly
from t2i_studio.ui.file_dialogs import ask_where_to_save
from t2i_studio.ui.icons import tool_button
from t2i_studio.ui.itemmodels.grid import LEAST, MOST, GridModel
from t2i_studio.ui.lettering import SystemLetters
from t2i_studio.ui.theme import GAP, MARGIN, set_kind
from t2i_studio.ui.widgets.axis_field import AxisField
from t2i_studio.ui.widgets.grid_view import GridView

SIZE: Final = QSize(860, 640)  # px
SLIDER: Final = 120  # px
KINDS: Final[Mapping[Task, type[Asked]]] = {
    Task.generate: Generate,
    Task.inpaint: Inpaint,
    Task.outpaint: Inpaint,
    Task.refine: Refine,
}
PAUSE_MS: Final = 200  # in typing, after which the grid is planned


class SweepDialog(QDialog):
    """Not modal: settings may change and other jobs be queued while it fills."""

    def __init__(self, session: Session, background: Background, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._run, self._background = session, session.grid, background
        self.x_axis = AxisField("X", may_lack=False)
        self.y_axis = AxisField("Y", may_lack=True)
        self.swap = tool_button("swap", tr("Swap the axes"))
        self.note = QLabel()
        self.start = QPushButton(tr("Make the grid"))
        self.cancel = QPushButton(tr("Cancel"))
        self.model = GridModel(self._run, self)
        self.view = GridView(self.model)
        self.bar = QProgressBar()
        self.empty = QLabel()
        self.zoom = QSlider(Qt.Orientation.Horizontal)
        self.state = QLabel()
        self.save = QPushButton(tr("Save grid…"))
        self.leave = QPushButton(tr("Close"))
        self._soon = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._set_up()
        self._lay_out()
        self._connect()
        self._bindings = Bindings()
        self._bind()
        self._follow_model()
        self._follow_run()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._soon.stop()
        self._bindings.clear()
        self.model.unbind()
        super().closeEvent(event)

    def save_file(self, path: str) -> None:
        """Draw the grid as it is now, in the background, and say where it is."""
        sheet, letters, target = self._run.sheet(), SystemLetters(), Path(path)

        def done(_: None) -> None:
            self._say(Notice(Level.ok, tr("Saved as {name}.", name=target.name)))

        self._background.run(lambda: save_grid(target, sheet, letters), done, self._complain)

    # layout ----------------------------------------------------------------------------------

    def _set_up(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Sweep two settings"))
        self.resize(SIZE)
        self.start.setDefault(True)
        set_kind(self.start, "primary")
        for button in (self.cancel, self.save, self.leave):
            button.setAutoDefault(False)
        self.save.setToolTip(tr("One PNG with title, axes and values, and all recipes in it."))
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress of the grid"))
        self.zoom.setRange(LEAST, MOST)
        self.zoom.setValue(self.view.edge)
        self.zoom.setFixedWidth(SLIDER)
        self.zoom.setAccessibleName(tr("Size of the cells"))
        self.zoom.setToolTip(tr("Size of the cells (Ctrl+wheel)"))
        for label in (self.note, self.state, self.empty):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            set_kind(label, "muted")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setText(
            tr(
                "A picture for every combination of two settings. Each is kept in the gallery; "
                "a click shows it on the canvas."
            )
        )

    def _lay_out(self) -> None:
        axes = QVBoxLayout()
        axes.setSpacing(GAP)
        axes.addWidget(self.x_axis)
        axes.addWidget(self.y_axis)
        head = QHBoxLayout()
        head.setSpacing(GAP)
        head.addLayout(axes, 1)
        head.addWidget(self.swap)
        ask = QHBoxLayout()
        ask.setSpacing(GAP)
        ask.addWidget(self.note, 1)
        ask.addWidget(self.cancel)
        ask.addWidget(self.start)
        foot = QHBoxLayout()
        foot.setSpacing(GAP)
        foot.addWidget(self.zoom)
        foot.addWidget(self.state, 1)
        foot.addWidget(self.save)
        foot.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addLayout(head)
        column.addLayout(ask)
        column.addWidget(self.bar)
        column.addWidget(self.view, 1)
        column.addWidget(self.empty, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.x_axis.changed.connect(self._take)
        self.y_axis.changed.connect(self._take)
        for field in (self.x_axis, self.y_axis):
            field.submitted.connect(self._start)
        self.swap.clicked.connect(self._swap)
        self.start.clicked.connect(self._start)
        self.cancel.clicked.connect(self._run.cancel)
        self.save.clicked.connect(self._ask_save)
        self.leave.clicked.connect(self.close)
        self.view.chosen.connect(self._run.stage)
        self.view.edge_changed.connect(self.zoom.setValue)
        self.zoom.valueChanged.connect(self.view.set_edge)
        self._soon.timeout.connect(self._check)

    def _bind(self) -> None:
        session = self._session
        self._bindings.add(
            on(session.model_described, self._follow_model),
            on(session.desk.changed, lambda: self._soon.start()),
            on(session.intent.changed, lambda _: self._follow_model()),
            on(self._run.changed, self._follow_run),
            on(self._run.cell_changed, lambda _: self._follow_progress()),
            on(self._run.progressed, self._follow_progress),
            on(session.dispatcher.jobs.listed, self._follow_run),
        )

    # what is asked for -----------------------------------------------------------------------

    def _follow_model(self) -> None:
        """Offer the axes that have an effect, and what can be chosen for them."""
        capabilities = self._session.capabilities
        axes = [axis for axis in AXES if axis.fits(capabilities, KINDS[self._session.intent.task])]
        choices = {
            axis.key: axis.choices(capabilities) for axis in axes if axis.choices and capabilities
        }
        choices["style"] = ("none", *(style.name for style in self._session.desk.styles.styles))
        for field, (key, text) in ((self.x_axis, self._run.x), (self.y_axis, self._run.y)):
            field.offer(axes, choices)
            field.show_axis(key, text)
        self._run.x, self._run.y = self.x_axis.chosen, self.y_axis.chosen
        self._check()

    def _take(self) -> None:
        self._run.x, self._run.y = self.x_axis.chosen, self.y_axis.chosen
        self._soon.start()

    def _swap(self) -> None:
        if self._run.y[0]:
            self._run.x, self._run.y = self._run.y, self._run.x
            self.x_axis.show_axis(*self._run.x)
            self.y_axis.show_axis(*self._run.y)
            self._check()

    def _check(self) -> None:
        """Say what the axes come to, or why they cannot be."""
        self._soon.stop()
        try:
            grid, _ = self._run.plan()
        except StudioError as error:
            self._note(str(error), "warn")
            self.start.setEnabled(False)
            return
        seconds = self._run.seconds(grid)
        size = _size(grid)
        if seconds is not None:
            size = tr("{size}, about {time}", size=size, time=roughly(seconds))
        self._note(size, "muted")
        self.start.setEnabled(True)

    def _note(self, text: str, kind: str) -> None:
        self.note.setText(text)
        set_kind(self.note, kind)

    def _start(self) -> None:
        self._take()
        self._check()
        if not self.start.isEnabled():
            return
        try:
            self._run.start()
        except StudioError as error:
            self._complain(error)

    # what comes of it ------------------------------------------------------------------------

    def _follow_run(self) -> None:
        has_grid = self._run.grid is not None
        self.view.setVisible(has_grid)
        self.empty.setVisible(not has_grid)
        self.cancel.setEnabled(self._run.is_busy)
        self.bar.setVisible(self._run.is_busy)
        self._soon.start()  # how long it takes is known better now
        self._follow_progress()

    def _follow_progress(self) -> None:
        run = self._run
        self.save.setEnabled(run.made > 0)
        if run.grid is None:
            self.state.setText("")
            return
        text = tr("{made} of {count} pictures", made=run.made, count=len(run.cells))
        progress = run.progress
        self.bar.setRange(0, progress.total if progress else 1)
        self.bar.setValue(progress.step if progress else 0)
        if run.is_busy and progress and progress.eta_s is not None:
            text = tr("{text}, {time} left", text=text, time=duration(progress.eta_s))
        self.state.setText(text)

    def _ask_save(self) -> None:
        title = tr("Save grid as")
        ask_where_to_save(
            self, title, "grid.png", "PNG (*.png)", lambda path, _: self.save_file(path)
        )

    def _say(self, notice: Notice) -> None:
        self._session.noticed.emit(notice)

    def _complain(self, error: Exception) -> None:
        self._say(notice_of(error))


def _size(grid: Grid) -> str:
    """Say how many pictures a grid has."""
    count = len(grid.cells)
    if count == 1:
        return tr("1 picture")
    if grid.rows == 1:
        return tr("{count} pictures", count=count)
    return tr(
        "{columns} × {rows} = {count} pictures",
        columns=grid.columns,
        rows=grid.rows,
        count=count,
    )
