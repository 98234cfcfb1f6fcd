import json
import os
import signal
from pathlib import Path
from typing import Any

import numpy as np
import PIL.Image
import pytest

from t2i_studio.cli.main import main
from t2i_studio.core import paths
from t2i_studio.core.capabilities import Capabilities
from t2i_studio.core.concept import FromEmbedding, FromPicture, FromPrompt, Mix, TextDiff
from t2i_studio.core.errors import MachineError
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.core.latent import Embeddings, Space, Vectors
from t2i_studio.core.pictures import read_picture
from t2i_studio.core.recipe import Recipe
from t2i_studio.core.request import Decode
from t2i_studio.engine.backends.fake import CAPABILITIES, FakeBackend
from t2i_studio.engine.backends.fake_latents import SPACE
from t2i_studio.gallery.embeddings import Kept, OfText, save
from t2i_studio.gallery.exporters.carried import read_recipes
from t2i_studio.gallery.metadata import read_recipe
from t2i_studio.gallery.store import Gallery
from tests.cli.conftest import Command
from tests.cli.test_bad_input import check
from tests.cli.test_generate import Large, ShortReader

DIFF = ("--from", "a blue cube", "--to", "a red cube")


class Blind(FakeBackend):
    """Cannot look at pictures."""

    capabilities: Capabilities = CAPABILITIES.model_copy(update={"has_image_encoder": False})


@pytest.fixture
def other(tmp_path: Path) -> Path:
    path = tmp_path / "other.png"
    path.write_bytes(Image.filled(Extent(64, 48), (200, 40, 40)).to_png())
    return path


@pytest.fixture
def vector(tmp_path: Path) -> Path:
    return embedding(tmp_path / "vector.safetensors", SPACE, "a vector")


def embedding(path: Path, space: Space, *titles: str) -> Path:
    values = Vectors(np.ones((len(titles), space.dim)) * 100)
    sources = tuple(OfText(text=title) for title in titles)
    kept = Kept(embeddings=Embeddings(space=space, vectors=values), titles=titles, sources=sources)
    save(path, kept)
    return path


def recipe_in(path: str) -> Recipe:
    found = read_recipe(Path(path), Gallery(paths.gallery_folder()))
    assert found is not None
    return found


def request_in(path: str) -> Decode:
    request = recipe_in(path).request
    assert isinstance(request, Decode)
    return request


def strip_in(path: str) -> list[Decode]:
    return [recipe.request for recipe in read_recipes(Path(path))]  # type: ignore[misc]


def summary(command: Command, *arguments: object) -> dict[str, Any]:
    outcome = command(*arguments, "--json")
    assert (outcome.code, outcome.err) == (0, "")
    found: dict[str, Any] = json.loads(outcome.out)
    return found


# variations ----------------------------------------------------------------------------------


def test_variations_draw_new_noise(command: Command, picture: Path) -> None:
    found = summary(command, "variations", picture, "-o", "out.png", "--count", 2, "--seed", 5)
    assert [(each["path"], each["seed"]) for each in found["images"]] == [
        ("out-1.png", 5),
        ("out-2.png", 6),
    ]
    request = request_in("out-1.png")
    assert request.concept.base == FromPicture(image=read_picture(picture))
    assert (request.noise, request.decoder.eta) == ("drawn", 0.0)


def test_variations_with_eta_start_from_the_picture_s_own_noise(
    command: Command, picture: Path
) -> None:
    command(
        "variations", picture, "-o", "out.png", "--count", 1, "--eta", 0.5,
        "--inversion-steps", 6, "--inversion-iterations", 2, "--caption", "a cube",
    )  # fmt: skip
    request = request_in("out.png")
    assert (request.noise, request.decoder.eta, request.prompt) == ("inverted", 0.5, "a cube")
    assert (request.inversion.steps, request.inversion.iterations) == (6, 2)


def test_variations_start_from_an_embedding(command: Command, vector: Path) -> None:
    command("variations", vector, "-o", "out.png", "--count", 1)
    base = request_in("out.png").concept.base
    assert isinstance(base, FromEmbedding)
    assert base.title == "a vector"


# interpolate ---------------------------------------------------------------------------------


