"""The latent explorer: the current picture, and tabs that steer it."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from t2i_studio.core.request import Decode
from t2i_studio.core.words import later, tr
from t2i_studio.studio.background import Background
from t2i_studio.studio.explorer.commands import CommandFiles, command_of
from t2i_studio.studio.notices import Level, Notice, notice_of
from t2i_studio.studio.session import Session
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.explorer.components_tab import ComponentsTab
from t2i_studio.ui.explorer.embedding_files import EmbeddingFiles
from t2i_studio.ui.explorer.labels_tab import LabelsTab
from t2i_studio.ui.explorer.mix_tab import MixTab
from t2i_studio.ui.explorer.prior_tab import PriorTab
from t2i_studio.ui.explorer.text_diff_tab import TextDiffTab
from t2i_studio.ui.icons import icon, tool_button
from t2i_studio.ui.theme import GAP, MARGIN, heading_font, set_kind
from t2i_studio.ui.widgets.elided_label import ElidedLabel
from t2i_studio.ui.widgets.shy_button import ShyButton
from t2i_studio.ui.widgets.wipe_view import WipeView

WIDTH, LEAST_WIDTH = 336, 320  # px
LEAST_VIEW = 160  # px
MOST_VIEW = 0.38  # of the height: the tabs want room, too
EMPTY = later("Open or make a picture, then press Explore: sliders turn what it means.")


Tab = TextDiffTab | MixTab | ComponentsTab | PriorTab | LabelsTab


class ExplorerPanel(QWidget):
    """Tabs are made when they are first shown, so that they cost the window's start nothing."""

    pop_out_requested = Signal()
    close_requested = Signal()

    def __init__(
        self, session: Session, background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._background = session, background
        self._explorer = session.explorer
        self._kinds: dict[str, Callable[[Session, Background], Tab]] = {
            tr("Text diff"): TextDiffTab,
            tr("Mix"): MixTab,
            tr("PCA"): ComponentsTab,
            tr("Prior"): PriorTab,
            tr("Labels"): LabelsTab,
        }
        self._tabs: dict[str, Tab] = {}
        self._is_divided_by_hand = False
        self.title = ElidedLabel(tr("Explore"))
        self.view = WipeView()
        self.view.set_empty_text(tr(EMPTY))
        self.readout = ElidedLabel("")
        set_kind(self.readout, "muted")
        self.bar = QTabBar()
        self.stack = QStackedWidget()
        self._make_buttons()
        self._lay_out()
        self._connect()
        self._bindings = Bindings(
            [
                on(self._explorer.changed, self._show),
                on(self._explorer.shown_changed, self._show_pictures),
                on(self._explorer.live.busy_changed, self.view.set_busy),
                on(session.jobs.listed, self._show_pictures),
            ]
        )
        self._show()

    def unbind(self) -> None:
        self._bindings.clear()
        for tab in self._tabs.values():
            tab.unbind()

    def tab(self, name: str) -> Tab:
        """Return a tab, which is made if need be."""
        if name not in self._tabs:
            self._tabs[name] = self._kinds[name](self._session, self._background)
            area = self._tabs[name]
            self.stack.addWidget(area if isinstance(area, QScrollArea) else _scrolled(area))
        return self._tabs[name]

    def open_tab(self, name: str) -> None:
        self.bar.setCurrentIndex(list(self._kinds).index(name))

    @property
    def current(self) -> str:
        return list(self._kinds)[self.bar.currentIndex()]

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 640)

    # layout ----------------------------------------------------------------------------------

    def _make_buttons(self) -> None:
        self.undo = tool_button("undo", tr("Undo in the explorer"))
        self.redo = tool_button("redo", tr("Redo in the explorer"))
        self.pop_out = tool_button("pop_out", tr("Take the explorer out into its own window"))
        self.close_button = tool_button("close", tr("Close the explorer (Ctrl+E)"))
        for button, name in (
            (self.undo, tr("Undo exploration")),
            (self.redo, tr("Redo exploration")),
            (self.pop_out, tr("Pop out explorer")),
            (self.close_button, tr("Close explorer")),
        ):
            button.setAccessibleName(name)
        self.explore = QPushButton(icon("explore"), tr("Explore canvas"))
        self.explore.setToolTip(tr("Start from the picture that the canvas shows"))
        self.keep = ShyButton(icon("save"), tr("Keep"))
        self.keep.setToolTip(tr("Save the full picture in the gallery and stage it on the canvas"))
        self.copy = tool_button(
            "copy", tr("Copy as command\nThis state as a line for the terminal.")
        )
        self.copy.setAccessibleName(tr("Copy as command"))
        self.edits = ElidedLabel("")
        set_kind(self.edits, "muted")
        self.reset = QPushButton(tr("Reset"))
        self.reset.setToolTip(tr("Bring every slider of every tab back"))
        set_kind(self.reset, "link")
        self.files = EmbeddingFiles(self._session, self._background, self)

    def _lay_out(self) -> None:
        set_kind(self, "panel")
        self.setMinimumWidth(LEAST_WIDTH)
        self.title.setFont(heading_font(self.font()))
        split = self._split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        self._picture = self._picture_part()
        split.addWidget(self._picture)
        split.addWidget(self._tab_part())
        split.setStretchFactor(0, 0)
        split.setStretchFactor(1, 1)
        split.splitterMoved.connect(self._leave_split)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GAP, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(_row(self.title, self.undo, self.redo, self.pop_out, self.close_button))
        column.addWidget(split, 1)

    def _picture_part(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, GAP)
        column.setSpacing(GAP)
        column.addWidget(self.view, 1)
        column.addLayout(_row(self.readout))
        column.addLayout(_row(self.edits, self.reset))
        column.addLayout(_row(self.explore, None, self.keep, self.copy, self.files.button))
        return part

    def _tab_part(self) -> QWidget:
        part = QWidget()
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(False)
        self.bar.setAccessibleName(tr("Explorer tabs"))
        for name in self._kinds:
            self.bar.addTab(name)
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.stack, 1)
        return part

    def _connect(self) -> None:
        explorer = self._explorer
        self.undo.clicked.connect(explorer.undo)
        self.redo.clicked.connect(explorer.redo)
        self.pop_out.clicked.connect(self.pop_out_requested)
        self.close_button.clicked.connect(self.close_requested)
        self.explore.clicked.connect(self._session.explore_shown)
        self.keep.clicked.connect(explorer.keep)
        self.copy.clicked.connect(self.copy_command)
        self.reset.clicked.connect(explorer.reset)
        self.bar.currentChanged.connect(lambda _: self._show_tab())

    # showing ---------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the picture the square that the width allows, and the tabs the rest."""
        super().resizeEvent(event)
        self._divide()

    def _divide(self) -> None:
        """Part the height between picture and tabs, until somebody has parted it otherwise."""
        side = max(LEAST_VIEW, min(self.width(), round(MOST_VIEW * self.height())))
        if not self._is_divided_by_hand:
            self.view.setMaximumHeight(side)
            rest = self._picture.sizeHint().height() - self.view.sizeHint().height()
            wanted = rest + side
            self._split.setSizes([wanted, self._split.height() - wanted])

    def _leave_split(self) -> None:
        self._is_divided_by_hand = True
        self.view.setMaximumHeight(self.width())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_tab()

    def copy_command(self) -> None:
        """Put the line that makes this state on the clipboard."""
        result = self._explorer.result  # with every default as it was
        made = result.recipe.request if result else None
        request = made if isinstance(made, Decode) else self._explorer.request(self._explorer.state)
        if request is None:
            self._session.noticed.emit(Notice(Level.info, tr("There is nothing to copy yet.")))
            return
        folder = self._session.shelf.gallery.folder.parent / "commands"
        files = CommandFiles(folder)
        self._background.run(
            lambda: command_of(request, files.picture, files.file),
            self._copied,
            lambda error: self._session.noticed.emit(notice_of(error)),
        )

    def _copied(self, line: str) -> None:
        QGuiApplication.clipboard().setText(line)
        self._session.noticed.emit(Notice(Level.ok, tr("Copied. Paste it into a terminal.")))

    def _show_tab(self) -> None:
        if self.isVisible():
            self.tab(self.current)
            index = list(self._tabs).index(self.current)  # the stack holds them in that order
            self.stack.setCurrentIndex(index)
            self._divide()

    def _show(self) -> None:
        explorer = self._explorer
        origin = explorer.state.origin
        name = origin.title if origin else tr("Explore")
        self.title.setText(tr("Mix") if explorer.state.uses_mix else name)
        edits = "; ".join(edit.title for edit in explorer.state.edits)
        self.edits.setText(edits)
        self.edits.setToolTip(edits)
        for widget in (self.edits, self.reset):
            widget.setVisible(bool(edits))
        self.undo.setEnabled(explorer.can_undo)
        self.redo.setEnabled(explorer.can_redo)
        self.explore.setEnabled(not explorer.problem)
        self.explore.setToolTip(
            explorer.problem or tr("Start from the picture that the canvas shows")
        )
        self.view.set_empty_text(explorer.problem or tr(EMPTY))
        self._show_pictures()

    def _show_pictures(self) -> None:
        explorer = self._explorer
        before = None if explorer.state.uses_mix else explorer.before
        self.view.show_pictures(before, explorer.after)
        self.view.set_draft(explorer.is_coarse and explorer.after is not None)
        self.readout.setText(self._cosines())
        self.keep.setEnabled(explorer.result is not None)
        self.copy.setEnabled(explorer.state.concept is not None)

    def _cosines(self) -> str:
        """Say how near the embedding is to where it started, and to what the texts mean."""
        latent, goals = self._explorer.latent, self._explorer.goals
        if self._explorer.live.is_busy and self._session.jobs.current:
            return tr("Waits for the job that runs.")
        state = self._explorer.state
        if latent is None or state.concept is None or (state.uses_mix and not state.edits):
            return ""
        texts = [
            tr("{cosine} to “{goal}”", cosine=f"{cosine:.2f}", goal=goal)
            for goal, cosine in zip(goals, latent.to_texts, strict=True)
        ]
        return ", ".join(
            [tr("cos {to_start} to the start", to_start=f"{latent.to_start:.2f}"), *texts]
        )


def _row(*widgets: QWidget | None) -> QHBoxLayout:
    """Lay widgets side by side; None takes what room is left."""
    line = QHBoxLayout()
    line.setContentsMargins(MARGIN, 0, MARGIN, 0)
    line.setSpacing(4)
    for widget in widgets:
        if widget is None:
            line.addStretch(1)
        else:
            line.addWidget(widget, 1 if isinstance(widget, ElidedLabel) else 0)
    return line


def _scrolled(tab: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(tab)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
