"""A checkpoint like Scenes with networks that weigh nothing, and pictures of one colour each."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from diffusers import PriorTransformer, UNet2DConditionModel
from numpy.typing import NDArray
from transformers import (
    CLIPTextConfig,
    CLIPTextModelWithProjection,
    CLIPVisionConfig,
    CLIPVisionModelWithProjection,
)

from t2i_studio.training.scenes.scene import Scene
from t2i_studio.training.scenes.vocabulary import BACKGROUNDS, COLOURS

SCENES = Path(__file__).parents[2] / "resources" / "checkpoints" / "scenes"
DIM, PATCH = 16, 16
KEPT = ("tokenizer", "decoder_scheduler", "prior_scheduler")


class Flat:
    """Renders a scene as the colour of its first thing, darker by its background."""

    def __init__(self, size: int = 64) -> None:
        self.size = size

    def render(self, scene: Scene) -> NDArray[np.uint8]:
        rgb = COLOURS[scene.items[0].colour or "pink"] if scene.items else (120, 120, 120)
        shade = 1 - 0.5 * BACKGROUNDS.index(scene.background) / len(BACKGROUNDS)
        return np.full((self.size, self.size, 3), np.array(rgb) * shade, np.uint8)


def write_checkpoint(folder: Path) -> Path:
    """Write untrained networks; the prior takes two steps and the decoder one."""
    torch.manual_seed(0)
    for part in KEPT:
        shutil.copytree(SCENES / part, folder / part)
    networks: dict[str, Callable[[dict[str, Any]], Any]] = {
        "text_encoder": _text_encoder,
        "image_encoder": _image_encoder,
        "prior": _prior,
        "decoder": _decoder,
    }
    for part, make in networks.items():
        make(_config(part)).save_pretrained(folder / part)
    _write_layout(folder / "unclip.json")
    return folder


def _config(part: str) -> dict[str, Any]:
    values: dict[str, Any] = json.loads((SCENES / part / "config.json").read_text())
    return {name: value for name, value in values.items() if name[0] != "_"}


def _encoder(config: dict[str, Any]) -> dict[str, Any]:
    small = {"hidden_size": DIM, "intermediate_size": DIM, "projection_dim": DIM}
    return config | small | {"num_hidden_layers": 1, "num_attention_heads": 1, "dtype": "float32"}


def _text_encoder(config: dict[str, Any]) -> Any:
    return CLIPTextModelWithProjection(CLIPTextConfig(**_encoder(config)))


def _image_encoder(config: dict[str, Any]) -> Any:
    small = _encoder(config) | {"patch_size": 32}
    return CLIPVisionModelWithProjection(CLIPVisionConfig(**small))


def _prior(config: dict[str, Any]) -> Any:
    small = {"embedding_dim": DIM, "attention_head_dim": DIM, "num_attention_heads": 1}
    return PriorTransformer(**config | small | {"num_layers": 1})


def _decoder(config: dict[str, Any]) -> Any:
    small = {
        "sample_size": 64 // PATCH,
        "in_channels": 7 * PATCH**2,
        "out_channels": 3 * PATCH**2,
        "block_out_channels": [16, 16],
        "attention_head_dim": 1,
        "cross_attention_dim": DIM,
        "encoder_hid_dim": DIM,
    }
    return UNet2DConditionModel(**config | small)


def _write_layout(path: Path) -> None:
    layout = json.loads((SCENES / "unclip.json").read_text())
    del layout["upsampler_256"], layout["upsampler_1024"]
    layout |= {"title": "Tiny", "embedding_dim": DIM, "embedding_scale": DIM**0.5}
    layout["prior"]["steps"] = 2
    layout["decoder"] |= {"steps": 1, "pixel_unshuffle": PATCH}
    path.write_text(json.dumps(layout))


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_checkpoint(tmp_path_factory.mktemp("checkpoints") / "tiny")
