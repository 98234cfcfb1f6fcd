"""The tab of the mix board: a point between pictures and prompts."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from t2i_studio.core.errors import explain
from t2i_studio.core.image import Image
from t2i_studio.core.pictures import read_picture
from t2i_studio.core.words import later, tr
from t2i_studio.engine.resolve import random_seed
from t2i_studio.studio.background import Background
from t2i_studio.studio.explorer.exploration import CORNERS, Pick
from t2i_studio.studio.notices import Level, Notice, notice_of
from t2i_studio.studio.session import Session
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.explorer.strip_view import StripView
from t2i_studio.ui.icons import icon, tool_button
from t2i_studio.ui.qimage import from_qimage
from t2i_studio.ui.theme import GAP, MARGIN, set_kind
from t2i_studio.ui.widgets.mix_board import MixBoard
from t2i_studio.ui.widgets.mix_corner import Corner
from t2i_studio.ui.widgets.shy_button import ShyButton

PLACES = (later("top left"), later("top right"), later("bottom left"), later("bottom right"))
HINT = later("Put pictures or prompts on two to four corners, then drag the point between them.")
NOISE_TIP = later(
    "Off: every mix starts from one noise, so that only the meaning changes.\n"
    "On: the noise is that of the pictures, mixed like their meanings; corners look like "
    "themselves. x_T fixed or slerped, Ramesh et al. 2022, section 3.2"
)


class MixTab(QWidget):
    """The board, how its noise is made, and the strip from left to right."""

    def __init__(
        self, session: Session, background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._background = session, background
        self._explorer = session.explorer
        self.board = MixBoard()
        self.hint = QLabel(tr(HINT))
        self.hint.setWordWrap(True)
        set_kind(self.hint, "muted")
        self.noise = QCheckBox(tr("Noise of the pictures"))
        self.noise.setToolTip(tr(NOISE_TIP))
        self.dice = tool_button("dice", tr("Another noise\nThe mixes keep their meaning."))
        self.dice.setAccessibleName(tr("Another noise"))
        self.clear = ShyButton(icon("clear"), tr("Clear"))
        self.clear.setToolTip(tr("Empty all corners and go back to the single picture"))
        set_kind(self.clear, "flat")
        self.strip = StripView(self._explorer.board_strip, session, background, tr("Film strip"))
        self.strip.button.setToolTip(tr("Make the way from left to right as seven frames"))
        self._lay_out()
        self._connect()
        self._bindings = Bindings(
            [
                on(self._explorer.changed, self._show),
                on(self._explorer.shown_changed, self._show_picture),
            ]
        )
        self._show()
        self._show_picture()

    def unbind(self) -> None:
        self._bindings.clear()
        self.strip.unbind()

    def corner_menu(self, place: int) -> QMenu:
        """Return what can be put on a corner."""
        menu = QMenu(self)
        menu.addAction(icon("canvas"), tr("Picture on the canvas"), lambda: self._put_canvas(place))
        menu.addAction(icon("explore"), tr("Explored picture"), lambda: self._put_explored(place))
        menu.addAction(icon("text"), tr("Prompt…"), lambda: self._ask_prompt(place))
        if self._explorer.state.corners[place] is not None:
            menu.addSeparator()
            menu.addAction(
                icon("trash"), tr("Clear corner"), lambda: self._explorer.set_corner(place, None)
            )
        return menu

    def put_prompt(self, place: int, text: str) -> None:
        try:
            pick = Pick.prompt(text)
        except ValidationError as error:
            self._session.noticed.emit(Notice(Level.warn, str(explain(error))))
        else:
            self._explorer.set_corner(place, pick)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.noise)
        line.addWidget(self.dice)
        line.addStretch(1)
        line.addWidget(self.clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, GAP, MARGIN, MARGIN)
        column.setSpacing(GAP)
        column.addWidget(self.hint)
        column.addWidget(self.board)
        column.addLayout(line)
        column.addWidget(self.strip)
        column.addStretch(1)

    def _connect(self) -> None:
        self.board.moved.connect(self._mover(is_moving=True))
        self.board.settled.connect(self._mover(is_moving=False))
        self.board.corner_activated.connect(self._open_menu)
        self.board.corner_dropped.connect(self._drop)
        self.noise.toggled.connect(self._set_noise)
        self.clear.clicked.connect(self._clear)
        self.dice.clicked.connect(self._draw_noise)
        self.strip.button.clicked.connect(lambda: self._explorer.mix_strip())

    def _mover(self, *, is_moving: bool) -> Callable[[float, float], None]:
        return lambda x, y: self._explorer.set_point(x, y, is_moving=is_moving)

    def _show(self) -> None:
        state = self._explorer.state
        self.board.show_corners(tuple(map(_corner, state.corners)))
        self.board.set_point(*state.point)
        self.noise.setChecked(state.noise == "inverted")
        can_mix = len(state.picks) > 1
        self.strip.button.setEnabled(can_mix)
        self.clear.setEnabled(bool(state.picks))
        self.hint.setVisible(not can_mix)

    def _show_picture(self) -> None:
        explorer = self._explorer
        self.board.show_picture(explorer.after if explorer.state.uses_mix else None)

    def _open_menu(self, place: int) -> None:
        menu = self.corner_menu(place)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.board.mapToGlobal(self.board.rect().center()))

    def _set_noise(self, is_inverted: bool) -> None:
        state = self._explorer.state
        if (state.noise == "inverted") != is_inverted:
            self._explorer.set_mix(replace(state, noise="inverted" if is_inverted else "drawn"))

    def _draw_noise(self) -> None:
        self._explorer.set_mix(replace(self._explorer.state, seed=random_seed()))

    def _clear(self) -> None:
        corners = (None,) * CORNERS
        self._explorer.set_mix(replace(self._explorer.state, corners=corners, is_mixed=False))

    def _put_canvas(self, place: int) -> None:
        picture = self._session.shown_picture
        self._put(place, picture, tr("There is no picture on the canvas yet."))

    def _put_explored(self, place: int) -> None:
        self._put(place, self._explorer.after, tr("Explore a picture first."))

    def _put(self, place: int, picture: Image | None, otherwise: str) -> None:
        if picture is None:
            self._session.noticed.emit(Notice(Level.info, otherwise))
        else:
            self._explorer.set_corner(place, Pick.picture(picture))

    def _ask_prompt(self, place: int) -> None:
        dialog = QInputDialog(self.window())
        dialog.setWindowTitle(tr("Prompt"))
        dialog.setLabelText(tr("What stands at the {place}?", place=tr(PLACES[place])))
        dialog.textValueSelected.connect(lambda text: self.put_prompt(place, text))
        dialog.open()

    def _drop(self, place: int, dropped: object) -> None:
        if isinstance(dropped, str):
            self.put_prompt(place, dropped)
        elif isinstance(dropped, QImage):
            self._explorer.set_corner(place, Pick.picture(from_qimage(dropped)))
        elif isinstance(dropped, list) and dropped:
            self._read(place, Path(dropped[0]))

    def _read(self, place: int, path: Path) -> None:
        self._background.read(
            lambda: read_picture(path),
            lambda image: self._explorer.set_corner(place, Pick.picture(image, path.name)),
            lambda error: self._session.noticed.emit(notice_of(error)),
        )


def _corner(pick: Pick | None) -> Corner | None:
    return None if pick is None else Corner(pick.title, pick.image)
