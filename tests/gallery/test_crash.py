import subprocess
import sys
from pathlib import Path

import pytest

from t2i_studio.core.pictures import read_picture
from t2i_studio.gallery import files
from t2i_studio.gallery.store import Gallery

SAVERS = Path(__file__).with_name("savers.py")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")


def savers(what: str, folder: Path) -> list[str]:
    command = [sys.executable, str(SAVERS), what, str(folder)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


def test_eight_processes_saving_at_once_leave_distinct_whole_pictures(tmp_path: Path) -> None:
    savers("together", tmp_path)
    gallery = Gallery(tmp_path)
    pictures = gallery.newest(1000)
    assert len({picture.number for picture in pictures}) == len(pictures) == 400
    assert {picture.seed for picture in pictures} == set(range(400))
    for picture in pictures:
        recipe = gallery.recipe(picture)
        assert recipe is not None
        assert recipe.request.seed == picture.seed
        read_picture(picture.path)


def test_kill_at_any_instant_loses_no_saved_picture_and_leaves_no_half_file(
    tmp_path: Path,
) -> None:
    acknowledged = savers("killed", tmp_path)
    gallery = Gallery(tmp_path)
    pictures = gallery.newest(1_000_000)
    assert len(acknowledged) >= 30
    assert set(acknowledged) <= {str(picture.path) for picture in pictures}
    for picture in pictures:
        assert gallery.recipe(picture) is not None
        read_picture(picture.path)
    for folder in {picture.path.parent for picture in pictures}:
        files.sweep(folder, older_than=-1.0)
        assert not list(folder.glob(".*"))
