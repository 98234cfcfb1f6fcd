"""The main window: composes the panels and carries the actions between them."""

from PySide6.QtCore import QByteArray, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QFrame,
    QMainWindow,
    QMenu,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from t2i_studio.studio.autosave import Autosave
from t2i_studio.studio.background import Background
from t2i_studio.studio.notices import Level, Notice
from t2i_studio.studio.session import Session
from t2i_studio.ui import theme
from t2i_studio.ui.actions import fill_menus
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.explorer.dock import ExplorerDock
from t2i_studio.ui.files import PictureFiles
from t2i_studio.ui.menus import menus
from t2i_studio.ui.panels.canvas import CanvasPanel
from t2i_studio.ui.panels.gallery import GalleryPanel
from t2i_studio.ui.panels.prompt import PromptPanel
from t2i_studio.ui.panels.queue import QueuePanel
from t2i_studio.ui.panels.staging import StagingPanel
from t2i_studio.ui.panels.status import StatusPanel
from t2i_studio.ui.viewer import Viewer
from t2i_studio.ui.widgets.ribbon import PipelineRibbon
from t2i_studio.ui.widgets.toast import ToastHost

SIDE_WIDTH = 304  # px
GALLERY_HEIGHT = 128  # px
AUTOSAVE_MS = 2000
CANVAS_MENU = (  # "" is a separator
    *("Undo", "Redo", ""),
    *("Copy picture", "Paste picture", "Save picture as…", ""),
    *("Explore picture", "Make variations", ""),
    *("Invert mask", "Clear mask", ""),
    *("Fit", "100 %"),
)
THEMES = {"Dark": theme.DARK, "Light": theme.LIGHT}


