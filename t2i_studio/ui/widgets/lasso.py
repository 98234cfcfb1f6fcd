"""A loop that is drawn with the mouse held down, told apart from a click."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

STEP = 4.0  # px between its corners


class Lasso:
    """From `press` to `take`; empty until the mouse has gone too far for a click."""

    def __init__(self) -> None:
        self._press: QPointF | None = None
        self._corners: list[QPointF] = []

    @property
    def corners(self) -> tuple[QPointF, ...]:
        return tuple(self._corners)

    @property
    def is_held(self) -> bool:
        """Whether the button is down and nobody gave up."""
        return self._press is not None

    def press(self, at: QPointF) -> None:
        self._press, self._corners = at, []

    def draw_on(self, at: QPointF) -> bool:
        """Follow the mouse; tell whether there is a new corner."""
        if self._press is None:
            return False
        last = self._corners[-1] if self._corners else self._press
        least = STEP if self._corners else QApplication.startDragDistance()
        if (at - last).manhattanLength() < least:
            return False
        self._corners = [*(self._corners or [last]), at]
        return True

    def take(self) -> NDArray[np.float64]:
        """End it; return its corners, (M, 2), none if it was a click."""
        loop = np.array([corner.toTuple() for corner in self._corners], np.float64)
        self._press, self._corners = None, []
        return loop.reshape(-1, 2)
