"""Compare pictures with accepted ones by root mean square error, never bit by bit."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from t2i_studio.core.image import Image

RESULTS = Path(__file__).parent / "results"
GOLDENS = Path(__file__).parent / "goldens"


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Image, str, float], None]:
    """Return check(image, name, rmse): the picture may differ from goldens/name.png by `rmse`.

    What was made always lies in tests/results; `pytest --update-goldens` accepts it.
    """
    folder = GOLDENS if request.config.getoption("--update-goldens") else RESULTS

    def check(image: Image, name: str, rmse: float) -> None:
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.png").write_bytes(image.to_png())
        accepted = Image.from_png((GOLDENS / f"{name}.png").read_bytes())
        difference = image.pixels.astype(np.float64) - accepted.pixels
        assert np.sqrt(np.mean(difference**2)) <= rmse, folder / f"{name}.png"

    return check
