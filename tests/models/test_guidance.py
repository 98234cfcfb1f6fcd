import pytest
import torch

from t2i_studio.models.guidance import guided


def test_guidance_one_asks_the_network_once_for_the_batch_itself() -> None:
    x_t, asked = torch.ones(2, 3), []

    def predict(x: torch.Tensor, t: torch.Tensor) -> torch.Tensor:
        asked.append(len(x))
        return 2 * x

    assert torch.equal(guided(predict, 1.0)(x_t, torch.tensor(0)), 2 * x_t)
    assert asked == [2]


@pytest.mark.parametrize(("guidance", "expected"), [(0.0, 1.0), (2.0, 9.0), (3.0, 13.0)])
def test_guidance_goes_from_the_null_branch_through_the_conditioned_one(
    guidance: float, expected: float
) -> None:
    branches = torch.tensor([[1.0], [5.0]])  # null, conditioned

    result = guided(lambda x, t: x * branches, guidance)(torch.ones(1, 1), torch.tensor(0))

    assert result.item() == expected
