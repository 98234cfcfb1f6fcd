from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from t2i_studio.models.unclip.kandinsky import Kandinsky, load_kandinsky
from t2i_studio.models.unclip.karlo import Karlo, load_karlo
from t2i_studio.models.unclip.native import Native
from t2i_studio.models.unclip.pipeline import UnCLIP
from t2i_studio.models.unclip.weights import Parts, load_parts
from tests.models.checkpoints import link_scenes
from tests.models.running import finish
from tests.models.tiny_kandinsky import make_kandinsky
from tests.models.tiny_karlo import make_karlo

SCENES = Path(__file__).parents[2] / "resources" / "checkpoints" / "scenes"


@pytest.fixture(scope="session")
def scenes() -> Path:
    return SCENES


@pytest.fixture(scope="session")
def unclip() -> UnCLIP[Native]:
    return UnCLIP(Native(finish(load_parts(SCENES))))


@pytest.fixture(scope="session")
def parts(unclip: UnCLIP[Native]) -> Parts:
    return unclip.system.parts


@pytest.fixture(scope="session")
def residuals(tmp_path_factory: pytest.TempPathFactory) -> UnCLIP[Native]:
    """Scenes with tiny one-pass upsamplers to 256 and 1024 px."""
    folder = tmp_path_factory.mktemp("residuals")
    return UnCLIP(Native(finish(load_parts(link_scenes(SCENES, folder, "residual", "residual")))))


@pytest.fixture(scope="session")
def diffusions(tmp_path_factory: pytest.TempPathFactory) -> UnCLIP[Native]:
    """Scenes with tiny diffusion upsamplers to 256 and 1024 px."""
    folder = tmp_path_factory.mktemp("diffusions")
    return UnCLIP(Native(finish(load_parts(link_scenes(SCENES, folder, "diffusion", "diffusion")))))


@pytest.fixture(params=["residuals", "diffusions"])
def chain(request: pytest.FixtureRequest) -> UnCLIP[Native]:
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


@pytest.fixture(scope="session")
def karlo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_karlo(tmp_path_factory.mktemp("karlo"))


@pytest.fixture(scope="session")
def kandinsky_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The decoder's; the prior lies beside it."""
    folder = tmp_path_factory.mktemp("kandinsky")
    return make_kandinsky(folder / "kandinsky-prior", folder / "kandinsky-decoder")[1]


@pytest.fixture(scope="session")
def karlo(karlo_folder: Path) -> Karlo:
    return finish(load_karlo(karlo_folder))


@pytest.fixture(scope="session")
def kandinsky(kandinsky_folder: Path) -> Kandinsky:
    prior = kandinsky_folder.with_name("kandinsky-prior")
    return finish(load_kandinsky(prior, kandinsky_folder))


@pytest.fixture(params=["karlo", "kandinsky"])
def published(request: pytest.FixtureRequest) -> Karlo | Kandinsky:
    """Either of the two published layouts."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Karlo | Kandinsky)
    return found


@pytest.fixture
def one_thread() -> Iterator[None]:
    """Sums in one order, so that equal work gives equal bits."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)
