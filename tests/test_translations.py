"""Every text that people see can be translated, and is."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator

from t2i_studio.studio.explorer.label_lab import PRESETS, TEMPLATES
from tests.marked_texts import files, marked, unmarked

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "t2i_studio"
FOLDER = ROOT / "resources" / "translations"
LANGUAGES = sorted(path.stem.removeprefix("t2i_studio_") for path in FOLDER.glob("*.ts"))
# These speak English, or nothing: see docs/make_translations.py.
LEFT_OUT = {"cli", "benchmarks", "training", "evaluation", "models"}
PLACEHOLDER = re.compile(r"\{\w*\}")
SEEN = (PACKAGE / "ui", PACKAGE / "studio")
# The same in every language, or for whoever reads terminals.
SAME = {
    "T2I Studio",
    "T2I Studio {}",
    "px",
    "%",
    "100 %",
    "×",
    "{} × {} px",
    "English",
    "film-strip",
    "film-strip{}",
    "no style",  # is typed
}
# CLIP reads English.
FOR_CLIP = {*TEMPLATES, *PRESETS, *(label for labels in PRESETS.values() for label in labels)}
FOR_TERMINALS = {"ui/requirements.py", "ui/robot.py", "studio/explorer/commands.py"}


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("path", files(*SEEN), ids=name)
def test_every_text_is_marked(path: Path) -> None:
    if name(path) not in FOR_TERMINALS:
        assert unmarked(path.read_text("utf-8"), SAME | FOR_CLIP) == []


def texts(code: str) -> dict[str, ET.Element]:
    """Return the translations of a language, by the English text."""
    messages = ET.parse(FOLDER / f"t2i_studio_{code}.ts").iter("message")
    return {str(m.findtext("source")): m.find("translation") for m in messages}  # type: ignore[misc]  # each has one


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_translation_knows_exactly_the_texts_of_the_code(code: str) -> None:
    """If not: `make translations`, and translate what is new in the .ts file."""
    sources = [p for p in files(PACKAGE) if p.relative_to(PACKAGE).parts[0] not in LEFT_OUT]
    said = set[str]().union(*(marked(path.read_text("utf-8")) for path in sources))
    known = set(texts(code))
    assert sorted(said - known) == []
    assert sorted(known - said) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_translation_is_complete_and_fits(code: str) -> None:
    translations = texts(code)
    assert [s for s, t in translations.items() if t.get("type") == "unfinished" or not t.text] == []
    assert [s for s, t in translations.items() if _parts(s) != _parts(str(t.text))] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_compiled_translation_is_that_of_its_source(code: str) -> None:
    """If not: `make translations`."""
    compiled = QTranslator()
    assert compiled.load(str(FOLDER / f"t2i_studio_{code}.qm"))
    wrong = [s for s, t in texts(code).items() if compiled.translate("", s) != t.text]
    assert wrong == []


def test_german_is_there() -> None:
    assert "de" in LANGUAGES


def _parts(text: str) -> tuple[list[str], int, str, str]:
    """Return what a translation has to take over: placeholders, letters of menus, blank ends."""
    blank = len(text) - len(text.lstrip()), len(text) - len(text.rstrip())
    return sorted(PLACEHOLDER.findall(text)), text.count("&"), " " * blank[0], " " * blank[1]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("label.setText('Size')", ["1: Size"]),
        ("label.setText(f'{n} px')", ["1: {} px"]),
        ("label.setText(f'{tr(a)} ({n})')", []),
        ("text = 'Two words'", ["1: Two words"]),
        ("text = f'{n} more words'", ["1: {} more words"]),
        ("label.setText(tr('Size'))", []),
        ("TABLE = {1: later('Two words')}", []),
        ("show(tr('{n} more', n=tr('One word')))", []),
        ("show(tr('{n} more', n='Two words'))", ["1: Two words"]),
        ("label.setText('12')", []),
        ("tool_button('brush', 'Brush')", ["1: Brush"]),
        ("tool_button('brush', tr('Brush'))", []),
        ("button(tip='Brush')", []),
        ("Section(title='Brush')", ["1: Brush"]),
        ("def f():\n    'A docstring of words.'", []),
        ("x: 'Some Type' = 1", []),
        ("raise RuntimeError('Not inside a transaction.')", []),
        ("raise UserError('Wrong.')", ["1: Wrong."]),
        ("log.error('not caught at all')", []),
        ("assert x, 'must not be'", []),
    ],
)
def test_texts_are_found_and_nothing_else(code: str, expected: list[str]) -> None:
    assert unmarked(code) == expected
