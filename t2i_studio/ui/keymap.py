"""Which keys do what: the keys that everything has at first, and those that people chose."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from psygnal import Signal
from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from t2i_studio.core.words import later, tr

Keys = tuple[str, ...]

SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
HELD: Final = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)
# These leave things and move the focus, wherever one is.
RESERVED: Final = {Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape}


class Context(StrEnum):
    """Where a key is heard."""

    window = "window"  # anywhere
    canvas = "canvas"  # while it has the focus, as the others
    gallery = "gallery"
    prompt = "prompt"

    @property
    def place(self) -> str:
        return tr(_TITLES[self])

    def overlaps(self, other: "Context") -> bool:
        """Whether a key of one could be meant for the other."""
        return self is other or Context.window in (self, other)


_TITLES: Final = {
    Context.window: later("Anywhere"),
    Context.canvas: later("Canvas"),
    Context.gallery: later("Gallery"),
    Context.prompt: later("Prompt"),
}


@dataclass(frozen=True)
class Binding:
    """Something that keys do. The keys of what is fixed are shown, but cannot be changed."""

    id: str
    title: str  # translated
    keys: Keys = ()  # at first
    context: Context = Context.window
    is_fixed: bool = False


class Keymap:
    """The keys of every binding, in Qt's portable text: "Ctrl+Shift+Z"."""

    changed = Signal(str)  # the id of a binding whose keys are others now

    def __init__(self, bindings: Iterable[Binding] = ()) -> None:
        self._bindings: dict[str, Binding] = {}
        self._chosen: dict[str, Keys] = {}
        self.add(*bindings)

    def __iter__(self) -> Iterator[Binding]:
        return iter(self._bindings.values())

    def __getitem__(self, name: str) -> Binding:
        return self._bindings[name]

    def add(self, *bindings: Binding) -> None:
        self._bindings.update((binding.id, binding) for binding in bindings)

    def keys(self, name: str) -> Keys:
        return self._chosen.get(name, self._bindings[name].keys)

    def is_changed(self, name: str) -> bool:
        return name in self._chosen

    def assign(self, name: str, keys: Iterable[str]) -> None:
        """Give a binding other keys; each must be one that `problem` has nothing against."""
        chosen = tuple(dict.fromkeys(normal(key) for key in keys))
        before = self.keys(name)
        if chosen == self._bindings[name].keys:
            self._chosen.pop(name, None)
        else:
            self._chosen[name] = chosen
        if chosen != before:
            self.changed.emit(name)

    def take(self, key: str, name: str) -> None:
        """Give a key to a binding, and take it from all that it would be in conflict with."""
        for other in self.others(key, name):
            self.assign(other.id, (kept for kept in self.keys(other.id) if kept != normal(key)))
        self.assign(name, (*self.keys(name), key))

    def reset(self, name: str) -> None:
        self.assign(name, self._bindings[name].keys)

    def reset_all(self) -> None:
        for name in tuple(self._chosen):
            self.reset(name)

    def others(self, key: str, name: str) -> tuple[Binding, ...]:
        """Return what else the key would do where this binding hears it."""
        key, context = normal(key), self._bindings[name].context
        return tuple(
            other
            for other in self._bindings.values()
            if other.id != name and context.overlaps(other.context) and key in self.keys(other.id)
        )

    def conflicts(self, name: str) -> dict[str, tuple[Binding, ...]]:
        """Return the keys of a binding that do something else, too, and what."""
        found = {key: self.others(key, name) for key in self.keys(name)}
        return {key: others for key, others in found.items() if others}

    def problem(self, key: str, name: str) -> str:
        """Return why a binding cannot have a key; empty if it can."""
        if not normal(key):
            return tr("This is not a key that can be used.")
        if reason := refusal(key, self._bindings[name].context):
            return reason
        fixed = [other.title for other in self.others(key, name) if other.is_fixed]
        if fixed:
            return tr("{key} is always: {title}.", key=native(key), title=fixed[0])
        return ""

    # keeping -----------------------------------------------------------------------------------

    @property
    def differences(self) -> dict[str, list[str]]:
        """What was changed, for the next start."""
        return {name: list(keys) for name, keys in self._chosen.items()}

    def restore(self, differences: Mapping[str, Any]) -> list[str]:
        """Replace what was changed; return what of it is unknown or cannot be used."""
        self.reset_all()
        refused = []
        for name, keys in differences.items():
            if name not in self._bindings or not isinstance(keys, list | tuple):
                refused.append(str(name))
                continue
            good = [key for key in keys if isinstance(key, str) and not self.problem(key, name)]
            refused += [f"{name}: {key}" for key in keys if key not in good]
            if good or not keys:
                self.assign(name, good)
        return refused


def normal(key: str) -> str:
    """Return a key in the one form that it is compared in; empty if it is none."""
    sequence = QKeySequence.fromString(key, QKeySequence.SequenceFormat.PortableText)
    return sequence.toString() if sequence.count() == 1 else ""


def native(key: str) -> str:
    """Return a key as people read it on this system."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def refusal(key: str, context: Context) -> str:
    """Return why a key is none for a context: what is typed must never start anything."""
    pressed: QKeyCombination = QKeySequence(key)[0]  # type: ignore[index]  # the stub lacks it
    if pressed.key() in RESERVED:
        return tr("{key} leaves things or moves the focus, everywhere.", key=native(key))
    if context in (Context.window, Context.prompt) and _is_typed(pressed):
        return tr(
            "{key} alone is typed into the prompt: hold Ctrl or Alt with it. "
            "Single keys are for canvas and gallery only.",
            key=native(key),
        )
    return ""


def _is_typed(pressed: QKeyCombination) -> bool:
    """Whether a key writes or moves a cursor; Shift with a letter is heard where none is."""
    if pressed.keyboardModifiers() & HELD or Qt.Key.Key_F1 <= pressed.key() <= Qt.Key.Key_F35:
        return False
    is_letter = Qt.Key.Key_A <= pressed.key() <= Qt.Key.Key_Z
    return not (is_letter and pressed.keyboardModifiers() & SHIFT)
