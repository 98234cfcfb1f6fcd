"""What backends share: the single pictures of a request."""

from typing import TypeVar

from t2i_studio.core.request import Pictures

R = TypeVar("R", bound=Pictures)


def single(request: R, index: int) -> R:
    """Return the request that makes only picture `index`: what its recipe holds."""
    return request.model_copy(update={"seed": request.seed + index, "count": 1, "rerank": False})
