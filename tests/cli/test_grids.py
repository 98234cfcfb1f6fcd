import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from t2i_studio.core.cancel import CancelToken
from t2i_studio.core.errors import MachineError
from t2i_studio.core.events import Event, ImageReady
from t2i_studio.core.pictures import read_picture
from t2i_studio.core.request import Work
from t2i_studio.engine.backends.fake import FakeBackend
from t2i_studio.gallery.exporters.carried import read_recipes
from tests.cli.conftest import Command


class Breaking(FakeBackend):
    """Fails after two pictures."""

    def run(self, request: Work, cancel: CancelToken) -> Iterator[Event]:
        made = 0
        for event in super().run(request, cancel):
            yield event
            made += isinstance(event, ImageReady)
            if made == 2:
                raise MachineError("The disk is full.")


class Stopping(FakeBackend):
    """Is cancelled after one picture."""

    def run(self, request: Work, cancel: CancelToken) -> Iterator[Event]:
        for event in super().run(request, cancel):
            yield event
            if isinstance(event, ImageReady):
                cancel.cancel()


def test_two_settings_make_a_labelled_picture_with_all_recipes(command: Command) -> None:
    outcome = command(
        "generate", "a red cube", "--x", "decoder-guidance=1,2,4", "--y", "seed=1-2", "-o", "g.png"
    )
    assert (outcome.code, outcome.out, outcome.err) == (0, "g.png\n", "")
    recipes = read_recipes(Path("g.png"))
    assert [(r.request.seed, r.request.decoder.guidance) for r in recipes] == [
        (1, 1.0), (1, 2.0), (1, 4.0), (2, 1.0), (2, 2.0), (2, 4.0)
    ]  # fmt: skip
    extent = read_picture(Path("g.png")).extent
    assert extent.width > 3 * 256
    assert extent.height > 2 * 256


def test_json_tells_axes_and_cells(command: Command) -> None:
    outcome = command(
        "generate", "a {red|blue} cube", "--x", "seed=1-3", "-o", "g.png", "--json", "--seed", 9
    )
    told = json.loads(outcome.out)
    assert [image["path"] for image in told["images"]] == ["g.png"]
    assert (told["x"], told["y"]) == ({"name": "seed", "values": [1, 2, 3]}, None)
    assert [cell["seed"] for cell in told["cells"]] == [1, 2, 3]
    assert {cell["raw_prompt"] for cell in told["cells"]} == {"a {red|blue} cube"}
    assert all("{" not in cell["prompt"] for cell in told["cells"])
    assert told["cells"][1]["caption"] == "Seed: 2"


def test_a_chosen_style_is_that_of_all_cells(command: Command) -> None:
    command("generate", "a fox", "--x", "prompt=fox,cat", "--style", "Winter", "-o", "g.png")
    prompts = [recipe.request.prompt for recipe in read_recipes(Path("g.png"))]
    assert prompts == ["a fox in a winter landscape", "a cat in a winter landscape"]


def test_plain_reads_no_signs(command: Command) -> None:
    command("generate", "a {b|c}", "--x", "seed=1,2", "--plain", "-o", "g.png")
    assert {recipe.request.prompt for recipe in read_recipes(Path("g.png"))} == {"a {b|c}"}


def test_a_repaint_makes_grids_too(command: Command, picture: Path, mask: Path) -> None:
    outcome = command(
        "inpaint", picture, mask, "a red cube", "--x", "feather=0,8", "-o", "g.png", "--json"
    )
    assert (outcome.code, len(json.loads(outcome.out)["cells"])) == (0, 2)


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--y", "seed=1"], "begins with its columns. Say which: --x NAME=VALUES"),
        (["--x", "seed"], "--x seed: There are no values. Write it like seed=1-3"),
        (["--x", "seed="], "Seed: There are no values"),
        (["--x", "colour=red"], "no axis colour. Choose one of: prompt, seed"),
        (["--x", "seed=1-21", "--y", "steps=1-20"], "420 pictures; 400 are possible"),
        (["--x", "seed=1", "--count", 2], "Leave --count and --rerank out"),
        (["--x", "seed=1", "--plain", "--style", "Night"], "no style is read"),
        (["--x", "steps=9999"], "teps"),
        (["--x", "prompt=dog,cat"], "does not contain “dog”"),
    ],
    ids=range(9),
)
def test_grids_that_cannot_be(command: Command, arguments: list[object], problem: str) -> None:
    outcome = command("generate", "a fox", *arguments, "-o", "g.png")
    assert (outcome.code, outcome.err.count("\n")) == (2, 1)
    assert problem in outcome.err
    assert not Path("g.png").exists()


def test_a_grid_is_a_png_of_one_prompt(command: Command, tmp_path: Path) -> None:
    outcome = command("generate", "a fox", "--x", "seed=1", "-o", "g.jpg")
    assert (outcome.code, "A grid is a PNG" in outcome.err) == (2, True)
    (tmp_path / "prompts.txt").write_text("a\nb")
    outcome = command("generate", "--prompts-file", "prompts.txt", "--x", "seed=1", "-o", "g.png")
    assert (outcome.code, "A grid has one prompt" in outcome.err) == (2, True)


def test_what_is_made_when_it_fails_is_written(command: Command) -> None:
    command.backend = Breaking()
    outcome = command("generate", "a fox", "--x", "seed=1-4", "-o", "g.png", "--json")
    assert (outcome.code, "The disk is full" in outcome.err) == (1, True)
    told = json.loads(outcome.out)
    assert len(told["cells"]) == 2
    assert "The disk is full" in told["error"]
    assert len(read_recipes(Path("g.png"))) == 2


def test_what_is_made_when_it_is_cancelled_is_written(command: Command) -> None:
    command.backend = Stopping()
    outcome = command("generate", "a fox", "--x", "seed=1-4", "-o", "g.png")
    assert (outcome.code, outcome.out) == (130, "g.png\n")
    assert "Cancelled; finished pictures: 1." in outcome.err


def test_nothing_is_written_where_nothing_was_made(command: Command) -> None:
    class Never(FakeBackend):
        def run(self, request: Work, cancel: CancelToken) -> Iterator[Event]:
            cancel.cancel()
            yield from super().run(request, cancel)

    command.backend = Never()
    outcome = command("generate", "a fox", "--x", "seed=1-4", "-o", "g.png")
    assert (outcome.code, outcome.out) == (130, "")
    assert not Path("g.png").exists()
