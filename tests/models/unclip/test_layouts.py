import json
import os
import shutil
from pathlib import Path

import pytest

from t2i_studio.models.unclip.checkpoint import CheckpointError
from t2i_studio.models.unclip.kandinsky import Kandinsky
from t2i_studio.models.unclip.karlo import Karlo
from t2i_studio.models.unclip.layouts import find_prior, load_system
from t2i_studio.models.unclip.native import Native
from tests.models.running import finish

WEIGHTS = "diffusion_pytorch_model.safetensors"


def linked(folder: Path, target: Path) -> Path:
    """A copy made of links, to be damaged."""
    return Path(shutil.copytree(folder, target, copy_function=os.symlink))


@pytest.fixture
def karlo_copy(karlo_folder: Path, tmp_path: Path) -> Path:
    return linked(karlo_folder, tmp_path / "karlo")


@pytest.fixture
def kandinsky_copy(kandinsky_folder: Path, tmp_path: Path) -> Path:
    linked(kandinsky_folder.with_name("kandinsky-prior"), tmp_path / "kandinsky-prior")
    return linked(kandinsky_folder, tmp_path / "kandinsky-decoder")


def index_of(folder: Path, name: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "model_index.json").write_text(json.dumps({"_class_name": name}))
    return folder


def test_the_files_tell_the_layout(
    scenes: Path, karlo_folder: Path, kandinsky_folder: Path
) -> None:
    kinds = [
        type(finish(load_system(folder))) for folder in (scenes, karlo_folder, kandinsky_folder)
    ]
    assert kinds == [Native, Karlo, Kandinsky]


def test_the_image_variation_repository_is_karlo(karlo_copy: Path) -> None:
    (karlo_copy / "model_index.json").unlink()
    index_of(karlo_copy, "UnCLIPImageVariationPipeline")

    assert isinstance(finish(load_system(karlo_copy)), Karlo)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("StableDiffusionPipeline", "describes StableDiffusionPipeline, which is no unCLIP"),
        ("KandinskyV22PriorPipeline", "describes a prior alone: name the folder of its decoder"),
        ("KandinskyV22Pipeline", "its prior is missing: put Kandinsky's prior beside it as"),
    ],
)
def test_other_pipelines_are_refused_in_one_sentence(
    tmp_path: Path, name: str, message: str
) -> None:
    with pytest.raises(CheckpointError, match=message) as refused:
        finish(load_system(index_of(tmp_path / "model", name)))

    assert "\n" not in str(refused.value)


def test_a_folder_of_anything_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match=r"neither unclip\.json nor model_index\.json"):
        finish(load_system(tmp_path))


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        (["other-prior", "kandinsky-decoder-prior"], "kandinsky-decoder-prior"),
        (["a-prior", "kandinsky-prior", "z-prior"], "kandinsky-prior"),
        (["a-prior", "z"], "a-prior"),
    ],
    ids=["named", "alike", "any"],
)
def test_a_prior_beside_the_decoder_is_found(
    tmp_path: Path, others: list[str], expected: str
) -> None:
    for name in others:
        (tmp_path / name / "prior").mkdir(parents=True)
    folder = tmp_path / "kandinsky-decoder"
    folder.mkdir()

    assert find_prior(folder).name == expected


def test_a_prior_in_the_decoders_folder_comes_first(tmp_path: Path) -> None:
    (tmp_path / "model" / "prior").mkdir(parents=True)
    (tmp_path / "model-prior" / "prior").mkdir(parents=True)

    assert find_prior(tmp_path / "model") == tmp_path / "model"


KARLO_FILES = [
    "model_index.json",
    "tokenizer/merges.txt",
    "text_encoder/model.safetensors",
    "image_encoder/config.json",
    "feature_extractor/preprocessor_config.json",
    f"prior/{WEIGHTS}",
    f"text_proj/{WEIGHTS}",
    f"decoder/{WEIGHTS}",
    f"super_res_first/{WEIGHTS}",
    "super_res_last/config.json",
    "super_res_scheduler/scheduler_config.json",
]
KANDINSKY_FILES = [
    "../kandinsky-prior/tokenizer/tokenizer_config.json",
    "../kandinsky-prior/image_encoder/model.safetensors",
    f"../kandinsky-prior/prior/{WEIGHTS}",
    "../kandinsky-prior/scheduler/scheduler_config.json",
    f"unet/{WEIGHTS}",
    f"movq/{WEIGHTS}",
    "scheduler/scheduler_config.json",
]


def refusal(folder: Path) -> str:
    with pytest.raises(CheckpointError) as refused:
        finish(load_system(folder))
    return str(refused.value)


@pytest.mark.parametrize("name", KARLO_FILES)
def test_a_missing_file_of_karlo_is_named(karlo_copy: Path, name: str) -> None:
    (karlo_copy / name).unlink()
    assert Path(name).name in refusal(karlo_copy)


@pytest.mark.parametrize("name", KANDINSKY_FILES)
def test_a_missing_file_of_kandinsky_is_named(kandinsky_copy: Path, name: str) -> None:
    (kandinsky_copy / name).unlink()
    assert f"{name.removeprefix('../')}: the file is missing" in refusal(kandinsky_copy)


@pytest.mark.parametrize("name", [name for name in KARLO_FILES if name.endswith("safetensors")])
def test_truncated_weights_of_karlo_are_named(karlo_copy: Path, name: str) -> None:
    cut(karlo_copy / name)
    assert f"{name}: is damaged" in refusal(karlo_copy)


@pytest.mark.parametrize("name", [each for each in KANDINSKY_FILES if each.endswith("tensors")])
def test_truncated_weights_of_kandinsky_are_named(kandinsky_copy: Path, name: str) -> None:
    cut(kandinsky_copy / name)
    assert f"{name.removeprefix('../')}: is damaged" in refusal(kandinsky_copy)


def cut(path: Path) -> None:
    content = path.read_bytes()
    path.unlink()  # the link, not what it leads to
    path.write_bytes(content[: len(content) // 2])


@pytest.mark.parametrize("value", [None, [0.5, 0.5], [0.5, 0.5, "x"], [0, 0, 0]])
def test_unusable_picture_statistics_are_refused(karlo_copy: Path, value: object) -> None:
    path = karlo_copy / "feature_extractor/preprocessor_config.json"
    path.unlink()
    path.write_text(json.dumps({"image_mean": [0.5, 0.5, 0.5], "image_std": value}))

    assert "'image_std' must be three numbers" in refusal(karlo_copy)
