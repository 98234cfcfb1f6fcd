"""What the networks are trained on."""

import torch
from accelerate import Accelerator  # type: ignore[import-untyped]  # has no py.typed

from t2i_studio.engine.backends.support import pick_device


def make_accelerator(device: str = "auto") -> Accelerator:
    """Join the other ranks, if any, on "auto", "cuda", "mps", "xpu" or "cpu".

    Raises UserError and MachineError.
    """
    kind = pick_device(device).type
    return Accelerator(cpu=kind == "cpu", mixed_precision=precision(kind))


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
