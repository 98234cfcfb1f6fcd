"""What is trained on, and what is held out."""

import os
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch

from t2i_studio.training import material
from t2i_studio.training.material import rendered
from t2i_studio.training.scenes.sprites import Sprites
from tests.training.scenes.conftest import write_icons
from tests.training.tiny import tiny_preset


def on(device: str) -> Any:
    """Stand in for the only rank on a device that this machine may not have."""
    return SimpleNamespace(
        device=torch.device(device), is_main_process=True, wait_for_everyone=lambda: None
    )


def test_captions_are_read_before_a_gpus_loaders_are_forked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_icons(tmp_path / "icons")
    sprites = partial(Sprites.load, tmp_path / "cache", tmp_path / "icons")
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    monkeypatch.setattr(material, "CHECKS", 8)
    about = rendered(
        tmp_path / "data", tiny_preset(), sprites, 0, on("cuda"), lambda what, done, count: None
    )
    for path in (tmp_path / "data").rglob("*.json"):
        path.unlink()
    assert (len(about.corpus.captions), len(about.checks.captions)) == (24, 8)
