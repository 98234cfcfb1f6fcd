import json
import re
from time import perf_counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from t2i_studio import __version__
from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.core.recipe import ModelRef, Recipe
from t2i_studio.core.request import Generate, Inpaint, Refine
from t2i_studio.core.stage_settings import DecoderSettings, PriorSettings, UpsamplerSettings
from t2i_studio.core.text import MAX_PROMPT
from t2i_studio.gallery.parameters import PAIR, SAMPLERS, parse_parameters, write_parameters

SIZE = Extent(256, 256)
DECODER = DecoderSettings(steps=15, guidance=3.0, sampler="dpm++2m")
PRIOR = PriorSettings(steps=20, guidance=2.5, candidates=2)


def recipe(request: Generate | Inpaint | Refine, model: str = "scenes") -> Recipe:
    return Recipe(
        request=request,
        model=ModelRef(name=model, title="Scenes", sha256="0123456789abcdef" * 4),
        device="cpu",
        dtype="float32",
        numerics={},
        versions={},
    )


def test_the_text_is_as_the_others_write_it() -> None:
    request = Generate(
        prompt="a red cube,\nshiny",
        negative_prompt="blur",
        seed=123,
        decoder=DECODER,
        prior=PRIOR,
        upsampler=UpsamplerSettings(steps=1),
        upsampler_1024=UpsamplerSettings(steps=15),
    )
    assert write_parameters(recipe(request), SIZE) == (
        "a red cube,\nshiny\n"
        "Negative prompt: blur\n"
        "Steps: 15, Sampler: DPM++ 2M, CFG scale: 3, Seed: 123, Size: 256x256, "
        "Model hash: 0123456789, Model: scenes, Prior steps: 20, Prior CFG scale: 2.5, "
        "Prior candidates: 2, Decoder steps: 15, Upsampler steps: 1, "
        "Upsampler 1024 steps: 15, "
        f"Version: T2I Studio {__version__}"
    )


def test_an_inpainting_tells_its_mask_blur_and_a_missing_prior_is_named() -> None:
    white = Mask(np.full((8, 8), 255, np.uint8))
    request = Inpaint(
        prompt="x",
        seed=1,
        feather=7,
        prior=PriorSettings(kind="none"),
        image=Image.filled(Extent(8, 8), (1, 2, 3)),
        mask=white,
    )
    text = write_parameters(recipe(request), Extent(8, 8))
    assert "Size: 8x8" in text
    assert "Denoising strength: 1, Mask blur: 7, Prior: none, Version" in text


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        pytest.param({}, "Denoising strength: 1, Mask blur: 4, Prior", id="small: all of it"),
        pytest.param(
            {"strength": 0.4, "content": "noise"},
            "Denoising strength: 0.4, Mask blur: 4, Masked content: latent noise, Prior",
            id="noise",
        ),
        pytest.param(
            {"content": "fill", "frame": Bounds(0, 0, 60, 60)},
            "Mask blur: 4, Masked content: fill, Inpaint area: Only masked, "
            "Masked area padding: 20, Prior",
            id="frame",
        ),
        pytest.param(
            {"frame": Bounds(24, 24, 8, 8)}, "Masked area padding: 0, Prior", id="within the mask"
        ),
        pytest.param({"frame": Bounds(-9, 0, 99, 90)}, "Mask blur: 4, Prior", id="whole picture"),
        pytest.param({"size": Extent(8, 8)}, "Masked area padding: 5, Prior", id="chosen by us"),
    ],
)
def test_a_repaint_says_how_in_the_words_of_others(
    options: dict[str, object], expected: str
) -> None:
    pixels = np.zeros((80, 80), np.uint8)
    pixels[20:40, 20:40] = 255
    how: dict[str, object] = {"size": SIZE, "prior": PriorSettings(kind="none"), **options}
    image = Image.filled(Extent(80, 80), (1, 2, 3))
    request = Inpaint(prompt="x", seed=1, image=image, mask=Mask(pixels), **how)
    text = write_parameters(recipe(request), SIZE)
    assert expected in text
    assert [key for key, _ in PAIR.findall(text.splitlines()[-1])].count("Mask blur") == 1


def test_a_refined_picture_says_its_strength() -> None:
    image = Image.filled(Extent(80, 80), (1, 2, 3))
    text = write_parameters(recipe(Refine(prompt="x", seed=1, image=image)), SIZE)
    assert "Denoising strength: 0.75, " in text
    assert "Mask" not in text


def test_values_with_commas_and_colons_are_quoted() -> None:
    name = 'a, "b": c'
    text = write_parameters(recipe(Generate(prompt="x", seed=1), name), SIZE)
    assert f"Model: {json.dumps(name)}," in text
    assert parse_parameters(text)["model"] == name


WRITTEN = '# idea\na {red|blue} (cube:1.2), "x" <style:Night>'


def test_what_was_written_stands_beside_what_was_read() -> None:
    request = Generate(
        prompt="a red cube", negative_prompt="dull", raw_prompt=WRITTEN, raw_negative="{dull|grey}",
        seed=1, decoder=DECODER,
    )  # fmt: skip
    text = write_parameters(recipe(request), SIZE)
    assert text.startswith("a red cube\nNegative prompt: dull\nSteps: ")
    assert f"Raw prompt: {json.dumps(WRITTEN)}, Raw negative prompt: {{dull|grey}}, Ver" in text
    found = parse_parameters(text)
    assert (found["raw_prompt"], found["raw_negative"]) == (WRITTEN, "{dull|grey}")


