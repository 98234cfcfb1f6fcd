"""Attention: spelled out on CPUs, fused elsewhere, in every network of an objective."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch.overrides import TorchFunctionMode
from transformers import CLIPTokenizer

from t2i_studio.training.recipes import decoder, prior
from t2i_studio.training.recipes.attention import fit_attention
from t2i_studio.training.recipes.clip import Clip, ClipRecipe
from t2i_studio.training.recipes.conditions import Conditions
from t2i_studio.training.recipes.decoder import Decoder, DecoderRecipe, DecoderSizes
from t2i_studio.training.recipes.prior import Prior, PriorRecipe, PriorSizes
from t2i_studio.training.recipes.sheet import draw_sheet
from tests.training.recipes.conftest import DIM, PLAN, SIDE, Batches, Squares


class Calls(TorchFunctionMode):
    """Counts calls of torch's functions by name."""

    def __init__(self) -> None:
        super().__init__()
        self.counts: Counter[str] = Counter()

    def __torch_function__(
        self, func: Callable[..., Any], types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        self.counts[getattr(func, "__name__", "")] += 1
        return func(*args, **(kwargs or {}))


@pytest.fixture(params=["clip", "prior", "decoder"])
def recipe(
    request: pytest.FixtureRequest,
    clip: Clip,
    conditions: Conditions,
    tokenizer: CLIPTokenizer,
    corpus: Squares,
) -> Batches:
    if request.param == "clip":
        return ClipRecipe(clip, tokenizer, corpus, corpus, PLAN)
    if request.param == "prior":
        transformer = prior.new_transformer(PriorSizes(heads=2, head_width=8, layers=1), DIM)
        z, objective = torch.randn(48, DIM), Prior(transformer, conditions)
        objective.whiten_by(z)
        return PriorRecipe(objective, tokenizer, corpus, z, PLAN)
    sizes = DecoderSizes(channels=(16, 32), groups=8, heads=2)
    made = Decoder(decoder.new_unet(sizes, SIDE, DIM), conditions, sizes.patch)
    return DecoderRecipe(made, tokenizer, corpus, corpus, PLAN, draw_sheet)


@pytest.mark.parametrize(
    ("device_type", "used", "unused"),
    [
        ("cpu", "softmax", "scaled_dot_product_attention"),
        ("cuda", "scaled_dot_product_attention", "softmax"),
    ],
)
def test_all_attention_is_what_the_device_is_fast_at(
    recipe: Batches, device_type: str, used: str, unused: str
) -> None:
    for each in ("cuda", "cpu", device_type):
        fit_attention(recipe.objective, each)
    with Calls() as calls:
        recipe.objective(recipe.batch(0, 0))
    assert calls.counts[used] > 0
    assert calls.counts[unused] == 0


def test_both_kinds_compute_the_same(recipe: Batches) -> None:
    batch, found = recipe.batch(0, 0), []
    for device_type in ("cpu", "cuda"):
        fit_attention(recipe.objective, device_type)
        found.append(recipe.objective(batch).item())
    assert found[0] == pytest.approx(found[1], rel=1e-5)
