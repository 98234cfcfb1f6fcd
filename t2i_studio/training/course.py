"""The whole training of an unCLIP: its parts one after another, each on top of those before."""

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from diffusers.models.transformers.prior_transformer import PriorTransformer
from diffusers.models.unets.unet_2d import UNet2DModel
from diffusers.models.unets.unet_2d_condition import UNet2DConditionModel
from safetensors.torch import load_file, save_file
from torch import Tensor
from transformers import CLIPTokenizer

from t2i_studio.models.unclip.layout import read_layout
from t2i_studio.training import folders
from t2i_studio.training.corpus import Corpus
from t2i_studio.training.loop import Recipe, Run, train
from t2i_studio.training.plan import Plan
from t2i_studio.training.presets import Preset
from t2i_studio.training.recipes.attention import fit_attention
from t2i_studio.training.recipes.clip import Clip, ClipRecipe, load_clip, new_clip
from t2i_studio.training.recipes.conditions import Conditions
from t2i_studio.training.recipes.decoder import Decoder, DecoderRecipe
from t2i_studio.training.recipes.decoder import new_unet as new_decoder
from t2i_studio.training.recipes.loading import LOADING
from t2i_studio.training.recipes.prior import Prior, PriorRecipe, embed_corpus, new_transformer
from t2i_studio.training.recipes.sheet import draw_sheet
from t2i_studio.training.recipes.tokenizer import load_tokenizer, train_tokenizer
from t2i_studio.training.recipes.upsampler import Source, Upsampler, UpsamplerRecipe
from t2i_studio.training.recipes.upsampler import new_unet as new_upsampler

_TOKENIZER_CAPTIONS = 20_000
EMBEDDINGS = "z.safetensors"


@dataclass(frozen=True)
class Course:
    """What is trained on what.

    start: a checkpoint whose networks go on, or None to train from scratch. sources: make what
    each upsampler learns from.
    """

    preset: Preset
    corpus: Corpus
    checks: Corpus  # held out
    sources: Sequence[Callable[[], Source]]
    seed: int = 0
    start: Path | None = None
    share: float = 1.0  # of the preset's samples and minutes

    def plan(self, part: str) -> Plan:
        return self.preset.plan(part, is_continued=self.start is not None, share=self.share)


def follow(course: Course, run: Run) -> None:
    """Train every part that is not yet trained; all ranks call it."""
    tokenizer = _tokenizer(course, run)
    _train_clip(course, run, tokenizer)
    conditions = Conditions(_trained_clip(run), tokenizer).to(run.accelerator.device)
    _train_prior(course, run, conditions, tokenizer)
    for source in course.sources:
        _train_upsampler(course, run, source())
    _train_decoder(course, run, conditions, tokenizer)


def _tokenizer(course: Course, run: Run) -> CLIPTokenizer:
    """Take the start's, or learn one from the captions."""
    if course.start:
        return load_tokenizer(course.start / "tokenizer")
    folder = run.part("tokenizer")
    if run.accelerator.is_main_process and not folder.exists():
        captions = course.corpus.captions[:_TOKENIZER_CAPTIONS]
        tokenizer = train_tokenizer(caption for each in captions for caption in each)
        folders.replace(folder, tokenizer.save_pretrained)
    run.accelerator.wait_for_everyone()
    return load_tokenizer(folder)


def _train(recipe: Recipe, run: Run) -> None:
    fit_attention(recipe.objective, run.accelerator.device.type)
    train(recipe, run)


def _train_clip(course: Course, run: Run, tokenizer: CLIPTokenizer) -> None:
    clip = (
        load_clip(course.start, math.log(read_layout(course.start).logit_scale))
        if course.start
        else new_clip(course.preset.clip, tokenizer)
    )
    _train(ClipRecipe(clip, tokenizer, course.corpus, course.checks, course.plan("clip")), run)


def _trained_clip(run: Run) -> Clip:
    folder = run.network("clip")
    return load_clip(folder, json.loads((folder / "clip.json").read_text())["log_scale"])


def _train_prior(
    course: Course, run: Run, conditions: Conditions, tokenizer: CLIPTokenizer
) -> None:
    transformer = (
        PriorTransformer.from_pretrained(course.start / "prior", **LOADING)
        if course.start
        else new_transformer(course.preset.prior, course.preset.clip.dim)
    )
    prior = Prior(transformer, conditions)
    z = _embeddings(course, run, conditions)
    prior.whiten_by(z.float())
    _train(PriorRecipe(prior, tokenizer, course.corpus, z, course.plan("prior")), run)


def _embeddings(course: Course, run: Run, conditions: Conditions) -> Tensor:
    """Embed the first pictures of the corpus, each rank its share; kept for a resumption."""
    ranks, rank = run.accelerator.num_processes, run.accelerator.process_index
    count = min(course.preset.embedded, len(course.corpus))
    shares = np.array_split(np.arange(count), ranks)
    folder = run.part("prior") / f"embeddings-{rank}-of-{ranks}"
    if not folder.exists():
        with run.accelerator.autocast():
            z = embed_corpus(conditions, course.corpus, shares[rank])
        folders.replace(folder, lambda new: save_file({"z": z}, new / EMBEDDINGS))
    run.accelerator.wait_for_everyone()
    parts = (folder.with_name(f"embeddings-{each}-of-{ranks}") for each in range(ranks))
    return torch.cat([load_file(part / EMBEDDINGS)["z"] for part in parts])


def _train_upsampler(course: Course, run: Run, source: Source) -> None:
    sizes = course.preset.upsampler
    known = _known_upsampler(course.start, source.size) if course.start else None
    unet = (
        UNet2DModel.from_pretrained(known, **LOADING)
        if known
        else new_upsampler(sizes, source.size)
    )
    plan = course.plan(f"upsampler_{source.size}")
    _train(UpsamplerRecipe(Upsampler(unet, sizes), source, course.seed, plan), run)


def _known_upsampler(start: Path, size: int) -> Path | None:
    """Find the start's; the one to 1024 px may begin as the one to 256 px: both sharpen edges."""
    folders_of_both = (start / f"upsampler_{size}", start / "upsampler_256")
    return next((folder for folder in folders_of_both if folder.exists()), None)


def _train_decoder(
    course: Course, run: Run, conditions: Conditions, tokenizer: CLIPTokenizer
) -> None:
    sizes = course.preset.decoder
    unet = (
        UNet2DConditionModel.from_pretrained(course.start / "decoder", **LOADING)
        if course.start
        else new_decoder(sizes, course.preset.clip.image_size, course.preset.clip.dim)
    )
    recipe = DecoderRecipe(
        Decoder(unet, conditions, sizes.patch),
        tokenizer,
        course.corpus,
        course.checks,
        course.plan("decoder"),
        draw_sheet,
    )
    _train(recipe, run)
