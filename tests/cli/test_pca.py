import json
from pathlib import Path

import numpy as np
import pytest

from t2i_studio.core.concept import Reconstruct, Shift
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.core.latent import Basis, Space, Vectors
from t2i_studio.engine.backends.fake_latents import SPACE
from t2i_studio.gallery.embeddings import load_basis, save_basis
from tests.cli.conftest import Command
from tests.cli.test_bad_input import check
from tests.cli.test_latent import embedding, request_in, strip_in

OUT = ("-o", "out.safetensors")


@pytest.fixture
def colours(tmp_path: Path) -> Path:
    folder = tmp_path / "colours"
    folder.mkdir()
    for place, colour in enumerate(np.random.default_rng(0).integers(0, 255, (6, 3))):
        picture = Image.filled(Extent(4, 4), (int(colour[0]), int(colour[1]), int(colour[2])))
        (folder / f"{place}.png").write_bytes(picture.to_png())
    return folder


@pytest.fixture
def basis(tmp_path: Path) -> Path:
    return save(tmp_path / "basis.safetensors", SPACE)


def save(path: Path, space: Space) -> Path:
    axes = np.eye(space.dim)
    found = Basis(
        space=space,
        mean=Vectors(np.full((1, space.dim), 100.0)),
        components=Vectors(axes),
        variances=tuple(float(10 - each) for each in range(space.dim)),
        total_variance=40.0,
        count=9,
        names=tuple(f"less {each} / more {each}" for each in range(space.dim)),
    )
    save_basis(path, found)
    return path


# fit and show --------------------------------------------------------------------------------


def test_a_basis_is_fitted_on_a_folder(command: Command, colours: Path) -> None:
    outcome = command("pca", "fit", colours, *OUT)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("out.safetensors: 3 components explain 100.0% of 6 embeddings")
    assert (
        len(load_basis(Path("out.safetensors"))),
        load_basis(Path("out.safetensors")).count,
    ) == (
        3,
        6,
    )


def test_json_tells_the_components(command: Command, colours: Path) -> None:
    found = json.loads(command("pca", "fit", colours, *OUT, "--components", 2, "--json").out)
    assert [each["component"] for each in found["components"]] == [1, 2]
    assert found["components"][0]["explained"] > found["components"][1]["explained"]
    assert (found["count"], found["path"]) == (6, "out.safetensors")


def test_one_component_is_one(command: Command, colours: Path) -> None:
    outcome = command("pca", "fit", colours, *OUT, "--components", 1)
    assert outcome.out.startswith("out.safetensors: 1 component explains ")


def test_components_are_listed(command: Command, basis: Path) -> None:
    lines = command("pca", "show", basis).out.splitlines()
    assert lines[0] == ("3 components explain 67.5% of 9 embeddings, fake-colours (3 dimensions)")
    assert lines[1].split() == ["1", "25.0%", "25.0%", "less", "0", "/", "more", "0"]
    found = json.loads(command("pca", "show", basis, "--json").out)
    assert [each["cumulative"] for each in found["components"]] == [0.25, 0.475, 0.675]
    assert command.devices == []


def test_pictures_of_one_colour_have_a_basis_without_variance(
    command: Command, tmp_path: Path
) -> None:
    same = embedding(tmp_path / "same.safetensors", SPACE, "a", "b", "c")
    assert command("pca", "fit", same, *OUT).code == 0
    found = json.loads(command("pca", "show", "out.safetensors", "--json").out)
    assert [each["explained"] for each in found["components"]] == [0.0, 0.0]


def test_too_few_pictures(command: Command, colours: Path, tmp_path: Path) -> None:
    check(command("pca", "fit", colours, *OUT, "--components", 9), 2, "6 embeddings", "not 9")
    check(command("pca", "fit", colours / "1.png", *OUT), 2, "take more pictures")
    check(command("pca", "fit", "a text", *OUT), 2, "no such file")


# reconstruct ---------------------------------------------------------------------------------


