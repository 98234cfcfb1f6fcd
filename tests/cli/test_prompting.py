import json
from pathlib import Path

import pytest

from t2i_studio.engine.backends.fake import CAPABILITIES, FakeBackend
from t2i_studio.gallery.metadata import read_recipe
from t2i_studio.studio.prompting.stylebook import StyleBook
from t2i_studio.studio.prompting.styles import Style
from tests.cli.conftest import Command


class Weighing(FakeBackend):
    """Can make words count more."""

    capabilities = CAPABILITIES.model_copy(update={"has_prompt_weights": True})


@pytest.fixture
def wildcards(tmp_path: Path) -> Path:
    folder = tmp_path / "cards"
    folder.mkdir()
    (folder / "colour.txt").write_text("red\ngreen\nblue\n")
    return folder


def read(path: str) -> tuple[str, str]:
    recipe = read_recipe(Path(path))
    assert recipe is not None
    return recipe.request.prompt, recipe.request.raw_prompt


def test_each_picture_draws_from_its_own_seed(command: Command) -> None:
    command("generate", "a {1|2|3|4|5|6} cube", "-o", "out.png", "--seed", 3, "--count", 4)
    drawn = [read(f"out-{number}.png")[0] for number in range(1, 5)]
    assert len(set(drawn)) > 1
    command("generate", "a {1|2|3|4|5|6} cube", "-o", "alone.png", "--seed", 5)
    assert read("alone.png") == (drawn[2], "a {1|2|3|4|5|6} cube")


def test_json_tells_what_was_read_and_what_was_written(command: Command) -> None:
    out = command("generate", "a {red|red} cube", "-o", "out.png", "--json").out
    [image] = json.loads(out)["images"]
    assert (image["prompt"], image["raw_prompt"]) == ("a red cube", "a {red|red} cube")
    assert image["seed"] >= 0
    [image] = json.loads(command("generate", "a cube", "-o", "out.png", "--json").out)["images"]
    assert (image["prompt"], image["raw_prompt"]) == ("a cube", "a cube")


def test_wildcards_lie_in_a_folder_of_ones_own_or_the_programs(
    command: Command, wildcards: Path, data_folder: Path
) -> None:
    command("generate", "a __colour__ cube", "-o", "out.png", "--wildcards", wildcards)
    assert read("out.png")[0] in {"a red cube", "a green cube", "a blue cube"}
    outcome = command("generate", "a __colour__ cube", "-o", "out.png")
    assert outcome.code == 2
    assert f"Put colour.txt into {data_folder / 'wildcards'}" in outcome.err
    (data_folder / "wildcards").mkdir(parents=True)
    (data_folder / "wildcards" / "colour.txt").write_text("pink")
    assert command("generate", "a __colour__ cube", "-o", "out.png").code == 0
    assert read("out.png")[0] == "a pink cube"


def test_a_style_of_the_program_or_ones_own(command: Command, data_folder: Path) -> None:
    command("generate", "a fox", "-o", "out.png", "--style", "winter")
    assert read("out.png") == ("a fox in a winter landscape", "a fox <style:winter>")
    StyleBook(data_folder / "styles.json").add(Style(name="Loud", prompt="{prompt}!"))
    command("generate", "a fox", "-o", "out.png", "--style", "Loud")
    assert read("out.png")[0] == "a fox!"
    outcome = command("generate", "a fox", "-o", "out.png", "--style", "Wintr")
    assert (outcome.code, "Did you mean Winter?" in outcome.err) == (2, True)


def test_damaged_styles_are_told_and_the_others_used(command: Command, data_folder: Path) -> None:
    data_folder.mkdir()
    (data_folder / "styles.json").write_text("{")
    outcome = command("generate", "a fox", "-o", "out.png", "--style", "Winter")
    assert outcome.code == 0
    assert "no JSON with styles. It is kept as styles.json.damaged-" in outcome.err


