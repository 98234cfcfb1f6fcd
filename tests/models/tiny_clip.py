"""A tiny CLIP with random weights, saved as published checkpoints hold it."""

import json
import string
from pathlib import Path
from typing import Any

import torch
from diffusers import PriorTransformer, UnCLIPScheduler
from safetensors.torch import load_file, save_file
from transformers import (
    CLIPTextConfig,
    CLIPTextModelWithProjection,
    CLIPVisionConfig,
    CLIPVisionModelWithProjection,
)

DIM = 32  # of the embeddings, and of the text encoder's hidden states
LENGTH = 16  # tokens
IMAGE_SIZE = 32  # px
START, END = "<|startoftext|>", "<|endoftext|>"
LETTERS = string.ascii_lowercase
WORDS = [*LETTERS, *(f"{letter}</w>" for letter in LETTERS), "re", "red</w>", START, END]
COLOURS = {"image_mean": [0.48, 0.46, 0.41], "image_std": [0.27, 0.26, 0.28]}


def write_json(path: Path, values: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(values))


def save_tokenizer(folder: Path) -> None:
    """Words and merges, without the tokenizer.json that newer files have."""
    special = {"bos_token": START, "eos_token": END, "unk_token": END, "pad_token": END}
    write_json(folder / "vocab.json", {word: index for index, word in enumerate(WORDS)})
    (folder / "merges.txt").write_text("#version: 0.2\nr e\nre d</w>\n")
    write_json(folder / "special_tokens_map.json", special)
    config = {"tokenizer_class": "CLIPTokenizer", "model_max_length": LENGTH, **special}
    write_json(folder / "tokenizer_config.json", config)


def save_text_encoder(folder: Path) -> None:
    """With the position numbers that files of older libraries hold."""
    kind: Any = CLIPTextModelWithProjection
    config: Any = CLIPTextConfig(
        vocab_size=len(WORDS),
        hidden_size=DIM,
        projection_dim=DIM,
        intermediate_size=32,
        num_hidden_layers=1,
        num_attention_heads=4,
        max_position_embeddings=LENGTH,
        bos_token_id=WORDS.index(START),
        eos_token_id=WORDS.index(END),
        pad_token_id=1,
    )
    kind(config).save_pretrained(folder)
    weights = load_file(folder / "model.safetensors")
    weights["text_model.embeddings.position_ids"] = torch.arange(LENGTH)[None]
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})


def save_image_encoder(folder: Path) -> None:
    kind: Any = CLIPVisionModelWithProjection
    config: Any = CLIPVisionConfig(
        hidden_size=32,
        projection_dim=DIM,
        intermediate_size=32,
        num_hidden_layers=1,
        num_attention_heads=4,
        image_size=IMAGE_SIZE,
        patch_size=8,
    )
    kind(config).save_pretrained(folder)


def save_preprocessing(folder: Path) -> None:
    values = {"crop_size": IMAGE_SIZE, "size": IMAGE_SIZE, "resample": 3, **COLOURS}
    write_json(folder / "preprocessor_config.json", values)


def save_prior(folder: Path) -> None:
    kind: Any = PriorTransformer
    prior = kind(
        num_attention_heads=2,
        attention_head_dim=8,
        num_layers=1,
        embedding_dim=DIM,
        num_embeddings=LENGTH,
        additional_embeddings=4,
    )
    torch.nn.init.normal_(prior.clip_mean, std=0.1)
    torch.nn.init.uniform_(prior.clip_std, 0.2, 0.6)
    prior.save_pretrained(folder)


def save_prior_scheduler(folder: Path, clip_range: float) -> None:
    kind: Any = UnCLIPScheduler
    scheduler = kind(
        variance_type="fixed_small_log", prediction_type="sample", clip_sample_range=clip_range
    )
    scheduler.save_pretrained(folder)
