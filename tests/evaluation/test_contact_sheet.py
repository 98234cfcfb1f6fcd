from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from t2i_studio.core.errors import MachineError
from t2i_studio.evaluation.contact_sheet import draw_sheet, write_sheet
from t2i_studio.evaluation.scorecard import Sheet

SHEET = Sheet("text diffs", torch.ones(2, 3, 64, 64), ["a fox", "an owl"], [True, False])


def test_right_pictures_are_ticked_green_and_wrong_ones_crossed_red() -> None:
    pixels = np.asarray(draw_sheet(SHEET))
    half = pixels.shape[1] // 2
    left, right = pixels[:128, :half].reshape(-1, 3), pixels[:128, half:].reshape(-1, 3)

    assert [50, 205, 50] in left.tolist()
    assert [50, 205, 50] not in right.tolist()
    assert [255, 0, 0] in right.tolist()


def test_a_sheet_is_named_by_its_question(tmp_path: Path) -> None:
    write_sheet(tmp_path / "grids", SHEET)

    with Image.open(tmp_path / "grids" / "text-diffs.png") as picture:
        assert picture.width > 2 * 128


def test_a_folder_that_is_a_file_is_named_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "grids").touch()

    with pytest.raises(MachineError, match="grids cannot be written"):
        write_sheet(tmp_path / "grids", SHEET)
