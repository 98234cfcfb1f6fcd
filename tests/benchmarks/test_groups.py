"""Groups: which are chosen, and that each name leads to a function."""

import importlib

import pytest

from t2i_studio.benchmarks import groups
from t2i_studio.core.errors import UserError


def test_all_groups_run_if_none_is_named() -> None:
    assert groups.chosen([]) == list(groups.GROUPS)
    assert groups.chosen(["latent", "latent"]) == ["latent"]


def test_an_unknown_group_is_told_with_those_there_are() -> None:
    with pytest.raises(UserError, match=r"no group 'x'; choose from: .*latent"):
        groups.chosen(["latent", "x"])


@pytest.mark.parametrize("target", groups.GROUPS.values())
def test_every_group_is_a_function(target: str) -> None:
    module, _, function = target.partition(":")
    assert callable(getattr(importlib.import_module(module), function))
