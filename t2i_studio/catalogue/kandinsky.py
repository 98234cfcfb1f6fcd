"""What a Kandinsky 2.2 checkpoint can do, as `models.unclip.kandinsky` reads it."""

from pathlib import Path

from t2i_studio.catalogue.configs import (
    MAX_SIDE,
    MAX_TOKENS,
    damaged,
    read_config,
    require_parts,
    tokenizer_file,
    whole_number,
)
from t2i_studio.catalogue.layouts import find_prior
from t2i_studio.core.capabilities import Capabilities, Inversion, Stage
from t2i_studio.core.geometry import Extent
from t2i_studio.core.words import later, tr

TITLE = "Kandinsky 2.2"
PRIOR_PARTS = ("text_encoder", "tokenizer", "image_encoder", "prior")
PARTS = ("unet", "movq", "scheduler")
SAMPLERS = ("ddpm", "ddim")
MIN_STEPS = 2  # UnCLIPScheduler divides by the number of steps less one

STAGES = (
    Stage(key="text", title=later("CLIP text"), steps=1, max_steps=1),
    Stage(key="prior", title=later("Prior"), steps=25, min_steps=MIN_STEPS, guidance=4.0),
    Stage(key="decoder", title=later("Decoder"), steps=50, min_steps=MIN_STEPS, guidance=4.0),
)
INVERSION = Inversion(
    steps=50, iterations=2, guidance=1.0, edit_guidance=3.0
)  # under guidance it is not exact


def capabilities(folder: Path, kinds: frozenset[str], max_candidates: int) -> Capabilities:
    """Derive them; raises MachineError when a part is missing or damaged."""
    prior = find_prior(folder)
    require_parts(folder, *PARTS)
    for part in PRIOR_PARTS:
        require_parts(prior, _part(prior, part).name)
    text = _part(prior, "text_encoder") / "config.json"
    return Capabilities(
        title=TITLE,
        kinds=kinds,
        stages=STAGES,
        sizes=(_size(folder),),
        samplers=SAMPLERS,
        priors=("diffusion", "none"),  # its decoder does not read, so there is no "caption"
        candidates=2,
        max_candidates=max_candidates,
        has_negative_prompt=True,
        has_previews=True,
        has_rerank=True,
        has_image_encoder=True,
        inversion=INVERSION,
        token_limit=whole_number(text, "max_position_embeddings", MAX_TOKENS),
        tokenizer=tokenizer_file(_part(prior, "tokenizer")),
    )


def _part(prior: Path, part: str) -> Path:
    """Return where a part lies: diffusers' combined pipeline names it after the prior."""
    prefixed = prior / f"prior_{part}"
    return prefixed if prefixed.is_dir() else prior / part


def _size(folder: Path) -> Extent:
    """Compute the side of the pictures: each level of the MoVQ but the last halves it."""
    latents = whole_number(folder / "unet" / "config.json", "sample_size", MAX_SIDE)
    path = folder / "movq" / "config.json"
    levels = read_config(path).get("block_out_channels")
    if not isinstance(levels, list) or not 1 <= len(levels) <= 8:
        raise damaged(path, tr("block_out_channels must list 1 to 8 levels"))
    side = latents * 2 ** (len(levels) - 1)
    return Extent(side, side)
