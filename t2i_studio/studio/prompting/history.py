"""Walking back through the prompts that were used, and searching them."""

from collections.abc import Sequence

from t2i_studio.studio.settings import Settings

DRAFT = -1  # what is being written


class HistoryWalk:
    """Steps through the history of prompts; what was being written waits at its end."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._draft: str | None = None

    def step(self, by: int) -> None:
        """Show an older prompt (by +1) or a newer one (by -1); beyond the ends nothing happens."""
        settings, history = self._settings, self._settings.history
        now = history.index(settings.prompt) if settings.prompt in history else DRAFT
        place = now + by
        if now == DRAFT and by > 0:
            self._draft = settings.prompt
        if 0 <= place < len(history):
            settings.prompt = history[place]
        elif place == DRAFT and self._draft is not None:
            settings.prompt, self._draft = self._draft, None

    def forget(self, prompt: str) -> None:
        """Take a prompt out of the history."""
        self._settings.history = tuple(each for each in self._settings.history if each != prompt)


def found(history: Sequence[str], words: str) -> list[str]:
    """Return the prompts that hold every one of the words, newest first."""
    wanted = words.casefold().split()
    return [text for text in history if all(word in text.casefold() for word in wanted)]
