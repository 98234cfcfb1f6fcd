"""From picture to what it could mean instead, on the command line and with the real model."""

import json
from pathlib import Path
from typing import Any

from t2i_studio.core.pictures import read_picture
from tests.cli.conftest import Command
from tests.cli.conftest import command as command  # a fixture
from tests.e2e.oracle import find

CUBE = "a red cube on a white background"
OTHER = "a blue cube on a white background"


SMALL = ("--size", "64x64")
QUICK = ("--inversion-steps", 12, "--inversion-iterations", 1)


def told(command: Command, *arguments: object) -> dict[str, Any]:
    outcome = command.real(*arguments, "--json")
    assert (outcome.code, outcome.err) == (0, "")
    found: dict[str, Any] = json.loads(outcome.out)
    return found


def test_a_red_cube_becomes_blue_and_can_be_replayed(command: Command) -> None:
    told(command, "generate", CUBE, "-o", "red.png", "--seed", 8, *SMALL)
    assert find(read_picture(Path("red.png")), "red").is_there

    diff = ("--from", CUBE, "--to", OTHER, "--theta", 0.5, "--seed", 1)
    turned = told(command, "textdiff", "red.png", *diff, "-o", "blue.png", *SMALL, *QUICK)
    assert find(read_picture(Path("blue.png")), "blue").is_there
    assert not find(read_picture(Path("blue.png")), "red").is_there

    [picture] = turned["images"]
    assert picture["to_texts"][0] > 0.5

    assert told(command, "replay", "blue.png", "-o", "again.png")["bit_equal"] is True
