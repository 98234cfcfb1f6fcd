"""The whole course, with networks and pictures so small that it is over in seconds."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from t2i_studio.core.cancel import CancelledError, CancelToken
from t2i_studio.models.unclip.layout import FILE_NAME
from t2i_studio.training.course import Course, follow
from t2i_studio.training.journal import Event, Finished, Resumed, Skipped
from t2i_studio.training.loop import Run
from t2i_studio.training.plan import Plan
from t2i_studio.training.presets import Preset
from t2i_studio.training.recipes.decoder import DecoderSizes
from t2i_studio.training.recipes.prior import PriorSizes
from t2i_studio.training.recipes.upsampler import Kept, UpsamplerSizes
from tests.training.recipes.conftest import CLIP, DIM, SIDE, Squares

PARTS = ("clip", "prior", "upsampler_256", "upsampler_1024", "decoder")
PLAN = Plan(samples=128, minutes=60, batch=8, lr=1e-3)
PRESET = Preset(
    scenes=40,
    embedded=30,
    ranks=1,
    plans=dict.fromkeys(PARTS, PLAN),
    clip=CLIP,
    prior=PriorSizes(heads=2, head_width=8, layers=1),
    decoder=DecoderSizes(channels=(16, 32), groups=8, heads=2),
    upsampler=UpsamplerSizes(channels=(16, 16), groups=8, crop=32),
)

MakeRun = Callable[..., Run]


def large(side: int) -> Kept:
    pictures = np.zeros((2, side, side, 3), np.uint8)
    pictures[:, :, side // 3 :] = 200
    return Kept(pictures)


COURSE = Course(
    PRESET, Squares(40), Squares(3), [lambda: large(256), lambda: large(1024)], share=0.25
)


def weights(folder: Path) -> dict[str, torch.Tensor]:
    (path,) = folder.glob("*.safetensors")
    return load_file(path)


def test_every_part_is_trained_once(make_run: MakeRun, events: list[Event]) -> None:
    run = make_run()
    follow(COURSE, run)
    assert [event.part for event in events if isinstance(event, Finished)] == [*PARTS]
    written = {path: path.stat().st_mtime_ns for path in run.folder.rglob("*.safetensors")}

    events.clear()
    follow(COURSE, make_run())

    assert [event.part for event in events if isinstance(event, Skipped)] == [*PARTS]
    assert {path: path.stat().st_mtime_ns for path in written} == written
    assert json.loads((run.network("clip") / "clip.json").read_text()).keys() == {"log_scale"}
    assert load_file(run.part("prior") / "embeddings-0-of-1" / "z.safetensors")["z"].shape == (
        30,
        DIM,
    )


def test_interrupted_course_goes_on_where_it_was(make_run: MakeRun, events: list[Event]) -> None:
    cancel = CancelToken()

    def cancelling() -> Kept:
        cancel.cancel()
        return large(256)

    with pytest.raises(CancelledError):
        follow(replace(COURSE, sources=[cancelling]), make_run(cancel=cancel))
    begun = len(events)
    follow(replace(COURSE, sources=[lambda: large(256)]), make_run())

    assert [event.part for event in events[begun:] if isinstance(event, Skipped)] == [
        "clip",
        "prior",
    ]
    assert [event.part for event in events[begun:] if isinstance(event, Finished)] == [
        "upsampler_256",
        "decoder",
    ]
    assert any(isinstance(event, Resumed) for event in events[begun:])


@pytest.fixture
def start(make_run: MakeRun, tmp_path: Path) -> Path:
    """A checkpoint in the layout of those that are published, without the large upsampler."""
    run, folder = make_run("before"), tmp_path / "start"
    follow(replace(COURSE, sources=COURSE.sources[:1]), run)
    for part in ("clip", "prior", "upsampler_256", "decoder"):
        shutil.copytree(run.network(part), folder, dirs_exist_ok=True)
    wiring = {
        "version": 0,
        "image_range": [-1, 1],
        "image_size": SIDE,
        "embedding_dim": DIM,
        "embedding_scale": DIM**0.5,
        "clip_logit_scale_ln": 2.5,
        "text": {"max_length": 32},
        "prior": {"steps": 2, "guidance": 1},
        "decoder": {"prediction": "v", "pixel_unshuffle": 4, "steps": 2, "guidance": 1},
    }
    (folder / FILE_NAME).write_text(json.dumps(wiring))
    return folder


def test_course_goes_on_from_a_checkpoint(make_run: MakeRun, start: Path) -> None:
    """At a learning rate of zero every network stays what it was."""
    still = replace(PRESET, plans=dict.fromkeys(PARTS, replace(PLAN, lr=0)))
    run = make_run("after")
    follow(replace(COURSE, preset=still, start=start), run)

    for name, part, origin in (
        ("text_encoder", "clip", "text_encoder"),
        ("image_encoder", "clip", "image_encoder"),
        ("prior", "prior", "prior"),
        ("upsampler_256", "upsampler_256", "upsampler_256"),
        ("upsampler_1024", "upsampler_1024", "upsampler_256"),
        ("decoder", "decoder", "decoder"),
    ):
        trained = weights(run.network(part) / name)
        torch.testing.assert_close(trained, weights(start / origin))
    log_scale = json.loads((run.network("clip") / "clip.json").read_text())["log_scale"]
    assert log_scale == pytest.approx(2.5)
    assert not run.part("tokenizer").exists()


def test_plans_of_a_course_that_goes_on_are_slower(tmp_path: Path) -> None:
    assert COURSE.plan("clip") == replace(PLAN, samples=32, minutes=15)
    assert replace(COURSE, start=tmp_path).plan("clip").lr < PLAN.lr
