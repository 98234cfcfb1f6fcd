"""The line for the shell makes what is explored: each is parsed and run by the real command."""

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from t2i_studio.core.concept import (
    Concept,
    FromEmbedding,
    FromPicture,
    FromPrompt,
    Mix,
    Reconstruct,
    Shift,
    TextDiff,
)
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.core.latent import Basis, Embeddings, Vectors
from t2i_studio.core.request import Decode, Generate
from t2i_studio.engine.backends.fake import CAPABILITIES
from t2i_studio.engine.backends.fake_latents import SPACE
from t2i_studio.engine.resolve import resolve
from t2i_studio.gallery.metadata import read_recipe
from t2i_studio.studio.explorer.commands import CommandFiles, command_of
from tests.cli.conftest import Command
from tests.cli.conftest import command as command  # a fixture

RED = FromPicture(image=Image.filled(Extent(8, 8), (200, 40, 40)))
BLUE = FromPicture(image=Image.filled(Extent(8, 8), (40, 40, 200)))
VECTOR = FromEmbedding(
    embedding=Embeddings(space=SPACE, vectors=Vectors(np.array([[1.0, 2, 3]]))), title="a vector"
)
BASIS = Basis(
    space=SPACE,
    mean=Vectors(np.array([[9.0, 8, 7]])),
    components=Vectors(np.eye(3)[:2]),
    variances=(0.1 + 0.2, 1 / 3),
    total_variance=0.7,
    count=5,
    names=("less / more", "dark / light"),
)
WARMER = TextDiff(before="", after="red", theta=0.25)
DARKER = TextDiff(before="a 'white' cube", after="-black", theta=1 / 3)


def decode(base: Any, *edits: Any, **options: Any) -> Decode:
    return Decode(concept=Concept(base=base, edits=edits), **{"seed": 5, **options})


def inverted(base: Any, *edits: Any, **options: Any) -> Decode:
    return decode(base, *edits, noise="inverted", **options)


MIXED = Mix(corners=(RED, FromPrompt(prompt="a blue cube"), VECTOR), x=0.1, y=0.7)
DETAILED: dict[str, Any] = {
    "model": "other",
    "negative_prompt": "blur",
    "size": Extent(64, 64),
    "prior": {"kind": "none", "steps": 3, "guidance": 1.5, "candidates": 4},
    "decoder": {"steps": 7, "guidance": 2.5, "sampler": "ddim"},
}
SAID: dict[str, Decode | Generate] = {
    "generate": Generate(prompt="a red cube", seed=5),
    "generate in detail": Generate(prompt="-5 °C", seed=5, count=2, rerank=True, **DETAILED),
    "generate from signs": Generate(prompt="# a {b|c} (d:1.2) __e__", seed=5),
    "variations": decode(RED, count=3),
    "variations of a vector": decode(VECTOR),
    "variations with eta": inverted(RED, decoder={"eta": 0.3, "sampler": "ddim"}),
    "variations as they were": inverted(RED),
    "textdiff": inverted(RED, WARMER),
    "textdiff twice": inverted(RED, WARMER, DARKER, prompt="a cube", **DETAILED),
    "textdiff of a vector": decode(VECTOR, DARKER),
    "interpolate": decode(Mix(corners=(RED, BLUE), x=0.25)),
    "interpolate on a board": inverted(
        MIXED, inversion={"steps": 3, "iterations": 2, "guidance": 1}
    ),
    "pca move": inverted(RED, Shift(basis=BASIS.only(1), amount=-1.5)),
    "pca reconstruct": inverted(RED, Reconstruct(basis=BASIS)),
}
REPLAYED: dict[str, Decode | Generate] = {
    "a draw of the prior": Generate(prompt="red", seed=5, prior={"draw": 1}),
    "generate with eta": Generate(prompt="red", seed=5, decoder={"eta": 0.5, "sampler": "ddim"}),
    "a prompt alone": decode(FromPrompt(prompt="red")),
    "a mix with edits": decode(Mix(corners=(RED, BLUE)), WARMER),
    "two kinds of edits": inverted(RED, WARMER, Reconstruct(basis=BASIS)),
    "two moves": inverted(RED, *[Shift(basis=BASIS.only(i), amount=1.0) for i in (0, 1)]),
    "a diff on other noise": decode(RED, WARMER),
    "several diffs": inverted(RED, WARMER, count=2),
    "eta on drawn noise": decode(RED, decoder={"eta": 0.5}),
    "a corner with its own seed": decode(Mix(corners=(RED, FromPrompt(prompt="red", seed=3)))),
    "a prompt like a file": decode(Mix(corners=(RED, FromPrompt(prompt="the file a.PNG")))),
    "several prompts": Generate(prompt="a", prompts=("a", "b"), count=2, seed=5),
    "ranked pictures": decode(RED, rerank=True),
}


