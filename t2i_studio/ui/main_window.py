"""The main window: composes the panels and carries the actions between them."""

from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QPaintEvent,
)
from PySide6.QtWidgets import QMainWindow, QMenu, QVBoxLayout, QWidget

from t2i_studio.core.words import later, tr
from t2i_studio.studio.autosave import Autosave
from t2i_studio.studio.background import Background
from t2i_studio.studio.notices import Level, Notice
from t2i_studio.studio.preferences import Preferences
from t2i_studio.studio.project import Project
from t2i_studio.studio.session import Session
from t2i_studio.ui.actions import Commands
from t2i_studio.ui.appearance import Appearance
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.canvas_only import CanvasOnly
from t2i_studio.ui.command_palette import CommandPalette
from t2i_studio.ui.commands import all_commands
from t2i_studio.ui.dialogs.opener import Dialogs
from t2i_studio.ui.docks import panel_dock, side_panel
from t2i_studio.ui.drops import dropped_picture
from t2i_studio.ui.explorer.dock import ExplorerDock
from t2i_studio.ui.files import PictureFiles
from t2i_studio.ui.fixed_bindings import lead_canvas, other_bindings
from t2i_studio.ui.incoming import Incoming
from t2i_studio.ui.keymap import Context, Keymap
from t2i_studio.ui.mask_files import MaskFiles
from t2i_studio.ui.menus import CANVAS_MENU, MENUS, fill
from t2i_studio.ui.notifications import Notifications, QtDesktop
from t2i_studio.ui.palette_items import palette_items
from t2i_studio.ui.panel_focus import PanelFocus
from t2i_studio.ui.panels.canvas import CanvasPanel
from t2i_studio.ui.panels.gallery import GalleryPanel
from t2i_studio.ui.panels.layers import LayersDock
from t2i_studio.ui.panels.live import LiveBar
from t2i_studio.ui.panels.prompt import PromptPanel
from t2i_studio.ui.panels.queue import QueuePanel
from t2i_studio.ui.panels.staging import StagingPanel
from t2i_studio.ui.panels.status import StatusPanel
from t2i_studio.ui.project_files import ProjectFiles
from t2i_studio.ui.prompt_files import PromptFiles
from t2i_studio.ui.viewer import Viewer
from t2i_studio.ui.widgets.ribbon import PipelineRibbon
from t2i_studio.ui.widgets.toast import ToastHost
from t2i_studio.ui.window_layout import WindowLayout
from t2i_studio.ui.window_memory import WindowMemory

GALLERY_HEIGHT: Final = 128  # px
AUTOSAVE_MS: Final = 2000
GENERATE_TIP: Final = later(
    "Queue a job with these settings\nWith a painted mask: repaint what it covers."
)