def test_interpolation_goes_from_a_picture_to_a_prompt(command: Command, picture: Path) -> None:
    found = summary(command, "interpolate", picture, "a red cube", "-o", "out.png", "--frames", 3)
    assert [frame["caption"] for frame in found["frames"]] == ["0.00", "0.50", "1.00"]
    requests = strip_in("out.png")
    assert len({request.seed for request in requests}) == 1
    for request, x in zip(requests, (0, 0.5, 1), strict=True):
        assert isinstance(request.concept.base, Mix)
        assert (request.concept.base.x, request.noise) == (x, "drawn")
        assert request.concept.base.corners[1] == FromPrompt(prompt="a red cube")


def test_interpolation_can_mix_the_noise(command: Command, picture: Path, other: Path) -> None:
    command("interpolate", picture, other, "-o", "out.png", "--noise", "inverted")
    requests = strip_in("out.png")
    assert len(requests) == 7
    assert {request.noise for request in requests} == {"inverted"}


def test_a_point_of_the_board_is_one_picture(
    command: Command, picture: Path, other: Path, vector: Path
) -> None:
    command(
        "interpolate", picture, other, "--corner", vector, "--corner", "a cube",
        "--at", "0.3,0.6", "-o", "out.png",
    )  # fmt: skip
    base = request_in("out.png").concept.base
    assert isinstance(base, Mix)
    assert (base.x, base.y) == (0.3, 0.6)
    assert [corner.kind for corner in base.corners] == ["picture", "picture", "embedding", "prompt"]


@pytest.mark.parametrize(
    ("out", "count"), [("out.gif", 8), ("out.webp", 8), ("out.png", 1), ("folder", None)]
)
def test_frames_go_where_the_name_says(
    command: Command, picture: Path, other: Path, out: str, count: int | None
) -> None:
    found = summary(command, "interpolate", picture, other, "-o", out, "--frames", 5)
    if count is None:
        names = [f"folder/{number:03}.png" for number in range(1, 6)]
        assert [image["path"] for image in found["images"]] == names
        assert request_in(names[4]).concept.base.x == 1.0  # type: ignore[union-attr]
    else:
        with PIL.Image.open(out) as written:
            assert getattr(written, "n_frames", 1) == count
            assert written.size == (found["images"][0]["width"], found["images"][0]["height"])


def test_a_file_or_folder_that_may_be_meant_as_text_is_told(
    command: Command, picture: Path
) -> None:
    Path("fox").write_bytes(picture.read_bytes())
    Path("cubes").mkdir()
    outcome = command("interpolate", "fox", "cubes", "-o", "out.png", "--at", 0.5)
    assert outcome.err.splitlines() == [
        "t2i-studio: fox is taken as the file; as a text, end it with a space.",
        "t2i-studio: cubes is taken as a text: there is no file of that name.",
    ]


# textdiff ------------------------------------------------------------------------------------


def test_a_text_diff_turns_by_a_third_unless_asked(command: Command, picture: Path) -> None:
    found = summary(command, "textdiff", picture, *DIFF, "-o", "out.png")
    request = request_in("out.png")
    assert request.concept.edits == (
        TextDiff(before="a blue cube", after="a red cube", theta=0.35),
    )
    assert request.noise == "inverted"
    [image] = found["images"]
    assert -1 <= image["to_start"] <= 1
    assert len(image["to_texts"]) == 1


def test_several_text_diffs_keep_their_order(command: Command, picture: Path) -> None:
    command(
        "textdiff", picture, "--from", "a", "--to", "red", "--theta", 0.1,
        "--from", "b", "--to", "blue", "--theta", 0.2, "-o", "out.png",
    )  # fmt: skip
    assert request_in("out.png").concept.edits == (
        TextDiff(before="a", after="red", theta=0.1),
        TextDiff(before="b", after="blue", theta=0.2),
    )


@pytest.mark.parametrize(
    ("options", "thetas"),
    [
        pytest.param([], [0, 0.25, 0.5], id="half of the way"),
        pytest.param(["--theta", 0.8], [0, 0.4, 0.8], id="as far as asked"),
    ],
)
def test_frames_begin_with_the_picture_itself(
    command: Command, picture: Path, options: list[object], thetas: list[float]
) -> None:
    command("textdiff", picture, *DIFF, *options, "--frames", 3, "-o", "out.png")
    found = [request.concept.edits[0].theta for request in strip_in("out.png")]  # type: ignore[union-attr]
    assert found == pytest.approx(thetas)


