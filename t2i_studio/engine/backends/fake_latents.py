"""The embeddings of the fake backend: mean colours (3,) float32 of 0 to 255, mixed on lines."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from t2i_studio.core import concept as concepts
from t2i_studio.core.concept import Concept, FromEmbedding, FromPicture, Mix
from t2i_studio.core.events import BasisReady, Classified, Embedded
from t2i_studio.core.image import Image
from t2i_studio.core.latent import Basis, Embeddings, Space, Vectors
from t2i_studio.core.request import Classify, Embed, FitBasis

SPACE = Space(id="fake-colours", dim=3)
COLOURS = {
    "red": (200, 40, 40),
    "green": (40, 160, 60),
    "blue": (40, 70, 200),
    "yellow": (230, 200, 40),
    "white": (240, 240, 240),
    "black": (20, 20, 20),
}
SHARPNESS = 20.0  # of the softmax over cosines

Colour = NDArray[np.float32]


def of_text(text: str) -> Colour:
    """Return the first colour word's colour; grey for a text without one."""
    words = [word for word in text.lower().split() if word in COLOURS]
    return np.array(COLOURS[words[0]] if words else (128, 128, 128), np.float32)


def of_picture(image: Image) -> Colour:
    return np.array(image.pixels.reshape(-1, 3).mean(axis=0), np.float32)


def resolved(base: concepts.Base) -> Colour:
    """Return the colour that a base starts with."""
    if isinstance(base, Mix):
        corners = [resolved(corner) for corner in base.corners]
        upper = corners[0] + base.x * (corners[1] - corners[0])
        if len(corners) == 2:
            return upper
        lower = corners[2] + (base.x * (corners[3] - corners[2]) if len(corners) == 4 else 0)
        return np.asarray(upper + base.y * (lower - upper), np.float32)
    if isinstance(base, FromPicture):
        return of_picture(base.image)
    if isinstance(base, FromEmbedding):
        return np.array(base.embedding.vectors.values[0])
    return of_text(base.prompt)


def edited(concept: Concept) -> Colour:
    """Return the colour that a concept ends with."""
    colour = resolved(concept.base)
    for edit in concept.edits:
        if isinstance(edit, concepts.TextDiff):
            colour = colour + edit.theta * (of_text(edit.after) - colour)
        elif isinstance(edit, concepts.Shift):
            step = edit.basis.variances[0] ** 0.5
            colour = colour + edit.amount * step * edit.basis.components.values[0]
        else:
            mean, kept = edit.basis.mean.values[0], edit.basis.components.values
            colour = mean + (colour - mean) @ kept.T @ kept
    return colour.astype(np.float32)


def goals(concept: Concept) -> Iterator[Colour]:
    """Yield the colours that the text diffs go to."""
    for edit in concept.edits:
        if isinstance(edit, concepts.TextDiff):
            yield of_text(edit.after)


def cosine(a: Colour, b: Colour) -> float:
    lengths = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(a @ b) / lengths if lengths else 0.0


def embeddings(colours: Sequence[Colour]) -> Embeddings:
    return Embeddings(space=SPACE, vectors=Vectors(np.stack(colours)))


def answered(request: Embed | Classify | FitBasis) -> Embedded | Classified | BasisReady:
    """Return the answer to a request without pictures."""
    match request:
        case Embed():
            colours = [
                of_picture(each) if isinstance(each, Image) else of_text(each)
                for each in request.inputs
            ]
            return Embedded(request_id=request.id, embeddings=embeddings(colours))
        case Classify():
            return _classified(request)
        case FitBasis():
            return _fitted(request)


def _classified(request: Classify) -> Classified:
    colour = resolved(request.start)
    cosines = [cosine(colour, of_text(label)) for label in request.labels]
    weights = np.exp(SHARPNESS * (np.array(cosines) - max(cosines)))
    return Classified(
        request_id=request.id,
        labels=request.labels,
        shares=tuple((weights / weights.sum()).tolist()),
        cosines=tuple(cosines),
    )


def _fitted(request: FitBasis) -> BasisReady:
    values = request.embeddings.vectors.values
    mean, count = values.mean(axis=0, keepdims=True), request.components
    _, spread, axes = np.linalg.svd(values - mean, full_matrices=False)
    variances = spread**2 / max(1, len(values) - 1)
    basis = Basis(
        space=SPACE,
        mean=Vectors(mean),
        components=Vectors(axes[:count]),
        variances=tuple(variances[:count].tolist()),
        total_variance=float(variances.sum()),
        count=len(values),
        names=tuple(f"less {axis} / more {axis}" for axis in range(1, count + 1)),
    )
    coordinates = Vectors((values - mean) @ axes[:count].T)
    return BasisReady(request_id=request.id, basis=basis, coordinates=coordinates)
