"""What the optimizer decays."""

import torch
from torch import nn

from t2i_studio.training.optimizer import gradient, make_optimizer
from tests.training.conftest import PLAN


class Net(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.tokens = nn.Embedding(3, 2)
        self.positional_embedding = nn.Parameter(torch.zeros(1, 3, 2))
        self.linear = nn.Linear(2, 2)
        self.norm = nn.LayerNorm(2)
        self.frozen = nn.Linear(2, 2).requires_grad_(False)


def test_only_matrices_decay() -> None:
    net = Net()
    decayed, others = make_optimizer(net, PLAN).param_groups
    assert [id(p) for p in decayed["params"]] == [id(net.linear.weight)]
    assert decayed["weight_decay"] == PLAN.weight_decay
    assert len(others["params"]) == 5
    assert others["weight_decay"] == 0


def test_unused_parameter_has_a_gradient_of_zeros() -> None:
    assert torch.equal(gradient(nn.Parameter(torch.ones(2))), torch.zeros(2))
