"""A pinned candidate of the prior: it holds only as long as what it was drawn with."""

from functools import partial

from psygnal import Signal

from t2i_studio.core.words import later, tr
from t2i_studio.studio.notices import Level, Notice
from t2i_studio.studio.settings import Settings

DRAWN_WITH = {
    "model": later("model"),
    "prompt": later("prompt"),
    "negative_prompt": later("negative prompt"),
    "style": later("style"),
    "seed": later("seed"),
    "prior_kind": later("kind of prior"),
    "prior_steps": later("prior's steps"),
    "prior_guidance": later("prior's guidance"),
    "candidates": later("number of candidates"),
}
"""The settings that decide what a draw is, and what they are called."""


def candidate_title(draw: int) -> str:
    """Return what a draw is called: the first is 0, and candidate 1."""
    return tr("Candidate {number}", number=draw + 1)


class PinnedDraw:
    """Unpins the candidate in the settings when it would mean another one, and says so."""

    noticed = Signal(Notice)

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        for field, what in DRAWN_WITH.items():
            settings.events[field].connect(partial(self._unpin, what), max_args=0)

    def _unpin(self, what: str) -> None:
        draw = self._settings.prior_draw
        if draw is not None:
            self._settings.prior_draw = None
            text = tr(
                "{candidate_title} is no longer pinned: the {what} changed.",
                candidate_title=candidate_title(draw),
                what=tr(what),
            )
            self.noticed.emit(Notice(Level.info, text))
