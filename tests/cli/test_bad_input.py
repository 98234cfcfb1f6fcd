"""Whatever people type: one line that helps, the right exit code, and nothing written."""

import struct
import zlib
from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.core.pictures import read_picture
from tests.cli.conftest import Command, Outcome


def check(outcome: Outcome, code: int, *words: str) -> None:
    assert outcome.code == code
    assert outcome.out == ""
    assert outcome.err.startswith("t2i-studio: ")
    assert outcome.err.count("\n") == 1
    assert "Traceback" not in outcome.err
    assert outcome.err.isascii() or outcome.err[:-1].isprintable()
    for word in words:
        assert word in outcome.err


@pytest.mark.parametrize(
    ("prompt", "word"),
    [
        pytest.param("", "empty", id="empty"),
        pytest.param(" \n\t", "empty", id="blank"),
        pytest.param("x" * 25_000, "25,000", id="long"),
        pytest.param("a\0b", "NUL", id="NUL"),
        pytest.param("a\udcff", "surrogate", id="half a character"),
    ],
)
def test_prompts_that_cannot_be(command: Command, prompt: str, word: str) -> None:
    check(command("generate", prompt, "-o", "out.png"), 2, word)
    assert not list(Path().iterdir())


@pytest.mark.parametrize(
    "prompt", ["🦊👩‍👩‍👧", "مكعب أحمر", "赤い立方体", "a\nb", "'; rm -rf /", "[red]"]
)
def test_prompts_that_can_be(command: Command, prompt: str) -> None:
    assert command("generate", prompt, "-o", "out.png").code == 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        pytest.param(["--seed", "x"], ["--seed"], id="seed no number"),
        pytest.param(["--seed", "-2"], ["The seed must be -1"], id="seed below"),
        pytest.param(["--seed", 2**63], ["The seed must be -1"], id="seed above"),
        pytest.param(["--seed", 2**63 - 1, "--count", "2"], ["The seed"], id="last seed above"),
        pytest.param(["--size", "100x100"], ["64x64", "256x256", "100x100"], id="size"),
        pytest.param(["--size", "big"], ["WIDTHxHEIGHT"], id="size no size"),
        pytest.param(["--size", ""], ["WIDTHxHEIGHT"], id="size empty"),
        pytest.param(["--steps", "0"], ["--steps"], id="steps"),
        pytest.param(
            ["--steps", "999"],
            ["Decoder: the number of steps must be 1 to 250"],
            id="steps of a stage",
        ),
        pytest.param(["--guidance", "nan"], ["guidance"], id="guidance"),
        pytest.param(["--guidance", "-1"], ["--guidance"], id="guidance below"),
        pytest.param(["--count", "0"], ["1 to 1000"], id="count"),
        pytest.param(["--candidates", "50"], ["1 to 8"], id="candidates"),
        pytest.param(["--sampler", "magic"], ["ddim, euler"], id="sampler"),
        pytest.param(["--prior", "magic"], ["--prior", "diffusion"], id="prior unknown"),
        pytest.param(["--prior", "autoregressive"], ["diffusion, none"], id="prior missing"),
        pytest.param(["--device", "quantum"], ["--device", "cuda"], id="device"),
        pytest.param(["--negative", "a\0"], ["NUL"], id="negative"),
        pytest.param(["--magic"], ["No such option"], id="option"),
        pytest.param(["more"], ["unexpected"], id="argument"),
    ],
)
def test_options_that_cannot_be(command: Command, options: list[object], words: list[str]) -> None:
    check(command("generate", "red", "-o", "out.png", *options), 2, *words)
    assert not list(Path().iterdir())


@pytest.mark.parametrize(
    ("out", "code", "word"),
    [
        pytest.param("out.txt", 2, ".png, .jpg", id="suffix"),
        pytest.param("out", 2, ".png, .jpg", id="no suffix"),
        pytest.param("missing/out.png", 2, "no such folder", id="no folder"),
        pytest.param("file/out.png", 2, "not a folder", id="file for folder"),
        pytest.param("folder.png", 2, "is a folder", id="folder"),
        pytest.param("loop.png", 2, "cannot be used", id="loop of links"),
        pytest.param("full.png", 2, "is a device", id="link to a device"),
        pytest.param("x" * 300 + ".png", 2, "cannot be used", id="long name"),
        pytest.param("/proc/out.png", 1, "Cannot write into /proc", id="unwritable"),
        pytest.param("a\nb/out.png", 2, "no such folder", id="line break"),
    ],
)
def test_outputs_that_cannot_be(command: Command, out: str, code: int, word: str) -> None:
    Path("file").touch()
    Path("folder.png").mkdir()
    Path("loop.png").symlink_to("loop.png")
    Path("full.png").symlink_to("/dev/full")
    check(command("generate", "red", "-o", out), code, word)
    assert command.devices == []  # said before the engine is made


