"""A film strip with what is made of it: progress, a caption, and files."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from t2i_studio.core.words import tr
from t2i_studio.studio.background import Background
from t2i_studio.studio.explorer.strip import FilmStripRun
from t2i_studio.studio.session import Session
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.explorer.strip_export import StripExport
from t2i_studio.ui.icons import icon, tool_button
from t2i_studio.ui.theme import GAP, set_kind
from t2i_studio.ui.widgets.film_strip import FilmStrip


class StripView(QWidget):
    """Shows one strip; `button` makes it, `export` saves it. Hidden parts come with it."""

    def __init__(
        self,
        run: FilmStripRun,
        session: Session,
        background: Background,
        title: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._run = run
        self.button = QPushButton(icon("gallery"), title)
        self.stop = tool_button("stop", tr("Stop; the frames that are made stay"))
        self.stop.setAccessibleName(tr("Stop the film strip"))
        self.export = StripExport(run, session, background, self)
        self.strip = FilmStrip()
        self.caption = QLabel()
        set_kind(self.caption, "muted")
        self.strip.scrubbed.connect(self._show_caption)
        self.stop.clicked.connect(run.cancel)
        self._lay_out()
        self._is_stale = False
        self._bindings = Bindings(
            [on(run.changed, self._show), on(session.explorer.changed, self._age)]
        )
        self._show()

    def unbind(self) -> None:
        self._bindings.clear()
        self.export.unbind()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(GAP)
        line.addWidget(self.button)
        line.addWidget(self.stop)
        line.addStretch(1)
        line.addWidget(self.export)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self.strip)
        column.addWidget(self.caption)

    def _age(self) -> None:
        """Say that the frames are of a state that is no more."""
        self._is_stale = bool(self._run.frames) and not self._run.is_busy
        self._show_caption()

    def _show(self) -> None:
        run = self._run
        self._is_stale = self._is_stale and not run.is_busy
        images = run.images
        self.strip.show_frames(
            images,
            tuple(frame.caption for frame in run.frames if frame.image is not None),
            expected=len(run.frames) if run.is_busy else 0,
        )
        for widget in (self.strip, self.caption):
            widget.setVisible(bool(run.frames))
        self.stop.setVisible(run.is_busy)
        self._show_caption()

    def _show_caption(self) -> None:
        run = self._run
        if run.message:
            self.caption.setText(run.message)
        elif run.is_busy:
            self.caption.setText(
                tr("{count} of {total} frames", count=len(run.images), total=len(run.frames))
            )
        else:
            before = tr("Of before the last change: ") if self._is_stale else ""
            self.caption.setText(f"{before}{self.strip.caption}")
