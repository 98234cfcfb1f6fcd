from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from t2i_studio.models.unclip.native import Native
from t2i_studio.models.unclip.pipeline import UnCLIP
from t2i_studio.models.unclip.weights import Parts, load_parts
from tests.models.checkpoints import link_scenes
from tests.models.running import finish

SCENES = Path(__file__).parents[2] / "resources" / "checkpoints" / "scenes"


@pytest.fixture(scope="session")
def scenes() -> Path:
    return SCENES


@pytest.fixture(scope="session")
def unclip() -> UnCLIP:
    return UnCLIP(Native(finish(load_parts(SCENES))))


@pytest.fixture(scope="session")
def parts(unclip: UnCLIP) -> Parts:
    return unclip.system.parts


@pytest.fixture(scope="session")
def residuals(tmp_path_factory: pytest.TempPathFactory) -> UnCLIP:
    """Scenes with tiny one-pass upsamplers to 256 and 1024 px."""
    folder = tmp_path_factory.mktemp("residuals")
    return UnCLIP(Native(finish(load_parts(link_scenes(SCENES, folder, "residual", "residual")))))


@pytest.fixture(scope="session")
def diffusions(tmp_path_factory: pytest.TempPathFactory) -> UnCLIP:
    """Scenes with tiny diffusion upsamplers to 256 and 1024 px."""
    folder = tmp_path_factory.mktemp("diffusions")
    return UnCLIP(Native(finish(load_parts(link_scenes(SCENES, folder, "diffusion", "diffusion")))))


@pytest.fixture(params=["residuals", "diffusions"])
def chain(request: pytest.FixtureRequest) -> UnCLIP:
    """A checkpoint with two upsamplers, of either mode."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, UnCLIP)
    return found


@pytest.fixture(autouse=True)
def _nothing_global_changes() -> Iterator[None]:
    """The models may not switch anything for the whole program."""
    before = torch.get_num_threads(), torch.is_grad_enabled(), torch.random.get_rng_state()
    yield
    assert (torch.get_num_threads(), torch.is_grad_enabled()) == before[:2]
    assert torch.equal(torch.random.get_rng_state(), before[2])