def test_one_of_several_outputs_that_cannot_be(command: Command) -> None:
    Path("out-2.png").mkdir()
    check(command("generate", "red", "-o", "out.png", "--count", 3), 2, "out-2.png", "a folder")


def test_commands_that_cannot_be(command: Command) -> None:
    check(command("paint"), 2, "No such command", "Try: t2i-studio --help")
    check(command("generate"), 2, "Missing option", "Try: t2i-studio generate --help")
    check(command("inpaint"), 2, "Missing argument", "Try: t2i-studio inpaint --help")
    check(command("generate", "-o", "a.png"), 2, "The prompt is empty")
    check(command("generate", "red"), 2, "-o")


def bomb() -> bytes:
    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    checksum = struct.pack(">I", zlib.crc32(b"IHDR" + header))
    start = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + header + checksum
    return start + struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))


def truncated() -> bytes:
    noise = np.random.default_rng(0).integers(0, 256, (48, 64, 3), dtype=np.uint8)
    return Image(noise).to_png()[:2000]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        pytest.param(None, "no such file", id="missing"),
        pytest.param(b"", "not a picture", id="empty"),
        pytest.param(b"hello", "not a picture", id="text"),
        pytest.param(truncated(), "damaged", id="truncated"),
        pytest.param(bomb(), "megapixels", id="bomb"),
    ],
)
def test_pictures_that_cannot_be(
    command: Command, picture: Path, mask: Path, content: bytes | None, word: str
) -> None:
    for broken, arguments in ((picture, (picture, mask)), (mask, (picture, mask))):
        whole = broken.read_bytes()
        broken.unlink()
        if content is not None:
            broken.write_bytes(content)
        check(command("inpaint", *arguments, "red", "-o", "out.png"), 2, word)
        broken.write_bytes(whole)


@pytest.mark.parametrize("kind", ["CMYK", "I;16", "P", "animated", "LA", "1", "RGBA"])
def test_pictures_of_all_kinds(command: Command, mask: Path, kind: str) -> None:
    path = Path("any.tiff" if kind == "CMYK" else "any.gif" if kind == "animated" else "any.png")
    frame = PIL.Image.new("RGB", (64, 48), (10, 200, 30))
    if kind == "animated":
        frame.save(path, save_all=True, append_images=[PIL.Image.new("RGB", (64, 48))])
    elif kind == "I;16":
        PIL.Image.fromarray(np.full((48, 64), 40_000, np.uint16)).save(path)
    else:
        frame.convert(kind).save(path)
    assert command("inpaint", path, mask, "red", "-o", "out.png").code == 0
    assert read_picture(Path("out.png")).extent == Extent(64, 48)


def test_masks_that_do_not_fit(command: Command, picture: Path) -> None:
    Path("large.png").write_bytes(Mask(np.full((50, 64), 255, np.uint8)).to_png())
    Path("empty.png").write_bytes(Mask.empty(Extent(64, 48)).to_png())
    for name, words in (("large.png", ("64x50", "64x48")), ("empty.png", ("mask is empty",))):
        check(command("inpaint", picture, name, "red", "-o", "out.png"), 2, *words)
    mask = Path("empty.png")
    check(
        command("inpaint", picture, mask, "red", "-o", "out.png", "--feather", 999), 2, "--feather"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("variations", "picture.png", "--count", "1"),
        ("textdiff", "picture.png", "--from", "a", "--to", "b"),
        ("interpolate", "a prompt", "picture.png", "--at", "0.5"),
        ("pca", "reconstruct", "picture.png", "--basis", "b.safetensors"),
        ("pca", "move", "picture.png", "--basis", "b.safetensors", "--component", "1"),
        ("replay", "picture.png"),
    ],
    ids=lambda arguments: arguments[0] + arguments[1] * (arguments[0] == "pca"),
)
def test_what_a_picture_starts_from_is_never_replaced(
    command: Command, picture: Path, arguments: tuple[str, ...]
) -> None:
    before = picture.read_bytes()
    Path("link.png").symlink_to(picture)
    for out in (picture, "link.png"):
        check(command(*arguments, "-o", out), 2, "would replace picture.png")
    assert picture.read_bytes() == before


def test_models_that_are_not_there(command: Command) -> None:
    Path("pipeline").mkdir()
    Path("pipeline/model_index.json").write_text('{"_class_name": "FluxPipeline"}')
    Path("empty").mkdir()
    for model, word in (
        ("missing", "no model or folder"),
        ("", "model"),
        ("./pipeline", "diffusers pipeline"),
        ("./empty", "Not a checkpoint"),
    ):
        check(command.real("generate", "red", "-o", "out.png", "--model", model), 2, word)


def test_a_damaged_model_is_the_machines_error(command: Command) -> None:
    Path("damaged").mkdir()
    Path("damaged/unclip.json").write_text('{"title": ')
    outcome = command.real("generate", "red", "-o", "out.png", "--model", "./damaged")
    check(outcome, 1, "unclip.json")
