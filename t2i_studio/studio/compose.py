"""From the state of the studio to one frozen request."""

from t2i_studio.core.concept import Concept, FromPicture
from t2i_studio.core.image import Image
from t2i_studio.core.request import Decode, Generate, Inpaint
from t2i_studio.studio.document import Document
from t2i_studio.studio.settings import Settings

VARIATIONS = 4  # at least: what DALL·E 2 offered


def paints(document: Document) -> bool:
    """Tell whether Generate will repaint the mask instead of making a new picture."""
    return document.has_mask


def compose(settings: Settings, document: Document) -> Generate | Inpaint:
    """Snapshot everything that the result will depend on; raises ValidationError."""
    shared = {
        "prompt": settings.prompt,
        "negative_prompt": settings.negative_prompt,
        "model": settings.model,
        "seed": settings.seed,
        "count": settings.count,
        "size": settings.size,
        "rerank": settings.rerank,
        **settings.stages(),
    }
    if not paints(document):
        return Generate.model_validate(shared)
    canvas = {"image": document.picture, "mask": document.mask}
    feather = {} if settings.feather is None else {"feather": settings.feather}
    return Inpaint.model_validate({**shared, **canvas, **feather})


def variations(settings: Settings, image: Image) -> Decode:
    """Ask for pictures that mean the same: the decoder alone, from new noise."""
    return Decode(
        model=settings.model,
        concept=Concept(base=FromPicture(image=image)),
        seed=settings.seed,
        count=max(settings.count, VARIATIONS),
        size=settings.size,
    )
