"""The chip that says which candidate of the prior is pinned."""

from PySide6.QtWidgets import QWidget

from t2i_studio.core.words import later, tr
from t2i_studio.studio.pinned_draw import candidate_title
from t2i_studio.studio.settings import Settings
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.widgets.chip import Chip

TIP = later(
    "Generate makes this candidate instead of the best one. It is unpinned when the prompt, the "
    "seed, the number of candidates or the prior changes.\n"
    "With a count over 1, the further pictures take the same draw of their own seeds."
)


class PinChip(Chip):
    """Follows the settings; its cross unpins."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(tr("Unpin: make the best candidate again"), parent)
        self._settings = settings
        self.setToolTip(tr(TIP))
        self.closed.connect(self._unpin)
        self._bindings = Bindings([on(settings.events.prior_draw, self._show)])
        self._show(settings.prior_draw)

    def unbind(self) -> None:
        self._bindings.clear()

    def _unpin(self) -> None:
        self._settings.prior_draw = None

    def _show(self, draw: int | None) -> None:
        if draw is None:
            self.set_text("")
        else:
            self.set_text(tr("{candidate} pinned", candidate=candidate_title(draw)))
