from pathlib import Path

import numpy as np
import PIL.Image
import pytest

from t2i_studio.core.errors import UserError
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import MAX_PIXELS, Image, Pixels
from t2i_studio.core.pictures import read_picture
from t2i_studio.core.recipe import ModelRef, Recipe
from t2i_studio.core.request import Generate
from t2i_studio.gallery.exporters import grid as module
from t2i_studio.gallery.exporters.carried import read_recipes
from t2i_studio.gallery.exporters.frames import Frame
from t2i_studio.gallery.exporters.grid import EMPTY, GridSheet, PlainLetters, drawn, save_grid

COLOURS = [(200, 0, 0), (0, 200, 0), (0, 0, 200), (200, 200, 0), (0, 200, 200), (200, 0, 200)]


SMALL = Extent(64, 64)


def frame(number: int, extent: Extent = SMALL) -> Frame:
    recipe = Recipe(
        request=Generate(prompt=f"cell {number}", seed=number),
        model=ModelRef(name="fake", title="Fake", sha256="0" * 64),
        device="cpu",
        dtype="float32",
        numerics={},
        versions={},
    )
    return Frame(Image.filled(extent, COLOURS[number]), recipe)


def sheet(cells: list[Frame | None], columns: int, **changes: object) -> GridSheet:
    rows = len(cells) // columns
    fields = {
        "title": "a red cube",
        "x_title": "Decoder steps",
        "x_labels": tuple(str(n) for n in range(columns)),
        "y_title": "Seed" if rows > 1 else "",
        "y_labels": tuple(f"row {n}" for n in range(rows)) if rows > 1 else (),
        "cells": tuple(cells),
    }
    return GridSheet(**{**fields, **changes})  # type: ignore[arg-type]  # as above


SIX = sheet([frame(number) for number in range(6)], 3)


def places(page: PIL.Image.Image) -> list[tuple[int, int]]:
    """Return the left upper corner of each colour."""
    pixels = np.asarray(page)
    found = [np.argwhere((pixels == colour).all(-1)) for colour in COLOURS]
    return [tuple(each[0][::-1]) for each in found if len(each)]


def test_cells_stand_row_by_row() -> None:
    corners = places(drawn(SIX))

    columns = sorted({x for x, _ in corners})
    rows = sorted({y for _, y in corners})
    assert (len(columns), len(rows)) == (3, 2)
    assert corners == [(x, y) for y in rows for x in columns]


def test_a_single_row_has_no_labels_at_its_side() -> None:
    wide = drawn(SIX).width
    narrow = drawn(sheet([frame(number) for number in range(3)], 3)).width

    assert narrow < wide


class Heard(PlainLetters):
    """Remembers what is written."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def draw(self, text: str, size: float) -> Pixels:
        self.lines.append(text)
        return super().draw(text, size)


def test_title_axes_and_values_are_written() -> None:
    letters = Heard()
    drawn(SIX, letters)

    assert letters.lines == ["a red cube", "Decoder steps", "0", "1", "2", "Seed", "row 0", "row 1"]


def test_long_texts_are_broken_and_cut() -> None:
    letters = Heard()
    words = " ".join(["hedgehog"] * 60)
    drawn(sheet([frame(0), frame(1)], 1, title=words, x_title=words, y_title=words,
                x_labels=("unbreakable" * 9,), y_labels=(words, "x")), letters)  # fmt: skip

    title, label, row = letters.lines[:3], letters.lines[4], letters.lines[6:10]
    assert all(line.startswith("hedgehog") for line in title)
    assert title[-1].endswith("…")
    assert label.endswith("…")
    assert row[-1].endswith("…")
    page = drawn(sheet([frame(0)], 1, title=words), PlainLetters())
    assert page.width < 100


def test_a_cell_without_a_picture_is_empty() -> None:
    page = drawn(sheet([frame(0), None, None, frame(1)], 2))

    assert len(places(page)) == 2
    assert (np.asarray(page) == EMPTY).all(-1).sum() == 2 * 64 * 64


def test_pictures_of_several_sizes_stand_in_the_middle_of_their_cells() -> None:
    page = drawn(sheet([frame(0, Extent(100, 50)), frame(1, Extent(50, 50))], 2))

    pixels = np.asarray(page)
    assert (pixels == COLOURS[0]).all(-1).sum() == 100 * 50
    assert (pixels == COLOURS[1]).all(-1).sum() == 50 * 50


def test_a_grid_that_would_be_too_large_gets_smaller_cells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "MAX_PIXELS", 40_000)
    page = drawn(SIX)

    assert page.width * page.height <= 40_000 < MAX_PIXELS
    assert len(places(page)) == 6


def test_the_file_carries_all_recipes(tmp_path: Path) -> None:
    path = tmp_path / "grid.png"
    save_grid(path, SIX)

    assert [recipe.request.seed for recipe in read_recipes(path)] == list(range(6))
    assert read_picture(path).extent.width == drawn(SIX).width


def test_a_grid_without_pictures_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no pictures in the grid yet"):
        save_grid(tmp_path / "grid.png", sheet([None], 1))


def test_letters_that_the_font_does_not_have_are_marked() -> None:
    letters = PlainLetters()
    assert letters.width("猫", 16) == letters.width("?", 16)
    assert letters.draw("a", 16).max() > 200
    assert letters.draw("", 16).shape[1] == 1
