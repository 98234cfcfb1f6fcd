"""A preset that trains every part in seconds, and pictures to train it on."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from PIL import Image

from t2i_studio.training.plan import Plan
from t2i_studio.training.presets import Preset
from t2i_studio.training.recipes.clip import ClipSizes
from t2i_studio.training.recipes.decoder import DecoderSizes
from t2i_studio.training.recipes.prior import PriorSizes
from t2i_studio.training.recipes.upsampler import UpsamplerSizes

SIDE = 16  # px
_STEPS = Plan(samples=8, minutes=5, batch=4, lr=1e-3)
PLANS: Mapping[str, Plan] = dict.fromkeys(
    ("clip", "prior", "upsampler_256", "upsampler_1024", "decoder"), _STEPS
)


def tiny_preset(*, is_diffusion: bool = False) -> Preset:
    return Preset(
        scenes=24,
        embedded=24,
        ranks=1,
        plans=PLANS,
        clip=ClipSizes(
            width=16, heads=2, text_layers=1, image_layers=1, patch=8, image_size=SIDE, dim=16
        ),
        prior=PriorSizes(heads=2, head_width=8, layers=1),
        decoder=DecoderSizes(channels=(16, 32), heads=2, groups=8),
        upsampler=UpsamplerSizes(channels=(16, 16), groups=8, crop=32, is_diffusion=is_diffusion),
    )


def write_pictures(folder: Path, count: int = 24) -> Path:
    """Write squares of one colour, each with its caption beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        colour, name = [((220, 30, 30), "red"), ((30, 60, 220), "blue")][number % 2]
        pixels = np.full((256, 264, 3), colour, np.uint8)
        Image.fromarray(pixels).save(folder / f"{number:02d}.png")
        (folder / f"{number:02d}.txt").write_text(f"a {name} square\n")
    return folder
