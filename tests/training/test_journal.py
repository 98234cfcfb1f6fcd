"""The log of a training."""

import json
from pathlib import Path

import pytest
from PIL import Image

from t2i_studio.core.errors import MachineError
from t2i_studio.training.journal import Entry, Event, Journal, PictureSaved

ENTRY = Entry("prior", 8, 64, 10.5, 0.25, 1e-3, 0.1, 2.0, {"cosine": 0.9})


def test_entry_is_a_line_and_an_event(tmp_path: Path) -> None:
    events: list[Event] = []
    Journal(tmp_path, events.append).write(ENTRY)
    line = json.loads((tmp_path / "log.jsonl").read_text())
    assert line.pop("time").endswith("+00:00")
    assert Entry(**line) == ENTRY
    assert events == [ENTRY]


@pytest.mark.parametrize("half", [b'{"part": "pri', b'{"step": 1}\n{"st', b""])
def test_line_whose_writer_was_killed_is_cut(half: bytes, tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    log.write_bytes(half)
    journal = Journal(tmp_path)
    journal.write(ENTRY)
    journal.write(ENTRY)
    lines = log.read_bytes().splitlines()
    assert [json.loads(line)["step"] for line in lines] == [1] * half.count(b"\n") + [8, 8]


def test_log_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "log.jsonl").mkdir()
    with pytest.raises(MachineError, match="Cannot write into"):
        Journal(tmp_path).write(ENTRY)


def test_picture_is_named_by_part_and_step(tmp_path: Path) -> None:
    events: list[Event] = []
    Journal(tmp_path, events.append).draw("prior", 123, Image.new("RGB", (3, 2)))
    path = tmp_path / "samples" / "prior-000123.png"
    with Image.open(path) as picture:
        assert picture.size == (3, 2)
    assert events == [PictureSaved("prior", path)]
