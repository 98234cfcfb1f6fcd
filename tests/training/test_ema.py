"""The average of the weights."""

import pytest
import torch

from t2i_studio.training.ema import Ema


def test_average_warms_up_and_then_decays_slowly() -> None:
    weight = torch.zeros(1)
    ema = Ema({"w": weight}, decay=0.25)
    weight.fill_(1.0)
    averages = []
    for _ in range(3):
        ema.update()
        averages.append(ema.state()["w"].item())
    # Decays of 1/6, then 2/7 and 3/8 which are cut to 1/4.
    assert averages == pytest.approx([5 / 6, 1 - 1 / 6 / 4, 1 - 1 / 6 / 16])


def test_trained_weights_come_back_even_after_a_failure() -> None:
    weight = torch.nn.Parameter(torch.zeros(1))
    ema = Ema({"w": weight}, decay=0.9)
    weight.data.fill_(1.0)
    with pytest.raises(ZeroDivisionError), ema.in_place():
        _ = 1 / weight.item()  # the average is 0
    assert weight.item() == 1.0
    assert ema.state()["w"].item() == 0.0


def test_restored_average_goes_on() -> None:
    weight = torch.zeros(1)
    first, second = Ema({"w": weight}, 0.9), Ema({"w": torch.ones(1)}, 0.9)
    weight.fill_(1.0)
    first.update()
    second.restore(first.state(), first.updates)
    first.update()
    second.update()
    assert first.state() == second.state()
