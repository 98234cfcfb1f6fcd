"""What is trained in bf16."""

import os
from collections.abc import Mapping

import pytest
import torch

from t2i_studio.training.hardware import (
    PATIENCE,
    count_loaders,
    count_renderers,
    make_accelerator,
    precision,
)


@pytest.mark.parametrize(
    ("capabilities", "expected"),
    [
        pytest.param({"avx512_bf16": True, "amx_bf16": False}, "bf16", id="avx512"),
        pytest.param({"avx512_bf16": False, "amx_bf16": True}, "bf16", id="amx"),
        pytest.param({"avx512_bf16": False, "amx_bf16": False}, "no", id="older"),
        pytest.param({"neon": True}, "no", id="another architecture"),
    ],
)
def test_only_processors_with_bf16_instructions_use_them(
    capabilities: Mapping[str, bool], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: capabilities)
    assert precision("cpu") == expected


def test_accelerator_computes_as_decided() -> None:
    accelerator = make_accelerator("cpu")
    assert accelerator.device.type == "cpu"
    assert accelerator.mixed_precision == precision("cpu")


def test_ranks_wait_as_long_as_rendering_takes() -> None:
    assert make_accelerator("cpu").init_handler.timeout == PATIENCE


def test_only_a_gpu_is_fed_by_other_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    assert count_loaders("cpu") == 0
    assert count_loaders("cuda") == 3


@pytest.mark.parametrize(
    ("device", "ranks", "expected"), [("cpu", 2, 2), ("cuda", 1, 16), ("mps", 20, 20)]
)
def test_all_processors_render_for_a_gpu(
    device: str, ranks: int, expected: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 16)
    assert count_renderers(device, ranks) == expected
