import hashlib
import io
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from t2i_studio.cli import output
from t2i_studio.cli.output import Written
from t2i_studio.core import paths
from t2i_studio.core.cancel import CancelToken
from t2i_studio.core.capabilities import Capabilities, Stage
from t2i_studio.core.errors import MachineError
from t2i_studio.core.events import Event, ImageReady
from t2i_studio.core.geometry import Extent
from t2i_studio.core.pictures import read_picture
from t2i_studio.core.request import Generate, Inpaint
from t2i_studio.engine.backends.fake import CAPABILITIES, FakeBackend
from t2i_studio.gallery.metadata import read_parameters, read_recipe
from tests.cli.conftest import Command

Limited = Callable[[int], AbstractContextManager[None]]


class Scored(FakeBackend):
    """Gives the pictures these scores."""

    scores: tuple[float | None, ...] = (0.1, None, 0.3, 0.2)

    def run(self, request: Generate | Inpaint, cancel: CancelToken) -> Iterator[Event]:
        for event in super().run(request, cancel):
            if isinstance(event, ImageReady):
                yield event.model_copy(update={"score": self.scores[event.index]})
            else:
                yield event


class ShortReader(FakeBackend):
    """Reads eight tokens."""

    capabilities: Capabilities = CAPABILITIES.model_copy(
        update={
            "token_limit": 8,
            "tokenizer": str(paths.resource("checkpoints/scenes/tokenizer/tokenizer.json")),
        }
    )


class Large(FakeBackend):
    """Enlarges further, by diffusion."""

    capabilities: Capabilities = CAPABILITIES.model_copy(
        update={
            "sizes": (*CAPABILITIES.sizes, Extent(1024, 1024)),
            "stages": (
                *CAPABILITIES.stages,
                Stage(key="upsampler_1024", title="Upsampler 1024", steps=15),
            ),
        }
    )


def test_the_large_size_is_made_where_the_model_has_it(command: Command) -> None:
    command.backend = Large()
    command("generate", "a red cube", "-o", "out.png", "--size", "1024x1024")
    assert read_picture(Path("out.png")).extent == Extent(1024, 1024)
    recipe = read_recipe(Path("out.png"))
    assert recipe is not None
    assert (recipe.request.upsampler.steps, recipe.request.upsampler_1024.steps) == (1, 15)


def test_other_sizes_are_refused_with_those_there_are(command: Command) -> None:
    command.backend = Large()
    outcome = command("generate", "a red cube", "-o", "out.png", "--size", "512x512")
    assert outcome.code == 2
    assert "64x64 or 256x256 or 1024x1024 pixels, not 512x512" in outcome.err


def test_steps_of_upsamplers_go_to_those_that_take_some(command: Command) -> None:
    command.backend = Large()
    command("generate", "x", "-o", "out.png", "--upsampler-steps", 20)
    recipe = read_recipe(Path("out.png"))
    assert recipe is not None
    assert (recipe.request.upsampler.steps, recipe.request.upsampler_1024.steps) == (1, 20)


def test_a_picture_is_written_with_its_recipe(command: Command) -> None:
    outcome = command("generate", "a red cube 🦊", "-o", "out.png", "--seed", 5)
    assert (outcome.code, outcome.out, outcome.err) == (0, "out.png\n", "")
    recipe = read_recipe(Path("out.png"))
    assert recipe is not None
    assert (recipe.request.prompt, recipe.request.seed) == ("a red cube 🦊", 5)
    assert read_picture(Path("out.png")).extent.width == 256


def test_every_option_reaches_the_request(command: Command) -> None:
    command(
        "generate", "x", "-o", "out.png", "--negative", "blur", "--size", "64x64", "--steps", 7,
        "--guidance", 1.5, "--prior-steps", 3, "--prior-guidance", 2.5, "--candidates", 4,
        "--sampler", "euler", "--model", "any", "--device", "cpu", "--seed", 9,
    )  # fmt: skip
    recipe = read_recipe(Path("out.png"))
    assert recipe is not None
    request = recipe.request
    assert (request.negative_prompt, str(request.size), request.model) == ("blur", "64x64", "any")
    decoder, prior = request.decoder, request.prior
    assert (decoder.steps, decoder.guidance, decoder.sampler) == (7, 1.5, "euler")
    assert (prior.steps, prior.guidance, prior.candidates) == (3, 2.5, 4)
    assert command.devices == ["cpu"]


