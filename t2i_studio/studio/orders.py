"""From settings and canvas to a request that can run as it stands."""

from collections.abc import Callable
from dataclasses import dataclass

from pydantic import ValidationError

from t2i_studio.core.capabilities import Capabilities
from t2i_studio.core.errors import explain
from t2i_studio.core.image import Image
from t2i_studio.core.request import Decode, Generate, Inpaint, Refine
from t2i_studio.engine.resolve import resolve
from t2i_studio.studio.compose import variations
from t2i_studio.studio.placement import Placement
from t2i_studio.studio.prompting.desk import PromptDesk
from t2i_studio.studio.prompting.evaluate import Means
from t2i_studio.studio.settings import Settings
from t2i_studio.studio.workspace import Workspace

Wanted = Generate | Inpaint | Refine | Decode


@dataclass(frozen=True)
class Order:
    """A request that can run, and what its results have to know of the canvas."""

    request: Wanted
    placement: Placement
    capabilities: Capabilities | None


@dataclass(frozen=True)
class Drafted:
    """What Generate asks for as it was written, and what it takes to read that."""

    request: Generate | Inpaint | Refine
    style: str
    means: Means
    placement: Placement
    capabilities: Capabilities | None


class Orders:
    """Takes them; each is resolved, so that real seeds are shown and mistakes told at once."""

    def __init__(
        self,
        settings: Settings,
        workspace: Workspace,
        desk: PromptDesk,
        capabilities: Callable[[], Capabilities | None],
    ) -> None:
        self._settings, self._workspace, self._desk = settings, workspace, desk
        self._capabilities = capabilities  # of the chosen model

    def picture(self, settings: Settings | None = None) -> Order:
        """Snapshot what Generate asks for, or would ask for with other settings.

        Raises StudioError.
        """
        asked = settings or self._settings
        return self._order(lambda: self._composed(asked), asked)

    def draft(self) -> Drafted:
        """Snapshot what Generate asks for, before anything of it is resolved; raises UserError."""
        capabilities, settings = self._capabilities(), self._settings
        try:
            composed, placement = self._workspace.compose(capabilities, settings)
        except ValidationError as error:
            raise explain(error) from error
        means = self._desk.means(capabilities)
        return Drafted(composed.request, settings.style, means, placement, capabilities)

    def variations(self, image: Image) -> Order:
        """Ask for pictures of what this one means; raises StudioError."""
        settings = self._settings
        return self._order(lambda: (variations(settings, image), Placement()), settings)

    def _composed(self, settings: Settings) -> tuple[Wanted, Placement]:
        composed, placement = self._workspace.compose(self._capabilities(), settings)
        return composed.request, placement

    def _order(self, make: Callable[[], tuple[Wanted, Placement]], settings: Settings) -> Order:
        capabilities = self._capabilities()
        try:
            request, placement = make()
            if capabilities:
                request = resolve(request, capabilities)
            request = self._desk.fill(request, capabilities, settings.style)
        except ValidationError as error:
            raise explain(error) from error
        return Order(request, placement, capabilities)
