"""In every language one letter chooses one entry of a menu."""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMenu, QWidget

from t2i_studio.core.words import speak
from tests.ui.conftest import OpenStudio

FOLDER = Path(__file__).parents[2] / "resources" / "translations"
LETTER = re.compile(r"&(\w)")


def translations(path: Path) -> dict[str, str]:
    messages = ET.parse(path).iter("message")
    return {str(m.findtext("source")): str(m.findtext("translation")) for m in messages}


def menus(menu: QWidget) -> Iterator[tuple[str, QWidget]]:
    """Yield a menu and all below it; what is filled when opened is filled."""
    if isinstance(menu, QMenu):
        menu.aboutToShow.emit()
    yield menu.title() if isinstance(menu, QMenu) else "", menu
    for action in menu.actions():
        if isinstance(below := action.menu(), QMenu):
            yield from menus(below)


@pytest.mark.parametrize(
    "path", [None, *sorted(FOLDER.glob("*.ts"))], ids=lambda path: path.stem if path else "en"
)
def test_letters_of_a_menu_differ(open_studio: OpenStudio, path: Path | None) -> None:
    words = translations(path) if path else {}
    speak(lambda text: words.get(text, text))
    try:
        found = {title: letters(menu) for title, menu in menus(open_studio().window.menuBar())}
    finally:
        speak(None)
    assert len(found) > 7
    assert sum(map(Counter.total, found.values())) > 50
    assert {title: each for title, each in found.items() if each and max(each.values()) > 1} == {}


def letters(menu: QWidget) -> Counter[str]:
    texts = (LETTER.search(action.text().replace("&&", "")) for action in menu.actions())
    return Counter(found[1].lower() for found in texts if found)
