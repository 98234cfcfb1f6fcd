import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from t2i_studio.core import paths
from t2i_studio.core.cancel import CancelToken
from t2i_studio.core.errors import MachineError
from t2i_studio.core.events import Event
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.core.latent import Space
from t2i_studio.core.request import Embed, Work
from t2i_studio.engine.backends.fake import FakeBackend
from t2i_studio.engine.backends.fake_latents import SPACE
from t2i_studio.gallery.embedding_store import EmbeddingStore
from t2i_studio.gallery.embeddings import OfFile, OfText, load
from t2i_studio.studio.explorer.survey import BATCH
from tests.cli.conftest import Command
from tests.cli.test_bad_input import check
from tests.cli.test_latent import after, embedding

OUT = ("-o", "out.safetensors")
COLOURS = {"red": (200, 40, 40), "green": (40, 160, 60), "blue": (40, 70, 200)}


class Counting(FakeBackend):
    """Counts what it embeds."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[int] = []

    def run(self, request: Work, cancel: CancelToken) -> Iterator[Event]:
        if isinstance(request, Embed):
            self.asked.append(len(request.inputs))
        return super().run(request, cancel)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a red and a green picture, and a blue one in a folder in it."""
    places = {"red": "a/red.png", "green": "a/green.JPG", "blue": "a/below/blue.png"}
    for name, place in places.items():
        path = tmp_path / place
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(Image.filled(Extent(8, 8), COLOURS[name]).to_png())
    (tmp_path / "a/notes.txt").write_text("no picture")
    return tmp_path / "a"


def titles(path: str = "out.safetensors") -> tuple[str, ...]:
    return load(Path(path)).titles


def test_pictures_and_texts_keep_their_order(command: Command, folder: Path) -> None:
    outcome = command("embed", "a blue cube", folder, "white", *OUT)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == "out.safetensors: 4 embeddings\n"
    kept = load(Path("out.safetensors"))
    assert kept.titles == ("a blue cube", "green.JPG", "red.png", "white")
    assert kept.sources[:2] == (OfText(text="a blue cube"), OfFile(name="green.JPG"))
    wanted = [COLOURS["blue"], COLOURS["green"], COLOURS["red"], (240, 240, 240)]
    assert np.array_equal(kept.embeddings.vectors.values, wanted)


def test_folders_in_folders_are_taken_on_demand(command: Command, folder: Path) -> None:
    command("embed", folder, *OUT)
    assert titles() == ("green.JPG", "red.png")
    command("embed", folder, *OUT, "--recursive")
    assert titles() == ("blue.png", "green.JPG", "red.png")


def test_files_of_embeddings_are_joined(command: Command, folder: Path) -> None:
    both = embedding(Path("both.safetensors"), SPACE, "one", "two")
    command("embed", both, folder / "red.png", *OUT)
    assert titles() == ("one", "two", "red.png")


def test_json_tells_what_was_saved(command: Command, folder: Path) -> None:
    found = json.loads(command("embed", folder, *OUT, "--json").out)
    assert (found["path"], found["count"], found["space"]) == ("out.safetensors", 2, SPACE.id)
    assert (found["unreadable"], found["model"]) == ([], "scenes")


def test_a_folder_is_embedded_once(command: Command, folder: Path) -> None:
    command.backend = counting = Counting()
    command("embed", folder, *OUT)
    first = load(Path("out.safetensors"))
    command("embed", folder, *OUT)
    assert counting.asked == [2]
    assert load(Path("out.safetensors")) == first


def test_many_pictures_are_embedded_in_batches(command: Command, tmp_path: Path) -> None:
    (tmp_path / "many").mkdir()
    for number in range(BATCH + 3):
        (tmp_path / f"many/{number:02}.png").write_bytes(
            Image.filled(Extent(2, 2), (number, 0, 9)).to_png()
        )
    command.backend = counting = Counting()
    command("embed", tmp_path / "many", *OUT)
    assert counting.asked == [BATCH, 3]
    values = load(Path("out.safetensors")).embeddings.vectors.values
    assert values[:, 0].tolist() == list(range(BATCH + 3))


