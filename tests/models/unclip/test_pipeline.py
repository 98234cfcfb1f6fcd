from dataclasses import replace

import pytest
import torch
from torch import Tensor

from t2i_studio.models.sampling import Step
from t2i_studio.models.unclip.decoder import DecoderSettings
from t2i_studio.models.unclip.native import Native
from t2i_studio.models.unclip.pipeline import Base, Settings, UnCLIP
from t2i_studio.models.unclip.prior import Candidates, PriorSettings
from tests.models.running import collect, finish

LEVEL = 2 / 255
PROMPTS = ["a sticker of a fox in a field at sunrise", "a green sphere on a white background"]
FAST = Settings(PriorSettings(3, 2.0), DecoderSettings(3, 3.0))


@pytest.mark.parametrize("size", [None, 64, 256, 1024])
@pytest.mark.parametrize(
    "settings",
    [FAST, replace(FAST, prior=None), replace(FAST, upsampler_steps={"upsampler": 2})],
    ids=["prior", "none", "steps"],
)
def test_a_run_yields_the_planned_steps(
    chain: UnCLIP[Native], settings: Settings, size: int | None
) -> None:
    run = chain.make(PROMPTS[:1], seeds=[0], settings=settings, size=size)
    yielded, _ = collect(run)

    steps = [part for part in yielded if isinstance(part, Step)]
    planned = chain.plan(settings, size=size)
    assert [(step.stage, step.index, step.total) for step in steps] == [
        (stage, index + 1, total) for stage, total in planned.items() for index in range(total)
    ]


@pytest.mark.parametrize(
    ("size", "sides"),
    [(64, [64]), (None, [64, 256]), (256, [64, 256]), (1024, [64, 256, 1024])],
    ids=["64", "default", "256", "1024"],
)
def test_pictures_of_a_size_come_with_those_on_the_way(
    chain: UnCLIP[Native], size: int | None, sides: list[int]
) -> None:
    pictures = finish(chain.make(PROMPTS[:1], seeds=[0], settings=FAST, size=size))

    assert [tuple(each.shape) for each in pictures.chain] == [(1, 3, side, side) for side in sides]
    assert pictures.base is pictures.chain[0]
    assert pictures.pixels is pictures.chain[-1]
    assert all(each.isfinite().all() for each in pictures.chain)


def test_a_size_that_no_upsampler_makes_is_refused_before_anything_runs(
    chain: UnCLIP[Native],
) -> None:
    with pytest.raises(ValueError, match=r"64, 256, 1024 px wide, not 512"):
        next(chain.make(PROMPTS[:1], seeds=[0], settings=FAST, size=512))


def test_a_large_picture_is_the_small_one_enlarged(chain: UnCLIP[Native]) -> None:
    small, large = (
        finish(chain.make(PROMPTS[:1], seeds=[0], settings=FAST, size=size)) for size in (256, 1024)
    )
    torch.testing.assert_close(large.chain[1], small.pixels, atol=LEVEL, rtol=0)


def test_what_the_stages_hand_on_comes_between_them(unclip: UnCLIP[Native]) -> None:
    yielded, pictures = collect(unclip.make(PROMPTS, seeds=[0, 1], settings=FAST))

    kinds = [type(part) for part in yielded]
    assert kinds == [Step] * 3 + [Candidates] + [Step] * 3 + [Base] + [Step]
    assert pictures.candidates is yielded[3]
    assert torch.equal(pictures.z, pictures.candidates.best)
    assert pictures.base.shape == (2, 3, 64, 64)
    assert pictures.pixels.shape == (2, 3, 256, 256)


def test_a_batch_item_equals_the_single_run(chain: UnCLIP[Native]) -> None:
    batch = finish(chain.make(PROMPTS, seeds=[3, 4], settings=FAST))
    single = finish(chain.make(PROMPTS[1:], seeds=[4], settings=FAST))

    torch.testing.assert_close(batch.pixels[1:], single.pixels, atol=LEVEL, rtol=0)


def test_the_same_seed_gives_the_same_picture_and_another_seed_another(
    unclip: UnCLIP[Native],
) -> None:
    first, again, other = (
        finish(unclip.make(PROMPTS[:1], seeds=[seed], settings=FAST)).base for seed in (1, 1, 2)
    )

    torch.testing.assert_close(first, again, atol=LEVEL, rtol=0)
    assert not torch.allclose(first, other, atol=0.2)


