"""Texts are found by some of their letters, the likeliest first."""

import time

import pytest

from t2i_studio.ui.fuzzy import find

TITLES = (
    "Generate",
    "Generate at the front",
    "Cancel all jobs",
    "Clear mask",
    "Copy as layer",
    "Theme: Dark",
    "Theme: Light",
    "Zoom in",
    "Größe der Leinwand…",
)


def best(query: str) -> str:
    hits = {title: hit for title in TITLES if (hit := find(query, title)) is not None}
    return max(hits, key=lambda title: hits[title].score) if hits else ""


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("generate", "Generate"),
        ("gen", "Generate"),
        ("front", "Generate at the front"),
        ("gatf", "Generate at the front"),
        ("mask", "Clear mask"),
        ("caj", "Cancel all jobs"),
        ("cal", "Copy as layer"),
        ("dark the", "Theme: Dark"),
        ("ZOOM", "Zoom in"),
        ("GRÖße", "Größe der Leinwand…"),
        ("ayer", "Copy as layer"),
        ("xyz", ""),
        ("mask dark", ""),
    ],
)
def test_the_likeliest_comes_first(query: str, expected: str) -> None:
    assert best(query) == expected


def test_an_empty_query_finds_everything() -> None:
    assert [title for title in TITLES if find("  ", title) is None] == []


def test_letters_that_were_asked_for_are_named() -> None:
    hit = find("dark", "Theme: Dark")
    assert hit is not None
    assert hit.places == (7, 8, 9, 10)
    assert find("tl", "Theme: Light").places == (0, 7)  # type: ignore[union-attr]  # it is found


def test_what_stands_beside_counts_less_and_is_not_marked() -> None:
    beside = find("view", "Zoom in", "View Ctrl++")
    inside = find("view", "Viewer")
    assert beside is not None
    assert inside is not None
    assert beside.places == ()
    assert beside.score < inside.score
    assert find("vw", "Zoom in", "View") is None  # letters of it are not enough


def test_letters_that_grow_in_lower_case_are_found() -> None:
    hit = find("mask", "İẞ mask")
    assert hit is not None
    assert max(hit.places) < len("İẞ mask")


def test_hundreds_are_searched_faster_than_one_types() -> None:
    titles = [f"{title} number {n}" for n in range(60) for title in TITLES]
    start = time.perf_counter()
    for query in ("g", "gn", "theme dark", "nmbr"):
        for title in titles:
            find(query, title, "View ▸ Something Ctrl+Shift+X more words beside")
    assert (time.perf_counter() - start) / 4 < 0.1  # s; 5 ms on a machine that is not busy
