import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from t2i_studio.models.unclip.checkpoint import CheckpointError
from t2i_studio.models.unclip.layout import (
    DecoderLayout,
    DiffusionLayout,
    PriorLayout,
    ResidualLayout,
    read_layout,
)


def test_scenes_says_how_it_is_wired(scenes: Path) -> None:
    layout = read_layout(scenes)

    assert (layout.image_size, layout.embedding_dim, layout.text_length) == (64, 192, 32)
    assert layout.embedding_scale == pytest.approx(math.sqrt(192))
    assert layout.logit_scale == pytest.approx(math.exp(3.02), rel=0.01)
    assert layout.prior == PriorLayout(steps=20, guidance=2.0)
    assert layout.decoder == DecoderLayout(pixel_unshuffle=4, steps=15, guidance=3.0)
    assert layout.upsamplers == (
        ResidualLayout("upsampler_256", 256, 4, 0.25),
        ResidualLayout("upsampler_1024", 1024, 4, 0.25),
    )


def changed(scenes: Path, folder: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """Write the layout of Scenes, without its upsampler to 1024 px, after a change."""
    values = json.loads((scenes / "unclip.json").read_text())
    values.pop("upsampler_1024", None)
    change(values)
    (folder / "unclip.json").write_text(json.dumps(values))
    return folder


def test_a_checkpoint_may_lack_upsamplers(scenes: Path, tmp_path: Path) -> None:
    layout = read_layout(changed(scenes, tmp_path, lambda values: values.pop("upsampler_256")))

    assert layout.upsamplers == ()
    assert layout.sizes == (64,)


def test_upsamplers_follow_each_other(scenes: Path, tmp_path: Path) -> None:
    diffusion = {"mode": "diffusion", "pixel_unshuffle": 8, "steps": 27, "blur": 0.6}
    layout = read_layout(
        changed(scenes, tmp_path, lambda values: values.update(upsampler_1024=diffusion))
    )

    assert layout.sizes == (64, 256, 1024)
    second = layout.upsamplers[1]
    assert second == DiffusionLayout("upsampler_1024", 1024, 8, steps=27, blur=0.6)
    assert second.scheduler == "upsampler_1024_scheduler"


def test_diffusion_does_not_blur_unless_told(scenes: Path, tmp_path: Path) -> None:
    diffusion = {"mode": "diffusion", "pixel_unshuffle": 8, "steps": 27}
    layout = read_layout(
        changed(scenes, tmp_path, lambda values: values.update(upsampler_256=diffusion))
    )

    assert layout.upsamplers == (DiffusionLayout("upsampler_256", 256, 8, steps=27, blur=0.0),)


def rename_upsampler(values: dict[str, Any]) -> None:
    values["upsampler_1024"] = values.pop("upsampler_256")


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (lambda values: values.pop("image_size"), "image_size"),
        (lambda values: values.update(image_size="64"), "image_size"),
        (lambda values: values.update(image_size=True), "image_size"),
        (lambda values: values.update(image_size=6.5), "image_size"),
        (lambda values: values.update(embedding_scale=-1), "embedding_scale"),
        (lambda values: values.update(embedding_scale=float("nan")), "embedding_scale"),
        (lambda values: values.update(version=9), "version"),
        (lambda values: values.update(decoder=[]), "decoder"),
        (lambda values: values["decoder"].update(prediction="epsilon"), "decoder.prediction"),
        (lambda values: values["upsampler_256"].update(mode="other"), "upsampler_256.mode"),
        (lambda values: values["upsampler_256"].update(mode=["x"]), "upsampler_256.mode"),
        (lambda values: values["upsampler_256"].update(mode="diffusion"), "upsampler_256.steps"),
        (
            lambda values: values["upsampler_256"].update(pixel_unshuffle=3),
            "upsampler_256.pixel_unshuffle",
        ),
        (rename_upsampler, "upsampler_1024' needs 'upsampler_256"),
    ],
)
def test_a_wrong_value_is_named(
    scenes: Path, tmp_path: Path, spoil: Callable[[dict[str, Any]], object], named: str
) -> None:
    folder = changed(scenes, tmp_path, spoil)

    with pytest.raises(CheckpointError, match=rf"unclip\.json: '{named}'"):
        read_layout(folder)
