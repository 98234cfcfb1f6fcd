"""What is trained on, and what is held out."""

import os
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from PIL import Image

from t2i_studio.training import material
from t2i_studio.training.corpus import Corpus
from t2i_studio.training.material import Material, rendered
from t2i_studio.training.report import Problem
from t2i_studio.training.scenes.sprites import Sprites
from tests.training.scenes.conftest import write_icons
from tests.training.tiny import tiny_preset


def own(folder: Path, count: int, side: int = 16, is_one_broken: bool = False) -> Material:
    """Bring `count` pictures of `side` px to 8 px, and perhaps one more that is broken."""
    write_squares(folder / "own", count, side)
    if is_one_broken:
        (folder / "own" / "broken.png").write_bytes(b"no picture")
        (folder / "own" / "broken.txt").write_text("what was it?")
    return prepared(folder)


def prepared(folder: Path) -> Material:
    def tell(what: str, done: int, count: int) -> None: ...

    return material.own(folder / "own", folder / "data", 8, 100, 0, on("cpu"), tell)


def write_squares(folder: Path, count: int, side: int) -> None:
    """Write pictures, the n-th with the red value n and the caption "n"."""
    folder.mkdir()
    for number in range(count):
        Image.new("RGB", (side + 1, side), (number, 0, 0)).save(folder / f"{number}.png")
        (folder / f"{number}.txt").write_text(str(number))


def shown(corpus: Corpus) -> list[int]:
    assert [said for (said,) in corpus.captions] == [str(p[0, 0, 0]) for p in corpus.pictures]
    return [int(said) for (said,) in corpus.captions]


@pytest.mark.parametrize(
    ("count", "trained", "held_out"), [(1, 1, 1), (2, 1, 1), (5, 4, 1), (21, 20, 1), (40, 38, 2)]
)
def test_what_can_be_read_is_split(tmp_path: Path, count: int, trained: int, held_out: int) -> None:
    about = own(tmp_path, count, is_one_broken=True)
    training, checks = shown(about.corpus), shown(about.checks)
    assert (len(training), len(checks)) == (trained, held_out)
    assert {*training, *checks} == {*range(count)}
    assert about.report
    assert (about.report.used, about.report.count(Problem.broken)) == (count, 1)
    assert sorted(about.corpus.indices(trained, 0, 0)) == [*range(trained)]


def test_held_out_pictures_are_not_those_of_one_subfolder(tmp_path: Path) -> None:
    checks = shown(own(tmp_path, 60).checks)
    assert len(checks) == 3
    assert not {*checks} & {0, 1, 2, 57, 58, 59}


def test_split_stays_the_same(tmp_path: Path) -> None:
    first = own(tmp_path, 21)
    again = prepared(tmp_path)
    assert (shown(again.corpus), shown(again.checks)) == (shown(first.corpus), shown(first.checks))


@pytest.mark.parametrize(
    ("count", "side", "sources"), [(20, 256, 1), (19, 256, 0), (20, 255, 0)], ids=str
)
def test_upsampler_learns_only_from_enough_large_pictures(
    tmp_path: Path, count: int, side: int, sources: int
) -> None:
    about = own(tmp_path, count, side, is_one_broken=True)
    assert [source().size for source in about.sources] == [256] * sources


def on(device: str) -> Any:
    """Stand in for the only rank on a device that this machine may not have."""
    return SimpleNamespace(
        device=torch.device(device), is_main_process=True, wait_for_everyone=lambda: None
    )


def test_captions_are_read_before_a_gpus_loaders_are_forked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_icons(tmp_path / "icons")
    sprites = partial(Sprites.load, tmp_path / "cache", tmp_path / "icons")
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    monkeypatch.setattr(material, "CHECKS", 8)
    about = rendered(
        tmp_path / "data", tiny_preset(), sprites, 0, on("cuda"), lambda what, done, count: None
    )
    for path in (tmp_path / "data").rglob("*.json"):
        path.unlink()
    assert (len(about.corpus.captions), len(about.checks.captions)) == (24, 8)