class MainWindow(QMainWindow):
    """`first_painted` is emitted once, when the window can be seen."""

    first_painted = Signal()
    closed = Signal()

    def __init__(self, session: Session, autosave: Autosave, background: Background) -> None:
        super().__init__()
        self._session = session
        self._autosave = autosave
        self._is_painted = False
        self._is_warned = False
        self.setWindowTitle("T2I Studio")
        self.setAcceptDrops(True)
        self.resize(_first_size(self.screen().availableSize()))
        self.prompt = PromptPanel(session)
        self.queue = QueuePanel(session)
        self.ribbon = PipelineRibbon(session.ribbon)
        self.canvas = CanvasPanel(session)
        self.staging = StagingPanel(session)
        self.gallery = GalleryPanel(session, background)
        self.status = StatusPanel(session)
        self.explorer = ExplorerDock(session, background, self)
        self.viewer = Viewer(session, background, self)
        self.files = PictureFiles(session, background, self)
        self.middle = QWidget()
        self._lay_out()
        self.toasts = ToastHost(self.canvas.view)
        self.actions_by_name = fill_menus(self, menus(self, session))
        self._bindings = Bindings()
        self._connect()
        self._timer = QTimer(self, interval=AUTOSAVE_MS)
        self._timer.timeout.connect(self._save_session)
        self._timer.start()
        self._restore_layout()
        self.prompt.prompt.setFocus()

    def notify(self, notice: Notice) -> None:
        """Say something without being in the way."""
        self.toasts.show_message(
            notice.text, notice.level.value, action_text=notice.action_text, action=notice.action
        )

    def generate(self) -> None:
        """Queue a job, unless a field holds what cannot be used."""
        if self.prompt.seed.is_valid:
            self._session.generate()
        else:
            self.prompt.seed.setFocus()
            self.notify(
                Notice(Level.warn, "The seed cannot be used: correct it or press the dice.")
            )

    def reset_settings(self) -> None:
        """Everything but the prompt back to the model's defaults; the prompt is kept."""
        self._session.settings.reset()
        self.notify(Notice(Level.info, "The settings are the model's defaults again."))

    def set_theme(self, name: str) -> None:
        """Apply "Dark", "Light", or "System", and keep it for the next start."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, THEMES.get(name) or theme.system_theme())
        self._autosave.window["theme"] = name

    def raise_window(self) -> None:
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    # layout ----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        column = QVBoxLayout(self.middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.ribbon)
        column.addWidget(self.canvas, 1)
        column.addWidget(self.staging)
        self.setCentralWidget(self.middle)
        self.setStatusBar(self.status)
        self._dock("Generate", self._side(), Qt.DockWidgetArea.LeftDockWidgetArea)
        gallery = self._dock("Gallery", self.gallery, Qt.DockWidgetArea.BottomDockWidgetArea)
        self.resizeDocks([gallery], [GALLERY_HEIGHT], Qt.Orientation.Vertical)
        for corner in (Qt.Corner.BottomLeftCorner, Qt.Corner.TopLeftCorner):
            self.setCorner(corner, Qt.DockWidgetArea.LeftDockWidgetArea)
        for corner in (Qt.Corner.BottomRightCorner, Qt.Corner.TopRightCorner):
            self.setCorner(corner, Qt.DockWidgetArea.RightDockWidgetArea)
        self.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.explorer)
        self.explorer.hide()

    def _side(self) -> QWidget:
        area = QScrollArea()
        area.setWidget(self.prompt)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        side = QWidget()
        theme.set_kind(side, "panel")
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(area, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP)
        foot.addWidget(self.prompt.button)
        column.addLayout(foot)
        column.addWidget(self.queue)
        side.setMinimumWidth(SIDE_WIDTH)
        side.setMaximumWidth(2 * SIDE_WIDTH)
        return side

    def _dock(self, title: str, content: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title, self)
        dock.setObjectName(title)
        dock.setTitleBarWidget(QWidget(dock))  # no title: the content says what it is
        dock.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        dock.setWidget(content)
        self.addDockWidget(area, dock)
        return dock

    # connections -----------------------------------------------------------------------------

    def _connect(self) -> None:
        session = self._session
        self._bindings.add(
            on(session.noticed, self.notify),
            on(session.model_described, self._follow_model),
            on(session.explorer.opened, self.explorer.open),
            on(session.document.history.changed, self._name_steps),
            on(session.document.mask_changed, lambda _: self._enable_mask_actions()),
            on(session.document.extent_changed, lambda _: self._enable_mask_actions()),
        )
        self._enable_mask_actions()
        self.prompt.generate_requested.connect(self.generate)
        self.canvas.example_chosen.connect(self._try_example)
        self.canvas.view.picture_dropped.connect(self.files.take)
        self.canvas.view.installEventFilter(self.staging)
        self.canvas.view.customContextMenuRequested.connect(self._open_canvas_menu)
        self.staging.emptied.connect(self.canvas.view.setFocus)
        self.gallery.show_requested.connect(self.viewer.show_picture)
        self.ribbon.explore_requested.connect(self.explorer.open_for)

    def _name_steps(self) -> None:
        """Say in the menu what undo and redo would do."""
        history = self._session.document.history
        self.actions_by_name["Undo"].setText(f"&Undo {history.undo_name}".rstrip())
        self.actions_by_name["Redo"].setText(f"&Redo {history.redo_name}".rstrip())

    def _enable_mask_actions(self) -> None:
        document = self._session.document
        self.actions_by_name["Invert mask"].setEnabled(document.picture is not None)
        self.actions_by_name["Clear mask"].setEnabled(document.has_mask)

    def _follow_model(self) -> None:
        self.prompt.follow_model()
        self.canvas.follow_model()

    def _open_canvas_menu(self, position: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name in CANVAS_MENU:
            if name:
                menu.addAction(self.actions_by_name[name])
            else:
                menu.addSeparator()
        menu.popup(self.canvas.view.mapToGlobal(position))

    def _try_example(self, prompt: str) -> None:
        self._session.settings.prompt = prompt
        self.generate()

    def _save_session(self) -> None:
        self._autosave.window["geometry"] = _text(self.saveGeometry())
        self._autosave.window["layout"] = _text(self.saveState())
        self._autosave.window["advanced"] = self.prompt.advanced_section.is_open
        self._autosave.save()

    def _restore_layout(self) -> None:
        kept = self._autosave.window
        if isinstance(kept.get("theme"), str):
            self.set_theme(kept["theme"])
        self.restoreGeometry(_bytes(kept.get("geometry")))
        self.restoreState(_bytes(kept.get("layout")))
        self.prompt.advanced_section.set_open(kept.get("advanced") is True)

    def _warn_of_unsaved(self) -> None:
        """Refuse to close once: what the disk did not take would be lost."""
        self._is_warned = True
        text = "There are pictures that are not saved. Save them again, or close to lose them."
        self.notify(Notice(Level.danger, text, "Save again", self._session.keeper.keep_again))

    # events ----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self.first_painted.emit)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        data = event.mimeData()
        if data.hasUrls():
            self.files.take([url.toLocalFile() for url in data.urls() if url.isLocalFile()])
        elif isinstance(image := data.imageData(), QImage):
            self.files.take(image)
        event.acceptProposedAction()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._session.keeper.has_unsaved and not self._is_warned:
            self._warn_of_unsaved()
            event.ignore()
            return
        self._timer.stop()
        self._save_session()
        self._bindings.clear()
        for panel in (self.prompt, self.queue, self.canvas, self.staging, self.gallery):
            panel.unbind()
        self.status.unbind()
        self.ribbon.unbind()
        self.explorer.unbind()
        self.viewer.close()
        super().closeEvent(event)
        self.closed.emit()
        QGuiApplication.quit()


def _first_size(screen: QSize) -> QSize:
    """Return what is useful, with room for the frame on small or magnified screens."""
    return QSize(1280, 800).boundedTo(QSize(screen.width() - 16, screen.height() - 64))


def _text(data: QByteArray) -> str:
    return bytes(data.toBase64().data()).decode()


def _bytes(text: object) -> QByteArray:
    return QByteArray.fromBase64(text.encode()) if isinstance(text, str) else QByteArray()
