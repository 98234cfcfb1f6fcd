import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from t2i_studio.catalogue.configs import MAX_CONFIG
from t2i_studio.catalogue.inspect import (
    IMAGE_ENCODER,
    LATENT_KINDS,
    PARTS,
    SAMPLERS,
    SECOND_UPSAMPLER,
    UPSAMPLER,
    capabilities,
)
from t2i_studio.core import paths
from t2i_studio.core.errors import MachineError
from t2i_studio.core.geometry import Extent
from t2i_studio.core.request import Generate
from t2i_studio.engine.resolve import resolve

CONFIG: dict[str, Any] = {
    "title": "Tiny",
    "image_size": 64,
    "text": {"max_length": 32},
    "prior": {"steps": 20, "guidance": 2.0},
    "decoder": {"steps": 15, "guidance": 3.0},
    "upsampler_256": {"mode": "residual"},
    "examples": ["a fox"],
}


def checkpoint(folder: Path, config: Any = CONFIG, decoder: Any = None) -> Path:
    for part in (*PARTS, IMAGE_ENCODER, UPSAMPLER, SECOND_UPSAMPLER):
        (folder / part).mkdir(parents=True)
    (folder / "tokenizer" / "tokenizer.json").touch()
    (folder / "unclip.json").write_text(json.dumps(config))
    decoder = {"in_channels": 112, "out_channels": 48} if decoder is None else decoder
    (folder / "decoder" / "config.json").write_text(json.dumps(decoder))
    return folder


def without(folder: Path, part: str) -> Path:
    shutil.rmtree(folder / part)
    return folder


def test_whole_checkpoint_can_do_everything(tmp_path: Path) -> None:
    can = capabilities(checkpoint(tmp_path / "m"))

    assert can.title == "Tiny"
    assert can.kinds == {"generate", "inpaint", "refine", *LATENT_KINDS}
    assert [stage.key for stage in can.stages] == ["text", "prior", "decoder", "upsampler"]
    assert can.sizes == (Extent(256, 256), Extent(64, 64))
    assert can.priors == ("diffusion", "none", "caption")
    assert can.samplers == SAMPLERS
    assert can.has_rerank
    assert can.token_limit == 32
    assert can.tokenizer == str(tmp_path / "m" / "tokenizer" / "tokenizer.json")
    assert can.examples == ("a fox",)


def test_embedded_checkpoint_can_do_everything() -> None:
    can = capabilities(paths.resource("checkpoints/scenes"))

    assert can.kinds == {"generate", "inpaint", "refine", *LATENT_KINDS}
    assert can.examples
    assert can.has_rerank


@pytest.mark.parametrize("part", [*PARTS, UPSAMPLER])
def test_a_part_that_is_missing_is_damage_and_named(tmp_path: Path, part: str) -> None:
    folder = without(checkpoint(tmp_path / "m"), part)

    with pytest.raises(MachineError, match=f"{part}: The checkpoint is damaged") as caught:
        capabilities(folder)

    assert "missing" in caught.value.message


def test_without_the_key_of_the_upsampler_its_folder_does_not_count(tmp_path: Path) -> None:
    config = {key: value for key, value in CONFIG.items() if key != UPSAMPLER}

    can = capabilities(checkpoint(tmp_path / "m", config))

    assert can.sizes == (Extent(64, 64),)
    assert can.stage("upsampler") is None


def test_the_upsampler_makes_one_size_whatever_the_decoders_is(tmp_path: Path) -> None:
    can = capabilities(checkpoint(tmp_path / "m", CONFIG | {"image_size": 128}))

    assert can.sizes == (Extent(256, 256), Extent(128, 128))


@pytest.mark.parametrize(
    ("second", "steps"),
    [({"mode": "residual"}, (1, 1, 1)), ({"mode": "diffusion", "steps": 15}, (1, 15, 250))],
    ids=["one pass", "diffusion"],
)
def test_a_second_upsampler_adds_a_stage_and_a_size(
    tmp_path: Path, second: dict[str, Any], steps: tuple[int, int, int]
) -> None:
    can = capabilities(checkpoint(tmp_path / "m", CONFIG | {SECOND_UPSAMPLER: second}))

    assert can.sizes == (Extent(256, 256), Extent(64, 64), Extent(1024, 1024))
    assert [stage.key for stage in can.stages[-2:]] == ["upsampler", "upsampler_1024"]
    last = can.stages[-1]
    assert (last.min_steps, last.steps, last.max_steps) == steps


def test_the_first_upsampler_can_be_a_diffusion_model(tmp_path: Path) -> None:
    first = {UPSAMPLER: {"mode": "diffusion", "steps": 27}}
    stage = capabilities(checkpoint(tmp_path / "m", CONFIG | first)).stage("upsampler")

    assert stage is not None
    assert (stage.steps, stage.max_steps) == (27, 250)


