import io
from pathlib import Path

import numpy as np
import PIL.Image
import pytest
from hypothesis import given
from hypothesis import strategies as st

from t2i_studio.core.errors import UserError
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.core.recipe import ModelRef, Recipe
from t2i_studio.core.request import Generate, Inpaint, Refine
from t2i_studio.core.text import MAX_PROMPT
from t2i_studio.gallery.chunks import read_texts
from t2i_studio.gallery.metadata import encode, read_parameters, read_recipe

IMAGE = Image.filled(Extent(16, 8), (200, 40, 40))
NASTY = [
    "a\nNegative prompt: not one\nSteps: 1, Seed: 2, Size: 3x4",
    'commas, colons: "quotes" \\ and <lora:x:1>',
    "🦊 emoji 👩‍👩‍👧",
    "مرحبا بالعالم",
    "  spaces \t tabs  \r\n",
    "\x1b[31m\x07\x7f\x85",
    "Ünïcödé",
    "x" * MAX_PROMPT,
]


def recipe(prompt: str = "a red cube", negative: str = "") -> Recipe:
    return of(Generate(prompt=prompt, negative_prompt=negative, seed=3))


def of(request: Generate | Inpaint) -> Recipe:
    return Recipe(
        request=request,
        model=ModelRef(name="scenes", title="Scenes", sha256="0" * 64),
        device="cpu",
        dtype="float32",
        numerics={"matmul": "highest"},
        versions={"torch": "2"},
    )


@pytest.mark.parametrize("prompt", NASTY)
def test_a_recipe_comes_back_exactly(tmp_path: Path, prompt: str) -> None:
    path, written = tmp_path / "a.png", recipe(prompt, prompt)
    path.write_bytes(encode(IMAGE, written, ".png"))
    assert read_recipe(path) == written


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_any_prompt_comes_back(tmp_path_factory: pytest.TempPathFactory, prompt: str) -> None:
    if not prompt.strip():
        return
    path, written = tmp_path_factory.getbasetemp() / "any.png", recipe(prompt)
    path.write_bytes(encode(IMAGE, written, ".png"))
    assert read_recipe(path) == written


def test_pillow_reads_the_same_texts(tmp_path: Path) -> None:
    for prompt in NASTY:
        data = encode(IMAGE, recipe(prompt), ".png")
        (tmp_path / "a.png").write_bytes(data)
        with PIL.Image.open(io.BytesIO(data)) as picture:
            assert picture.info["parameters"] == read_texts(tmp_path / "a.png")["parameters"]


def test_the_picture_is_what_was_given() -> None:
    with PIL.Image.open(io.BytesIO(encode(IMAGE, recipe(), ".png"))) as picture:
        assert Image.from_pil(picture) == IMAGE


@pytest.mark.parametrize("suffix", [".jpg", ".jpeg", ".webp"])
@pytest.mark.parametrize("prompt", ["a red cube", "🦊, مرحبا"])
def test_other_formats_tell_the_parameters(tmp_path: Path, suffix: str, prompt: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(encode(IMAGE, recipe(prompt), suffix))
    assert read_parameters(path)["prompt"] == prompt
    assert read_recipe(path) is None


def test_a_prompt_too_long_for_exif_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(encode(IMAGE, recipe("x" * MAX_PROMPT, "y" * MAX_PROMPT), ".jpg"))
    assert read_parameters(path) == {}


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp"])
def test_the_provenance_tells_made_from_edited(suffix: str) -> None:
    made = encode(IMAGE, recipe(), suffix)
    white = Mask(np.full((8, 16), 255, np.uint8))
    assert b"digitalsourcetype/trainedAlgorithmicMedia" in made
    for request in (
        Inpaint(prompt="x", image=IMAGE, mask=white, seed=1),
        Refine(prompt="x", image=IMAGE, seed=1),
    ):
        edited = encode(IMAGE, of(request), suffix)
        assert b"digitalsourcetype/compositeWithTrainedAlgorithmicMedia" in edited


@pytest.mark.parametrize(("suffix", "most"), [(".jpg", 65_500), (".webp", 16_383)])
@pytest.mark.parametrize("turned", [False, True])
def test_a_picture_too_large_for_its_format_is_the_users_error(
    suffix: str, most: int, turned: bool
) -> None:
    def strip(length: int) -> Image:
        return Image.filled(Extent(1, length) if turned else Extent(length, 1), (9, 9, 9))

    assert encode(strip(most), recipe(), suffix)
    with pytest.raises(UserError, match=f"ends at {most:,} px") as caught:
        encode(strip(most + 1), recipe(), suffix)
    assert caught.value.hint == "Use PNG."


def test_a_png_is_pressed_fast() -> None:
    """zlib's header tells the level (RFC 1950, FLEVEL): 0x5E for the fast ones, 0x9C for 6."""
    assert b"IDAT\x78\x5e" in encode(IMAGE, recipe(), ".png")


def test_a_picture_without_texts_has_no_recipe(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(IMAGE.to_png())
    assert read_recipe(path) is None
    assert read_parameters(path) == {}


@pytest.mark.parametrize("text", ["{", "[]", '{"version": 99}', '{"version": 1}', "[" * 100_000])
def test_a_damaged_recipe_is_the_users_error(tmp_path: Path, text: str) -> None:
    info = PIL.PngImagePlugin.PngInfo()
    info.add_text("t2i_studio", text)
    IMAGE.to_pil().save(tmp_path / "a.png", pnginfo=info)
    with pytest.raises(UserError):
        read_recipe(tmp_path / "a.png")


def test_json_under_the_same_name_is_of_another_program(tmp_path: Path) -> None:
    info = PIL.PngImagePlugin.PngInfo()
    info.add_text("parameters", '{"sui_image_params": {}}')
    IMAGE.to_pil().save(tmp_path / "a.png", pnginfo=info)
    assert read_parameters(tmp_path / "a.png") == {}


def test_a_damaged_jpeg_tells_nothing(tmp_path: Path) -> None:
    data = encode(IMAGE, recipe(), ".jpg")
    for cut in range(2, len(data), 37):
        (tmp_path / "a.jpg").write_bytes(data[:cut] + b"\xff" * 20)
        assert read_parameters(tmp_path / "a.jpg").get("prompt") in {None, "a red cube"}
