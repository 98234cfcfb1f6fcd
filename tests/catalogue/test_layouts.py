from pathlib import Path

import pytest

from t2i_studio.catalogue.layouts import find_prior, folders_of, layout_of
from t2i_studio.catalogue.store import family, fingerprint, installed
from t2i_studio.core import paths
from t2i_studio.core.errors import MachineError, UserError
from tests.catalogue.published import kandinsky, karlo, write


@pytest.mark.parametrize(
    ("pipeline", "expected"),
    [
        ("UnCLIPPipeline", "karlo"),
        ("UnCLIPImageVariationPipeline", "karlo"),
        ("KandinskyV22Pipeline", "kandinsky"),
        ("KandinskyV22InpaintPipeline", "kandinsky"),
        ("KandinskyV22CombinedPipeline", "kandinsky"),
        ("KandinskyV22PriorPipeline", None),
        ("StableDiffusionPipeline", None),
    ],
)
def test_the_index_tells_the_layout(tmp_path: Path, pipeline: str, expected: str | None) -> None:
    assert layout_of(write(tmp_path / "m", pipeline, {"unet": {}})) == expected


def test_our_own_index_comes_first(tmp_path: Path) -> None:
    (karlo(tmp_path / "m") / "unclip.json").write_text("{}")
    assert layout_of(tmp_path / "m") == "native"


def test_published_checkpoints_are_unclip_and_listed() -> None:
    models = paths.models_folder()
    karlo(models / "karlo")
    kandinsky(models / "kandinsky")
    write(models / "other", "StableDiffusionPipeline", {"unet": {}})
    (models / "broken").mkdir()
    (models / "broken" / "model_index.json").write_text("{")

    assert family(models / "karlo") == family(models / "kandinsky") == "unclip"
    assert installed() == ("scenes", "kandinsky", "karlo")


@pytest.mark.parametrize(
    ("pipeline", "message"),
    [
        ("KandinskyV22PriorPipeline", "Kandinsky's prior alone"),
        ("StableDiffusionPipeline", r"diffusers pipeline \(StableDiffusionPipeline\)"),
    ],
)
def test_other_pipelines_are_refused(tmp_path: Path, pipeline: str, message: str) -> None:
    with pytest.raises(UserError, match=message):
        family(write(tmp_path / "m", pipeline, {"unet": {}}))


def test_the_fingerprint_covers_the_prior_beside_the_decoder(tmp_path: Path) -> None:
    folder = kandinsky(tmp_path / "m")
    weights = tmp_path / "m-prior" / "prior" / "weights.safetensors"
    weights.write_bytes(b"1")
    before = fingerprint(folder)

    weights.write_bytes(b"2")

    assert folders_of(folder) == (folder, tmp_path / "m-prior")
    assert fingerprint(folder) != before


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        (["m-prior", "other-prior"], "m-prior"),
        (["other-prior", "kandinsky-prior"], "kandinsky-prior"),
        (["m/prior", "m-prior"], "m"),
    ],
    ids=["named", "alike", "inside"],
)
def test_the_prior_is_found(tmp_path: Path, others: list[str], expected: str) -> None:
    name = "kandinsky-decoder" if expected == "kandinsky-prior" else "m"
    (tmp_path / name).mkdir()
    for other in others:
        inside = other if other.endswith("/prior") else f"{other}/prior"
        (tmp_path / inside).mkdir(parents=True)

    assert find_prior(tmp_path / name).name == expected


def test_a_decoder_without_a_prior_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="prior is missing"):
        find_prior(tmp_path)
