"""Embeddings, bases and recipes to keep, made up."""

import numpy as np

from t2i_studio.core.concept import Concept, FromPicture, TextDiff
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.core.latent import Basis, Embeddings, Space, Vectors
from t2i_studio.core.recipe import ModelRef, Recipe
from t2i_studio.core.request import Decode
from t2i_studio.gallery.embeddings import Kept, OfConcept, OfFile, OfText

SPACE = Space(id="openai/clip-vit-large-patch14", dim=8)
OTHER = Space(id="scenes-1", dim=8)
PICTURE = Image.filled(Extent(4, 4), (200, 40, 40))
CONCEPT = Concept(
    base=FromPicture(image=PICTURE),
    edits=(TextDiff(before="winter", after="autumn", theta=0.3),),
)
SOURCES = (OfText(text="a fox 🦊"), OfFile(name="fox.png"), OfConcept(concept=CONCEPT))


def embeddings(count: int = 3, space: Space = SPACE, seed: int = 0) -> Embeddings:
    values = np.random.default_rng(seed).standard_normal((count, space.dim))
    return Embeddings(space=space, vectors=Vectors(values))


def kept() -> Kept:
    return Kept(embeddings=embeddings(), titles=("a fox", "füchse\n🦊", ""), sources=SOURCES)


def basis(names: tuple[str, ...] = ("snow / grass", "red / blue")) -> Basis:
    components = np.linalg.qr(np.random.default_rng(1).standard_normal((8, 8)))[0][:2]
    return Basis(
        space=SPACE,
        mean=embeddings(1).vectors,
        components=Vectors(components),
        variances=(2.1, 1.0 / 3.0),
        total_variance=5.7,
        count=90,
        names=names,
    )


def recipe(seed: int = 0) -> Recipe:
    return Recipe(
        request=Decode(id="d" * 32, prompt="a secret", concept=CONCEPT, seed=seed),
        model=ModelRef(name="scenes", title="Scenes", sha256="0" * 64),
        device="cpu",
        dtype="float32",
        numerics={},
        versions={},
    )
