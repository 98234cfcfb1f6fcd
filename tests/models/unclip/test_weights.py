import errno
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from diffusers import PriorTransformer
from safetensors.torch import load_file, save_file

from t2i_studio.models.unclip.checkpoint import CheckpointError
from t2i_studio.models.unclip.weights import load_parts
from tests.models.checkpoints import link_scenes
from tests.models.running import collect, finish

DECODER_SHARD = "decoder/diffusion_pytorch_model-00001-of-00002.safetensors"
PRIOR_WEIGHTS = "prior/diffusion_pytorch_model.safetensors"


@pytest.fixture
def folder(scenes: Path, tmp_path: Path) -> Path:
    """A copy of Scenes made of links, to be damaged."""
    return Path(shutil.copytree(scenes, tmp_path / "scenes", copy_function=os.symlink))


def rewrite(path: Path, content: bytes) -> None:
    path.unlink()  # the link, not what it leads to
    path.write_bytes(content)


def change_json(path: Path, **changes: object) -> None:
    values: dict[str, Any] = json.loads(path.read_text())
    rewrite(path, json.dumps(values | changes).encode())


def change_weights(path: Path, change: Callable[[dict[str, torch.Tensor]], object]) -> None:
    weights = load_file(path)
    change(weights)
    path.unlink()
    save_file(weights, path)