class MainWindow(QMainWindow):
    """`first_painted` is emitted once, when the window can be seen."""

    first_painted = Signal()
    closed = Signal()

    def __init__(
        self, session: Session, project: Project, autosave: Autosave, background: Background
    ) -> None:
        super().__init__()
        self._session = session
        self._autosave = autosave
        self._is_painted = False
        self._is_warned = False
        self.setAcceptDrops(True)
        self.resize(_first_size(self.screen().availableSize()))
        self.preferences = Preferences()
        self.appearance = Appearance(self.preferences, self)
        self._memory = WindowMemory(autosave.window)
        refused = self._memory.restore_preferences(self.preferences)
        self.appearance.apply()
        self.prompt = PromptPanel(session)
        self.queue = QueuePanel(session)
        self.ribbon = PipelineRibbon(session.ribbon)
        self.canvas = CanvasPanel(session, background)
        self.staging = StagingPanel(session, self.canvas.view)
        self.live_bar = LiveBar(session, self.canvas.view)
        self.notifications = Notifications(session, self, QtDesktop(self, self.raise_window))
        self.gallery = GalleryPanel(session, background)
        self.status = StatusPanel(session)
        self.explorer = ExplorerDock(session, background, self)
        self.layers = LayersDock(session, self)
        self.viewer = Viewer(session, background, self)
        self.files = PictureFiles(session, background, self)
        self.prompt_files = PromptFiles(session, background, self)
        self.masks = MaskFiles(session, background, self)
        self.projects = ProjectFiles(session, project, self)
        self.incoming = Incoming(session, self.files, self.masks, self.projects, self)
        self.middle = QWidget()
        self._lay_out()
        self.toasts = ToastHost(self.canvas.view)
        self.keymap = Keymap()
        self.dialogs = Dialogs(self, session, background)
        self.command_palette = CommandPalette(self, lambda: palette_items(self))
        self.commands = Commands(self, all_commands(self, session), self.keymap)
        self.keymap.add(*other_bindings())
        fill(self.menuBar(), MENUS, self)
        self._bindings = Bindings()
        self._connect()
        refused += self.keymap.restore(self.preferences.keys)
        self._tell_refused(refused)
        self._timer = QTimer(self, interval=AUTOSAVE_MS)
        self._timer.timeout.connect(self._save_session)
        self._timer.start()
        self._memory.restore_layout(self)
        self.prompt.prompt.setFocus()

    def notify(self, notice: Notice) -> None:
        """Say something without being in the way."""
        self.toasts.show_message(
            notice.text, notice.level.value, action_text=notice.action_text, action=notice.action
        )

    @property
    def session(self) -> Session:
        return self._session

    def generate(self, *, front: bool = False) -> None:
        """Queue a job, or put it before all that wait, unless a field holds nonsense."""
        if self.prompt.seed.is_valid:
            self._session.generate(front=front)
        else:
            self.prompt.seed.setFocus()
            text = tr("The seed cannot be used: correct it or press the dice.")
            self.notify(Notice(Level.warn, text))

    def reset_settings(self) -> None:
        """Everything but the prompt back to the model's defaults; the prompt is kept."""
        self._session.settings.reset()
        self.notify(Notice(Level.info, tr("The settings are the model's defaults again.")))

    def set_theme(self, name: str) -> None:
        """Apply "Dark", "Light", or "System", and keep it for the next start."""
        self.preferences.restore({"theme": name})

    def focus_prompt(self) -> None:
        """Go to where the prompt is written, wherever that is hidden."""
        self.canvas_only.leave()
        self.prompt_dock.show()
        self.prompt.prompt.setFocus()

    def toggle_canvas_only(self) -> None:
        """Put everything but the canvas away, or bring it back."""
        self.canvas_only.toggle()
        if self.canvas_only.is_on:
            self.canvas.view.setFocus()
            key = self.commands["view.canvas_only"].shortcut().toString()
            self.notify(Notice(Level.info, tr("{key} brings the panels back.", key=key)))

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
        self.setStatusBar(self.status)
        self.side = side_panel(self.prompt, self.queue)
        self.prompt_dock = panel_dock("Generate", later("Prompt and settings"), self.side, self)
        self.setCentralWidget(self.middle)  # after the prompt: Tab goes in the order of making
        self.gallery_dock = panel_dock("Gallery", later("Gallery"), self.gallery, self)
        self.panels = WindowLayout(self, self.middle)
        self.panels.add(self.prompt_dock, Qt.DockWidgetArea.LeftDockWidgetArea)
        self.panels.add(self.gallery_dock, Qt.DockWidgetArea.BottomDockWidgetArea)
        for dock in (self.layers, self.explorer):
            self.panels.add(dock, Qt.DockWidgetArea.RightDockWidgetArea)
            dock.hide()
        self.resizeDocks([self.gallery_dock], [GALLERY_HEIGHT], Qt.Orientation.Vertical)
        self.canvas_only = CanvasOnly(self, (self.ribbon,))
        around = (self.side, self.ribbon, self.canvas, self.staging, self.gallery)
        self.panel_focus = PanelFocus((*around, self.layers, self.explorer), self)

    # connections -----------------------------------------------------------------------------

    def _connect(self) -> None:
        session, document = self._session, self._session.document
        self._bindings.add(
            on(session.noticed, self.notify),
            on(session.model_described, self._follow_model),
            on(session.explorer.opened, self.explorer.open),
            on(self.keymap.changed, lambda _: self._keep_keys()),
            lead_canvas(self.keymap, self.canvas.view.keys),
            *(
                on(signal, self._refresh_commands)
                for signal in (
                    *(document.history.changed, document.mask_changed, document.extent_changed),
                    *(document.layers_changed, document.active_changed),
                    *(session.staging.shown_changed, session.staging.listed),
                    *(session.jobs.listed, session.dispatcher.paused_changed),
                    *(session.live.toggled, session.frame.events.bounds),
                    *(session.tools.events.is_mask_visible, self.preferences.events.theme),
                )
            ),
        )
        for what in (self.panels.changed, self.canvas_only.changed):
            what.connect(self._refresh_commands)
        self.command_palette.rank_by(lambda: self.preferences.recent_commands)
        self.commands.done.connect(self.preferences.remember_command)
        self.commands.failed.connect(lambda error: self.notify(Notice(Level.warn, str(error))))
        self.commands.hear(Context.canvas, self.canvas.view)
        self.commands.hear(Context.prompt, self.prompt.prompt)
        self.prompt.styles_requested.connect(self.dialogs.styles)
        for button, name, tip in (
            (self.canvas.invert, "mask.invert", tr("Invert the mask")),
            (self.canvas.clear, "mask.clear", tr("Clear the mask")),
            (self.canvas.options.fit, "view.fit", tr("Fit the picture into the view")),
            (self.canvas.options.zoom, "view.zoom_1", tr("Zoom to 100 %")),
            (self.status.cancel, "generate.cancel", tr("Cancel the current job")),
            (self.prompt.button, "generate.generate", tr(GENERATE_TIP)),
        ):
            self.commands.equip(button, name, tip)
        self.prompt.generate_requested.connect(lambda: self.generate())
        self.canvas.mask_import_requested.connect(self.masks.import_mask)
        self.canvas.mask_export_requested.connect(self.masks.export_mask)
        self.canvas.example_chosen.connect(self._try_example)
        self.canvas.view.picture_dropped.connect(self.incoming.take)
        self.canvas.view.customContextMenuRequested.connect(self._open_canvas_menu)
        self.staging.emptied.connect(self.canvas.view.setFocus)
        self.staging.save_requested.connect(self.files.save)
        self.staging.covered.connect(self.toasts.lift)
        self.gallery.show_requested.connect(self.viewer.show_picture)
        self.ribbon.explore_requested.connect(self.explorer.open_for)

    def _refresh_commands(self, *_: object) -> None:
        """Follow what can be done now; the end of a stroke is told by the history."""
        if not self._session.document.is_painting:
            self.commands.refresh()

    def _follow_model(self) -> None:
        self.prompt.follow_model()
        self.canvas.follow_model()

    def _open_canvas_menu(self, position: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        fill(menu, CANVAS_MENU, self)
        menu.popup(self.canvas.view.mapToGlobal(position))

    def _try_example(self, prompt: str) -> None:
        self._session.settings.prompt = prompt
        self.generate()

    # keeping ---------------------------------------------------------------------------------

    def _save_session(self) -> None:
        self._memory.keep(self)
        self._autosave.save()

    def _tell_refused(self, names: list[str]) -> None:
        if names:
            text = tr("Reset to default, because unreadable: {names}.", names=", ".join(names))
            self.notify(Notice(Level.warn, text))

    def _keep_keys(self) -> None:
        self.preferences.keys = dict(self.keymap.differences)

    def _warn_of_unsaved(self) -> None:
        """Refuse to close once: what the disk did not take would be lost."""
        self._is_warned = True
        text = tr("There are pictures that are not saved. Save them again, or close to lose them.")
        again = tr("Save again")
        self.notify(Notice(Level.danger, text, again, self._session.keeper.keep_again))

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
        self.incoming.take(dropped_picture(event.mimeData()))
        event.acceptProposedAction()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._session.keeper.has_unsaved and not self._is_warned:
            self._warn_of_unsaved()
            event.ignore()
            return
        self._timer.stop()
        self.dialogs.close_all()
        self.canvas_only.leave()
        self._save_session()
        self._bindings.clear()
        for part in (self.commands, self.panels, self.panel_focus, self.appearance):
            part.stop()
        for panel in (self.prompt, self.queue, self.canvas, self.staging, self.gallery):
            panel.unbind()
        self.live_bar.unbind()
        self.notifications.unbind()
        self.status.unbind()
        self.ribbon.unbind()
        self.explorer.unbind()
        self.layers.unbind()
        self.projects.unbind()
        self.viewer.close()
        super().closeEvent(event)
        self.closed.emit()
        QGuiApplication.quit()


def _first_size(screen: QSize) -> QSize:
    """Return what is useful, with room for the frame on small or magnified screens."""
    return QSize(1280, 800).boundedTo(QSize(screen.width() - 16, screen.height() - 64))
