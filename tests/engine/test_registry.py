import importlib
from collections.abc import Generator

import pytest

from t2i_studio.core.errors import UserError
from t2i_studio.engine.backends.fake import FakeBackend
from t2i_studio.engine.registry import FAMILIES, Registry, Resident
from tests.engine.conftest import Shop


class Closable(FakeBackend):
    is_closed = False

    def close(self) -> None:
        self.is_closed = True


def loaded(registry: Registry, model: str) -> tuple[list[str], Resident]:
    phases: list[str] = []
    loading = registry.load(model)
    while True:
        try:
            phases.append(next(loading))
        except StopIteration as end:
            return phases, end.value


def test_loading_tells_its_phases_and_returns_the_model(shop: Shop) -> None:
    phases, resident = loaded(shop.registry(), "scenes")

    assert phases == ["Starting the engine", "Reading", "Warming up"]
    assert resident.backend is shop.backends["scenes"]
    assert shop.loaded == [("scenes", "cpu")]


def test_loaded_model_is_found_again(shop: Shop) -> None:
    registry = shop.registry()
    _, resident = loaded(registry, "scenes")

    assert registry.get("scenes") is resident
    assert registry.get("other") is None


def test_model_that_is_half_loaded_is_not_there(shop: Shop) -> None:
    registry = shop.registry()
    loading = registry.load("scenes")
    next(loading)
    loading.close()

    assert registry.get("scenes") is None


def test_ready_event_says_what_was_loaded(shop: Shop) -> None:
    _, resident = loaded(shop.registry(), "scenes")

    event = resident.ready("a")

    assert (event.request_id, event.model, event.device) == ("a", "scenes", "cpu")
    assert event.capabilities == resident.capabilities
    assert event.memory_bytes == resident.memory_bytes == 1000


def test_budget_closes_the_models_used_longest_ago(shop: Shop) -> None:
    shop.backends |= {"a": Closable(), "b": Closable()}
    registry = shop.registry(budget_bytes=1999)

    loaded(registry, "a")
    loaded(registry, "b")

    assert registry.get("a") is None
    assert [shop.backends[name].is_closed for name in "ab"] == [True, False]  # type: ignore[attr-defined]  # Closable


def test_closing_closes_every_model(shop: Shop) -> None:
    backend = shop.backends["a"] = Closable()
    registry = shop.registry()
    loaded(registry, "a")

    registry.close()

    assert backend.is_closed


def test_missing_model_is_the_users_mistake(shop: Shop) -> None:
    loading: Generator[str, None, Resident] = shop.registry().load("none")

    with pytest.raises(UserError, match="'none'"):
        next(loading)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_names_a_loader_that_exists(family: str) -> None:
    module, _, function = FAMILIES[family].partition(":")

    assert callable(getattr(importlib.import_module(module), function))
