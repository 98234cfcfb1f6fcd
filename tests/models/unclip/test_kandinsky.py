import shutil
from pathlib import Path
from typing import Any

import pytest
import torch
from diffusers import (
    DDPMScheduler,
    KandinskyV22Img2ImgPipeline,
    KandinskyV22InpaintPipeline,
    KandinskyV22Pipeline,
    KandinskyV22PriorPipeline,
    UnCLIPScheduler,
)
from torch import Tensor

from t2i_studio.models.sampling import randn, stage_generator
from t2i_studio.models.unclip.checkpoint import CheckpointError
from t2i_studio.models.unclip.decoder import DecoderSettings
from t2i_studio.models.unclip.kandinsky import Kandinsky, load_kandinsky
from t2i_studio.models.unclip.pipeline import Settings, UnCLIP
from t2i_studio.models.unclip.prior import PriorSettings
from tests.models.running import collect, finish
from tests.models.tiny_clip import DIM, IMAGE_SIZE
from tests.models.tiny_kandinsky import CHANNELS, LATENT, SIZE, make_kandinsky

LEVEL = 2 / 255
PROMPTS = ["red fox", "a cat"]
OWN = DecoderSettings(4, 4.0, sampler="ddpm")
SETTINGS = Settings(PriorSettings(3, 4.0, candidates=1), OWN)


def fresh(kind: Any, scheduler: Any) -> Any:
    return kind.from_config(scheduler.config)


def diffusers_embeddings(
    kandinsky: Kandinsky, prompts: list[str], seeds: list[int]
) -> tuple[Tensor, Tensor]:
    """The embeddings of diffusers' prior pipeline, and that of no picture for each."""
    front = kandinsky.parts.front
    assert front.prior is not None
    pipeline: Any = KandinskyV22PriorPipeline(  # type: ignore[no-untyped-call]  # diffusers
        prior=front.prior.prior,
        image_encoder=front.image_encoder,
        text_encoder=front.text_encoder,
        tokenizer=front.tokenizer,
        scheduler=fresh(UnCLIPScheduler, front.prior.prior_scheduler),
        image_processor=None,
    )
    pipeline.set_progress_bar_config(disable=True)
    generators = [stage_generator(seed, "prior") for seed in seeds]
    latents = randn(generators, (DIM,))
    found = pipeline(
        prompts,
        num_inference_steps=3,
        guidance_scale=4.0,
        generator=generators,
        latents=latents,
    )
    return found.image_embeds, found.negative_image_embeds


def diffusers_pictures(
    kandinsky: Kandinsky, z: Tensor, null: Tensor, seeds: list[int], **inpainting: Any
) -> Tensor:
    """Run diffusers' decoder pipeline: (B, 3, H, W) in [0, 1]."""
    kind: Any = KandinskyV22InpaintPipeline if inpainting else KandinskyV22Pipeline
    pipeline = kind(
        unet=kandinsky.parts.decoder,
        scheduler=fresh(DDPMScheduler, kandinsky.parts.decoder_scheduler),
        movq=kandinsky.parts.movq,
    )
    pipeline.set_progress_bar_config(disable=True)
    images = pipeline(
        image_embeds=z,
        negative_image_embeds=null,
        height=SIZE,
        width=SIZE,
        num_inference_steps=OWN.steps,
        guidance_scale=OWN.guidance,
        generator=[stage_generator(seed, "decoder steps") for seed in seeds],
        latents=kandinsky.draw_noise(seeds),
        output_type="np",
        **inpainting,
    ).images
    return torch.from_numpy(images).permute(0, 3, 1, 2)


class _OwnNoise(DDPMScheduler):
    """Draws from its own generators: diffusers' pipeline has but one for start and steps."""

    generators: list[torch.Generator]

    def step(self, *arguments: Any, **options: Any) -> Any:
        return DDPMScheduler.step(self, *arguments, **options | {"generator": self.generators})


