"""One point that mouse, pen or keyboard gives to a tool."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt

NO_MODIFIER = Qt.KeyboardModifier.NoModifier


@dataclass(frozen=True)
class Touch:
    """`at` is in device pixels of the view, `place` in pixels of the picture."""

    at: QPointF
    place: QPointF
    modifiers: Qt.KeyboardModifier = NO_MODIFIER
    pressure: float = 1.0  # 0 to 1; of a mouse 1
    is_aimed: bool = False  # with the keyboard's crosshair

    @property
    def has_shift(self) -> bool:
        return bool(self.modifiers & Qt.KeyboardModifier.ShiftModifier)

    @property
    def has_control(self) -> bool:
        return bool(self.modifiers & Qt.KeyboardModifier.ControlModifier)

    @property
    def has_alt(self) -> bool:
        return bool(self.modifiers & Qt.KeyboardModifier.AltModifier)
