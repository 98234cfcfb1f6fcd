"""A background that works when it is told to."""

from collections.abc import Callable
from functools import partial
from typing import Any

from t2i_studio.studio.background import InlineBackground


class LateBackground(InlineBackground):
    """Works, and answers, step by step."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def run(self, task: Any, done: Any, failed: Any) -> None:
        self.waiting.append(lambda: self.waiting.insert(0, partial(done, task())))

    def step(self) -> None:
        self.waiting.pop(0)()

    def work(self) -> None:
        while self.waiting:
            self.step()
