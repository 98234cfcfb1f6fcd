"""Every shipped text diff can be offered in the language of the window."""

from t2i_studio.studio.preset_names import NAMES
from t2i_studio.studio.presets import diff_presets


def test_every_group_and_text_diff_has_its_name_here_and_no_other_has() -> None:
    groups = diff_presets().groups
    shipped = {*groups, *(preset.name for presets in groups.values() for preset in presets)}
    assert set(NAMES) == shipped
    assert len(NAMES) == len(shipped)
