"""What is trained with what: modes, AdamW, and means over ranks."""

import contextlib
from collections.abc import Iterator, Sequence

import torch
from accelerate import Accelerator  # type: ignore[import-untyped]  # has no py.typed
from accelerate.utils import broadcast  # type: ignore[import-untyped]  # has no py.typed
from torch import Tensor, nn

from t2i_studio.core.errors import MachineError
from t2i_studio.training.plan import Plan


def set_modes(objective: nn.Module) -> None:
    """Train what is trained; frozen networks inside stay as they are in use, without dropout."""
    objective.train()
    for module in objective.modules():
        parameters = list(module.parameters())
        if parameters and not any(p.requires_grad for p in parameters):
            module.eval()


def make_optimizer(objective: nn.Module, plan: Plan) -> torch.optim.AdamW:
    """AdamW (Loshchilov & Hutter 2019) that leaves biases, norms and embeddings undecayed."""
    tables = {id(m.weight) for m in objective.modules() if isinstance(m, nn.Embedding)}
    decayed: list[nn.Parameter] = []
    others: list[nn.Parameter] = []
    for name, parameter in objective.named_parameters():
        is_embedding = id(parameter) in tables or "embedding" in name.rpartition(".")[2]
        if parameter.requires_grad:
            (others if parameter.ndim < 2 or is_embedding else decayed).append(parameter)
    groups = [
        {"params": decayed, "weight_decay": plan.weight_decay},
        {"params": others, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=plan.lr, betas=plan.betas, eps=1e-8, fused=True)


def gradient(parameter: nn.Parameter) -> Tensor:
    """Return the gradient: zeros where the batch did not use the parameter."""
    if parameter.grad is None:
        parameter.grad = torch.zeros_like(parameter)
    return parameter.grad


@torch.no_grad()
def average(accelerator: Accelerator, tensors: Sequence[Tensor]) -> None:
    """Replace tensors by their mean over all ranks.

    As one flat tensor, because gloo takes about as long for a small one as for a large one
    (accelerate's LocalSGD averages one by one), and not by DistributedDataParallel, which does
    not take parameters that a batch leaves unused.
    """
    if accelerator.num_processes > 1:
        with _connected():
            means = accelerator.reduce(_flatten(tensors), "mean")
        _unflatten(means, tensors)


@torch.no_grad()
def share(accelerator: Accelerator, tensors: Sequence[Tensor]) -> None:
    """Replace tensors by those of rank 0."""
    if accelerator.num_processes > 1:
        with _connected():
            firsts = broadcast(_flatten(tensors))
        _unflatten(firsts, tensors)


def tabulate(accelerator: Accelerator, row: Sequence[float]) -> Tensor:
    """Return everybody's row: (ranks, len(row)) float32 on the CPU."""
    with _connected():
        table: Tensor = accelerator.gather(torch.tensor([row], device=accelerator.device))
    return table.cpu()


def meet(accelerator: Accelerator) -> None:
    """Wait until all ranks are here."""
    with _connected():
        accelerator.wait_for_everyone()


@contextlib.contextmanager
def _connected() -> Iterator[None]:
    """Say in one line that another rank has ended; torch has no error of its own for that."""
    try:
        yield
    except RuntimeError as error:
        what = "Another rank of the training has ended or cannot be reached."
        raise MachineError(what, "Its log, rank-*.log in the output folder, tells why.") from error


def _flatten(tensors: Sequence[Tensor]) -> Tensor:
    return torch.cat([tensor.reshape(-1) for tensor in tensors])


def _unflatten(flat: Tensor, tensors: Sequence[Tensor]) -> None:
    parts = torch.split(flat, [tensor.numel() for tensor in tensors])
    for tensor, part in zip(tensors, parts, strict=True):
        tensor.copy_(part.view(tensor.shape))