def diffusers_refined(
    kandinsky: Kandinsky, z: Tensor, picture: Tensor, seeds: list[int], strength: float
) -> Tensor:
    """Run diffusers' image-to-image pipeline on `picture` in [0, 1]: (B, 3, H, W) in [0, 1]."""
    scheduler = fresh(_OwnNoise, kandinsky.parts.decoder_scheduler)
    scheduler.generators = [stage_generator(seed, "decoder steps") for seed in seeds]
    pipeline: Any = KandinskyV22Img2ImgPipeline(
        unet=kandinsky.parts.decoder, scheduler=scheduler, movq=kandinsky.parts.movq
    )
    pipeline.set_progress_bar_config(disable=True)
    images = pipeline(
        image_embeds=z,
        image=picture.expand(len(z), -1, -1, -1),
        negative_image_embeds=kandinsky.null_z.expand_as(z),
        height=SIZE,
        width=SIZE,
        num_inference_steps=OWN.steps,
        guidance_scale=OWN.guidance,
        strength=strength,
        generator=[stage_generator(seed, "decoder") for seed in seeds],
        output_type="np",
    ).images
    return torch.from_numpy(images).permute(0, 3, 1, 2)


def in_unit(pixels: Tensor) -> Tensor:
    return pixels * 0.5 + 0.5


def test_text_to_image_equals_diffusers_pipelines(kandinsky: Kandinsky) -> None:
    ours = finish(UnCLIP(kandinsky).make(PROMPTS, seeds=[3, 4], settings=SETTINGS))

    z, null = diffusers_embeddings(kandinsky, PROMPTS, [3, 4])
    theirs = diffusers_pictures(kandinsky, z, null, [3, 4])
    torch.testing.assert_close(in_unit(ours.pixels), theirs, atol=LEVEL, rtol=0)


@pytest.mark.usefixtures("one_thread")
def test_with_one_thread_every_bit_equals_diffusers_pipelines(kandinsky: Kandinsky) -> None:
    ours = finish(UnCLIP(kandinsky).make(PROMPTS[:1], seeds=[3], settings=SETTINGS))

    z, null = diffusers_embeddings(kandinsky, PROMPTS[:1], [3])
    assert torch.equal(ours.z, z)
    assert torch.equal(in_unit(ours.pixels), diffusers_pictures(kandinsky, z, null, [3]))


@pytest.mark.parametrize("strength", [0.3, 0.5, 0.99])
def test_image_to_image_equals_diffusers_pipeline(kandinsky: Kandinsky, strength: float) -> None:
    null, picture = kandinsky.encode_text([""]), ramp_in_unit()
    z = kandinsky.encode_text(PROMPTS).embeds

    ours = finish(
        kandinsky.decode(
            z, null.expand(2), null, seeds=[3, 4], settings=OWN, start=picture * 2 - 1,
            strength=strength,
        )
    )  # fmt: skip

    theirs = diffusers_refined(kandinsky, z, picture, [3, 4], strength)
    torch.testing.assert_close(in_unit(ours), theirs, atol=LEVEL, rtol=0)


@pytest.mark.usefixtures("one_thread")
@pytest.mark.parametrize("strength", [0.3, 0.5, 0.99])
def test_with_one_thread_every_bit_of_image_to_image_equals_diffusers_pipeline(
    kandinsky: Kandinsky, strength: float
) -> None:
    null, picture = kandinsky.encode_text([""]), ramp_in_unit()
    z = kandinsky.encode_text(PROMPTS[:1]).embeds

    ours = finish(
        kandinsky.decode(
            z, null, null, seeds=[3], settings=OWN, start=picture * 2 - 1, strength=strength
        )
    )

    assert torch.equal(in_unit(ours), diffusers_refined(kandinsky, z, picture, [3], strength))


def ramp_in_unit() -> Tensor:
    return torch.linspace(0, 1, SIZE).expand(1, 3, SIZE, SIZE)


@pytest.fixture(scope="module")
def inpainter(tmp_path_factory: pytest.TempPathFactory) -> Kandinsky:
    """Kandinsky with the decoder that is shown the known picture and the mask."""
    folder = tmp_path_factory.mktemp("inpainter")
    folders = make_kandinsky(folder / "prior", folder / "decoder", channels=2 * CHANNELS + 1)
    return finish(load_kandinsky(*folders))


