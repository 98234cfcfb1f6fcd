from pathlib import Path

import pytest

from t2i_studio.evaluation.painter import Painter, Styles
from t2i_studio.models.unclip.native import Native
from t2i_studio.models.unclip.pipeline import UnCLIP
from t2i_studio.models.unclip.weights import load_parts
from tests.evaluation.tiny import tiny_folder as tiny_folder  # a fixture
from tests.models.running import finish


@pytest.fixture(scope="session")
def tiny(tiny_folder: Path) -> UnCLIP:
    return UnCLIP(Native(finish(load_parts(tiny_folder))))


@pytest.fixture
def reports() -> list[int]:
    return []


@pytest.fixture
def painter(tiny: UnCLIP, reports: list[int]) -> Painter:
    styles = Styles.of(tiny.system.parts.layout)
    quick = Styles(styles.made, repaint_guidance=2.0, diff_steps=2)
    return Painter(tiny, quick, batch=2, report=reports.append)