def test_the_second_upsampler_needs_its_folder_and_the_first(tmp_path: Path) -> None:
    second = {SECOND_UPSAMPLER: {"mode": "residual"}}
    whole = without(checkpoint(tmp_path / "whole", CONFIG | second), SECOND_UPSAMPLER)
    alone = {key: value for key, value in CONFIG.items() if key != UPSAMPLER} | second

    with pytest.raises(MachineError, match=f"{SECOND_UPSAMPLER}: The checkpoint is damaged"):
        capabilities(whole)
    with pytest.raises(MachineError, match=f"{SECOND_UPSAMPLER} needs {UPSAMPLER}"):
        capabilities(checkpoint(tmp_path / "alone", alone))


def test_without_tokenizer_file_tokens_are_not_counted(tmp_path: Path) -> None:
    folder = checkpoint(tmp_path / "m")
    (folder / "tokenizer" / "tokenizer.json").unlink()

    assert capabilities(folder).tokenizer is None


@pytest.mark.parametrize(
    "decoder",
    [
        {"in_channels": 48, "out_channels": 48},
        {"in_channels": 96, "out_channels": 48},
        {"in_channels": "112", "out_channels": "48"},
        {},
    ],
)
def test_decoder_without_channels_for_a_mask_cannot_inpaint(
    tmp_path: Path, decoder: dict[str, Any]
) -> None:
    can = capabilities(checkpoint(tmp_path / "m", decoder=decoder))

    assert can.kinds == {"generate", "refine", *LATENT_KINDS}


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"decoder": {"steps": 250, "guidance": 100.0}},
        {"prior": {"steps": 2, "guidance": 0.0}},
        {"more": 1},
    ],
)
def test_defaults_of_a_checkpoint_can_always_be_used(
    tmp_path: Path, change: dict[str, Any]
) -> None:
    can = capabilities(checkpoint(tmp_path / "m", CONFIG | change))

    assert resolve(Generate(prompt="a fox"), can)


@pytest.mark.parametrize(
    "config",
    [
        pytest.param([], id="a list"),
        pytest.param(None, id="null"),
        pytest.param({}, id="nothing"),
        pytest.param(CONFIG | {"title": 5}, id="title"),
        pytest.param(CONFIG | {"image_size": 0}, id="size 0"),
        pytest.param(CONFIG | {"image_size": 10**9}, id="huge size"),
        pytest.param(CONFIG | {"text": {"max_length": 0}}, id="no tokens"),
        pytest.param(CONFIG | {"prior": None}, id="no prior"),
        pytest.param(CONFIG | {"upsampler_256": {"mode": "other"}}, id="other upsampler"),
        pytest.param(CONFIG | {"upsampler_256": {"mode": "diffusion"}}, id="upsampler's steps"),
        pytest.param(CONFIG | {"prior": {"steps": 1, "guidance": 1.0}}, id="prior of one step"),
        pytest.param(CONFIG | {"decoder": {"steps": 251, "guidance": 1.0}}, id="too many steps"),
        pytest.param(
            CONFIG | {"decoder": {"steps": 1, "guidance": float("nan")}}, id="NaN guidance"
        ),
        pytest.param(CONFIG | {"title": "\ud800"}, id="half a character"),
    ],
)
def test_configuration_that_makes_no_sense_is_damage(tmp_path: Path, config: Any) -> None:
    with pytest.raises(MachineError, match=r"unclip\.json: The checkpoint is damaged") as caught:
        capabilities(checkpoint(tmp_path / "m", config))

    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        pytest.param(b"", "EOF", id="empty"),
        pytest.param(b"{", "EOF", id="cut off"),
        pytest.param(b"\xff\xfe", "expected value", id="no text"),
        pytest.param(b"[" * 100_000, "recursion", id="deep"),
        pytest.param(b'{"image_size": ' + b"9" * 5000 + b"}", "number", id="endless number"),
        pytest.param(b" " * (MAX_CONFIG + 1), "too large", id="large"),
    ],
)
@pytest.mark.parametrize("name", ["unclip.json", "decoder/config.json"])
def test_damaged_file_is_named(tmp_path: Path, name: str, data: bytes, why: str) -> None:
    folder = checkpoint(tmp_path / "m")
    (folder / name).write_bytes(data)

    with pytest.raises(MachineError, match=why) as caught:
        capabilities(folder)

    assert str(folder / name) in caught.value.message


def test_largest_file_is_read(tmp_path: Path) -> None:
    folder = checkpoint(tmp_path / "m")
    data = (folder / "unclip.json").read_bytes()
    (folder / "unclip.json").write_bytes(data.ljust(MAX_CONFIG))

    assert capabilities(folder).title == "Tiny"


@pytest.mark.parametrize("name", ["unclip.json", "decoder/config.json"])
def test_missing_file_is_named_once(tmp_path: Path, name: str) -> None:
    folder = checkpoint(tmp_path / "m")
    (folder / name).unlink()

    with pytest.raises(MachineError, match="No such file") as caught:
        capabilities(folder)

    assert caught.value.message.count(name) == 1


def test_folder_in_place_of_a_file_is_damage(tmp_path: Path) -> None:
    folder = checkpoint(tmp_path / "m")
    (folder / "unclip.json").unlink()
    (folder / "unclip.json").mkdir()

    with pytest.raises(MachineError, match="damaged"):
        capabilities(folder)
