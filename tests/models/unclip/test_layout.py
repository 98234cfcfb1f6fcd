import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from t2i_studio.models.unclip.checkpoint import CheckpointError
from t2i_studio.models.unclip.layout import (
    DecoderLayout,
    PriorLayout,
    UpsamplerLayout,
    read_layout,
)


def test_scenes_says_how_it_is_wired(scenes: Path) -> None:
    layout = read_layout(scenes)

    assert (layout.image_size, layout.embedding_dim, layout.text_length) == (64, 192, 32)
    assert layout.embedding_scale == pytest.approx(math.sqrt(192))
    assert layout.logit_scale == pytest.approx(math.exp(2.79), rel=0.01)
    assert layout.prior == PriorLayout(steps=20, guidance=2.0)
    assert layout.decoder == DecoderLayout(pixel_unshuffle=4, steps=15, guidance=3.0)
    assert layout.upsampler == UpsamplerLayout("upsampler_256", 256, 4, 0.25)


def test_a_checkpoint_may_lack_an_upsampler(scenes: Path, tmp_path: Path) -> None:
    values = json.loads((scenes / "unclip.json").read_text())
    del values["upsampler_256"]
    (tmp_path / "unclip.json").write_text(json.dumps(values))

    assert read_layout(tmp_path).upsampler is None


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
        (lambda values: values["upsampler_256"].update(mode="diffusion"), "upsampler_256.mode"),
    ],
)
def test_a_wrong_value_is_named(
    scenes: Path, tmp_path: Path, spoil: Callable[[dict[str, Any]], object], named: str
) -> None:
    values = json.loads((scenes / "unclip.json").read_text())
    spoil(values)
    (tmp_path / "unclip.json").write_text(json.dumps(values))

    with pytest.raises(CheckpointError, match=rf"unclip\.json: '{named}'"):
        read_layout(tmp_path)