def test_the_whole_picture_comes_last(command: Command, picture: Path, basis: Path) -> None:
    outcome = command("pca", "reconstruct", picture, "--basis", basis, "-o", "out.png")
    assert (outcome.code, outcome.out, outcome.err) == (0, "out.png\n", "")
    kept = [
        [len(edit.basis) for edit in request.concept.edits if isinstance(edit, Reconstruct)]
        for request in strip_in("out.png")
    ]
    assert kept == [[1], [2], [3], []]


def test_one_number_is_one_picture(command: Command, picture: Path, basis: Path) -> None:
    command("pca", "reconstruct", picture, "--basis", basis, "--keep", 2, "-o", "out.png")
    request = request_in("out.png")
    assert request.concept.edits == (Reconstruct(basis=load_basis(basis).first(2)),)
    assert request.noise == "inverted"


def test_several_numbers_are_a_strip(command: Command, picture: Path, basis: Path) -> None:
    found = json.loads(
        command(
            "pca", "reconstruct", picture, "--basis", basis, "--keep", "3,1", "-o", "out", "--json"
        ).out
    )
    assert [frame["caption"] for frame in found["frames"]] == ["3", "1", "whole"]


@pytest.mark.parametrize(
    ("keep", "word"), [("0", "1 to 3"), ("4", "1 to 3"), ("1,x", "no numbers"), ("", "no numbers")]
)
def test_numbers_that_cannot_be(
    command: Command, picture: Path, basis: Path, keep: str, word: str
) -> None:
    options = ("--basis", basis, "--keep", keep, "-o", "out.png")
    check(command("pca", "reconstruct", picture, *options), 2, word)


# move ----------------------------------------------------------------------------------------


def test_a_move_goes_along_one_component(command: Command, picture: Path, basis: Path) -> None:
    command(
        "pca", "move", picture, "--basis", basis, "--component", 2, "--amount", -1.5,
        "-o", "out.png",
    )  # fmt: skip
    [edit] = request_in("out.png").concept.edits
    assert edit == Shift(basis=load_basis(basis).only(1), amount=-1.5)


def test_a_way_goes_to_both_sides(command: Command, picture: Path, basis: Path) -> None:
    options = ("--basis", basis, "--component", 1, "--frames", 3)
    command("pca", "move", picture, *options, "-o", "out.png")
    assert [edit.amount for edit in shifts("out.png")] == [-2, 0, 2]
    command("pca", "move", picture, *options, "--amount", 5, "-o", "out.png")
    assert [edit.amount for edit in shifts("out.png")] == [-5, 0, 5]


def shifts(path: str) -> list[Shift]:
    edits = (edit for request in strip_in(path) for edit in request.concept.edits)
    return [edit for edit in edits if isinstance(edit, Shift)]


# bad input -----------------------------------------------------------------------------------


def test_bases_that_cannot_be(command: Command, picture: Path, basis: Path) -> None:
    vectors = embedding(Path("vectors.safetensors"), SPACE, "x")
    other = save(Path("other.safetensors"), Space(id="other", dim=4))
    cut = Path("cut.safetensors")
    cut.write_bytes(basis.read_bytes()[:-10])
    move = ("pca", "move", picture, "--component", 1, "--amount", 1, "-o", "out.png", "--basis")
    check(command(*move, vectors), 2, "not a basis")
    check(command(*move, cut), 2, "cut.safetensors", "damaged")
    check(command(*move, "no.safetensors"), 2, "no such file")
    check(command(*move, other), 2, "other (4 dimensions)", "fake-colours (3 dimensions)")
    check(command("pca", "show", vectors), 2, "not a basis")


def test_components_that_cannot_be(command: Command, picture: Path, basis: Path) -> None:
    move = ("pca", "move", picture, "--basis", basis, "-o", "out.png")
    check(command(*move, "--component", 4), 2, "3 components, not 4")
    check(command(*move, "--component", 0), 2, "--component")
    check(command(*move, "--component", 1, "--amount", 21), 2, "--amount")
    check(command(*move[:-1], "out.gif", "--component", 1, "--amount", 1), 2, "no animation")
