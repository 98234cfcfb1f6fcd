"""Everything that the program can do, as one table, and the QActions that are made from it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QWidget

from t2i_studio.core.errors import StudioError
from t2i_studio.core.words import tr
from t2i_studio.ui.icons import icon
from t2i_studio.ui.keymap import Binding, Context, Keymap, Keys, native


def _always() -> bool:
    return True


@dataclass(frozen=True)
class Command:
    """One thing that can be done: menus, keys, buttons and the palette all go through it.

    `title` is marked for translation; its "&" is before the letter that is pressed in a menu.
    `name` says it as it is now, translated ("&Undo Paint mask"); `words` are what else somebody
    may look for, marked as well. `is_checked` makes it one that is on or off.
    """

    id: str
    title: str
    call: Callable[[], object]
    keys: Keys = ()
    context: Context = Context.window
    icon: str = ""
    is_enabled: Callable[[], bool] = _always
    is_checked: Callable[[], bool] | None = None
    name: Callable[[], str] | None = None
    words: str = ""

    @property
    def text(self) -> str:
        """What it is called now, for a menu."""
        return self.name() if self.name else tr(self.title)

    @property
    def plain_text(self) -> str:
        return plain(self.text)


def plain(text: str) -> str:
    """Return the text of a menu as it is read: without "&"."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


class Commands(QObject):
    """The commands of a window as QActions; keys follow the keymap, the rest `refresh`."""

    done = Signal(str)  # the id of a command that was called
    failed = Signal(Exception)  # what one says that could not do it

    def __init__(self, window: QWidget, commands: Iterable[Command], keymap: Keymap) -> None:
        super().__init__(window)
        self.keymap = keymap
        self._commands = {command.id: command for command in commands}
        self._actions = {name: self._action(command) for name, command in self._commands.items()}
        self._tips: list[tuple[str, QAbstractButton, str]] = []
        keymap.add(*(_binding(command) for command in self._commands.values()))
        keymap.changed.connect(self._follow_keys)
        for name in self._commands:
            self._follow_keys(name)
        self.refresh()

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __iter__(self) -> Iterator[Command]:
        return iter(self._commands.values())

    def command(self, name: str) -> Command:
        return self._commands[name]

    def hear(self, context: Context, widget: QWidget) -> None:
        """Let a widget hear the keys of its context, while it has the focus."""
        for command in self._commands.values():
            if command.context is context:
                widget.addAction(self._actions[command.id])

    def equip(self, button: QAbstractButton, name: str, tip: str) -> None:
        """Give a button a tooltip that always names its keys; `tip` is translated."""
        self._tips.append((name, button, tip))
        self._show_tip(name, button, tip)

    def run(self, name: str) -> None:
        """Do it, if it can be done now."""
        command = self._commands[name]
        if command.is_enabled():
            self._call(command)
        self.refresh()

    def _call(self, command: Command) -> None:
        try:
            command.call()
        except StudioError as error:
            self.failed.emit(error)
        self.done.emit(command.id)

    def refresh(self) -> None:
        """Say of every command what it is called, whether it can be done, and whether it is on."""
        for command in self._commands.values():
            action = self._actions[command.id]
            action.setEnabled(command.is_enabled())
            if command.is_checked:
                action.setChecked(command.is_checked())
            if command.name:
                action.setText(command.name())

    def stop(self) -> None:
        """Follow nothing any longer."""
        self.keymap.changed.disconnect(self._follow_keys)

    def _action(self, command: Command) -> QAction:
        action = QAction(tr(command.title), self)
        action.setObjectName(command.id)
        action.setMenuRole(QAction.MenuRole.NoRole)
        if command.icon:
            action.setIcon(icon(command.icon))
        action.setCheckable(command.is_checked is not None)
        action.setIconVisibleInMenu(not action.isCheckable())  # it would hide the check mark
        if command.context is Context.window:
            window = self.parent()
            assert isinstance(window, QWidget)
            window.addAction(action)  # so that its keys are heard while the menus are hidden
        else:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda: self.run(command.id))
        return action

    def _follow_keys(self, name: str) -> None:
        if name in self._actions:  # and not a key of the canvas itself
            keys = [QKeySequence(key) for key in self.keymap.keys(name)]
            self._actions[name].setShortcuts(keys)
        for equipped in self._tips:
            if equipped[0] == name:
                self._show_tip(*equipped)

    def _show_tip(self, name: str, button: QAbstractButton, tip: str) -> None:
        keys = ", ".join(native(key) for key in self.keymap.keys(name))
        first, separator, rest = tip.partition("\n")
        button.setToolTip(f"{first} ({keys}){separator}{rest}" if keys else tip)
        if not button.text():
            button.setAccessibleName(first)


def _binding(command: Command) -> Binding:
    return Binding(command.id, plain(tr(command.title)), command.keys, command.context)