def test_loading_names_each_part_and_gives_frozen_float32_networks(
    scenes: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    phases, parts = collect(load_parts(scenes))

    assert phases[:5] == ["text encoder", "image encoder", "prior", "decoder", "upsampler 256"]
    for network in parts.networks:
        assert isinstance(network, torch.nn.Module)
        assert not network.training
        assert {(p.dtype, p.requires_grad) for p in network.parameters()} == {
            (torch.float32, False)
        }
    assert capfd.readouterr() == ("", "")


def test_the_type_of_the_weights_can_be_chosen(scenes: Path) -> None:
    parts = finish(load_parts(scenes, dtype=torch.bfloat16))
    assert parts.decoder.dtype == parts.prior.dtype == torch.bfloat16


@pytest.mark.parametrize(
    "name",
    [
        "unclip.json",
        "tokenizer/tokenizer.json",
        "text_encoder/config.json",
        "text_encoder/model.safetensors",
        "image_encoder/model.safetensors",
        PRIOR_WEIGHTS,
        DECODER_SHARD,
        "decoder_scheduler/scheduler_config.json",
    ],
)
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()

    with pytest.raises(CheckpointError, match=f"{name}: the file is missing"):
        finish(load_parts(folder))


@pytest.mark.parametrize("name", ["text_encoder/model.safetensors", PRIOR_WEIGHTS, DECODER_SHARD])
@pytest.mark.parametrize("kept", [0, 4, 1000, -1])
def test_truncated_weights_are_named(folder: Path, name: str, kept: int) -> None:
    path = folder / name
    rewrite(path, path.read_bytes()[:kept])

    with pytest.raises(CheckpointError, match=f"{name}: is damaged"):
        finish(load_parts(folder))


@pytest.mark.parametrize(
    "name",
    [
        "unclip.json",
        "tokenizer/tokenizer.json",
        "prior/config.json",
        "decoder/diffusion_pytorch_model.safetensors.index.json",
        "prior_scheduler/scheduler_config.json",
    ],
)
@pytest.mark.parametrize(
    "content", [b"{", b"\xff\xfe", b"[" * 100_000], ids=["cut", "binary", "deep"]
)
def test_files_that_are_not_json_are_named(folder: Path, name: str, content: bytes) -> None:
    rewrite(folder / name, content)

    with pytest.raises(CheckpointError, match=f"{name}: is not valid JSON"):
        finish(load_parts(folder))


def test_a_json_file_without_an_object_is_named(folder: Path) -> None:
    rewrite(folder / "prior/config.json", b"[]")

    with pytest.raises(CheckpointError, match=r"prior/config\.json: must hold a JSON object"):
        finish(load_parts(folder))


def test_another_class_is_refused_by_name(folder: Path) -> None:
    change_json(folder / "decoder/config.json", _class_name="UNet1DModel")

    with pytest.raises(
        CheckpointError, match=r"decoder/config\.json: describes UNet1DModel, expected UNet2D"
    ):
        finish(load_parts(folder))


def test_weights_that_lack_a_tensor_are_refused(folder: Path) -> None:
    change_weights(folder / PRIOR_WEIGHTS, lambda weights: weights.pop("proj_in.bias"))

    with pytest.raises(CheckpointError, match=r"prior.*proj_in\.bias"):
        finish(load_parts(folder))


def test_weights_of_another_size_are_refused(folder: Path) -> None:
    change_json(folder / "text_encoder/config.json", intermediate_size=512)

    with pytest.raises(CheckpointError, match="text_encoder"):
        finish(load_parts(folder))


def test_parts_that_do_not_fit_together_are_refused(folder: Path) -> None:
    change_json(folder / "unclip.json", image_size=128)

    with pytest.raises(CheckpointError, match="image_encoder: image_size is 64"):
        finish(load_parts(folder))


@pytest.mark.parametrize("mode", ["residual", "diffusion"])
@pytest.mark.parametrize("name", ["upsampler_256", "upsampler_1024"])
def test_an_upsampler_of_another_patch_size_is_refused(
    scenes: Path, tmp_path: Path, name: str, mode: str
) -> None:
    path = link_scenes(scenes, tmp_path, mode, mode) / "unclip.json"
    section = json.loads(path.read_text())[name]
    change_json(path, **{name: section | {"pixel_unshuffle": 4}})

    with pytest.raises(CheckpointError, match=rf"{name}: in_channels is \d+, but must be 96"):
        finish(load_parts(tmp_path))


def test_an_upsampler_that_does_not_predict_v_is_refused(scenes: Path, tmp_path: Path) -> None:
    folder = link_scenes(scenes, tmp_path, "residual", "diffusion")
    path = folder / "upsampler_1024_scheduler/scheduler_config.json"
    change_json(path, prediction_type="epsilon")

    with pytest.raises(CheckpointError, match="upsampler_1024_scheduler: prediction_type is eps"):
        finish(load_parts(folder))


@pytest.mark.parametrize(
    "name",
    [
        "upsampler_256/diffusion_pytorch_model.safetensors",
        "upsampler_1024/config.json",
        "upsampler_256_scheduler/scheduler_config.json",
    ],
)
def test_a_missing_file_of_an_upsampler_is_named(scenes: Path, tmp_path: Path, name: str) -> None:
    folder = link_scenes(scenes, tmp_path, "diffusion", "residual")
    (folder / name).unlink()

    with pytest.raises(CheckpointError, match=f"{name}: the file is missing"):
        finish(load_parts(folder))


def test_an_index_may_not_lead_out_of_its_folder(folder: Path) -> None:
    index = folder / "decoder/diffusion_pytorch_model.safetensors.index.json"
    change_json(index, weight_map={"conv_in.weight": "../prior/weights.safetensors"})

    with pytest.raises(CheckpointError, match="outside its folder"):
        finish(load_parts(folder))


def test_pickled_weights_are_not_read(folder: Path) -> None:
    (folder / PRIOR_WEIGHTS).unlink()
    torch.save({}, folder / "prior/diffusion_pytorch_model.bin")

    with pytest.raises(CheckpointError, match=f"{PRIOR_WEIGHTS}: the file is missing"):
        finish(load_parts(folder))


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match=r"nowhere/unclip\.json: the file is missing"):
        finish(load_parts(tmp_path / "nowhere"))


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(torch.OutOfMemoryError("CUDA out of memory."), id="accelerator"),
        pytest.param(RuntimeError("DefaultCPUAllocator: can't allocate memory"), id="CPU"),
        pytest.param(OSError(errno.ENOMEM, "Cannot allocate memory"), id="mapping"),
        pytest.param(MemoryError(), id="Python"),
    ],
)
def test_too_little_memory_is_not_blamed_on_the_checkpoint(
    scenes: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise error

    monkeypatch.setattr(PriorTransformer, "from_pretrained", refuse)

    with pytest.raises(type(error)) as caught:
        finish(load_parts(scenes))

    assert caught.value is error


def test_memory_that_the_allocator_refuses_is_not_blamed_on_the_checkpoint(
    scenes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def greedy(*arguments: object, **options: object) -> torch.Tensor:
        return torch.empty(2**60)

    monkeypatch.setattr(PriorTransformer, "from_pretrained", greedy)

    with pytest.raises(RuntimeError, match="allocate memory"):
        finish(load_parts(scenes))
