"""A tiny Karlo with random weights, in the folders and files of the published checkpoints."""

from pathlib import Path
from typing import Any

import torch
from diffusers import UnCLIPScheduler, UNet2DConditionModel, UNet2DModel
from diffusers.pipelines.deprecated.unclip.text_proj import UnCLIPTextProjModel

from tests.models.tiny_clip import (
    DIM,
    save_image_encoder,
    save_preprocessing,
    save_prior,
    save_prior_scheduler,
    save_text_encoder,
    save_tokenizer,
    write_json,
)

SIZES = (16, 32)  # px
WIDTH = 24  # of what the decoder attends to

INDEX = {
    "_class_name": "UnCLIPPipeline",
    "_diffusers_version": "0.11.0.dev0",
    "decoder": ["diffusers", "UNet2DConditionModel"],
    "prior": ["diffusers", "PriorTransformer"],
    "text_encoder": ["transformers", "CLIPTextModelWithProjection"],
    "text_proj": ["unclip", "UnCLIPTextProjModel"],
}


def make_karlo(folder: Path, *, seed: int = 0, image_encoder: bool = True) -> Path:
    """Write the checkpoint, without the image encoder as in the text-to-image repository."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        save_tokenizer(folder / "tokenizer")
        save_text_encoder(folder / "text_encoder")
        if image_encoder:
            save_image_encoder(folder / "image_encoder")
            save_preprocessing(folder / "feature_extractor")
        save_prior(folder / "prior")
        _save_decoder(folder)
        for name in ("super_res_first", "super_res_last"):
            _save_upsampler(folder / name)
    _save_schedulers(folder)
    write_json(folder / "model_index.json", INDEX)
    return folder


def _save_decoder(folder: Path) -> None:
    projection_kind: Any = UnCLIPTextProjModel
    projection = projection_kind(
        clip_embeddings_dim=DIM, time_embed_dim=4 * 16, cross_attention_dim=WIDTH
    )
    torch.nn.init.normal_(projection.learned_classifier_free_guidance_embeddings)
    projection.save_pretrained(folder / "text_proj")
    kind: Any = UNet2DConditionModel
    decoder = kind(
        sample_size=SIZES[0],
        in_channels=3,
        out_channels=6,
        down_block_types=("ResnetDownsampleBlock2D", "SimpleCrossAttnDownBlock2D"),
        mid_block_type="UNetMidBlock2DSimpleCrossAttn",
        up_block_types=("SimpleCrossAttnUpBlock2D", "ResnetUpsampleBlock2D"),
        block_out_channels=(16, 32),
        layers_per_block=1,
        norm_num_groups=8,
        cross_attention_dim=WIDTH,
        attention_head_dim=8,
        resnet_time_scale_shift="scale_shift",
        class_embed_type="identity",
    )
    decoder.save_pretrained(folder / "decoder")


def _save_upsampler(folder: Path) -> None:
    kind: Any = UNet2DModel
    upsampler = kind(
        sample_size=SIZES[1],
        in_channels=6,
        out_channels=3,
        down_block_types=("ResnetDownsampleBlock2D", "ResnetDownsampleBlock2D"),
        up_block_types=("ResnetUpsampleBlock2D", "ResnetUpsampleBlock2D"),
        block_out_channels=(16, 32),
        layers_per_block=1,
        norm_num_groups=8,
        add_attention=False,
        resnet_time_scale_shift="scale_shift",
    )
    upsampler.save_pretrained(folder)


def _save_schedulers(folder: Path) -> None:
    kind: Any = UnCLIPScheduler
    save_prior_scheduler(folder / "prior_scheduler", clip_range=5.0)
    kind(variance_type="learned_range").save_pretrained(folder / "decoder_scheduler")
    kind(variance_type="fixed_small_log").save_pretrained(folder / "super_res_scheduler")
