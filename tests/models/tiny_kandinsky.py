"""A tiny Kandinsky 2.2 with random weights, in the two folders of the published checkpoints."""

from pathlib import Path
from typing import Any

import torch
from diffusers import DDPMScheduler, UNet2DConditionModel, VQModel

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

LATENT = 16  # the side of the latents
SIZE = 32  # px
CHANNELS = 4  # of the latents

DECODERS = {CHANNELS: "KandinskyV22Pipeline", 2 * CHANNELS + 1: "KandinskyV22InpaintPipeline"}


def make_kandinsky(
    prior: Path, decoder: Path, *, seed: int = 1, channels: int = CHANNELS
) -> tuple[Path, Path]:
    """Write both folders; channels 9 make an inpainting decoder."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        _make_prior(prior)
        _save_unet(decoder / "unet", channels)
        _save_movq(decoder / "movq")
    _save_scheduler(decoder / "scheduler")
    write_json(prior / "model_index.json", {"_class_name": "KandinskyV22PriorPipeline"})
    write_json(decoder / "model_index.json", {"_class_name": DECODERS[channels]})
    return prior, decoder


def _make_prior(folder: Path) -> None:
    save_tokenizer(folder / "tokenizer")
    save_text_encoder(folder / "text_encoder")
    save_image_encoder(folder / "image_encoder")
    save_preprocessing(folder / "image_processor")
    save_prior(folder / "prior")
    save_prior_scheduler(folder / "scheduler", clip_range=10.0)


def _save_unet(folder: Path, channels: int) -> None:
    kind: Any = UNet2DConditionModel
    unet = kind(
        sample_size=LATENT,
        in_channels=channels,
        out_channels=2 * CHANNELS,
        down_block_types=("ResnetDownsampleBlock2D", "SimpleCrossAttnDownBlock2D"),
        mid_block_type="UNetMidBlock2DSimpleCrossAttn",
        up_block_types=("SimpleCrossAttnUpBlock2D", "ResnetUpsampleBlock2D"),
        block_out_channels=(16, 32),
        layers_per_block=1,
        norm_num_groups=8,
        cross_attention_dim=DIM,
        encoder_hid_dim=DIM,
        encoder_hid_dim_type="image_proj",
        addition_embed_type="image",
        attention_head_dim=8,
        resnet_time_scale_shift="scale_shift",
    )
    unet.save_pretrained(folder)


def _save_movq(folder: Path) -> None:
    kind: Any = VQModel
    movq = kind(
        block_out_channels=(32, 64),  # its spatial norm wants multiples of 32
        down_block_types=("DownEncoderBlock2D", "AttnDownEncoderBlock2D"),
        up_block_types=("AttnUpDecoderBlock2D", "UpDecoderBlock2D"),
        layers_per_block=1,
        latent_channels=CHANNELS,
        vq_embed_dim=CHANNELS,
        num_vq_embeddings=12,
        norm_num_groups=8,
        norm_type="spatial",
    )
    movq.save_pretrained(folder)


def _save_scheduler(folder: Path) -> None:
    kind: Any = DDPMScheduler
    scheduler = kind(
        beta_schedule="linear",
        beta_start=0.00085,
        beta_end=0.012,
        variance_type="learned_range",
        clip_sample_range=2.0,
    )
    scheduler.save_pretrained(folder)
