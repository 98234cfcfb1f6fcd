import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from t2i_studio.core.errors import UserError
from t2i_studio.core.recipe import VERSION, ModelRef, Recipe
from t2i_studio.core.request import Generate, Inpaint
from tests.core.strategies import Shelf, inpaints, recipes


def recipe(request: Generate | Inpaint | None = None) -> Recipe:
    return Recipe(
        request=request or Generate(prompt="a red cube", seed=7),
        model=ModelRef(name="tiny", title="Tiny", sha256="0" * 64),
        device="cpu",
        dtype="float32",
        numerics={"matmul": "highest"},
        versions={"t2i_studio": "0.1.0"},
    )


@given(recipes)
def test_recipe_survives_json(original: Recipe) -> None:
    assert Recipe.from_json(original.to_json()) == original


@given(inpaints())
def test_recipe_names_its_inputs_where_there_are_blobs(request: Inpaint) -> None:
    shelf = Shelf()  # empty, so falsy: it counts all the same

    text = recipe(request).to_json(shelf)

    assert json.loads(text)["request"]["image"] == {"sha256": request.image.digest}
    assert set(shelf.pictures) == {request.image.digest, request.mask.digest}
    assert Recipe.from_json(text, shelf).request == request


@settings(max_examples=5)
@given(inpaints())
def test_recipe_without_its_pictures_is_refused(request: Inpaint) -> None:
    text = recipe(request).to_json(Shelf())

    for shelf in (None, Shelf()):
        with pytest.raises(UserError, match="missing or damaged"):
            Recipe.from_json(text, shelf)


def test_recipe_is_one_line() -> None:
    assert "\n" not in recipe(Generate(prompt="two\nlines")).to_json()


def changed(**fields: object) -> str:
    return json.dumps(json.loads(recipe().to_json()) | fields)


def test_recipe_of_the_future_asks_for_an_update() -> None:
    with pytest.raises(UserError, match=f"version {VERSION + 1}.*Update"):
        Recipe.from_json(changed(version=VERSION + 1, something_new={}))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("{", id="half"),
        pytest.param("[" * 100_000, id="deep"),
        pytest.param("5", id="number"),
        pytest.param("[]", id="list"),
        pytest.param("{}", id="empty object"),
        pytest.param('{"version": ' + "9" * 5000 + "}", id="endless number"),
        pytest.param(changed(version=0), id="version 0"),
        pytest.param(changed(version="1"), id="version as text"),
        pytest.param(changed(version=None), id="no version"),
        pytest.param(changed(request={"kind": "load"}), id="request without pictures"),
        pytest.param(changed(more=1), id="unknown field"),
        pytest.param(changed(device="\ud800"), id="half a character"),
    ],
)
def test_anything_else_is_the_users_mistake(text: str) -> None:
    with pytest.raises(UserError) as caught:
        Recipe.from_json(text)

    assert "\n" not in str(caught.value)


@given(st.text())
def test_no_text_makes_it_fail_otherwise(text: str) -> None:
    with pytest.raises(UserError):
        Recipe.from_json(text)
