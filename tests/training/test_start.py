import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from t2i_studio.catalogue.inspect import capabilities
from t2i_studio.core import paths
from t2i_studio.core.cancel import CancelledError, CancelToken
from t2i_studio.core.errors import UserError
from t2i_studio.models.unclip.layout import DiffusionLayout
from t2i_studio.models.unclip.weights import Parts, load_parts
from t2i_studio.training import presets
from t2i_studio.training.journal import Event, Finished, Skipped
from t2i_studio.training.recipes import upsampler
from t2i_studio.training.report import Report
from t2i_studio.training.start import Listener, Wish, fulfil
from tests.training.scenes.conftest import write_icons
from tests.training.tiny import SIDE, tiny_preset, write_pictures


@pytest.fixture(scope="module")
def icons(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("icons")
    write_icons(folder)
    return folder


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keep the sprites from test to test."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module", autouse=True)
def _tiny() -> Iterator[None]:
    """Offer a preset that is over in seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(dict_of(presets.PRESETS), "tiny", tiny_preset())
        patch.setitem(dict_of(presets.PRESETS), "noisy", tiny_preset(is_diffusion=True))
        patch.setattr(upsampler, "_CHECKS", 1)
        yield


@pytest.fixture(scope="module")
def squares(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pictures(tmp_path_factory.mktemp("own") / "squares")


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory, cache: Path, squares: Path) -> Path:
    """Train on own pictures; the run's folder."""
    folder = tmp_path_factory.mktemp("trained")
    fulfil(wish(folder, cache, pictures=squares))
    return folder


def wish(output: Path, cache: Path, **given: object) -> Wish:
    facts = {"preset": "tiny", "output": output, "cache": cache, "device": "cpu"}
    return Wish(**(facts | given))


def dict_of(mapping: object) -> dict[str, object]:
    assert isinstance(mapping, dict)
    return mapping


def loaded(folder: Path) -> Parts:
    loading = load_parts(folder)
    while True:
        try:
            next(loading)
        except StopIteration as end:
            return end.value


def test_own_pictures_become_a_checkpoint_that_loads(trained: Path) -> None:
    folder = trained / "checkpoint"

    assert loaded(folder).layout.image_size == SIDE
    assert capabilities(folder).title == "squares"
    assert capabilities(folder).examples[0] in ("a red square", "a blue square")


def test_the_rendered_world_becomes_a_checkpoint_with_both_upsamplers(
    tmp_path: Path, cache: Path, icons: Path
) -> None:
    folder = fulfil(wish(tmp_path, cache, icons=icons))

    assert (folder / "upsampler_256").is_dir()
    assert (folder / "upsampler_1024").is_dir()
    assert loaded(folder).upsamplers

    shutil.rmtree(tmp_path / "data")  # what is trained needs no world any more
    assert fulfil(wish(tmp_path, cache, icons=icons)) == folder
    assert not (tmp_path / "data").exists()


def test_weights_are_kept_in_half_precision(trained: Path) -> None:
    weights = load_file(trained / "checkpoint/decoder/diffusion_pytorch_model.safetensors")

    assert {tensor.dtype for tensor in weights.values()} == {torch.float16}


def test_no_file_tells_where_it_was_made(trained: Path) -> None:
    for path in (trained / "checkpoint").rglob("*.json"):
        assert str(trained) not in path.read_text(encoding="utf-8"), path


def test_what_is_trained_is_not_trained_again(trained: Path, cache: Path, squares: Path) -> None:
    events: list[Event] = []
    reports: list[Report] = []

    fulfil(
        wish(trained, cache, pictures=squares),
        Listener(trained=events.append, reported=reports.append),
    )

    skipped = {event.part for event in events if isinstance(event, Skipped)}
    assert skipped == {"clip", "prior", "upsampler_256", "decoder"}
    assert not [event for event in events if isinstance(event, Finished)]
    assert str(reports[0]) == "24 pictures with captions."


def test_a_cancelled_training_goes_on(tmp_path: Path, cache: Path, squares: Path) -> None:
    cancel = CancelToken()
    cancel.cancel()
    wanted = wish(tmp_path, cache, pictures=squares)

    with pytest.raises(CancelledError):
        fulfil(wanted, cancel=cancel)

    assert loaded(fulfil(wanted)).layout.image_size == SIDE


def test_training_goes_on_from_a_checkpoint(
    trained: Path, tmp_path: Path, cache: Path, squares: Path
) -> None:
    start = tmp_path / "start"
    shutil.copytree(trained / "checkpoint", start)
    shutil.copytree(start / "upsampler_256", start / "upsampler_1024")

    folder = fulfil(wish(tmp_path / "run", cache, pictures=squares, start=start))

    assert (folder / "upsampler_1024").is_dir()  # own pictures are too small to learn it from
    before = (start / "tokenizer/tokenizer.json").read_bytes()
    assert (folder / "tokenizer/tokenizer.json").read_bytes() == before


def test_a_checkpoint_of_another_shape_is_refused_before_anything_is_read(
    tmp_path: Path, cache: Path
) -> None:
    start = paths.resource("checkpoints/scenes")

    with pytest.raises(UserError, match="another shape than those of this preset"):
        fulfil(wish(tmp_path / "run", cache, start=start, pictures=tmp_path / "absent"))

    assert not (tmp_path / "run").exists()


def test_upsamplers_by_diffusion_come_with_their_noise_process(
    tmp_path: Path, cache: Path, icons: Path
) -> None:
    folder = fulfil(wish(tmp_path, cache, icons=icons, preset="noisy"))

    kinds = {type(upsampler.layout) for upsampler in loaded(folder).upsamplers}
    assert kinds == {DiffusionLayout}


def test_a_start_whose_upsamplers_are_of_another_kind_is_refused(
    trained: Path, tmp_path: Path, cache: Path, squares: Path
) -> None:
    start = trained / "checkpoint"
    with pytest.raises(UserError, match="another shape"):
        fulfil(wish(tmp_path / "run", cache, pictures=squares, start=start, preset="noisy"))


def test_another_training_does_not_go_on_in_the_folder(
    trained: Path, cache: Path, squares: Path
) -> None:
    with pytest.raises(UserError, match="begun with seed 0, and now it is 5"):
        fulfil(wish(trained, cache, pictures=squares, seed=5))


def test_pictures_that_were_added_are_another_training(
    cache: Path, squares: Path, tmp_path: Path
) -> None:
    pictures = tmp_path / "squares"
    shutil.copytree(squares, pictures)
    fulfil(wish(tmp_path / "run", cache, pictures=pictures))
    write_pictures(pictures, 30)

    with pytest.raises(UserError, match="begun with pictures"):
        fulfil(wish(tmp_path / "run", cache, pictures=pictures))


def test_a_damaged_checkpoint_is_refused_before_anything_is_read(
    trained: Path, cache: Path, tmp_path: Path
) -> None:
    start = tmp_path / "start"
    shutil.copytree(trained / "checkpoint", start)
    (start / "decoder/diffusion_pytorch_model.safetensors").write_bytes(b"short")

    with pytest.raises(UserError, match="damaged"):
        fulfil(wish(tmp_path / "run", cache, start=start, pictures=tmp_path / "absent"))


def test_a_mistaken_folder_of_pictures_can_be_put_right(
    cache: Path, squares: Path, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="mistaken"):
        fulfil(wish(tmp_path / "run", cache, pictures=tmp_path / "mistaken"))

    assert loaded(fulfil(wish(tmp_path / "run", cache, pictures=squares))).layout.sizes[0] == SIDE