def test_an_animation_needs_no_number_of_frames(command: Command, picture: Path) -> None:
    assert len(summary(command, "textdiff", picture, *DIFF, "-o", "out.gif")["frames"]) == 7


# stopped and failed --------------------------------------------------------------------------


def after(steps: int, what: Any) -> FakeBackend:
    """Return a backend in which something happens after so many steps."""
    left = iter(range(steps, -1, -1))

    def step(stage: str, number: int) -> None:
        if next(left, None) == 0:
            what()

    return FakeBackend(step)


def test_ctrl_c_keeps_the_frames_that_are_finished(command: Command, picture: Path) -> None:
    command.backend = after(15, lambda: os.kill(os.getpid(), signal.SIGINT))  # in the third
    outcome = command("textdiff", picture, *DIFF, "-o", "out", "--json")
    assert outcome.code == 130
    assert outcome.err == "t2i-studio: Cancelled; finished pictures: 2.\n"
    found = json.loads(outcome.out)
    assert found["cancelled"] is True
    assert [image["path"] for image in found["images"]] == ["out/001.png", "out/002.png"]
    assert len(found["frames"]) == 2


def test_a_failure_keeps_the_frames_that_are_finished(command: Command, picture: Path) -> None:
    def fail() -> None:
        raise MachineError("The device is gone.")

    command.backend = after(15, fail)
    outcome = command("textdiff", picture, *DIFF, "-o", "out.png", "--frames", 5)
    assert (outcome.code, outcome.out) == (1, "out.png\n")
    assert outcome.err == "t2i-studio: The device is gone.\n"
    assert len(strip_in("out.png")) == 2


def test_texts_that_are_cut_are_told_once(command: Command, picture: Path) -> None:
    command.backend = ShortReader()
    long = "a red cube on the left of a blue ball and more"
    outcome = command(
        "textdiff", picture, "--from", "x", "--to", long, "--frames", 3, "-o", "a.gif"
    )
    assert outcome.code == 0
    assert outcome.err.count("\n") == 1
    assert outcome.err.startswith("t2i-studio: The text has 15 tokens and the model reads 8;")
    outcome = command("interpolate", picture, long, "--at", 0.5, "-o", "out.png")
    assert outcome.err.startswith("t2i-studio: The prompt has 15 tokens and the model reads 8;")


# bad input -----------------------------------------------------------------------------------


def test_what_cannot_be_looked_at(command: Command, picture: Path) -> None:
    command.backend = Blind()
    for arguments in (["variations", picture], ["textdiff", picture, *DIFF]):
        check(command(*arguments, "-o", "out.png"), 2, "no image encoder", "image_encoder")


def test_embeddings_of_another_space(command: Command, picture: Path) -> None:
    path = embedding(Path("other.safetensors"), Space(id="clip-other", dim=3), "x")
    for arguments in (["variations", path], ["interpolate", picture, path, "--at", "0.5"]):
        outcome = command(*arguments, "-o", "out.png")
        check(outcome, 2, "clip-other (3 dimensions)", "fake-colours (3 dimensions)")