def test_json_is_one_object_on_stdout(command: Command) -> None:
    outcome = command("generate", "red", "-o", "out.png", "--count", 2, "--seed", 5, "--json")
    summary = json.loads(outcome.out)
    assert outcome.err == ""
    assert outcome.out.count("\n") == 1
    assert [(i["path"], i["seed"], i["width"], i["height"]) for i in summary["images"]] == [
        ("out-1.png", 5, 256, 256),
        ("out-2.png", 6, 256, 256),
    ]
    for image in summary["images"]:
        assert image["sha256"] == hashlib.sha256(Path(image["path"]).read_bytes()).hexdigest()
    assert summary["seconds"] >= 0
    assert (summary["model"], summary["device"]) == ("scenes", "cpu")


def test_a_random_seed_is_reported_and_gives_the_same_picture(command: Command) -> None:
    summary = json.loads(command("generate", "red", "-o", "a.png", "--json").out)
    seed = summary["images"][0]["seed"]
    command("generate", "red", "-o", "b.png", "--seed", seed)
    assert read_picture(Path("a.png")) == read_picture(Path("b.png"))


@pytest.mark.parametrize("suffix", [".jpg", ".jpeg", ".webp", ".PNG"])
def test_other_formats_tell_how_they_were_made(command: Command, suffix: str) -> None:
    out = Path(f"out{suffix}")
    assert command("generate", "red", "-o", out).code == 0
    assert read_parameters(out)["prompt"] == "red"


def test_what_the_user_named_is_overwritten(command: Command, tmp_path: Path) -> None:
    (tmp_path / "real.png").write_bytes(b"old")
    (tmp_path / "link.png").symlink_to("real.png")
    command("generate", "red", "-o", "link.png")
    assert (tmp_path / "link.png").is_symlink()
    assert read_picture(tmp_path / "real.png")


def test_reranked_pictures_come_best_first(command: Command) -> None:
    command.backend = Scored()
    outcome = command(
        "generate", "red", "-o", "out.png", "--count", 4, "--seed", 0, "--rerank", "--json"
    )
    images = json.loads(outcome.out)["images"]
    assert [(image["path"], image["seed"]) for image in images] == [
        ("out-1.png", 2), ("out-2.png", 3), ("out-3.png", 0), ("out-4.png", 1),
    ]  # fmt: skip
    assert [image.get("score") for image in images] == [0.3, 0.2, 0.1, None]
    for image in images:
        recipe = read_recipe(Path(image["path"]))
        assert recipe is not None
        assert recipe.request.seed == image["seed"]
    assert len(list(Path().iterdir())) == 4


def test_ctrl_c_stops_within_a_step_and_keeps_what_is_finished(command: Command) -> None:
    steps: list[str] = []

    def interrupt(stage: str, step: int) -> None:
        steps.append(stage)
        if len(steps) == 9:  # in the second picture
            os.kill(os.getpid(), signal.SIGINT)

    before = signal.getsignal(signal.SIGINT)
    command.backend = FakeBackend(interrupt)
    outcome = command("generate", "red", "-o", "out.png", "--count", 3, "--json")
    assert outcome.code == 130
    assert len(steps) == 9
    summary = json.loads(outcome.out)
    assert [image["path"] for image in summary["images"]] == ["out-1.png"]
    assert summary["cancelled"] is True
    assert read_picture(Path("out-1.png"))
    assert outcome.err == "t2i-studio: Cancelled; finished pictures: 1.\n"
    assert signal.getsignal(signal.SIGINT) is before


def test_a_second_ctrl_c_ends_at_once(command: Command) -> None:
    def interrupt(stage: str, step: int) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)
        sum(range(1000))  # signals arrive between two instructions

    command.backend = FakeBackend(interrupt)
    assert command("generate", "red", "-o", "out.png").code == 130


