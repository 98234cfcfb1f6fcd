"""The bounded cache: what was used longest ago goes first."""

from t2i_studio.training.scenes.bounded import BoundedCache


def test_a_value_is_made_once() -> None:
    cache = BoundedCache[str](10, len)

    assert cache.get("a", lambda: "first") == "first"
    assert cache.get("a", lambda: "second") == "first"


def test_what_was_used_longest_ago_is_forgotten() -> None:
    cache = BoundedCache[str](2, len)
    for key in ("a", "b", "a", "c"):
        cache.get(key, lambda: "x")

    assert cache.get("a", lambda: "new") == "x"
    assert cache.get("b", lambda: "new") == "new"


def test_a_value_larger_than_the_limit_stays_until_the_next() -> None:
    cache = BoundedCache[str](2, len)

    assert cache.get("a", lambda: "large") == "large"
    assert cache.get("a", lambda: "new") == "large"
    assert cache.get("b", lambda: "x") == "x"
    assert cache.get("a", lambda: "new") == "new"
