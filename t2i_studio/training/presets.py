"""What is trained with how much: sizes of the networks and plans, by the machine they are for."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from t2i_studio.training.plan import Plan
from t2i_studio.training.recipes.clip import ClipSizes
from t2i_studio.training.recipes.decoder import DecoderSizes
from t2i_studio.training.recipes.prior import PriorSizes
from t2i_studio.training.recipes.upsampler import UpsamplerSizes

CONTINUED_LR = 0.6
"""Of the plan's learning rate, where networks that were trained before go on."""


@dataclass(frozen=True)
class Preset:
    """A whole training; plans by part: clip, prior, upsampler_256, upsampler_1024, decoder."""

    scenes: int
    embedded: int  # scenes whose embeddings the prior is trained on
    ranks: int  # processes on a CPU; on GPUs there is one for each
    plans: Mapping[str, Plan]
    clip: ClipSizes = field(default_factory=ClipSizes)
    prior: PriorSizes = field(default_factory=PriorSizes)
    decoder: DecoderSizes = field(default_factory=DecoderSizes)
    upsampler: UpsamplerSizes = field(default_factory=UpsamplerSizes)

    def plan(self, part: str, *, is_continued: bool, share: float = 1.0) -> Plan:
        """Return the plan of a part; `share` of its samples and minutes."""
        plan = self.plans[part]
        lr = plan.lr * CONTINUED_LR if is_continued else plan.lr
        samples = max(1, round(plan.samples * share))
        return replace(plan, lr=lr, samples=samples, minutes=plan.minutes * share)


_CLIP: Mapping[str, Any] = {"weight_decay": 0.05, "betas": (0.9, 0.98)}

# Two hardware threads with bf16 instructions, by two ranks: 45 to 50 decoder samples a second
# (3 * 1.72 GFLOP each, and a fifth on top for CLIP), 200 pairs for CLIP, 350 embeddings for the
# prior, 40 crops to 256 px and 15 to 1024 px. Minutes end the parts; faster machines the samples.
CPU = Preset(
    scenes=300_000,
    embedded=60_000,
    ranks=2,
    plans={
        "clip": Plan(420_000, 22, batch=128, lr=1e-3, **_CLIP),
        "prior": Plan(300_000, 6, batch=64, lr=1e-3, weight_decay=0.02, sync_every=8, ema=0.97),
        "upsampler_256": Plan(26_000, 5, batch=8, lr=1.5e-3, warmup=60, sync_every=8),
        "upsampler_1024": Plan(26_000, 5, batch=8, lr=1.5e-3, warmup=60, sync_every=8),
        "decoder": Plan(310_000, 72, batch=16, lr=1e-3, warmup=40, sync_every=8),
    },
)

_LONG_EMA = {"ema": 0.999, "ema_every": 1}

# One GPU of the H200's class: 25 minutes in all, counted rather than measured. The decoder works on
# patches of 2 px (3.5 GFLOP forward, 10.5 for a training sample): at 60-100 TFLOP/s, what networks
# of this size reach of such a card's 790 in bf16, 13 minutes are 4 to 7 million samples.
GPU = Preset(
    scenes=2_000_000,
    embedded=500_000,
    ranks=1,
    plans={
        "clip": Plan(
            8_000_000, 4, batch=1024, lr=1e-3, warmup=200, ema=0.999, ema_every=1, **_CLIP
        ),
        "prior": Plan(
            12_000_000, 2, batch=1024, lr=1e-3, weight_decay=0.02, ema=0.999, ema_every=1
        ),
        "upsampler_256": Plan(400_000, 2, batch=64, lr=1e-3, ema=0.999, ema_every=1),
        "upsampler_1024": Plan(200_000, 2.5, batch=64, lr=1e-3, ema=0.999, ema_every=1),
        "decoder": Plan(7_000_000, 13, batch=512, lr=5e-4, warmup=500, ema=0.9995, ema_every=1),
    },
    decoder=DecoderSizes(channels=(64, 128, 192), attention=(False, True, True), patch=2),
    upsampler=UpsamplerSizes(is_diffusion=True),
)

PRESETS: Mapping[str, Preset] = {"cpu": CPU, "gpu": GPU}
