"""The configurations of Karlo and Kandinsky 2.2, without their weights."""

import json
from pathlib import Path
from typing import Any

KARLO: dict[str, dict[str, Any]] = {
    "text_encoder": {"max_position_embeddings": 77},
    "tokenizer": {},
    "text_proj": {},
    "prior": {},
    "image_encoder": {},
    "decoder": {"sample_size": 64},
    "super_res_first": {"sample_size": 256},
    "super_res_last": {"sample_size": 256},
}
KANDINSKY_PRIOR: dict[str, dict[str, Any]] = {
    "text_encoder": {"max_position_embeddings": 77},
    "tokenizer": {},
    "image_encoder": {},
    "prior": {},
}
KANDINSKY: dict[str, dict[str, Any]] = {
    "unet": {"sample_size": 64},
    "movq": {"block_out_channels": [128, 256, 256, 512]},
    "scheduler": {},
}


def write(folder: Path, pipeline: str, parts: dict[str, dict[str, Any]], prefix: str = "") -> Path:
    for part, config in parts.items():
        (folder / f"{prefix}{part}").mkdir(parents=True)
        (folder / f"{prefix}{part}" / "config.json").write_text(json.dumps(config))
    (folder / "model_index.json").write_text(json.dumps({"_class_name": pipeline}))
    return folder


def karlo(folder: Path, pipeline: str = "UnCLIPPipeline") -> Path:
    return write(folder, pipeline, KARLO)


def kandinsky(folder: Path, pipeline: str = "KandinskyV22Pipeline") -> Path:
    """Write the decoder; its prior lies beside it, `<folder>-prior`."""
    write(folder.with_name(f"{folder.name}-prior"), "KandinskyV22PriorPipeline", KANDINSKY_PRIOR)
    return write(folder, pipeline, KANDINSKY)
