"""Checkpoints for tests: Scenes, with tiny untrained upsamplers in place of its own."""

import json
from pathlib import Path
from typing import Any

import torch
from diffusers import DDIMScheduler, UNet2DModel

MODES: dict[str, dict[str, Any]] = {
    "residual": {"mode": "residual", "residual_scale": 0.25},
    "diffusion": {"mode": "diffusion", "steps": 3},
}
PATCHES = {"upsampler_256": 16, "upsampler_1024": 32}  # px


def link_scenes(scenes: Path, folder: Path, first: str, second: str) -> Path:
    """Make a checkpoint in `folder` whose upsamplers to 256 and 1024 px are of those modes."""
    config: dict[str, Any] = json.loads((scenes / "unclip.json").read_text())
    for path in scenes.iterdir():
        if path.name not in {"unclip.json", *PATCHES}:
            (folder / path.name).symlink_to(path)
    for (name, patch), mode in zip(PATCHES.items(), (first, second), strict=True):
        config[name] = MODES[mode] | {"pixel_unshuffle": patch}
        _save_upsampler(folder / name, patch, seed=patch)
        if mode == "diffusion":
            _save_process(folder / f"{name}_scheduler")
    (folder / "unclip.json").write_text(json.dumps(config))
    return folder


def _save_upsampler(folder: Path, patch: int, seed: int) -> None:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        network = UNet2DModel(
            in_channels=6 * patch**2,
            out_channels=3 * patch**2,
            block_out_channels=(8,),
            down_block_types=("DownBlock2D",),
            up_block_types=("UpBlock2D",),
            layers_per_block=1,
            norm_num_groups=4,
            add_attention=False,
        )
    network.save_pretrained(folder)


def _save_process(folder: Path) -> None:
    process = DDIMScheduler(beta_schedule="squaredcos_cap_v2", prediction_type="v_prediction")
    process.save_pretrained(folder)
