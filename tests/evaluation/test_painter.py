import pytest
import torch

from t2i_studio.evaluation.painter import Painter
from tests.models.running import finish


def test_a_picture_does_not_depend_on_its_batch(painter: Painter, reports: list[int]) -> None:
    captions = ["a fox", "an owl", "a red cube"]

    painted = painter.paint(captions, seed=5)

    alone = finish(
        painter.model.make(["a red cube"], seeds=[7], settings=painter.styles.made, size=64)
    )
    assert painted.pixels.shape == (3, 3, 64, 64)
    assert painted.pixels[2] == pytest.approx(alone.base[0], abs=1e-2)
    assert painted.z[2] == pytest.approx(alone.z[0], abs=1e-2)
    assert reports == [2, 1]


def test_a_repaint_keeps_what_the_mask_does_not_cover(painter: Painter) -> None:
    known = torch.rand(3, 3, 64, 64, generator=torch.Generator().manual_seed(0)) * 2 - 1
    mask = torch.zeros(3, 1, 64, 64)
    mask[:, :, 16:48, 16:48] = 1

    painted = painter.repaint(["a fox"] * 3, 0, known, mask).pixels

    assert torch.equal(painted * (1 - mask), known * (1 - mask))
    assert not torch.equal(painted, known)


def test_a_text_diff_changes_each_picture_by_its_own_captions(
    painter: Painter, reports: list[int]
) -> None:
    pixels = torch.zeros(3, 3, 64, 64)

    changed = painter.change(pixels, ["a red cube"] * 3, ["a blue cube", "a fox", "a fox"])

    assert changed.shape == pixels.shape
    assert changed.isfinite().all()
    assert changed[1] == pytest.approx(changed[2], abs=1e-2)
    assert not torch.allclose(changed[0], changed[1], atol=1e-2)
    assert reports == [4, 2]
