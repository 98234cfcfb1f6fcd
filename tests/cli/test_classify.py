import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from t2i_studio.core.cancel import CancelToken
from t2i_studio.core.events import Event
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.core.request import Classify, Work
from t2i_studio.engine.backends.fake import FakeBackend
from t2i_studio.engine.backends.fake_latents import SPACE
from tests.cli.conftest import Command
from tests.cli.test_bad_input import check
from tests.cli.test_latent import Blind, embedding

LABELS = ("--labels", "red, green,blue")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Listening(FakeBackend):
    """Remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.requests: list[Classify] = []

    def run(self, request: Work, cancel: CancelToken) -> Iterator[Event]:
        if isinstance(request, Classify):
            self.requests.append(request)
        return super().run(request, cancel)


@pytest.fixture
def red(tmp_path: Path) -> Path:
    """Return a picture of one colour."""
    path = tmp_path / "red.png"
    path.write_bytes(Image.filled(Extent(64, 64), (200, 40, 40)).to_png())
    return path


def test_the_best_label_comes_first(command: Command, red: Path) -> None:
    outcome = command("classify", red, *LABELS)
    assert (outcome.code, outcome.err) == (0, "")
    lines = outcome.out.splitlines()
    assert [line.split()[-1] for line in lines] == ["red", "green", "blue"]
    assert lines[0].split()[1] == "1.0000"


def test_json_has_shares_that_sum_to_one(command: Command, red: Path) -> None:
    found = json.loads(command("classify", red, *LABELS, "--json").out)
    assert [each["label"] for each in found["labels"]] == ["red", "green", "blue"]
    assert sum(each["share"] for each in found["labels"]) == pytest.approx(1, abs=1e-5)
    assert (found["model"], found["device"]) == ("scenes", "cpu")


def test_a_terminal_gets_bars(command: Command, red: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    command("classify", red, "--labels", "red,[green]")
    assert "█" in screen.getvalue()
    assert "[green]" in screen.getvalue()


def test_embeddings_are_classified(command: Command) -> None:
    path = embedding(Path("grey.safetensors"), SPACE, "grey")
    assert command("classify", path, "--labels", "white,red").out.splitlines()[0].endswith("white")


def test_templates_reach_the_request(command: Command, red: Path) -> None:
    command.backend = asked = Listening()
    command("classify", red, *LABELS)
    command("classify", red, *LABELS, "--template", "a drawn {}", "--template", "{}")
    assert [request.templates for request in asked.requests] == [
        ("a photo of a {}",),
        ("a drawn {}", "{}"),
    ]


@pytest.mark.parametrize(
    ("options", "word"),
    [
        pytest.param(["--labels", "a,b,a"], "twice", id="twice"),
        pytest.param(["--labels", "a"], "Two labels", id="one"),
        pytest.param(["--labels", "a,,b"], "empty", id="empty"),
        pytest.param([*LABELS, "--template", "a photo"], "{}", id="template"),
        pytest.param([], "--labels", id="none"),
    ],
)
def test_labels_that_cannot_be(command: Command, red: Path, options: list[str], word: str) -> None:
    check(command("classify", red, *options), 2, word)


def test_pictures_that_cannot_be(command: Command, red: Path) -> None:
    check(command("classify", "fox.png", *LABELS), 2, "fox.png", "no such file")
    command.backend = Blind()
    check(command("classify", red, *LABELS), 2, "no image encoder")
