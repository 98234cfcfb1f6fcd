"""Embeddings and bases as data: their JSON, what they refuse, and what hostile JSON may take."""

import base64
import json
import tracemalloc
import zlib
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from pydantic import TypeAdapter, ValidationError

from t2i_studio.core.concept import Concept, FromPrompt, Reconstruct
from t2i_studio.core.errors import UserError
from t2i_studio.core.latent import MAX_JSON_VALUES, Basis, Embeddings, Space, Vectors, check_space
from t2i_studio.core.recipe import ModelRef, Recipe
from t2i_studio.core.request import Decode

VECTORS = TypeAdapter(Vectors)
SPACE = Space(id="tiny", dim=4)
BASIS: dict[str, Any] = {
    "space": SPACE,
    "mean": Vectors(np.zeros((1, 4))),
    "components": Vectors(np.eye(4)[:2]),
    "variances": (2.0, 0.0),
    "total_variance": 3.0,
    "count": 9,
}


def packed(shape: object, data: bytes = bytes(4), level: int = 6) -> str:
    text = base64.b64encode(zlib.compress(data, level)).decode()
    return json.dumps({"shape": shape, "float32": text})


@given(
    npst.arrays(
        np.float32,
        npst.array_shapes(min_dims=2, max_dims=2, max_side=9),
        elements=st.floats(-1e6, 1e6, width=32),
    )
)
def test_vectors_survive_json(values: Any) -> None:
    vectors = Vectors(values)
    assert VECTORS.validate_json(VECTORS.dump_json(vectors)) == vectors


@pytest.mark.parametrize("values", [np.zeros((3, 900)), np.eye(200)], ids=["zeros", "mostly zeros"])
def test_vectors_of_zeros_survive_json_too(values: Any) -> None:
    assert VECTORS.validate_json(VECTORS.dump_json(Vectors(values))) == Vectors(values)


@pytest.mark.parametrize(
    "text",
    [
        packed([1, 2], bytes(8)).replace("[1, 2]", "[1e999, 2]"),
        packed([1, 2], bytes(8)).replace("[1, 2]", "[NaN, 2]"),
        packed([1.0, 1]),
        packed(["1", 1]),
        packed([True, 1]),
        packed([1]),
        packed([1, 1, 1]),
        packed([0, 4]),
        packed([-1, -1]),
        packed([1, 10**30]),
        packed([1, 70_000], bytes(280_000), 0),
        packed(None),
        packed({"0": 1, "1": 1}),
        packed([1, 2]),
        packed([1, 1], np.float32(np.nan).tobytes()),
        '{"shape": [1, 1], "float32": "*"}',
        '{"shape": [1, 1], "float32": "AAAA"}',
        '{"shape": [1, 1], "float32": 5}',
        '{"shape": [1, 1]}',
        "5",
        "null",
        '"text"',
        "[1, 1]",
    ],
)
def test_anything_else_is_damaged(text: str) -> None:
    with pytest.raises(ValidationError, match="missing or damaged"):
        VECTORS.validate_python(json.loads(text))


def test_zeros_are_not_inflated_beyond_what_an_embedding_is() -> None:
    bomb = json.loads(packed([1024, 4096], bytes(2**24)))
    tracemalloc.start()
    with pytest.raises(ValidationError, match="missing or damaged"):
        VECTORS.validate_python(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2**20


def test_an_array_in_json_has_a_largest_size() -> None:
    rows = MAX_JSON_VALUES // 4096 + 1
    text = json.loads(packed([rows, 4096], bytes(rows * 4096 * 4), 0))
    with pytest.raises(ValidationError, match="missing or damaged"):
        VECTORS.validate_python(text)


def test_a_hostile_recipe_is_the_users_mistake() -> None:
    concept = Concept(base=FromPrompt(prompt="a"), edits=(Reconstruct(basis=Basis(**BASIS)),))
    model = ModelRef(name="m", title="M", sha256="0" * 64)
    made = Recipe(
        request=Decode(concept=concept, seed=1),
        model=model,
        device="cpu",
        dtype="float32",
        numerics={},
        versions={},
    )
    text = made.to_json()
    assert Recipe.from_json(text) == made
    with pytest.raises(UserError, match="missing or damaged"):
        Recipe.from_json(text.replace('"shape":[2,4]', '"shape":[1e999,4]'))
    with pytest.raises(UserError, match="from 0 up"):
        Recipe.from_json(text.replace("[2.0,0.0]", "[NaN,-1.0]"))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"variances": (float("nan"), 1.0)}, "from 0 up"),
        ({"variances": (float("inf"), 1.0)}, "from 0 up"),
        ({"variances": (2.0, -1.0)}, "from 0 up"),
        ({"variances": (2.0,)}, "do not fit together"),
        ({"components": Vectors(np.ones((2, 4)))}, "not orthonormal"),
        ({"components": Vectors(np.eye(4)[[0, 1, 2, 3, 0]])}, "not orthonormal"),
        ({"components": Vectors(np.eye(5)[:2])}, "do not fit together"),
        ({"mean": Vectors(np.zeros((2, 4)))}, "do not fit together"),
        ({"names": ("a / b",)}, "2 components have 1 names"),
        ({"total_variance": float("nan")}, "total_variance"),
        ({"total_variance": -1.0}, "total_variance"),
        ({"count": -1}, "count"),
    ],
)
def test_what_is_no_basis_is_refused(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Basis(**(BASIS | change))


def test_parts_of_a_basis_are_bases() -> None:
    basis = Basis(**BASIS, names=("a / b", "c / d"))
    assert basis.first(1).variances == (2.0,)
    assert basis.only(1).names == ("c / d",)
    assert Basis.model_validate(basis.only(1).model_dump()) == basis.only(1)


@pytest.mark.parametrize(
    "values", [np.zeros(4), np.zeros((0, 4)), np.array([[np.inf]])], ids=["flat", "none", "inf"]
)
def test_what_is_no_embedding_is_refused(values: Any) -> None:
    with pytest.raises(ValueError, match=r"Embeddings are \(N, D\)|no numbers"):
        Vectors(values)


def test_vectors_are_as_long_as_their_space_says() -> None:
    with pytest.raises(ValidationError, match="Vectors of 3 dimensions are not of tiny"):
        Embeddings(space=SPACE, vectors=Vectors(np.ones((1, 3))))


def test_spaces_of_one_length_are_told_apart() -> None:
    check_space(SPACE, Space(id="tiny", dim=4), "It")
    with pytest.raises(UserError, match=r"It lies in the space tiny \(4 .*works in other \(4"):
        check_space(SPACE, Space(id="other", dim=4), "It")
