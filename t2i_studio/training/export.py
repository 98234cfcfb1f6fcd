"""The finished checkpoint: every part in half precision, in shards, with how they are wired."""

import json
import math
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from diffusers import PriorTransformer, UNet2DConditionModel, UNet2DModel
from transformers import CLIPTextModelWithProjection, CLIPVisionModelWithProjection

from t2i_studio.models.unclip.layout import FILE_NAME, VERSION
from t2i_studio.training import folders
from t2i_studio.training.loop import Run
from t2i_studio.training.presets import Preset
from t2i_studio.training.recipes.tokenizer import CONTEXT
from t2i_studio.training.recipes.upsampler import RESIDUAL_SCALE, STEPS

MAX_FILE_MB = 15
NAME = "checkpoint"

_NETWORKS: Mapping[str, tuple[str, Any]] = {
    "text_encoder": ("clip", CLIPTextModelWithProjection),
    "image_encoder": ("clip", CLIPVisionModelWithProjection),
    "prior": ("prior", PriorTransformer),
    "decoder": ("decoder", UNet2DConditionModel),
    "upsampler_256": ("upsampler_256", UNet2DModel),
    "upsampler_1024": ("upsampler_1024", UNet2DModel),
}
"""By folder of the checkpoint: the part that it is trained in, and its class."""

_COPIED = {
    "tokenizer": "clip",
    "feature_extractor": "clip",
    "prior_scheduler": "prior",
    "decoder_scheduler": "decoder",
    "upsampler_256_scheduler": "upsampler_256",
    "upsampler_1024_scheduler": "upsampler_1024",
}


@dataclass(frozen=True)
class Label:
    """What a checkpoint is called, and prompts that show what it can."""

    title: str
    examples: Sequence[str]


def export(run: Run, preset: Preset, label: Label, start: Path | None = None) -> Path:
    """Write the checkpoint of a run that is over, whole or not at all; returns its folder.

    start: where parts are taken from that the run did not train. Raises MachineError.
    """
    folder = run.folder / NAME
    folders.replace(folder, lambda new: _write(run, preset, label, start, new))
    return folder


def _write(run: Run, preset: Preset, label: Label, start: Path | None, new: Path) -> None:
    parts = [name for name in (*_NETWORKS, *_COPIED) if _put(name, run, start, new)]
    wiring = json.dumps(_wiring(run, preset, label, parts), indent=2)
    (new / FILE_NAME).write_text(f"{wiring}\n", encoding="utf-8")


def _put(name: str, run: Run, start: Path | None, new: Path) -> bool:
    """Write one part, if there is such a part."""
    owner = _NETWORKS[name][0] if name in _NETWORKS else _COPIED[name]
    trained = run.network(owner) / name
    source = trained if trained.exists() else start / name if start else trained
    if not source.exists():
        return False
    if name in _NETWORKS:
        load = _NETWORKS[name][1].from_pretrained
        network = load(source, dtype=torch.float16, local_files_only=True)
        network.save_pretrained(new / name, max_shard_size=f"{MAX_FILE_MB}MB")
        _forget_source(new / name / "config.json")
    else:
        shutil.copytree(source, new / name)
    return True


def _forget_source(config: Path) -> None:
    """Leave out where a network was loaded from: a path of the machine that trained it."""
    values = json.loads(config.read_text(encoding="utf-8"))
    values.pop("_name_or_path", None)
    config.write_text(json.dumps(values, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def _wiring(run: Run, preset: Preset, label: Label, parts: Sequence[str]) -> dict[str, object]:
    """Say everything that `models.unclip.layout` reads."""
    sizes = preset.clip
    clip = json.loads((run.network("clip") / "clip.json").read_text(encoding="utf-8"))
    wiring: dict[str, object] = {
        "title": label.title,
        "version": VERSION,
        "image_range": [-1, 1],
        "image_size": sizes.image_size,
        "embedding_dim": sizes.dim,
        "embedding_scale": math.sqrt(sizes.dim),
        "clip_logit_scale_ln": clip["log_scale"],
        "text": {"max_length": CONTEXT},
        "prior": {"steps": 20, "guidance": 2.0},
        "decoder": {
            "prediction": "v",
            "pixel_unshuffle": preset.decoder.patch,
            "steps": 15,
            "guidance": 3.0,
        },
        "inpainting": {"guidance": 2.0, "image_share": 0.3, "embedding_share": 0.5},
        "examples": list(label.examples),
    }
    upsamplers = [part for part in parts if part in ("upsampler_256", "upsampler_1024")]
    return wiring | {part: _upsampler(preset) for part in upsamplers}


def _upsampler(preset: Preset) -> dict[str, object]:
    patch = {"pixel_unshuffle": preset.upsampler.patch}
    if preset.upsampler.is_diffusion:
        return {"mode": "diffusion", **patch, "steps": STEPS}
    return {"mode": "residual", **patch, "residual_scale": RESIDUAL_SCALE}
