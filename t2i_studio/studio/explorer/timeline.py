"""Undo of explorations: whole states, which share all that did not change."""

from psygnal import Signal

from t2i_studio.studio.explorer.exploration import Exploration

LENGTH = 500


class Timeline:
    """The states that were, the one that is, and those that were taken back (main thread)."""

    changed = Signal()

    def __init__(self, state: Exploration) -> None:
        self._past: list[Exploration] = []
        self._future: list[Exploration] = []
        self._gesture = ""  # what moves: all of one movement is one step
        self.state = state

    @property
    def can_undo(self) -> bool:
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        return bool(self._future)

    def change(self, state: Exploration, gesture: str = "") -> None:
        """Go to a state; changes of the same `gesture` are one step until it is ended."""
        if state == self.state:
            return
        if not gesture or gesture != self._gesture:
            self._past = [*self._past, self.state][-LENGTH:]
        self._gesture, self.state, self._future = gesture, state, []
        self.changed.emit()

    def amend(self, state: Exploration) -> None:
        """Complete the state that is, without a step of its own."""
        self.state = state
        self.changed.emit()

    def restart(self, state: Exploration) -> None:
        """Forget all steps: what they lead back to can no longer be made."""
        self._past, self._future = [], []
        self._go_to(state)

    def end_gesture(self) -> None:
        self._gesture = ""

    def undo(self) -> None:
        if self._past:
            self._future.append(self.state)
            self._go_to(self._past.pop())

    def redo(self) -> None:
        if self._future:
            self._past.append(self.state)
            self._go_to(self._future.pop())

    def _go_to(self, state: Exploration) -> None:
        self._gesture, self.state = "", state
        self.changed.emit()
