"""What a Karlo checkpoint can do, as `models.unclip.karlo` reads it."""

from pathlib import Path

from t2i_studio.catalogue.configs import (
    MAX_SIDE,
    MAX_TOKENS,
    require_parts,
    tokenizer_file,
    whole_number,
)
from t2i_studio.core.capabilities import Capabilities, Inversion, Stage
from t2i_studio.core.geometry import Extent
from t2i_studio.core.words import later

TITLE = "Karlo"
PARTS = ("text_encoder", "tokenizer", "text_proj", "decoder", "super_res_first", "super_res_last")
SAMPLERS = ("unclip", "ddim")
MIN_STEPS = 2  # UnCLIPScheduler divides by the number of steps less one

# The settings of its makers; inversion knows no guidance, under which steps cannot be taken back.
PRIOR = Stage(key="prior", title=later("Prior"), steps=25, min_steps=MIN_STEPS, guidance=4.0)
STAGES = (
    Stage(key="text", title=later("CLIP text"), steps=1, max_steps=1),
    PRIOR,
    Stage(key="decoder", title=later("Decoder"), steps=25, min_steps=MIN_STEPS, guidance=8.0),
    Stage(key="upsampler", title=later("Upsampler"), steps=7, min_steps=MIN_STEPS),
)
INVERSION = Inversion(steps=25, iterations=3, guidance=1.0, edit_guidance=3.0)


def capabilities(folder: Path, kinds: frozenset[str], max_candidates: int) -> Capabilities:
    """Derive them; raises MachineError when a part is missing or damaged."""
    require_parts(folder, *PARTS)
    has_prior, has_eyes = ((folder / part).is_dir() for part in ("prior", "image_encoder"))
    return Capabilities(
        title=TITLE,
        kinds=kinds,
        stages=STAGES if has_prior else tuple(each for each in STAGES if each is not PRIOR),
        sizes=tuple(_size(folder / part) for part in ("super_res_first", "decoder")),
        samplers=SAMPLERS,
        priors=("diffusion", "none", "caption") if has_prior else ("none", "caption"),
        candidates=2,
        max_candidates=max_candidates,
        has_negative_prompt=True,
        has_previews=True,
        has_rerank=has_eyes,
        has_image_encoder=has_eyes,
        inversion=INVERSION,
        token_limit=whole_number(
            folder / "text_encoder" / "config.json", "max_position_embeddings", MAX_TOKENS
        ),
        tokenizer=tokenizer_file(folder / "tokenizer"),
    )


def _size(part: Path) -> Extent:
    side = whole_number(part / "config.json", "sample_size", MAX_SIDE)
    return Extent(side, side)