def test_a_failure_keeps_and_reports_what_is_finished(command: Command) -> None:
    calls = iter(range(100))

    def fail(stage: str, step: int) -> None:
        if next(calls) == 8:
            raise MachineError("The device is gone.", "Plug it in.")

    command.backend = FakeBackend(fail)
    outcome = command("generate", "red", "-o", "out.png", "--count", 3, "--json")
    summary = json.loads(outcome.out)
    assert outcome.code == 1
    assert outcome.err == "t2i-studio: The device is gone. Plug it in.\n"
    assert [image["path"] for image in summary["images"]] == ["out-1.png"]
    assert summary["error"] == "The device is gone. Plug it in."


def test_a_bug_of_ours_is_one_line(command: Command, caplog: pytest.LogCaptureFixture) -> None:
    def fail(stage: str, step: int) -> None:
        raise ZeroDivisionError("x\ny")

    command.backend = FakeBackend(fail)
    outcome = command("generate", "red", "-o", "out.png")
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (1, "", 1)
    assert "Traceback" not in outcome.err
    assert "Traceback" in caplog.text


def test_a_disk_that_becomes_full_keeps_the_earlier_pictures(
    command: Command, files_of_at_most: Limited
) -> None:
    with files_of_at_most(300):
        outcome = command("generate", "red", "-o", "out.png", "--count", 2)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("t2i-studio: There is no room in ")
    assert not list(Path().iterdir())


def test_what_the_model_does_not_read_is_told_once(command: Command) -> None:
    command.backend = ShortReader()
    long = "a red cube on the left of a blue ball " + "and more " * 20
    outcome = command("generate", long, "-o", "out.png", "--negative", "a red cube")
    assert outcome.code == 0
    assert outcome.err.startswith(
        "t2i-studio: The prompt has 72 tokens and the model reads 8; it does not see: "
        '"of a blue ball and more'
    )
    assert outcome.err.endswith('..."\n')
    assert outcome.err.count("\n") == 1


def test_offline_is_set_for_the_libraries(command: Command) -> None:
    command("generate", "red", "-o", "out.png", "--offline")
    assert os.environ["HF_HUB_OFFLINE"] == "1"


def test_progress_is_drawn_on_a_terminal_only(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", screen)
    outcome = command("generate", "red", "-o", "out.png", "--count", 2, "--json")
    assert json.loads(outcome.out)["images"]
    assert "Upsampler (picture 2 of 2)" in screen.getvalue()
    assert "left" in screen.getvalue()


def test_a_program_without_streams_works(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert command("generate", "red", "-o", "out.png").code == 0
    assert command("generate", "", "-o", "out.png").code == 2
    assert Path("out.png").exists()


def test_a_rank_that_cannot_be_given_leaves_the_pictures(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    written = [
        Written(Path(f"out-{number}.png"), number, Extent(1, 1), "", number / 10)
        for number in (1, 2)
    ]
    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(MachineError, match="Permission denied"):
        output.ranked(written)


@pytest.mark.parametrize("kind", [PermissionError, KeyboardInterrupt])
@pytest.mark.parametrize("refused", range(6))
def test_a_rank_that_breaks_off_gives_every_picture_its_name_back(
    command: Command, monkeypatch: pytest.MonkeyPatch, refused: int, kind: type[BaseException]
) -> None:
    """Whichever of the renames it is."""
    paths_ = [Path(f"out-{number}.png") for number in range(3)]
    for path in paths_:
        path.write_text(path.name)
    written = [
        Written(path, number, Extent(1, 1), "", number / 10) for number, path in enumerate(paths_)
    ]
    replace, calls = os.replace, iter(range(100))

    def breaking(source: Path, target: Path) -> None:
        if next(calls) == refused:
            raise kind(13, "Permission denied")
        replace(source, target)

    monkeypatch.setattr(os, "replace", breaking)
    with pytest.raises((MachineError, KeyboardInterrupt)):
        output.ranked(written)
    assert {path.name: path.read_text() for path in Path().iterdir()} == {
        path.name: path.name for path in paths_
    }
