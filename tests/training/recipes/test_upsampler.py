"""Upsamplers: bicubic at first, then better; crops on the grid; figures in decibels."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import torch
from diffusers import DDIMScheduler, UNet2DModel
from numpy.typing import NDArray
from torch import Tensor

from t2i_studio.training.recipes import upsampler as module
from t2i_studio.training.recipes.batches import to_unit
from t2i_studio.training.recipes.upsampler import (
    FACTOR,
    Kept,
    Renders,
    Upsampler,
    UpsamplerRecipe,
    UpsamplerSizes,
    corrupt,
    enlarge,
    new_unet,
    shrink,
)
from t2i_studio.training.scenes.renderer import Renderer
from t2i_studio.training.scenes.sampler import SceneSampler, scenes
from t2i_studio.training.scenes.sprites import ALL_SPRITES, Sprites
from tests.training.recipes.conftest import (
    PLAN,
    assert_batches_depend_on_index_and_rank_alone,
    losses,
)

SIZES = UpsamplerSizes(channels=(16, 16), groups=8, crop=32)
SIDE = 64  # px
_Y, _X = np.mgrid[:SIDE, :SIDE]
PLACES = np.stack([_Y, _X, _Y + _X], -1).astype(np.uint8)
"""A picture whose pixels tell where they are."""


def stripes(count: int = 40) -> NDArray[np.uint8]:
    """Return pictures (N, S, S, 3) with edges that bicubic enlargement blurs."""
    waves = [(_X * (index % 3 + 1) + _Y * index) % 24 < 12 for index in range(count)]
    return np.stack([np.repeat(wave[..., None], 3, -1) * np.uint8(255) for wave in waves])


def make(sizes: UpsamplerSizes = SIZES) -> UpsamplerRecipe:
    torch.manual_seed(0)
    upsampler = Upsampler(new_unet(sizes, SIDE), sizes)
    return UpsamplerRecipe(upsampler, Kept(stripes()), 3, PLAN)


def loss(recipe: UpsamplerRecipe, batch: Mapping[str, Tensor], **changes: Tensor) -> float:
    with torch.no_grad():
        return recipe.objective({**batch, **changes}).item()


@pytest.fixture
def recipe() -> UpsamplerRecipe:
    return make()


@pytest.fixture
def diffusing() -> UpsamplerRecipe:
    return make(replace(SIZES, is_diffusion=True))


@pytest.mark.parametrize("is_diffusion", [False, True], ids=["one pass", "diffusion"])
def test_loss_falls(is_diffusion: bool) -> None:
    found = losses(make(replace(SIZES, is_diffusion=is_diffusion)), steps=15, lr=5e-3)
    assert found[-1] < 0.9 * found[0]


def test_untrained_network_gives_bicubic(recipe: UpsamplerRecipe) -> None:
    coarse = torch.rand(2, 3, SIDE, SIDE) * 2 - 1
    assert torch.equal(recipe.objective.refine(coarse), coarse)


def test_one_pass_is_judged_by_the_mean_distance(recipe: UpsamplerRecipe) -> None:
    batch = recipe.batch(0, 0)
    x = to_unit(batch["pictures"])
    coarse = enlarge(corrupt(shrink(x), batch["blur"], batch["noise"]))
    assert loss(recipe, batch) == pytest.approx((coarse - x).abs().mean().item(), rel=1e-5)


def test_diffusion_is_off_by_v_at_first(diffusing: UpsamplerRecipe) -> None:
    batch = diffusing.batch(0, 0)
    alpha_bar = diffusing.objective.alphas_cumprod[batch["t"]][:, None, None, None]
    v = alpha_bar.sqrt() * batch["eps"] - (1 - alpha_bar).sqrt() * to_unit(batch["pictures"])
    assert loss(diffusing, batch) == pytest.approx(v.square().mean().item(), rel=1e-5)


def test_diffusion_sees_the_noisy_picture_beside_the_coarse_one(diffusing: UpsamplerRecipe) -> None:
    batch, seen = diffusing.batch(0, 0), []
    unet = diffusing.objective.unet
    unet.register_forward_pre_hook(lambda module, given: seen.append(given[0]))
    loss(diffusing, batch)
    loss(diffusing, batch, blur=batch["blur"] + 1)
    noisy, coarse = seen[0].chunk(2, dim=1)
    assert torch.equal(noisy, seen[1].chunk(2, dim=1)[0])
    assert not torch.equal(coarse, seen[1].chunk(2, dim=1)[1])


@pytest.mark.parametrize("shape", [(64, 64), (32, 96)])
def test_networks_work_at_any_size(recipe: UpsamplerRecipe, shape: tuple[int, int]) -> None:
    assert recipe.objective.refine(torch.zeros(1, 3, *shape)).shape == (1, 3, *shape)


def test_shrinking_is_the_mean_and_enlarging_keeps_plain_pictures() -> None:
    x = torch.arange(32.0).reshape(1, 1, 4, 8).expand(1, 3, 4, 8)
    assert shrink(x)[0, 0].tolist() == [[13.5, 17.5]]
    plain = torch.full((1, 3, 8, 8), 0.25)
    torch.testing.assert_close(enlarge(plain), torch.full((1, 3, 32, 32), 0.25))


def test_no_blur_and_no_noise_change_nothing() -> None:
    x = torch.rand(3, 3, 8, 8)
    assert torch.equal(corrupt(x, torch.zeros(3), torch.zeros_like(x)), x)


def test_blur_is_gaussian_picture_by_picture() -> None:
    x = torch.zeros(2, 3, 9, 9)
    x[:, :, 4, 4] = 1
    blurred = corrupt(x, torch.tensor([0.0, 0.8]), torch.zeros_like(x))
    weights = torch.exp(-(torch.arange(-2.0, 3) ** 2) / (2 * 0.801**2))
    weights /= weights.sum()
    assert torch.equal(blurred[0], x[0])
    torch.testing.assert_close(blurred[1, 1, 2:7, 2:7], weights[:, None] * weights)
    assert blurred[1].sum(dim=(1, 2)).tolist() == pytest.approx([1, 1, 1])


def test_noise_is_added_as_it_is() -> None:
    x, noise = torch.rand(1, 3, 8, 8), torch.randn(1, 3, 8, 8)
    torch.testing.assert_close(corrupt(x, torch.zeros(1), noise), x + noise)


class Places:
    """A source of one picture."""

    size = SIDE

    def draw(self, rng: random.Random) -> NDArray[np.uint8]:
        return PLACES

    def checks(self, seed: int) -> Iterator[NDArray[np.uint8]]:
        return iter([PLACES])


def test_crops_lie_on_the_coarse_grid_all_over_the_picture() -> None:
    recipe = UpsamplerRecipe(Upsampler(new_unet(SIZES, SIDE), SIZES), Places(), 0, PLAN)
    crops = torch.cat([recipe.batch(index, 0)["pictures"] for index in range(40)])
    corners = crops[:, 0, 0, :2].int()
    assert not (corners % FACTOR).any()
    assert (corners.min(), corners.max()) == (0, SIDE - SIZES.crop)
    for crop, (y, x) in zip(crops, corners.tolist(), strict=True):
        assert np.array_equal(crop, PLACES[y : y + 32, x : x + 32])


def test_batches_depend_on_index_and_rank_alone() -> None:
    assert_batches_depend_on_index_and_rank_alone(make)


def test_batches_depend_on_the_seed_and_the_size(recipe: UpsamplerRecipe) -> None:
    other = UpsamplerRecipe(recipe.objective, Kept(stripes()), 4, PLAN)
    assert not torch.equal(other.batch(0, 0)["pictures"], recipe.batch(0, 0)["pictures"])
    assert recipe.name == "upsampler_64"


def test_corruption_stays_in_its_range(recipe: UpsamplerRecipe) -> None:
    batches = [recipe.batch(index, 0) for index in range(20)]
    blur = torch.cat([batch["blur"] for batch in batches])
    noise = torch.stack([batch["noise"].std() for batch in batches])
    assert 0 <= blur.min() < 0.1 < 0.8 < blur.max() < 0.9
    assert 0.01 < noise.min() < noise.max() < 0.12


def test_decibels_are_those_of_the_definition() -> None:
    truth = torch.zeros(2, 3, 4, 4)
    found = torch.stack([truth[0] + 0.2, truth[1] + 0.02])
    assert module._psnr(found, truth) == pytest.approx((20 + 40) / 2, abs=1e-3)
    assert module._psnr(truth + 5, truth + 1) == float("inf")


def test_held_out_pictures_are_measured_in_one_pass(recipe: UpsamplerRecipe) -> None:
    figures = recipe.measure()
    assert figures["psnr"] == pytest.approx(figures["psnr_bicubic"])
    torch.nn.init.constant_(recipe.objective.unet.conv_out.bias, 1)
    brighter = recipe.measure()
    assert brighter["psnr_bicubic"] == figures["psnr_bicubic"]
    assert brighter["psnr"] < figures["psnr"] - 0.1


def test_held_out_pictures_are_measured_by_diffusion(diffusing: UpsamplerRecipe) -> None:
    figures = diffusing.measure()
    torch.nn.init.constant_(diffusing.objective.unet.conv_out.bias, 1)
    other = diffusing.measure()
    assert other["psnr_bicubic"] == figures["psnr_bicubic"]
    assert other["psnr"] < figures["psnr"] - 0.1


def test_picture_shows_what_diffusion_makes(diffusing: UpsamplerRecipe) -> None:
    coarse = diffusing._held_out()[1]
    pixels = np.asarray(diffusing.picture())[SIDE : 2 * SIDE]
    with torch.no_grad():
        ours = diffusing.objective.denoise(coarse).clamp(-1, 1)
    expected = torch.cat(list(ours), dim=2).permute(1, 2, 0) * 127.5 + 127.5
    assert np.abs(pixels - expected.numpy()).max() <= 1


class Oracle(Upsampler):
    """Knows v, where every true picture is its enlargement; notes when it is asked."""

    seen: list[int]

    def _predict(self, x_t: Tensor, coarse: Tensor, t: Tensor) -> Tensor:
        self.seen.append(int(t))
        alpha_bar = self.alphas_cumprod[t].double()
        return ((alpha_bar.sqrt() * x_t - coarse) / (1 - alpha_bar).sqrt()).float()


def test_diffusion_takes_eight_steps_from_pure_noise_to_the_picture() -> None:
    sizes = replace(SIZES, is_diffusion=True)
    oracle = Oracle(new_unet(sizes, SIDE), sizes)
    oracle.seen = []
    coarse = torch.rand(2, 3, 8, 8) * 2 - 1
    torch.testing.assert_close(oracle.enlarged(coarse), coarse, atol=1e-4, rtol=0)
    assert oracle.seen == [999, 874, 749, 624, 499, 374, 249, 124]


def test_picture_shows_bicubic_ours_and_the_truth(recipe: UpsamplerRecipe) -> None:
    picture = recipe.picture()
    assert picture.size == (2 * SIDE, 3 * SIDE)  # two of forty are held out
    pixels = np.asarray(picture)
    assert np.array_equal(pixels[:SIDE], pixels[SIDE : 2 * SIDE])
    truth = np.concatenate(list(stripes()[38:]), axis=1).astype(int)
    assert np.abs(pixels[2 * SIDE :] - truth).max() <= 1


def test_large_pictures_are_measured_in_their_middle() -> None:
    large = np.zeros((1024, 1024, 3), np.uint8)
    large[320:704, 320:704] = 7
    assert module._middle(large).shape == (384, 384, 3)
    assert module._middle(large).min() == 7
    assert module._middle(PLACES) is not PLACES
    assert np.array_equal(module._middle(PLACES), PLACES)


def test_saved_upsampler_is_whole(recipe: UpsamplerRecipe, tmp_path: Path) -> None:
    recipe.save(tmp_path)
    again = UNet2DModel.from_pretrained(tmp_path / "upsampler_64")
    weights = recipe.objective.unet.state_dict()
    assert all(torch.equal(weight, again.state_dict()[name]) for name, weight in weights.items())
    assert {path.name for path in tmp_path.iterdir()} == {"upsampler_64"}


def test_diffusion_is_saved_with_its_noise_process(
    diffusing: UpsamplerRecipe, tmp_path: Path
) -> None:
    diffusing.save(tmp_path)
    scheduler = DDIMScheduler.from_pretrained(tmp_path / "upsampler_64_scheduler")
    assert scheduler.config.prediction_type == "v_prediction"


def test_kept_pictures_are_trained_on_or_held_out() -> None:
    pictures = np.broadcast_to(np.arange(40, dtype=np.uint8)[:, None, None, None], (40, 8, 8, 3))
    kept, rng = Kept(pictures), random.Random(0)
    assert kept.size == 8
    assert {int(kept.draw(rng)[0, 0, 0]) for _ in range(600)} == {*range(38)}
    assert [int(pixels[0, 0, 0]) for pixels in kept.checks(0)] == [38, 39]


@pytest.mark.parametrize("count", [1, 2])
def test_of_very_few_kept_pictures_some_are_shown(count: int) -> None:
    kept = Kept(stripes(count))
    assert np.array_equal(next(kept.checks(0)), stripes(count)[-1])
    assert np.array_equal(kept.draw(random.Random(0)), stripes(count)[0])


@pytest.fixture
def renders(tmp_path: Path) -> Renders:
    blank = np.full((len(ALL_SPRITES), 8, 8, 4), 255, np.uint8)
    return Renders(64, Renderer(64, Sprites(blank, {}, tmp_path)))


def test_renders_are_scenes_of_training(renders: Renders) -> None:
    scene = SceneSampler(random.Random(4)).draw_training()
    assert np.array_equal(renders.draw(random.Random(4)), renders.renderer.render(scene))


def test_renders_that_are_checked_are_held_out(renders: Renders) -> None:
    expected = [renders.renderer.render(s) for s in islice(scenes(9, is_held_out=True), 3)]
    assert np.array_equal([*islice(renders.checks(9), 3)], expected)
