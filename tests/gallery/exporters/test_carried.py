import json
from pathlib import Path

import PIL.Image
import pytest
from PIL.PngImagePlugin import PngInfo

from t2i_studio.core.errors import UserError
from t2i_studio.core.image import Image
from t2i_studio.core.recipe import Recipe
from t2i_studio.gallery.exporters import carried
from t2i_studio.gallery.exporters.carried import RECIPES, facts, pack_recipes, read_recipes
from t2i_studio.gallery.inputs import Inputs
from tests.gallery.latents import PICTURE, recipe


def strip(path: Path, text: str) -> Path:
    info = PngInfo()
    info.add_text(RECIPES, text)
    PIL.Image.new("RGB", (1, 1)).save(path, pnginfo=info)
    return path


def two() -> tuple[Recipe, ...]:
    return recipe(1), recipe(2)


def test_recipes_come_back_with_the_pictures_they_start_from(tmp_path: Path) -> None:
    assert read_recipes(strip(tmp_path / "a.png", pack_recipes(two()))) == two()


def test_a_picture_that_all_start_from_is_carried_once() -> None:
    assert list(json.loads(pack_recipes(two()))["pictures"]) == [PICTURE.digest]


def test_pictures_too_large_to_carry_are_looked_for_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carried, "MAX_CHUNK", 100)
    path, inputs = strip(tmp_path / "a.png", pack_recipes(two())), Inputs(tmp_path / "inputs")
    with pytest.raises(UserError, match="missing or damaged"):
        read_recipes(path)
    inputs.put(PICTURE)
    assert read_recipes(path, inputs) == two()


def test_a_picture_of_another_kind_has_no_recipes(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(Image.filled(PICTURE.extent, (1, 2, 3)).to_png())
    assert read_recipes(tmp_path / "a.png") == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "damaged"),
        ("[]", "damaged"),
        ("[" * 5000, "damaged"),
        ("{}", "damaged"),
        ('{"version": 1, "recipes": 3, "pictures": {}}', "damaged"),
        ('{"version": 2, "recipes": [], "pictures": {}}', "newer version"),
        ('{"version": 1, "recipes": ["x"], "pictures": {}}', "not readable JSON"),
        ('{"version": 1, "recipes": [3], "pictures": {"a": 3}}', "valid"),
    ],
)
def test_damaged_recipes_are_one_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(UserError, match=message) as caught:
        read_recipes(strip(tmp_path / "a.png", text))
    assert "\n" not in str(caught.value)


def test_a_picture_that_is_no_text_is_damaged(tmp_path: Path) -> None:
    held = json.loads(pack_recipes(two()))
    held["pictures"] = {PICTURE.digest: 3}
    with pytest.raises(UserError, match="missing or damaged"):
        read_recipes(strip(tmp_path / "a.png", json.dumps(held)))


def test_facts_tell_model_seed_and_settings_but_no_words() -> None:
    told = facts(recipe(7), 3)
    first = json.loads(told)["first"]
    assert (first["seed"], first["kind"]) == (7, "decode")
    for word in ("secret", "winter", "autumn", "png"):
        assert word not in told