def test_what_cannot_be_read_is_named_and_left_out(command: Command, folder: Path) -> None:
    (folder / "bad.png").write_bytes(b"nothing")
    outcome = command("embed", folder, *OUT)
    assert outcome.code == 0
    assert outcome.err == f"t2i-studio: {folder / 'bad.png'} cannot be read and is left out.\n"
    assert titles() == ("green.JPG", "red.png")


def test_nothing_that_can_be_read_is_an_error(command: Command, tmp_path: Path) -> None:
    (tmp_path / "bad.png").write_bytes(b"nothing")
    outcome = command("embed", "bad.png", *OUT)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.splitlines()[-1].startswith("t2i-studio: None of the pictures")
    assert not Path("out.safetensors").exists()


def test_it_works_where_nothing_can_be_kept(
    command: Command, folder: Path, data_folder: Path
) -> None:
    data_folder.write_bytes(b"not a folder")
    outcome = command("embed", folder, *OUT)
    assert outcome.code == 0
    assert outcome.err.startswith("t2i-studio: Embeddings are not kept for the next time.")
    assert titles() == ("green.JPG", "red.png")


def test_it_works_where_the_disk_is_full(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*arguments: object) -> None:
        raise MachineError("There is no room.")

    monkeypatch.setattr(EmbeddingStore, "put", refuse)
    outcome = command("embed", folder, *OUT)
    assert outcome.err == (
        "t2i-studio: Embeddings are not kept for the next time. There is no room.\n"
    )
    assert titles() == ("green.JPG", "red.png")


def test_ctrl_c_writes_nothing(command: Command, folder: Path) -> None:
    command.backend = after(0, lambda: os.kill(os.getpid(), signal.SIGINT))
    outcome = command("embed", folder, "a text", *OUT)
    assert (outcome.code, outcome.out) == (130, "")
    assert outcome.err == "t2i-studio: Cancelled.\n"
    assert not Path("out.safetensors").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["fox.png", *OUT], ["fox.png", "no such file"], id="missing"),
        pytest.param(["empty", *OUT], ["no picture in empty"], id="empty folder"),
        pytest.param(["text", "-o", "out.png"], ["out.png", ".safetensors"], id="suffix"),
        pytest.param(["text", "-o", "no/out.safetensors"], ["no such folder"], id="no folder"),
        pytest.param(["cut.safetensors", *OUT], ["cut.safetensors", "cut off"], id="cut off"),
        pytest.param(
            ["other.safetensors", *OUT], ["other (3 dim", "fake-colours (3 dim"], id="space"
        ),
    ],
)
def test_embeddings_that_cannot_be(
    command: Command, arguments: list[str], words: list[str]
) -> None:
    Path("empty").mkdir()
    Path("cut.safetensors").write_bytes(b"\x99\0\0\0\0\0\0\0{")
    embedding(Path("other.safetensors"), Space(id="other", dim=3), "x")
    check(command("embed", *arguments), 2, *words)


# rank ----------------------------------------------------------------------------------------


def test_the_best_match_to_a_text_comes_first(command: Command, folder: Path) -> None:
    outcome = command("rank", "a green ball", folder, "--recursive")
    assert (outcome.code, outcome.err) == (0, "")
    lines = [line.split() for line in outcome.out.splitlines()]
    assert [Path(path).name for _, path in lines] == ["green.JPG", "blue.png", "red.png"]
    assert lines[0][0] == "1.0000"


def test_a_picture_finds_pictures_and_embeddings(command: Command, folder: Path) -> None:
    grey = embedding(Path("grey.safetensors"), SPACE, "a grey one")
    found = json.loads(command("rank", folder / "red.png", folder, grey, "--top", 2, "--json").out)
    assert [(each["title"], each["path"] or None) for each in found["ranked"]] == [
        ("red.png", str(folder / "red.png")),
        ("a grey one", None),
    ]
    assert command("rank", grey, folder, "--top", 1).out.endswith("green.JPG\n")


def test_texts_are_no_pictures_to_be_ranked(command: Command) -> None:
    check(command("rank", "a fox", "a cube"), 2, "a cube", "no such file")


def test_embeddings_are_kept_in_the_cache(command: Command, folder: Path) -> None:
    command("rank", "red", folder)
    assert list((paths.cache_folder() / "embeddings").iterdir())
