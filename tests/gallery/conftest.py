from datetime import date
from pathlib import Path

import numpy as np
import pytest

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.core.recipe import ModelRef, Recipe
from t2i_studio.core.request import Generate, Inpaint
from t2i_studio.gallery.store import Gallery

IMAGE = Image.filled(Extent(40, 20), (200, 40, 40))
MASK = Mask(np.full((20, 40), 255, np.uint8))


def recipe(seed: int = 3) -> Recipe:
    return of(Generate(prompt="a red cube", seed=seed))


def of(request: Generate | Inpaint) -> Recipe:
    return Recipe(
        request=request,
        model=ModelRef(name="scenes", title="Scenes", sha256="0" * 64),
        device="cpu",
        dtype="float32",
        numerics={},
        versions={},
    )


class Calendar:
    """The day that a gallery believes in."""

    def __init__(self) -> None:
        self.today = date(2026, 11, 20)

    def __call__(self) -> date:
        return self.today


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def gallery(tmp_path: Path, calendar: Calendar) -> Gallery:
    return Gallery(tmp_path / "gallery", calendar)
