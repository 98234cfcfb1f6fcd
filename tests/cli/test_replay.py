import json
from pathlib import Path
from typing import Any

import pytest

from t2i_studio.core import paths
from t2i_studio.core.concept import Concept, FromPrompt
from t2i_studio.core.events import ImageReady
from t2i_studio.core.pictures import read_picture
from t2i_studio.core.recipe import Recipe
from t2i_studio.core.request import Decode, Embed
from t2i_studio.engine.backends.fake import FakeBackend
from t2i_studio.gallery.metadata import encode, read_recipe
from t2i_studio.gallery.store import Gallery
from tests.cli.conftest import Command
from tests.cli.test_bad_input import check
from tests.cli.test_latent import DIFF


class Updated(FakeBackend):
    """Makes the same pictures with other weights, on another device."""

    def run(self, *arguments: Any) -> Any:
        for event in super().run(*arguments):
            if isinstance(event, ImageReady):
                recipe = event.recipe
                model = recipe.model.model_copy(update={"sha256": "1" * 64})
                changed = {"model": model, "device": "cuda", "versions": {"torch": "9"}}
                event = event.model_copy(update={"recipe": recipe.model_copy(update=changed)})
            yield event


@pytest.fixture
def made(command: Command) -> Path:
    command("generate", "a red cube", "-o", "made.png", "--seed", 5)
    return Path("made.png")


def recipe_of(path: Path) -> Recipe:
    found = read_recipe(path, Gallery(paths.gallery_folder()))
    assert found is not None
    return found


def summary(command: Command, *arguments: object) -> dict[str, Any]:
    outcome = command("replay", *arguments, "-o", "again.png", "--json")
    assert outcome.code == 0
    found: dict[str, Any] = json.loads(outcome.out)
    return found


def test_the_same_picture_is_made_again(command: Command, made: Path) -> None:
    outcome = command("replay", made, "-o", "again.png")
    assert (outcome.code, outcome.out, outcome.err) == (0, "again.png\n", "")
    assert read_picture(Path("again.png")) == read_picture(made)
    found = summary(command, made)
    assert (found["bit_equal"], found["differences"]) == (True, [])
    assert found["images"][0]["seed"] == 5


@pytest.mark.parametrize("kind", ["inpaint", "textdiff", "variations"])
def test_every_kind_can_be_replayed(command: Command, picture: Path, mask: Path, kind: str) -> None:
    arguments = {
        "inpaint": (picture, mask, "red", "-o", "made.png"),
        "textdiff": (picture, *DIFF, "-o", "made.png"),
        "variations": (picture, "-o", "made.png", "--count", 1),
    }[kind]
    command(kind, *arguments)
    assert summary(command, "made.png")["bit_equal"] is True


def test_a_frame_of_a_strip_can_be_replayed(command: Command, picture: Path) -> None:
    command("textdiff", picture, *DIFF, "--frames", 3, "-o", "strip.png")
    check(command("replay", "strip.png", "-o", "again.png"), 2, "a strip of 3", "--frame N")
    check(command("replay", "strip.png", "--frame", 4, "-o", "again.png"), 2, "a strip of 3")
    command("replay", "strip.png", "--frame", 2, "-o", "again.png")
    request = recipe_of(Path("again.png")).request
    assert isinstance(request, Decode)
    assert request.concept.edits[0].theta == 0.25  # type: ignore[union-attr]


def test_recipes_and_requests_as_json_can_be_replayed(command: Command, made: Path) -> None:
    recipe = recipe_of(made)
    Path("recipe.json").write_text(recipe.to_json())
    Path("request.json").write_text(recipe.request.model_dump_json())
    for name in ("recipe.json", "request.json"):
        assert "bit_equal" not in summary(command, name)
        assert read_picture(Path("again.png")) == read_picture(made)


def test_what_differs_is_told(command: Command, made: Path) -> None:
    command.backend = Updated()
    outcome = command("replay", made, "-o", "again.png")
    assert outcome.code == 0
    assert outcome.err.splitlines() == [
        "t2i-studio: Not as before: the weights of Fake are others now.",
        "t2i-studio: Not as before: device was cpu and is cuda.",
        "t2i-studio: Not as before: torch was unknown and is 9.",
    ]


def test_other_pixels_are_told(command: Command, made: Path) -> None:
    pixels = read_picture(made).pixels.copy()
    pixels[0, 0] ^= 3
    made.write_bytes(encode(type(read_picture(made))(pixels), recipe_of(made), ".png"))
    outcome = command("replay", made, "-o", "again.png", "--json")
    assert outcome.err == "t2i-studio: The pictures differ: values by up to 3 of 255.\n"
    found = json.loads(outcome.out)
    assert (found["bit_equal"], found["largest_difference"]) == (False, 3)


def test_pictures_of_another_size_differ(command: Command, made: Path) -> None:
    small = read_picture(made).fitted(100)
    made.write_bytes(encode(small, recipe_of(made), ".png"))
    outcome = command("replay", made, "-o", "again.png", "--json")
    assert outcome.err == "t2i-studio: The pictures differ: the size.\n"
    assert json.loads(outcome.out)["largest_difference"] is None


def test_another_model_can_make_it(command: Command, made: Path) -> None:
    command("replay", made, "-o", "again.png", "--model", "another")
    assert recipe_of(Path("again.png")).request.model == "another"


def test_files_without_a_recipe(command: Command, picture: Path) -> None:
    replay = ("-o", "again.png")
    check(command("replay", picture, *replay), 2, "no recipe")
    check(command("replay", "no.png", *replay), 2, "no such file")
    check(command("replay", "no.json", *replay), 2, "no such file")
    embed = Embed(inputs=("x",)).model_dump_json()
    for text, word in (("{", "JSON"), ("[]", "no recipe"), ("{}", "no recipe"), (embed, "embed")):
        Path("bad.json").write_text(text)
        check(command("replay", "bad.json", *replay), 2, "bad.json", word)
    Path("bad.json").write_bytes(b"\xff")
    check(command("replay", "bad.json", *replay), 2, "JSON")


def test_a_picture_that_is_gone_is_told(command: Command, picture: Path) -> None:
    command("variations", picture, "-o", "made.png", "--count", 1)
    for kept in paths.gallery_folder().rglob("*.png"):
        kept.unlink()
    check(command("replay", "made.png", "-o", "again.png"), 2, "missing or damaged")


def test_a_failure_is_told(command: Command) -> None:
    concept = Concept(base=FromPrompt(prompt="red"))
    request = Decode(concept=concept, prior={"candidates": 60})
    Path("bad.json").write_text(request.model_dump_json())
    check(command("replay", "bad.json", "-o", "again.png"), 2, "candidates")