def test_an_inpainting_decoder_equals_diffusers_pipeline(inpainter: Kandinsky) -> None:
    """A stripe is repainted: at corners the pipeline grows the hole by less than we do."""
    known = torch.linspace(-1, 1, SIZE).expand(1, 3, SIZE, SIZE)
    mask = torch.zeros(1, 1, SIZE, SIZE)
    mask[..., 10:18, :] = 1
    null = inpainter.encode_text([""])
    z = inpainter.encode_image(known)

    ours = finish(inpainter.decode(z, null, null, seeds=[6], settings=OWN, known=known, mask=mask))

    theirs = diffusers_pictures(inpainter, z, inpainter.null_z, [6], image=known, mask_image=mask)
    hole = mask.bool().expand_as(ours)
    torch.testing.assert_close(in_unit(ours)[hole], theirs[hole], atol=LEVEL, rtol=0)


def test_an_inpainting_decoder_makes_whole_pictures_too(inpainter: Kandinsky) -> None:
    pictures = finish(UnCLIP(inpainter).make(PROMPTS[:1], seeds=[0], settings=SETTINGS))
    assert pictures.pixels.isfinite().all()


def test_the_null_embedding_is_that_of_no_picture(kandinsky: Kandinsky) -> None:
    nothing = torch.zeros(1, 3, IMAGE_SIZE, IMAGE_SIZE)
    encoder: Any = kandinsky.parts.front.image_encoder
    assert torch.equal(kandinsky.null_z, encoder(nothing).image_embeds)


def test_the_decoder_does_not_read(kandinsky: Kandinsky) -> None:
    texts = kandinsky.encode_text(PROMPTS)
    z = texts.embeds[:1]
    pictures = [
        finish(kandinsky.decode(z, text, text, seeds=[0], settings=OWN))
        for text in map(kandinsky.encode_text, ([PROMPTS[0]], [PROMPTS[1]]))
    ]
    assert torch.equal(*pictures)


def test_a_negative_prompt_turns_the_prior_away(kandinsky: Kandinsky) -> None:
    plain, negative = (
        finish(
            UnCLIP(kandinsky).make(PROMPTS[:1], seeds=[0], settings=SETTINGS, negatives=negatives)
        ).z
        for negatives in (None, PROMPTS[1:])
    )
    assert not torch.allclose(plain, negative, atol=0.01)


def test_noise_lies_in_the_latents_and_pictures_in_pixels(kandinsky: Kandinsky) -> None:
    assert kandinsky.draw_noise([0, 1]).shape == (2, CHANNELS, LATENT, LATENT)
    assert kandinsky.sizes == (SIZE,)
    assert kandinsky.plan_upsampling(SIZE, {}) == {}
    with pytest.raises(ValueError, match=f"{SIZE} px wide, not 64"):
        kandinsky.plan_upsampling(64, {})
    with pytest.raises(ValueError, match="no upsampler"):
        kandinsky.upsample("upsampler", torch.zeros(1, 3, SIZE, SIZE), seeds=[0])


def test_loading_names_each_part_and_prints_nothing(
    kandinsky_folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    prior = kandinsky_folder.with_name("kandinsky-prior")
    phases, _ = collect(load_kandinsky(prior, kandinsky_folder))

    assert phases == ["text encoder", "image encoder", "prior", "decoder", "MoVQ"]
    assert capfd.readouterr() == ("", "")


def test_one_folder_may_hold_all_parts(
    kandinsky: Kandinsky, kandinsky_folder: Path, tmp_path: Path
) -> None:
    """As diffusers' combined pipeline saves it: what the prior needs is named so."""
    shutil.copytree(kandinsky_folder, tmp_path, dirs_exist_ok=True)
    for path in kandinsky_folder.with_name("kandinsky-prior").iterdir():
        if path.is_dir():
            shutil.copytree(path, tmp_path / f"prior_{path.name}")

    found = finish(load_kandinsky(tmp_path, tmp_path))

    assert torch.equal(found.null_z, kandinsky.null_z)
    assert found.space == kandinsky.space


@pytest.mark.parametrize("part", ["prior", "image_encoder"])
def test_a_prior_without_its_parts_is_refused(
    kandinsky_folder: Path, tmp_path: Path, part: str
) -> None:
    for path in kandinsky_folder.with_name("kandinsky-prior").iterdir():
        if path.name != part:
            (tmp_path / path.name).symlink_to(path)

    with pytest.raises(CheckpointError, match=f"{part}: the folder is missing"):
        finish(load_kandinsky(tmp_path, kandinsky_folder))
