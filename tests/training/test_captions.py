from pathlib import Path

import pytest

from t2i_studio.core.errors import MachineError
from t2i_studio.training.captions import read_lines


def test_captions_that_the_disk_refuses_are_named(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="Cannot be read"):
        read_lines(tmp_path)