def test_embeddings_that_cannot_be_one(command: Command, vector: Path) -> None:
    two = embedding(Path("two.safetensors"), SPACE, "a", "b")
    check(command("variations", two, "-o", "out.png"), 2, "It holds 2 embeddings")
    vector.write_bytes(vector.read_bytes()[:-4])
    check(command("variations", vector, "-o", "out.png"), 2, "vector.safetensors", "damaged")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["--from", "a", "--to", "a", "-o", "x.png"], ["Both texts"], id="same texts"),
        pytest.param(["--from", "a", "--to", "", "-o", "x.png"], ["a text to go to"], id="no goal"),
        pytest.param(
            ["--from", "a", "--from", "b", "--to", "c", "-o", "x.png"], ["2 --from"], id="odd"
        ),
        pytest.param(
            [*DIFF, *[each for _ in range(2) for each in ("--theta", "0.1")], "-o", "x.png"],
            ["2 --theta do not go with 1"],
            id="odd thetas",
        ),
        pytest.param([*DIFF, "--theta", "2", "-o", "x.png"], ["--theta"], id="theta"),
        pytest.param([*DIFF, "--theta", "nan", "-o", "x.png"], ["theta"], id="theta no number"),
        pytest.param([*DIFF, "--frames", "1", "-o", "x.gif"], ["--frames"], id="one frame"),
        pytest.param(
            [*DIFF, "--theta", "0.3", "-o", "x.gif"], ["no animation", "--frames"], id="still gif"
        ),
        pytest.param([*DIFF, "-o", "x.mp4"], ["x.mp4"], id="suffix"),
        pytest.param([*DIFF, "--frames", "3", "-o", "x.jpg"], [".gif"], id="suffix of frames"),
        pytest.param([*DIFF, "-o", "full"], ["full", "something in it"], id="folder not empty"),
        pytest.param([*DIFF, "-o", "full/a.txt/x"], ["full"], id="folder below a file"),
        pytest.param([*DIFF, "-o", "no/x.gif"], ["no such folder"], id="no folder"),
        pytest.param([*DIFF, "-o", "full/a.txt"], ["a.txt", ".png"], id="text file"),
    ],
)
def test_text_diffs_that_cannot_be(
    command: Command, picture: Path, arguments: list[str], words: list[str]
) -> None:
    Path("full").mkdir()
    Path("full/a.txt").touch()
    check(command("textdiff", picture, *arguments), 2, *words)
    assert command.devices == []  # said before the engine is made


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["a", "b", "-o", "x.gif", "--at", "0.5"], ["no animation"], id="still gif"),
        pytest.param(["a", "b", "-o", "x", "--at", "0.5"], ["no animation"], id="still folder"),
        pytest.param(["a", "b", "-o", "x.png", "--at", "1.5"], ["0 to 1"], id="outside"),
        pytest.param(["a", "b", "-o", "x.png", "--at", "left"], ["no point"], id="no point"),
        pytest.param(["a", "b", "-o", "x.png", "--at", "1,2,3"], ["no point"], id="three"),
        pytest.param(["a", "b", "-o", "x.png", "--at", "1", "--frames", "3"], ["--at"], id="both"),
        pytest.param(["a", "b", "--corner", "c", "-o", "x.png"], ["--at X,Y"], id="corner"),
        pytest.param(
            ["a", "b", *["--corner", "c"] * 3, "--at", "0,0", "-o", "x.png"], ["2 to 4"], id="five"
        ),
        pytest.param(["fox.png", "b", "-o", "x.gif"], ["fox.png", "no such file"], id="missing"),
        pytest.param(["a", " ", "-o", "x.gif"], ["The prompt is empty"], id="empty"),
        pytest.param(["a", "b" * 25_000, "-o", "x.gif"], ["25,000"], id="long"),
    ],
)
def test_interpolations_that_cannot_be(
    command: Command, arguments: list[str], words: list[str]
) -> None:
    check(command("interpolate", *arguments), 2, *words)


@pytest.mark.parametrize(("out", "count"), [("out.png", 100), ("out.gif", 500), ("out", 500)])
def test_frames_too_large_together_end_with_the_first(
    command: Command, picture: Path, out: str, count: int
) -> None:
    steps: list[str] = []
    command.backend = Large(lambda stage, step: steps.append(stage))
    options = ("--frames", count, "--size", "1024x1024")
    outcome = command("interpolate", picture, picture, *options, "-o", out)
    check(outcome, 2, f"{count} frames of 1024x1024", "fewer")
    assert len(steps) < 10
    assert not Path(out).exists()


def test_a_long_prompt_is_no_file_that_could_be_replaced(command: Command, picture: Path) -> None:
    Path("out.png").touch()
    arguments = ("interpolate", picture, "a red cube " * 100, "--at", 0.5, "-o", "out.png")
    assert command(*arguments).code == 0


def test_what_a_model_cannot_do_is_said_before_it_is_loaded(
    command: Command, picture: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["textdiff", str(picture), *DIFF, "-o", "x.png", "--size", "100x100"]) == 2
    assert "100x100" in capsys.readouterr().err