def test_the_decoders_noise_does_not_depend_on_the_prior(unclip: UnCLIP[Native]) -> None:
    """With decoder guidance 0 the picture shows the noise alone, not what the prior made."""
    unguided = DecoderSettings(3, 0.0)
    priors = (PriorSettings(2, 2.0, candidates=1), PriorSettings(3, 4.0, candidates=3))

    few, many = (
        finish(unclip.make(PROMPTS[:1], seeds=[0], settings=Settings(prior, unguided))).base
        for prior in priors
    )

    torch.testing.assert_close(few, many, atol=LEVEL, rtol=0)


def test_a_run_can_be_dropped_after_any_step(unclip: UnCLIP[Native]) -> None:
    expected = finish(unclip.make(PROMPTS[:1], seeds=[0], settings=FAST)).base
    for steps in (1, 4, 6):
        run = unclip.make(PROMPTS[:1], seeds=[0], settings=FAST)
        for _ in range(steps):
            next(run)
        run.close()

    again = finish(unclip.make(PROMPTS[:1], seeds=[0], settings=FAST)).base

    torch.testing.assert_close(again, expected, atol=LEVEL, rtol=0)


def test_only_the_masked_part_is_repainted(unclip: UnCLIP[Native]) -> None:
    known = torch.linspace(-1, 1, 64).expand(1, 3, 64, 64)
    mask = torch.zeros(1, 1, 64, 64)
    mask[..., 20:40, 20:40] = 1

    run = unclip.make(PROMPTS[:1], seeds=[0], settings=FAST, known=known, mask=mask)
    pictures = finish(run)

    assert torch.equal(pictures.base * (1 - mask), known * (1 - mask))


def test_the_default_picture_shows_what_was_asked_for(unclip: UnCLIP[Native]) -> None:
    prior, decoder = unclip.system.parts.layout.prior, unclip.system.parts.layout.decoder
    tuned = Settings(
        PriorSettings(prior.steps, prior.guidance), DecoderSettings(decoder.steps, decoder.guidance)
    )
    picture = finish(unclip.make(PROMPTS[1:], seeds=[0], settings=tuned)).pixels

    def is_mostly(region: Tensor, channel: int) -> bool:
        others = [each for each in range(3) if each != channel]
        return bool(region[channel].mean() > region[others].mean() + 0.3)

    assert picture[0, :, :20, :20].mean() > 0.8  # the white background
    assert is_mostly(picture[0, :, 112:144, 112:144], channel=1)  # the green sphere


def test_without_an_upsampler_the_base_is_the_picture(unclip: UnCLIP[Native]) -> None:
    layout = replace(unclip.system.parts.layout, upsamplers=())
    small = UnCLIP(Native(replace(unclip.system.parts, layout=layout, upsamplers=())))

    pictures = finish(small.make(PROMPTS[:1], seeds=[0], settings=FAST))

    assert torch.equal(pictures.pixels, pictures.base)
    assert "upsampler" not in small.plan(FAST)


def test_a_negative_prompt_changes_the_picture(unclip: UnCLIP[Native]) -> None:
    plain, negative = (
        finish(unclip.make(PROMPTS[:1], seeds=[0], settings=FAST, negatives=negatives)).base
        for negatives in (None, ["a field at sunrise"])
    )
    assert not torch.allclose(plain, negative, atol=0.2)


def test_a_start_is_planned_and_leaves_its_share_of_the_picture(unclip: UnCLIP[Native]) -> None:
    settings = replace(FAST, decoder=DecoderSettings(10, 3.0))
    start = finish(unclip.make(PROMPTS[:1], seeds=[1], settings=settings)).pixels

    steps, pictures = collect(
        unclip.make(PROMPTS[:1], seeds=[2], settings=settings, start=start, strength=0.2)
    )

    counts = unclip.plan(settings, strength=0.2)
    taken = [step.stage for step in steps if isinstance(step, Step)]
    assert {stage: taken.count(stage) for stage in counts} == counts
    assert counts["decoder"] == 2
    assert (pictures.pixels - start).abs().mean() < 0.1
