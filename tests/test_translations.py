"""Every text that people see can be translated, and is."""

from pathlib import Path

import pytest

from tests.marked_texts import files, unmarked

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "t2i_studio"
SEEN = (PACKAGE / "ui", PACKAGE / "studio")
# The same in every language, or for whoever reads terminals.
SAME = {"T2I Studio", "T2I Studio {}", "px", "%", "100 %", "×", "{} × {} px", "English"}
FOR_TERMINALS = {"ui/requirements.py", "ui/robot.py", "studio/explorer/commands.py"}
# Folder -> files whose texts are not marked yet; to be emptied.
NOT_YET: dict[str, str] = {
    "studio": "session",
    "studio/explorer": "label_lab",
    "ui/panels": "queue status",
}


def name(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("path", files(*SEEN), ids=name)
def test_every_text_is_marked(path: Path) -> None:
    is_converted = path.stem not in NOT_YET.get(name(path.parent), "").split()
    if is_converted and name(path) not in FOR_TERMINALS:
        assert unmarked(path.read_text("utf-8"), SAME) == []


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
