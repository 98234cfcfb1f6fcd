"""The styles: look at them, make ones of your own, exchange them with others."""

from functools import partial
from pathlib import Path
from typing import Final

from pydantic import ValidationError
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from t2i_studio.core.errors import StudioError, explain
from t2i_studio.core.words import later, tr
from t2i_studio.studio.background import Background
from t2i_studio.studio.notices import Level, Notice, notice_of
from t2i_studio.studio.prompting.style_files import StyleFile, read_styles, write_styles
from t2i_studio.studio.prompting.styles import Style, filled
from t2i_studio.studio.session import Session
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.file_dialogs import ask_for_file, ask_where_to_save
from t2i_studio.ui.icons import tool_button
from t2i_studio.ui.theme import GAP, MARGIN, caption_font, set_kind
from t2i_studio.ui.widgets.prompt_edit import PromptEdit

SIZE: Final = QSize(720, 480)  # px
LIST_WIDTH: Final = 220  # px
PAUSE_MS: Final = 500  # in typing, after which a change is kept
READ_FILTER: Final = later("Styles (*.json *.csv)")
WRITE_FILTER: Final = "JSON (*.json);;CSV (*.csv)"
EXAMPLE: Final = "a fox"


class StylesDialog(QDialog):
    """Not modal; every change is kept at once. One of the program that is changed becomes ours."""

    def __init__(self, session: Session, background: Background, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._book, self._background = session, session.desk.styles, background
        self._name = ""  # of the style that is shown
        self._is_showing = False
        self._soon = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self.list = QListWidget()
        self.new = tool_button("plus", tr("New style (Ctrl+N)"))
        self.twin = tool_button("copy", tr("Duplicate the style"))
        self.remove = tool_button("trash", tr("Delete the style (Delete)"))
        self.name = QLineEdit()
        self.prompt = PromptEdit(tr("{prompt} stands for what is written"))
        self.negative = PromptEdit(tr("{prompt} stands for what is written"))
        self.state, self.preview, self.problem = QLabel(), QLabel(), QLabel()
        self.use = QPushButton(tr("Use for the prompt"))
        self.bring, self.save = QPushButton(tr("Import…")), QPushButton(tr("Export…"))
        self.leave = QPushButton(tr("Close"))
        self._set_up()
        self._lay_out()
        self._connect()
        self._bindings = Bindings([on(self._book.changed, self._list)])
        self._list()
        self.show_style(session.settings.style)

    def show_style(self, name: str) -> None:
        """Choose a style, the first one if there is none of that name."""
        rows = range(self.list.count())
        found = (row for row in rows if self.list.item(row).text().casefold() == name.casefold())
        self.list.setCurrentRow(next(found, 0))

    def closeEvent(self, event: QCloseEvent) -> None:
        self._keep()
        self._bindings.clear()
        super().closeEvent(event)

    def import_file(self, path: str) -> None:
        """Take over the styles of a file, and say what became of them."""

        def take(found: StyleFile) -> None:
            try:
                self._say(Level.ok, self._book.take(found).summary)
            except StudioError as error:
                self._complain(error)

        self._background.read(lambda: read_styles(Path(path)), take, self._complain)

    def export_file(self, path: str) -> None:
        """Write one's own styles into a file, or all where there are none."""
        styles = self._book.own or self._book.styles

        def done(_: None) -> None:
            text = tr("{count} styles saved as {name}.", count=len(styles), name=Path(path).name)
            self._say(Level.ok, text)

        self._background.run(lambda: write_styles(Path(path), styles), done, self._complain)

    # layout ----------------------------------------------------------------------------------

    def _set_up(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Styles"))
        self.resize(SIZE)
        self.list.setAccessibleName(tr("Styles"))
        self.list.setFixedWidth(LIST_WIDTH)
        self.name.setAccessibleName(tr("Name of the style"))
        self.prompt.setAccessibleName(tr("Template of the prompt"))
        self.negative.setAccessibleName(tr("Template of the negative prompt"))
        kinds = ((self.state, "muted"), (self.preview, "muted"), (self.problem, "danger"))
        for label, kind in kinds:
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setFont(caption_font(label.font()))
            set_kind(label, kind)
        self.bring.setToolTip(tr("From JSON, or the styles.csv of other programs."))
        self.save.setToolTip(tr("Your own styles, as JSON or CSV; all where there are none."))
        for button in (self.use, self.bring, self.save, self.leave):
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        buttons = _row(self.new, self.twin, self.remove)
        left = QVBoxLayout()
        left.setSpacing(GAP)
        left.addWidget(self.list, 1)
        left.addLayout(buttons)
        form = QFormLayout()
        form.setVerticalSpacing(GAP)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow(tr("Name"), self.name)
        form.addRow(tr("Prompt"), self.prompt)
        form.addRow(tr("Negative prompt"), self.negative)
        right = QVBoxLayout()
        right.setSpacing(GAP)
        right.addWidget(self.state)
        right.addLayout(form)
        for widget in (self.problem, self.preview):
            right.addWidget(widget)
        right.addStretch(1)
        body = QHBoxLayout()
        body.setSpacing(MARGIN)
        body.addLayout(left)
        body.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(MARGIN)
        column.addLayout(body, 1)
        foot = _row(self.bring, self.save)
        foot.addWidget(self.use)
        foot.addWidget(self.leave)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.list.currentTextChanged.connect(self._choose)
        self.list.itemDoubleClicked.connect(lambda _: self._use())
        self._soon.timeout.connect(self._keep)
        for changed in (self.name.textEdited, self.prompt.text_changed, self.negative.text_changed):
            changed.connect(self._edited)
        self.new.clicked.connect(self._add)
        self.twin.clicked.connect(self._duplicate)
        self.remove.clicked.connect(self._remove)
        self.use.clicked.connect(self._use)
        self.bring.clicked.connect(self._ask_import)
        self.save.clicked.connect(self._ask_export)
        self.leave.clicked.connect(self.close)
        QShortcut(QKeySequence.StandardKey.New, self, self._add)
        delete = QShortcut(QKeySequence.StandardKey.Delete, self.list, self._remove)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)

    # what is shown ---------------------------------------------------------------------------

    def _list(self) -> None:
        """Follow the styles there are; the one that is shown stays."""
        names = [style.name for style in self._book.styles]
        if names != [self.list.item(row).text() for row in range(self.list.count())]:
            was_blocked = self.list.blockSignals(True)
            self.list.clear()
            self.list.addItems(names)
            self.show_style(self._name)
            self.list.blockSignals(was_blocked)
            self._choose(self.list.currentItem().text())
        self._follow_state()

    def _choose(self, name: str) -> None:
        if name == self._name or not name:
            return
        self._keep()
        self._name = name
        style = self._book.find(name)
        self._is_showing = True
        self.name.setText(style.name)
        self.prompt.set_text(style.prompt)
        self.negative.set_text(style.negative_prompt)
        self._is_showing = False
        self._show_problem("")
        self._follow_state()

    def _follow_state(self) -> None:
        is_own, is_built_in = self._book.is_own(self._name), self._book.is_built_in(self._name)
        if is_own and is_built_in:
            state, remove = tr("Changed by you."), tr("Back to what it was (Delete)")
        elif is_own:
            state, remove = tr("Made by you."), tr("Delete the style (Delete)")
        else:
            state = tr("Part of the program: a change makes it yours.")
            remove = tr("A style of the program cannot be deleted")
        self.state.setText(state)
        self.remove.setToolTip(remove)
        self.remove.setAccessibleName(remove)
        self.remove.setEnabled(is_own)
        words = self._session.settings.prompt.strip() or EXAMPLE
        becomes = filled(self.prompt.toPlainText(), words)
        self.preview.setText(tr("The prompt becomes: {prompt}", prompt=becomes))

    def _show_problem(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    # what is done ----------------------------------------------------------------------------

    def _edited(self) -> None:
        if not self._is_showing:
            self._soon.start()
            self._follow_state()

    def _keep(self) -> None:
        """Keep what was changed; a name that cannot be is said, and the old one stays."""
        self._soon.stop()
        if not self._name:
            return
        problem = self._kept(self.name.text())
        if problem and self.name.text() != self._name:
            self._kept(self._name)
        self._show_problem(problem)

    def _kept(self, name: str) -> str:
        """Keep the style under a name; return why that cannot be."""
        before = self._name
        try:
            style = self._shown(name)
            if style == self._book.find(before):
                return ""
            self._name = style.name
            self._book.change(before, style)
        except (ValidationError, StudioError) as error:
            self._name = before
            return str(explain(error) if isinstance(error, ValidationError) else error)
        self._follow_rename(before, style.name)
        return ""

    def _shown(self, name: str) -> Style:
        return Style(
            name=name,
            prompt=self.prompt.toPlainText(),
            negative_prompt=self.negative.toPlainText(),
        )

    def _follow_rename(self, before: str, now: str) -> None:
        settings = self._session.settings
        if settings.style == before and before != now and not self._book.is_built_in(before):
            settings.style = now

    def _add(self) -> None:
        self._make(Style(name=tr("New style"), prompt="{prompt}"))

    def _duplicate(self) -> None:
        self._keep()
        self._make(self._book.find(self._name))

    def _make(self, style: Style) -> None:
        self._keep()
        try:
            made = self._book.add(style)
        except StudioError as error:
            self._complain(error)
            return
        self.show_style(made.name)
        self.name.setFocus()
        self.name.selectAll()

    def _remove(self) -> None:
        if not self._book.is_own(self._name):
            return
        self._soon.stop()
        style, row = self._book.find(self._name), self.list.currentRow()
        name, self._name = self._name, ""
        self._book.remove(name)
        if not self._book.is_built_in(name):
            self.list.setCurrentRow(min(row, self.list.count() - 1))
        else:
            self.show_style(name)
        self._choose(self.list.currentItem().text())
        text = tr("The style {name} is deleted.", name=name)
        undo = partial(self._book.change, name, style)
        self._session.noticed.emit(Notice(Level.info, text, tr("Undo"), undo))

    def _use(self) -> None:
        self._keep()
        self._session.settings.style = self._name

    def _ask_import(self) -> None:
        ask_for_file(self, tr("Import styles"), tr(READ_FILTER), self.import_file)

    def _ask_export(self) -> None:
        self._keep()
        title = tr("Export styles")
        ask_where_to_save(
            self, title, "styles.json", WRITE_FILTER, lambda path, _: self.export_file(path)
        )

    def _say(self, level: Level, text: str) -> None:
        self._session.noticed.emit(Notice(level, text))

    def _complain(self, error: Exception) -> None:
        self._session.noticed.emit(notice_of(error))


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(GAP)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
