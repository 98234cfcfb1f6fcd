"""Every text that people see can be translated, and is."""

from pathlib import Path

import pytest

from tests.marked_texts import files, unmarked

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "t2i_studio"
SEEN = (PACKAGE / "ui", PACKAGE / "studio")
# The same in every language, or for whoever reads terminals.
SAME = {"T2I Studio", "T2I Studio {}", "px", "%", "100 %", "×", "English"}
FOR_TERMINALS = {"ui/requirements.py", "ui/robot.py", "studio/explorer/commands.py"}
# Folder -> files whose texts are not marked yet; to be emptied.
NOT_YET: dict[str, str] = {
    "studio": "keeping notices pinned_draw presets recall ribbon session shelf",
    "studio/explorer": (
        "atlas components exploration explorer label_lab picture_map prior_lab survey"
    ),
    "ui/dialogs": "about",
    "ui": "viewer",
    "ui/canvas": "view",
    "ui/explorer": (
        "attack_section bars_section component_sliders diff_row dock embedding_files map_files "
        "map_view mix_tab panel pin_chip prior_form prior_tab strip_export strip_view "
        "text_diff_tab"
    ),
    "ui/itemmodels": "staging",
    "ui/panels": "advanced canvas frame_options gallery prompt queue repaint staging status",
    "ui/widgets": (
        "candidate_tile candidate_tiles embedding_scatter film_strip label_bars mix_board "
        "mix_corner mix_point number_field picture_cards placed_word prompt_edit ribbon "
        "seed_field share_slider stage_inspector stage_texts toast variance_plot wipe_view"
    ),
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
