"""The keys of one command: take some away, add others, and settle conflicts."""

from typing import Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from t2i_studio.core.words import tr
from t2i_studio.ui.bind import on
from t2i_studio.ui.icons import tool_button
from t2i_studio.ui.itemmodels.bindings import conflict_text
from t2i_studio.ui.keymap import Binding, Keymap, native
from t2i_studio.ui.theme import GAP, MARGIN, set_kind
from t2i_studio.ui.widgets.key_recorder import KeyRecorder

HEIGHT: Final = 104  # px: it does not jump when there is more to say


class BindingPanel(QFrame):
    """Shows the binding that is chosen in the table."""

    def __init__(self, keymap: Keymap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keymap = keymap
        self._binding: Binding | None = None
        self._wanted = ""  # a key that belongs to others
        self.title = QLabel()
        self.add = KeyRecorder()
        self.reset = QPushButton(tr("Reset"))
        self.message = QLabel()
        self.take = QPushButton(tr("Take it from there"))
        self.chips: list[QWidget] = []
        self._keys = QHBoxLayout()
        self._lay_out()
        self.add.recorded.connect(self._record)
        self.reset.clicked.connect(self._reset)
        self.take.clicked.connect(self._take)
        self._off = on(keymap.changed, lambda _: self._show())
        self._show()

    def unbind(self) -> None:
        self._off()

    def show_binding(self, binding: Binding | None) -> None:
        self._binding, self._wanted = binding, ""
        self._say("")
        self._show()

    def _lay_out(self) -> None:
        set_kind(self, "card")
        self.setFixedHeight(HEIGHT)
        self.message.setWordWrap(True)
        self.reset.setToolTip(tr("Give this command the keys that it had at first."))
        self.take.setToolTip(tr("This command gets the key, and the other one loses it."))
        for button in (self.add, self.reset, self.take):
            button.setAutoDefault(False)
        self._keys.setSpacing(GAP)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self.title, 1)
        buttons.addLayout(self._keys)
        buttons.addWidget(self.add)
        buttons.addWidget(self.reset)
        words = QHBoxLayout()
        words.setSpacing(GAP)
        words.addWidget(self.message, 1)
        words.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        column.setSpacing(4)
        column.addLayout(buttons)
        column.addLayout(words, 1)

    # showing -----------------------------------------------------------------------------------

    def _show(self) -> None:
        binding = self._binding
        self.title.setText(binding.title if binding else "")
        is_free = binding is not None and not binding.is_fixed
        self.add.setEnabled(is_free)
        self.reset.setEnabled(is_free and self._keymap.is_changed(binding.id if binding else ""))
        self.take.setVisible(bool(self._wanted))
        self._show_chips()
        if binding and not self._wanted and not self.message.text():
            self._say(conflict_text(self._keymap, binding))
        if binding and binding.is_fixed:
            self._say(tr("These keys cannot be changed."))

    def _show_chips(self) -> None:
        for chip in self.chips:
            self._keys.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        keys = self._keymap.keys(self._binding.id) if self._binding else ()
        self.chips = [self._chip(key) for key in keys]
        for chip in self.chips:
            self._keys.addWidget(chip)

    def _chip(self, key: str) -> QWidget:
        chip = QFrame()
        set_kind(chip, "chip")
        line = QHBoxLayout(chip)
        line.setContentsMargins(GAP, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(QLabel(native(key)))
        remove = tool_button("close", tr("Take {key} away", key=native(key)))
        remove.setEnabled(self._binding is not None and not self._binding.is_fixed)
        remove.clicked.connect(lambda: self._remove(key))
        line.addWidget(remove)
        return chip

    def _say(self, text: str, kind: str = "muted") -> None:
        self.message.setText(text)
        self.message.setAccessibleName(text)
        set_kind(self.message, kind)

    # changing ----------------------------------------------------------------------------------

    def _record(self, key: str) -> None:
        if self._binding is None:
            return
        self._wanted = ""
        name = self._binding.id
        if problem := self._keymap.problem(key, name):
            self._say(problem, "warn")
        elif others := self._keymap.others(key, name):
            self._wanted = key
            titles = ", ".join(f"{other.title} ({other.context.place})" for other in others)
            self._say(tr("{key} belongs to: {others}.", key=native(key), others=titles), "warn")
        else:
            self._say("")
            self._keymap.assign(name, (*self._keymap.keys(name), key))
        self._show()

    def _take(self) -> None:
        if self._binding and self._wanted:
            key, self._wanted = self._wanted, ""
            self._say("")
            self._keymap.take(key, self._binding.id)
            self.add.setFocus()

    def _remove(self, key: str) -> None:
        if self._binding:
            self._wanted = ""
            self._say("")
            kept = (other for other in self._keymap.keys(self._binding.id) if other != key)
            self._keymap.assign(self._binding.id, kept)
            self.add.setFocus()

    def _reset(self) -> None:
        if self._binding:
            self._wanted = ""
            self._say("")
            self._keymap.reset(self._binding.id)
            self.add.setFocus()
