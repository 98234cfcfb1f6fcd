"""Staged results as JSON and back, also as damage leaves it."""

import json
from typing import Any

import pytest

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.studio.placement import Placement
from t2i_studio.studio.results import (
    placement_from_json,
    placement_to_json,
    result_from_json,
    result_to_json,
)
from t2i_studio.studio.staging import Candidate
from tests.core.strategies import Shelf
from tests.studio.conftest import PICTURE, Bench
from tests.studio.test_session import half_mask


@pytest.fixture
def repainted(bench: Bench) -> Candidate:
    """A result whose recipe needs a picture and a mask."""
    bench.session.open_picture(PICTURE)
    bench.session.document.set_mask(half_mask(PICTURE.extent))
    bench.session.generate()
    bench.run()
    return bench.session.staging.candidates[0]


def through_text(data: dict[str, Any]) -> Any:
    return json.loads(json.dumps(data))


def test_a_result_comes_back_with_what_its_recipe_needs(repainted: Candidate) -> None:
    shelf = Shelf()
    data = through_text(result_to_json(repainted, shelf))
    again = result_from_json(data, repainted.image, shelf)
    assert again is not None
    assert again.recipe == repainted.recipe
    assert len(shelf) == 2
    assert len(json.dumps(data)) < 10_000


def test_without_a_shelf_it_carries_its_pictures(repainted: Candidate) -> None:
    again = result_from_json(through_text(result_to_json(repainted)), repainted.image)
    assert again is not None
    assert again.recipe == repainted.recipe


def test_a_result_without_the_pictures_that_it_needs_is_none(repainted: Candidate) -> None:
    data = through_text(result_to_json(repainted, Shelf()))
    assert result_from_json(data, repainted.image, Shelf()) is None


@pytest.mark.parametrize("recipe", [None, 3, "x", {}, {"version": 99}, [[[]]]])
def test_a_recipe_that_is_none_gives_no_result(recipe: object) -> None:
    assert result_from_json({"recipe": recipe}, PICTURE) is None


def test_a_place_comes_back_with_its_settings() -> None:
    settings = {"settings": {"size": Extent(64, 64)}, "frame": {"bounds": Bounds(1, 2, 3, 4)}}
    data = through_text(placement_to_json(Placement((-5, 7), settings)))
    again = placement_from_json(data)
    assert again.origin == (-5, 7)
    assert again.settings == {
        "settings": {"size": {"width": 64, "height": 64}},
        "frame": {"bounds": {"x": 1, "y": 2, "width": 3, "height": 4}},
    }


@pytest.mark.parametrize(
    "data",
    [{}, {"origin": 3, "settings": "x"}, {"origin": [1]}, {"origin": [10**7, 0]}, {"origin": "ab"}],
)
def test_a_place_that_cannot_be_read_is_the_corner(data: dict[str, Any]) -> None:
    assert placement_from_json(data) == Placement()