def test_weights_without_effect_are_told(command: Command) -> None:
    outcome = command("generate", "a (red:1.3) cube", "-o", "out.png")
    assert outcome.err == (
        "t2i-studio: Fake reads the prompt as one embedding: weights have no effect.\n"
    )
    assert read("out.png") == ("a red cube", "a (red:1.3) cube")


def test_weights_are_left_to_a_model_that_can_use_them(command: Command) -> None:
    command.backend = Weighing()
    outcome = command("generate", "a (red:1.3) cube", "-o", "out.png")
    assert outcome.err == ""
    assert read("out.png") == ("a (red:1.3) cube", "")


def test_comments_are_not_read(command: Command) -> None:
    command("generate", "# mine\na red cube", "-o", "out.png")
    assert read("out.png")[0] == "a red cube"


def test_plain_reads_every_sign_as_it_stands(command: Command) -> None:
    command("generate", "# a {b|c} (d:2) __e__", "-o", "out.png", "--plain")
    assert read("out.png") == ("# a {b|c} (d:2) __e__", "")
    outcome = command("generate", "a", "-o", "out.png", "--plain", "--style", "Winter")
    assert (outcome.code, "no style is read" in outcome.err) == (2, True)


def test_a_repaint_reads_the_same_language(command: Command, picture: Path, mask: Path) -> None:
    outcome = command(
        "inpaint", picture, mask, "a {red|red} cube", "-o", "out.png", "--style", "Winter", "--json"
    )
    [image] = json.loads(outcome.out)["images"]
    assert image["prompt"] == "a red cube in a winter landscape"
    assert image["raw_prompt"] == "a {red|red} cube <style:Winter>"


def test_each_line_of_a_file_is_a_prompt(command: Command, tmp_path: Path) -> None:
    (tmp_path / "prompts.txt").write_text("# mine\na red cube\n\na {blue|blue} star\n")
    outcome = command(
        "generate", "--prompts-file", "prompts.txt", "-o", "out.png", "--count", 2, "--seed", 7,
        "--json",
    )  # fmt: skip
    images = json.loads(outcome.out)["images"]
    assert [(image["path"], image["prompt"], image["seed"]) for image in images] == [
        ("out-1.png", "a red cube", 7),
        ("out-2.png", "a red cube", 8),
        ("out-3.png", "a blue star", 7),
        ("out-4.png", "a blue star", 8),
    ]


def test_pictures_of_a_file_are_ranked_prompt_by_prompt(command: Command, tmp_path: Path) -> None:
    (tmp_path / "prompts.txt").write_text("red\nblue\n")
    command("generate", "--prompts-file", "prompts.txt", "-o", "o.png", "--count", 2, "--rerank")
    assert [read(f"o-{number}.png")[0] for number in (1, 2, 3, 4)] == ["red", "red", "blue", "blue"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [(None, "no such file"), ("", "no prompt in it"), ("x\n" * 1001, "1,000 are possible"),
     ("a __none__ cube", "no wildcard none")],
    ids=range(4),
)  # fmt: skip
def test_a_bad_file_is_one_line(
    command: Command, tmp_path: Path, content: str | None, problem: str
) -> None:
    if content is not None:
        (tmp_path / "prompts.txt").write_text(content)
    outcome = command("generate", "--prompts-file", "prompts.txt", "-o", "out.png")
    assert (outcome.code, outcome.err.count("\n")) == (2, 1)
    assert problem in outcome.err
    assert not Path("out.png").exists()


def test_a_prompt_and_a_file_are_one_too_many(command: Command, tmp_path: Path) -> None:
    (tmp_path / "prompts.txt").write_text("red")
    outcome = command("generate", "red", "--prompts-file", "prompts.txt", "-o", "out.png")
    assert (outcome.code, "Leave one of them out" in outcome.err) == (2, True)


def test_without_signs_the_model_is_not_asked(command: Command) -> None:
    command("generate", "a red cube", "-o", "out.png")
    assert read("out.png") == ("a red cube", "")
    real = command.real("generate", "a {b|c}", "-o", "out.png", "--model", "nothing")
    assert (real.code, "nothing" in real.err) == (2, True)
