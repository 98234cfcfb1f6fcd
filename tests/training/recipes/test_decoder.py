"""The decoder: its target is v, what is dropped does not reach it, what is masked does not leak."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from diffusers import DDIMScheduler, UNet2DConditionModel
from PIL import Image
from torch import Tensor
from transformers import CLIPTokenizer

from t2i_studio.training.corpus import Corpus
from t2i_studio.training.recipes.batches import to_unit
from t2i_studio.training.recipes.conditions import Conditions
from t2i_studio.training.recipes.decoder import Decoder, DecoderRecipe, DecoderSizes, new_unet
from tests.training.recipes.conftest import (
    DIM,
    PLAN,
    SIDE,
    Squares,
    assert_batches_depend_on_index_and_rank_alone,
    losses,
)

SIZES = DecoderSizes(channels=(16, 32), groups=8, heads=2)
NOTHING, ONLY_IMAGE, BOTH, ONLY_TEXT = 0.05, 0.2, 0.6, 0.95


class Watched(Decoder):
    """Keeps what the network is given."""

    channels: Tensor

    def predict(
        self, channels: Tensor, t: Tensor, z_i: Tensor, z_t: Tensor, hidden: Tensor
    ) -> Tensor:
        self.channels, self.z_i = channels, z_i
        return super().predict(channels, t, z_i, z_t, hidden)


@pytest.fixture
def decoder(conditions: Conditions) -> Watched:
    torch.manual_seed(0)
    return Watched(new_unet(SIZES, SIDE, DIM), conditions, SIZES.patch)


@pytest.fixture
def awake(decoder: Watched) -> Watched:
    """A decoder that no longer predicts zero."""
    torch.nn.init.normal_(decoder.unet.conv_out.weight, std=0.1)
    return decoder


def draw(decoder: Decoder, tokenizer: CLIPTokenizer, checks: Corpus) -> Image.Image:
    return Image.new("RGB", (len(checks), decoder.patch))


@pytest.fixture
def recipe(decoder: Watched, tokenizer: CLIPTokenizer, corpus: Squares) -> DecoderRecipe:
    return DecoderRecipe(decoder, tokenizer, corpus, Squares(6), PLAN, draw)


@pytest.fixture
def batch(recipe: DecoderRecipe) -> dict[str, Tensor]:
    return dict(recipe.batch(0, 0))


def loss(decoder: Decoder, batch: Mapping[str, Tensor], **changes: Tensor) -> float:
    with torch.no_grad():
        return decoder({**batch, **changes}).item()


def test_loss_falls(recipe: DecoderRecipe) -> None:
    found = losses(recipe, steps=12, lr=3e-3)
    assert found[-1] < 0.8 * found[0]


def test_untrained_network_is_off_by_v(decoder: Watched, batch: dict[str, Tensor]) -> None:
    x, alpha_bar = to_unit(batch["pictures"]), decoder.alphas_cumprod[batch["t"]]
    alpha, sigma = (each.sqrt()[:, None, None, None] for each in (alpha_bar, 1 - alpha_bar))
    v = alpha * batch["eps"] - sigma * x
    torch.testing.assert_close(decoder.errors(batch), v.square().mean((1, 2, 3)))


def test_errors_count_less_where_there_is_hardly_any_noise(
    decoder: Watched, batch: dict[str, Tensor]
) -> None:
    for t in (10, 200, 500, 990):
        batch["t"] = torch.full((8,), t)
        alpha_bar = decoder.alphas_cumprod[t].item()
        weight = 1 / (1 + alpha_bar / (1 - alpha_bar) / 20)
        expected = weight * decoder.errors(batch).mean().item()
        assert loss(decoder, batch) == pytest.approx(expected, rel=1e-4)


def test_noisy_picture_and_v_give_back_the_picture(
    decoder: Watched, batch: dict[str, Tensor]
) -> None:
    loss(decoder, batch)
    x_t = decoder.to_pixels(decoder.channels[:, : 3 * SIZES.patch**2])
    alpha_bar = decoder.alphas_cumprod[batch["t"]][:, None, None, None]
    x, eps = to_unit(batch["pictures"]), batch["eps"]
    v = alpha_bar.sqrt() * eps - (1 - alpha_bar).sqrt() * x
    torch.testing.assert_close(
        alpha_bar.sqrt() * x_t - (1 - alpha_bar).sqrt() * v, x, atol=1e-5, rtol=0
    )


@pytest.mark.parametrize(
    ("drop", "has_caption", "has_image"),
    [
        (NOTHING, False, False),
        (ONLY_IMAGE, False, True),
        (BOTH, True, True),
        (ONLY_TEXT, True, False),
    ],
    ids=["nothing", "only image", "both", "only text"],
)
def test_dropped_conditions_do_not_reach_the_network(
    awake: Watched, batch: dict[str, Tensor], drop: float, has_caption: bool, has_image: bool
) -> None:
    batch["drops"] = torch.full((8,), drop)
    before = loss(awake, batch)
    assert (loss(awake, batch, ids=batch["ids"].flip(0)) != before) == has_caption
    assert (loss(awake, batch, z_noise=batch["z_noise"] + 1) != before) == has_image
    assert bool(awake.z_i.any()) == has_image


def test_conditions_are_dropped_in_the_shares_that_were_planned(
    decoder: Watched, tokenizer: CLIPTokenizer, corpus: Squares
) -> None:
    recipe = DecoderRecipe(decoder, tokenizer, corpus, corpus, replace(PLAN, batch=2000), draw)
    drops = recipe.batch(0, 0)["drops"]
    edges = torch.tensor([0.08, 0.4, 0.9, 1.01])
    shares = [
        ((low <= drops) & (drops < high)).float().mean().item()
        for low, high in zip([0, *edges], edges, strict=False)
    ]
    assert shares == pytest.approx([0.08, 0.32, 0.5, 0.1], abs=0.03)


def test_what_is_repainted_never_leaks(decoder: Watched, batch: dict[str, Tensor]) -> None:
    mask = torch.zeros(8, 1, SIDE, SIDE)
    mask[:, :, 8:20, 4:30] = 1
    batch["masks"] = mask
    loss(decoder, batch)
    pixels = 3 * SIZES.patch**2
    known = decoder.to_pixels(decoder.channels[:, pixels : 2 * pixels])
    told = decoder.to_pixels(decoder.channels[:, 2 * pixels :])
    assert not known[:, :, 8:20, 4:30].any()
    torch.testing.assert_close(known, to_unit(batch["pictures"]) * (1 - mask))
    assert torch.equal(told, mask)


def test_patches_and_pixels_are_each_others_inverse(decoder: Watched) -> None:
    x = torch.rand(2, 3, SIDE, SIDE)
    patches = decoder.to_patches(x)
    assert patches.shape == (2, 48, 8, 8)
    assert torch.equal(decoder.to_pixels(patches), x)


def test_batches_depend_on_index_and_rank_alone(
    decoder: Watched, tokenizer: CLIPTokenizer, corpus: Squares
) -> None:
    assert_batches_depend_on_index_and_rank_alone(
        lambda: DecoderRecipe(decoder, tokenizer, corpus, corpus, PLAN, draw)
    )


def test_steps_are_drawn_from_all_and_more_from_the_middle(
    decoder: Watched, tokenizer: CLIPTokenizer, corpus: Squares
) -> None:
    recipe = DecoderRecipe(decoder, tokenizer, corpus, corpus, replace(PLAN, batch=2000), draw)
    t = recipe.batch(0, 0)["t"]
    assert 0 <= t.min() < 20
    assert 980 < t.max() <= 999
    assert ((t > 250) & (t < 750)).float().mean() > 0.57


def test_only_the_network_is_trained(decoder: Watched) -> None:
    trained = [name for name, weight in decoder.named_parameters() if weight.requires_grad]
    assert trained
    assert all(name.startswith("unet.") for name in trained)


def test_held_out_pictures_are_measured_at_three_levels_of_noise(recipe: DecoderRecipe) -> None:
    figures = recipe.measure()
    assert [*figures] == ["loss_at_200", "loss_at_500", "loss_at_800"]
    assert figures == recipe.measure()
    # An untrained network is off by v: its square is alpha^2 + sigma^2 x^2.
    x = to_unit(torch.from_numpy(Squares(6).pictures))
    alpha_bar = recipe.objective.alphas_cumprod[500]
    expected = alpha_bar + (1 - alpha_bar) * x.square().mean()
    assert figures["loss_at_500"] == pytest.approx(float(expected), rel=0.05)


def test_picture_shows_what_is_held_out(recipe: DecoderRecipe) -> None:
    assert recipe.picture().size == (6, SIZES.patch)


def test_saved_decoder_is_whole(recipe: DecoderRecipe, awake: Watched, tmp_path: Path) -> None:
    recipe.save(tmp_path)
    again = UNet2DConditionModel.from_pretrained(tmp_path / "decoder")
    assert all(
        torch.equal(weight, again.state_dict()[name])
        for name, weight in awake.unet.state_dict().items()
    )
    assert (again.config.in_channels, again.config.sample_size) == (7 * 16, SIDE // 4)
    scheduler = DDIMScheduler.from_pretrained(tmp_path / "decoder_scheduler")
    assert scheduler.config.prediction_type == "v_prediction"
    torch.testing.assert_close(scheduler.alphas_cumprod, awake.alphas_cumprod)


@pytest.mark.parametrize(
    "sizes", [SIZES, DecoderSizes((16, 32, 32), (False, True, True), patch=2, groups=8, heads=2)]
)
def test_levels_with_attention_are_those_that_were_asked_for(sizes: DecoderSizes) -> None:
    unet = new_unet(sizes, SIDE, DIM)
    assert [hasattr(block, "attentions") for block in unet.down_blocks] == [*sizes.attention]
    assert [hasattr(block, "attentions") for block in unet.up_blocks] == [*sizes.attention[::-1]]