def line(request: Decode | Generate) -> list[str]:
    files = CommandFiles(Path("files"))
    return shlex.split(command_of(request, files.picture, files.file))


def made(command: Command, words: list[str]) -> Iterator[Decode | Generate]:
    """Run the line; return the requests of the pictures that it made."""
    outcome = command(*words[1:])
    assert (outcome.code, outcome.err) == (0, "")
    for path in outcome.out.splitlines():
        recipe = read_recipe(Path(path), NoBlobs())
        assert recipe is not None
        yield recipe.request  # type: ignore[misc]  # no Inpaint is made here


class NoBlobs:
    """Looks for pictures where the command has kept them."""

    def put(self, raster: object) -> str:
        raise AssertionError(raster)

    def get(self, digest: str) -> bytes:
        [path] = Path().rglob(f"**/{digest}.png")
        return path.read_bytes()


def check(command: Command, request: Decode | Generate, words: list[str]) -> None:
    wanted = resolve(request, CAPABILITIES)
    found = list(made(command, words))
    assert len(found) == request.count
    by_seed = sorted(found, key=lambda each: each.seed)
    for index, each in enumerate(by_seed):
        assert each.model_copy(update={"id": ""}) == wanted.single(index).model_copy(
            update={"id": ""}
        )


@pytest.mark.parametrize("request_", SAID.values(), ids=SAID)
def test_a_command_says_it(command: Command, request_: Decode | Generate) -> None:
    words = line(request_)
    assert words[:2] != ["t2i-studio", "replay"]
    check(command, request_, words)


@pytest.mark.parametrize("request_", REPLAYED.values(), ids=REPLAYED)
def test_what_no_command_says_is_replayed(command: Command, request_: Decode | Generate) -> None:
    words = line(request_)
    assert words[:2] == ["t2i-studio", "replay"]
    check(command, request_, words)


def test_upsamplers_with_steps_of_their_own_are_replayed() -> None:
    request = decode(RED, upsampler={"steps": 2}, upsampler_1024={"steps": 3})
    assert command_of(request, str) == "t2i-studio replay request.json -o out.png"


def test_what_a_resolved_request_says_is_the_same(command: Command) -> None:
    for request in (SAID["textdiff"], SAID["interpolate on a board"], SAID["generate"]):
        resolved = resolve(request, CAPABILITIES)
        check(command, request, line(resolved))


def test_a_line_names_files_without_writing_any(tmp_path: Path) -> None:
    said = command_of(SAID["pca move"], lambda image: "my fox.png")
    assert said == (
        "t2i-studio pca move 'my fox.png' --basis basis.safetensors --component 1 --amount -1.5 "
        "--seed 5 -o out.png"
    )
    assert not list(tmp_path.iterdir())


def test_the_same_content_is_one_file(tmp_path: Path) -> None:
    files = CommandFiles(tmp_path)
    assert files.picture(RED.image) == files.picture(Image(RED.image.pixels.copy()))
    assert files.file(REPLAYED["two moves"]) != files.file(REPLAYED["a prompt alone"])
