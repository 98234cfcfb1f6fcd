import errno
import os
from datetime import date
from pathlib import Path

import pytest

from t2i_studio.core.errors import UserError
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.core.recipe import Recipe
from t2i_studio.core.request import Inpaint
from t2i_studio.gallery import store
from t2i_studio.gallery.store import Gallery
from tests.gallery.conftest import IMAGE, MASK, Calendar, of, recipe


def test_an_input_that_is_gone_or_changed_makes_the_recipe_unusable(gallery: Gallery) -> None:
    picture = gallery.add(IMAGE, of(Inpaint(prompt="x", image=IMAGE, mask=MASK, seed=1)))
    kept = gallery.folder / "inputs" / f"{IMAGE.digest}.png"
    kept.write_bytes(Image.filled(Extent(40, 20), (0, 0, 0)).to_png())
    with pytest.raises(UserError, match="missing or damaged"):
        gallery.recipe(picture)
    kept.unlink()
    with pytest.raises(UserError, match="missing or damaged"):
        gallery.recipe(picture)


def test_only_digests_name_inputs(gallery: Gallery) -> None:
    gallery.put(IMAGE)
    assert Image.from_png(gallery.get(IMAGE.digest)) == IMAGE
    (gallery.folder / "inputs" / ("a" * 64 + ".png")).write_bytes(b"damaged")
    for digest in ("../secret", "", IMAGE.digest.upper(), "0" * 64, "a" * 64):
        with pytest.raises(KeyError):
            gallery.get(digest)


def repaint(seed: int = 1) -> Recipe:
    return of(Inpaint(prompt="x", image=IMAGE, mask=MASK, seed=seed))


def age_inputs(gallery: Gallery) -> None:
    for path in (gallery.folder / "inputs").rglob("*.png"):
        os.utime(path, (0, 0))


def inputs(gallery: Gallery) -> set[str]:
    return {path.stem for path in (gallery.folder / "inputs").glob("*.png")}


def test_tidying_removes_old_inputs_that_no_recipe_names(gallery: Gallery) -> None:
    gallery.add(IMAGE, repaint())
    unused = gallery.put(Image.filled(Extent(3, 3), (1, 2, 3)))
    gallery.tidy()
    assert unused in inputs(gallery)  # a recipe may be on its way
    age_inputs(gallery)
    gallery.tidy()
    assert inputs(gallery) == {IMAGE.digest, MASK.digest}


def test_an_input_that_is_put_again_is_not_old(gallery: Gallery) -> None:
    gallery.put(IMAGE)
    age_inputs(gallery)
    gallery.put(IMAGE)
    gallery.tidy()
    assert inputs(gallery) == {IMAGE.digest}


def test_inputs_stay_as_long_as_the_trash_names_them(gallery: Gallery, calendar: Calendar) -> None:
    written = repaint()
    deletion = gallery.delete([gallery.add(IMAGE, written)])
    age_inputs(gallery)
    gallery.tidy()
    [restored] = gallery.restore(deletion)
    assert gallery.recipe(restored) == written
    gallery.delete([restored])
    calendar.today = date(2027, 11, 20)
    gallery.tidy()
    assert inputs(gallery) == set()


def test_inputs_stay_while_a_picture_cannot_be_looked_into(gallery: Gallery) -> None:
    unused = gallery.put(IMAGE)
    age_inputs(gallery)
    (gallery.add(IMAGE, recipe()).path.parent / "loop.png").symlink_to("loop.png")
    gallery.tidy()
    assert inputs(gallery) == {unused}


def test_inputs_stay_while_a_folder_cannot_be_looked_into(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    unused = gallery.put(IMAGE)
    age_inputs(gallery)
    folder = str(gallery.add(IMAGE, recipe()).path.parent)
    scandir = os.scandir

    def refusing(path: str | Path) -> object:
        if str(path) == folder:
            raise PermissionError(errno.EACCES, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    gallery.tidy()
    assert inputs(gallery) == {unused}


def test_inputs_stay_where_reading_all_recipes_would_take_long(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    unused = gallery.put(IMAGE)
    age_inputs(gallery)
    for seed in range(3):
        gallery.add(IMAGE, recipe(seed))
    monkeypatch.setattr(store, "MAX_RECIPES", 2)
    gallery.tidy()
    assert inputs(gallery) == {unused}
    monkeypatch.setattr(store, "MAX_RECIPES", 3)
    gallery.tidy()
    assert inputs(gallery) == set()


def test_inputs_of_pictures_elsewhere_are_never_removed(gallery: Gallery) -> None:
    digest = gallery.outside.put(IMAGE)
    age_inputs(gallery)
    gallery.put(MASK)
    age_inputs(gallery)
    gallery.tidy()
    assert Image.from_png(gallery.get(digest)) == IMAGE
    assert inputs(gallery) == set()


def test_an_input_that_cannot_be_removed_is_left(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    unused = gallery.put(IMAGE)
    age_inputs(gallery)

    def refuse(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    gallery.tidy()
    assert inputs(gallery) == {unused}