def test_without_a_difference_what_was_written_is_not_repeated() -> None:
    text = write_parameters(recipe(Generate(prompt="a", negative_prompt="b", seed=1)), SIZE)
    assert "Raw" not in text


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_whatever_was_written_comes_back(written: str) -> None:
    request = Generate(prompt="a", raw_prompt=written, seed=1, decoder=DECODER)
    found = parse_parameters(write_parameters(recipe(request), SIZE))
    assert found.get("raw_prompt", "") == written.strip()


def test_all_keys_are_words_that_every_parser_reads() -> None:
    request = Generate(prompt="x", seed=1, decoder=DECODER, prior=PRIOR)
    line = write_parameters(recipe(request), SIZE).splitlines()[-1]
    assert [key for key, _ in PAIR.findall(line)] == re.findall(r"([A-Z][\w ]+): ", line)


@pytest.mark.parametrize("sampler", [*SAMPLERS, "lcm"])
def test_samplers_we_know_come_back(sampler: str) -> None:
    decoder = DecoderSettings(steps=4, guidance=1.5, sampler=sampler)
    request = Generate(prompt="x", seed=2**62, decoder=decoder)
    found = parse_parameters(write_parameters(recipe(request), SIZE))
    known = {"sampler": sampler} if sampler in SAMPLERS else {}
    assert found == {
        "prompt": "x", "seed": 2**62, "steps": 4, "guidance": 1.5, "size": SIZE,
        "model": "scenes", **known,
    }  # fmt: skip


PLAIN = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=60).map(
    str.strip
)


@given(st.lists(PLAIN, min_size=1, max_size=3), PLAIN)
def test_prompts_come_back_line_by_line(lines: list[str], negative: str) -> None:
    prompt = "\n".join(lines).strip()
    if not prompt or prompt.startswith("Negative prompt:") or "\nNegative prompt:" in prompt:
        return
    request = Generate(prompt=prompt, negative_prompt=negative, seed=1, decoder=DECODER)
    found = parse_parameters(write_parameters(recipe(request), SIZE))
    assert found["prompt"] == prompt
    assert found.get("negative_prompt", "") == negative


@given(st.text(max_size=300))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    found = parse_parameters(text)
    assert len(found.get("prompt", "")) <= MAX_PROMPT


FOREIGN = """a photo of a (fox:1.2), <lora:thing:0.5>
second line
Negative prompt: bad hands,
worse feet
Steps: 25, Sampler: DPM++ 2M Karras, CFG scale: 7.5, Seed: 42, Size: 512x768, Model hash: abc,\
 Model: some-model, Lora hashes: "thing: 123, other: 456", Version: v1.9"""


def test_a_file_of_another_program_is_understood() -> None:
    assert parse_parameters(FOREIGN) == {
        "prompt": "a photo of a (fox:1.2), <lora:thing:0.5>\nsecond line",
        "negative_prompt": "bad hands,\nworse feet",
        "steps": 25,
        "sampler": "dpm++2m",
        "guidance": 7.5,
        "seed": 42,
        "size": Extent(512, 768),
        "model": "some-model",
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("", {}, id="empty"),
        pytest.param("a\nSteps: 1, Seed: 2", {"prompt": "a\nSteps: 1, Seed: 2"}, id="two pairs"),
        pytest.param("Steps: 1, Seed: 2, Size: 3x4",
                     {"steps": 1, "seed": 2, "size": Extent(3, 4)}, id="no prompt"),
        pytest.param("a\nSteps: 1e12, Seed: x, CFG scale: nan, Size: -1x5, Sampler: ?",
                     {"prompt": "a"}, id="lies"),
        pytest.param("a\nSteps: 99999, Seed: -1, CFG scale: 1e9, Size: 0x0, Sampler: ",
                     {"prompt": "a"}, id="out of range"),
        pytest.param("a\nSteps: 1, CFG scale: x, Size: 9, Seed: ٣",
                     {"prompt": "a", "steps": 1}, id="not numbers"),
        pytest.param('a\nModel: "\\x", Steps: 1, Seed: 2',
                     {"prompt": "a", "model": '"\\x"', "steps": 1, "seed": 2}, id="bad quoting"),
        pytest.param("a\n!! nonsense, Steps: 1, Seed: 2, Model: m, !",
                     {"prompt": "a", "steps": 1, "seed": 2, "model": "m"}, id="nonsense between"),
        pytest.param("a\0b\ud800c", {"prompt": "abc"}, id="NUL and half characters"),
    ],
)  # fmt: skip
def test_odd_texts(text: str, found: dict[str, object]) -> None:
    assert parse_parameters(text) == found


@pytest.mark.parametrize("part", ["a ", "a: ", 'a: "', 'ab: "\\"', ", ", "ab:c", '"'])
def test_hostile_lines_take_no_long_time(part: str) -> None:
    start = perf_counter()
    parse_parameters("x\n" + part * 100_000)
    assert perf_counter() - start < 2.0
