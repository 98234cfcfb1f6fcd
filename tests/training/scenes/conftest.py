"""Icon sets made at home: a frame around a disc for every noun, in the layout of npm packages."""

import json
from pathlib import Path

import pytest

from t2i_studio.training.scenes.icons import ICON_SETS
from t2i_studio.training.scenes.sprites import Sprites
from t2i_studio.training.scenes.vocabulary import NOUNS


def icon(number: int) -> dict[str, object]:
    colour = f"#{(number * 37) % 256:02x}{(number * 91) % 256:02x}{(number * 53) % 256:02x}"
    return {
        "body": f'<path fill="{colour}" d="M4 6h24v24h-24z"/><circle cx="16" cy="18" r="8"/>',
    }


def write_icons(folder: Path) -> None:
    for icon_set in ICON_SETS.values():
        names = [noun.icons[0] for noun in NOUNS.values()]
        icons = {name: icon(number) for number, name in enumerate(names)}
        path = folder / icon_set.name / "icons.json"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps({"icons": icons, "width": 32, "height": 32}))


@pytest.fixture(scope="session")
def icon_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("icons")
    write_icons(folder)
    return folder


@pytest.fixture(scope="session")
def sprites_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sprites")


@pytest.fixture(scope="session")
def sprites(sprites_folder: Path, icon_folder: Path) -> Sprites:
    return Sprites.load(sprites_folder, icon_folder)
