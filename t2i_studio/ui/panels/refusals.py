"""Say once why a tool does nothing, and offer what would help."""

from collections.abc import Callable

from t2i_studio.core.words import tr
from t2i_studio.studio.notices import Level, Notice
from t2i_studio.studio.session import Session
from t2i_studio.studio.staging import ORIGINAL
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.canvas.refusal import Refusal


class Refusals:
    """Says it again only after something has changed that could have helped."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._said: set[str] = set()
        document, tools = session.document, session.tools
        forgets = (
            document.extent_changed,
            document.active_changed,
            document.layers_changed,
            session.staging.shown_changed,
            tools.events.is_mask_visible,
        )
        self._bindings = Bindings([*(on(signal, self._forget) for signal in forgets)])
        self._bindings.add(on(document.mask_changed, lambda _: self._look_at_mask()))

    def unbind(self) -> None:
        self._bindings.clear()

    def explain(self, refusal: Refusal) -> None:
        notices: dict[Refusal, Callable[[], Notice | None]] = {
            Refusal.no_picture: self._no_picture,
            Refusal.covered: self._covered,
            Refusal.hidden_layer: self._hidden_layer,
        }
        if refusal.value not in self._said and (notice := notices[refusal]()):
            self._say(refusal.value, notice)

    def _no_picture(self) -> Notice:
        text = tr("There is no picture to work on yet: open one, or generate one.")
        return Notice(Level.info, text)

    def _covered(self) -> Notice | None:
        staging = self._session.staging
        if staging.selected is not None:
            return None  # the panel of the results says so, and offers to accept
        text = tr("A preview covers the picture. Look at the original to work on it.")
        return Notice(Level.info, text, tr("Original"), lambda: staging.select(ORIGINAL))

    def _hidden_layer(self) -> Notice | None:
        document = self._session.document
        layer = document.active_layer
        if layer is None:
            return None
        text = tr("The layer “{name}” is hidden, so nothing can be done to it.", name=layer.name)

        def show() -> None:
            document.change_layer(layer.id, is_visible=True)

        return Notice(Level.info, text, tr("Show it"), show)

    def _look_at_mask(self) -> None:
        """Tell who paints a mask that is not shown."""
        tools, name = self._session.tools, "hidden_mask"
        if tools.is_mask_visible or not self._session.document.is_painting or name in self._said:
            return

        def show() -> None:
            tools.is_mask_visible = True

        text = tr("The mask is not shown: what is painted on it counts, but cannot be seen.")
        self._say(name, Notice(Level.info, text, tr("Show mask"), show))

    def _say(self, name: str, notice: Notice) -> None:
        self._said.add(name)
        self._session.noticed.emit(notice)

    def _forget(self, *_: object) -> None:
        self._said.clear()
