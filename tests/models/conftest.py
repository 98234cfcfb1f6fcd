from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from t2i_studio.models.unclip.pipeline import UnCLIP
from t2i_studio.models.unclip.weights import Parts, load_parts
from tests.models.running import finish

SCENES = Path(__file__).parents[2] / "resources" / "checkpoints" / "scenes"


@pytest.fixture(scope="session")
def scenes() -> Path:
    return SCENES


@pytest.fixture(scope="session")
def unclip() -> UnCLIP:
    return UnCLIP(finish(load_parts(SCENES)))


@pytest.fixture(scope="session")
def parts(unclip: UnCLIP) -> Parts:
    return unclip.parts


@pytest.fixture(autouse=True)
def _nothing_global_changes() -> Iterator[None]:
    """The models may not switch anything for the whole program."""
    before = torch.get_num_threads(), torch.is_grad_enabled(), torch.random.get_rng_state()
    yield
    assert (torch.get_num_threads(), torch.is_grad_enabled()) == before[:2]
    assert torch.equal(torch.random.get_rng_state(), before[2])
