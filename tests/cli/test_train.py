import json
from pathlib import Path

import pytest

from t2i_studio.training import presets
from tests.cli.conftest import Command
from tests.training.tiny import tiny_preset, write_pictures


@pytest.fixture(autouse=True)
def _tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let both presets be over in seconds."""
    for name in presets.PRESETS:
        monkeypatch.setitem(dict_of(presets.PRESETS), name, tiny_preset())


def dict_of(mapping: object) -> dict[str, object]:
    assert isinstance(mapping, dict)
    return mapping


def arguments(folder: Path, *more: object) -> list[object]:
    output = folder.parent / "run"
    given = ["--pictures", folder, "--output", output, "--device", "cpu", *more]
    return ["train", "scenes", *given]


def test_json_names_the_checkpoint(command: Command, tmp_path: Path) -> None:
    outcome = command.real(*arguments(write_pictures(tmp_path / "own"), "--json"))

    report = json.loads(outcome.out)
    assert outcome.code == 0
    assert report["checkpoint"] == str(tmp_path / "run" / "checkpoint")
    assert (tmp_path / "run" / "checkpoint" / "unclip.json").exists()


def test_what_was_left_out_is_told_and_every_part_is_named(
    command: Command, tmp_path: Path
) -> None:
    folder = write_pictures(tmp_path / "own")
    (folder / "00.txt").unlink()
    (folder / "01.png").write_bytes(b"no picture")

    outcome = command.real(*arguments(folder))

    assert outcome.code == 0
    assert "22 pictures with captions; 1 without a caption was left out (00.png)" in outcome.err
    assert "that cannot be read was left out (01.png" in outcome.err
    for part in ("CLIP", "Prior", "Upsampler 256", "Decoder"):
        assert f"{part} is trained." in outcome.err


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        pytest.param(lambda folder: None, "absent", id="no folder"),
        pytest.param(lambda folder: folder.mkdir(), "no pictures in this folder", id="empty"),
        pytest.param(
            lambda folder: [path.unlink() for path in write_pictures(folder).glob("*.txt")],
            "No picture has a caption",
            id="no captions",
        ),
    ],
)
def test_a_folder_that_cannot_be_used_is_one_line(
    command: Command, tmp_path: Path, prepare: object, said: str
) -> None:
    assert callable(prepare)
    prepare(tmp_path / "absent")

    outcome = command.real(*arguments(tmp_path / "absent"))

    assert outcome.code == 2
    assert said in outcome.err
    assert outcome.err.count("\n") == 1


def test_a_model_of_another_shape_is_one_line(command: Command, tmp_path: Path) -> None:
    outcome = command.real(*arguments(write_pictures(tmp_path / "own"), "--from", "scenes"))

    assert outcome.code == 2
    assert "another shape than those of this preset" in outcome.err
    assert outcome.err.count("\n") == 1
