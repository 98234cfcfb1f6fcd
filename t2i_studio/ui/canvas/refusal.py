"""When a tool can do nothing, and why."""

from enum import Enum, IntEnum

from t2i_studio.studio.document import Document


class Need(IntEnum):
    """What has to be there before a tool can do anything; each includes those before."""

    nothing = 0
    picture = 1
    canvas = 2  # that nothing covers
    target = 3  # that can be seen: the mask or a layer


class Refusal(Enum):
    """Why a press did nothing."""

    no_picture = "no_picture"
    covered = "covered"  # by a preview or a result
    hidden_layer = "hidden_layer"


def refusal(needs: Need, document: Document, *, is_editable: bool) -> Refusal | None:
    """Return why a tool can do nothing now; None if it can."""
    if needs >= Need.picture and document.extent is None:
        return Refusal.no_picture
    if needs >= Need.canvas and not is_editable:
        return Refusal.covered
    layer = document.active_layer
    if needs >= Need.target and layer is not None and not layer.is_visible:
        return Refusal.hidden_layer
    return None
