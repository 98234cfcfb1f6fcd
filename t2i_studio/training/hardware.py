"""What the networks are trained on."""

import multiprocessing
import os
from datetime import timedelta

import torch
from accelerate import Accelerator  # type: ignore[import-untyped]  # has no py.typed
from accelerate.utils import InitProcessGroupKwargs  # type: ignore[import-untyped]  # likewise

from t2i_studio.engine.backends.support import pick_device

MOST_LOADERS = 8
PATIENCE = timedelta(hours=12)
"""How long ranks wait for rank 0 to prepare the pictures; NCCL would give up in 10 minutes."""


def make_accelerator(device: str = "auto") -> Accelerator:
    """Join the other ranks, if any, on "auto", "cuda", "mps", "xpu" or "cpu".

    Raises UserError and MachineError.
    """
    kind = pick_device(device).type
    return Accelerator(
        cpu=kind == "cpu",
        mixed_precision=precision(kind),
        kwargs_handlers=[InitProcessGroupKwargs(timeout=PATIENCE)],
    )


def precision(device: str) -> str:
    """Return "bf16" where that is faster than float32, else "no".

    CPUs without bf16 instructions emulate them, several times slower than float32.
    """
    if device == "cpu":
        can = torch.cpu.get_capabilities()
        is_fast = bool(can.get("avx512_bf16") or can.get("amx_bf16"))
    else:
        is_fast = device == "cuda" and torch.cuda.is_bf16_supported(including_emulation=False)
    return "bf16" if is_fast else "no"


def count_loaders(device: str) -> int:
    """Return how many processes make batches ahead: none for a CPU, which has better to do."""
    can_fork = "fork" in multiprocessing.get_all_start_methods()
    return min(MOST_LOADERS, (os.cpu_count() or 1) - 1) if device == "cuda" and can_fork else 0


def count_renderers(device: str, ranks: int) -> int:
    """Return how many processes render: one for each rank, and for a GPU all there can be."""
    return ranks if device == "cpu" else max(ranks, os.cpu_count() or 1)


def seed(value: int, device: torch.device) -> None:
    """Seed the processor and a device; torch.manual_seed visits all kinds, 0.3 ms a call."""
    torch.default_generator.manual_seed(value)
    if device.type != "cpu":
        torch.get_device_module(device).manual_seed(value)
