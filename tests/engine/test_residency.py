import pytest

from t2i_studio.engine.residency import Residency


class Model:
    def __init__(self, memory_bytes: int = 10) -> None:
        self.memory_bytes = memory_bytes
        self.closed = 0

    def close(self) -> None:
        self.closed += 1


def test_models_within_the_budget_stay() -> None:
    residency: Residency[Model] = Residency(20)
    residency.add("a", Model())
    residency.add("b", Model())

    assert residency.names == ("a", "b")
    assert residency.memory_bytes == 20


def test_least_recently_used_leaves_first() -> None:
    residency: Residency[Model] = Residency(20)
    first, second = Model(), Model()
    residency.add("a", first)
    residency.add("b", second)

    assert residency.get("a") is first
    residency.add("c", Model())

    assert residency.names == ("a", "c")
    assert (first.closed, second.closed) == (0, 1)


def test_as_many_leave_as_must() -> None:
    residency: Residency[Model] = Residency(30)
    small = [Model() for _ in range(3)]
    for name, model in zip("abc", small, strict=True):
        residency.add(name, model)

    residency.add("d", Model(20))

    assert residency.names == ("c", "d")
    assert [model.closed for model in small] == [1, 1, 0]


@pytest.mark.parametrize("budget", [0, 5])
def test_newest_stays_even_if_it_is_too_large(budget: int) -> None:
    residency: Residency[Model] = Residency(budget)
    small, large = Model(), Model(100)
    residency.add("a", small)

    residency.add("b", large)

    assert residency.names == ("b",)
    assert (small.closed, large.closed) == (1, 0)


def test_replaced_model_is_closed() -> None:
    residency: Residency[Model] = Residency(100)
    old, new = Model(), Model()
    residency.add("a", old)

    residency.add("a", new)

    assert (old.closed, new.closed) == (1, 0)
    assert residency.get("a") is new


def test_absent_model_is_none() -> None:
    residency: Residency[Model] = Residency(100)

    assert residency.get("a") is None


def test_clearing_closes_all_once() -> None:
    residency: Residency[Model] = Residency(100)
    models = [Model(), Model()]
    for name, model in zip("ab", models, strict=True):
        residency.add(name, model)

    residency.clear()
    residency.clear()

    assert [model.closed for model in models] == [1, 1]
    assert residency.names == ()
