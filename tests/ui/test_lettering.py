import numpy as np
from PySide6.QtWidgets import QApplication

from t2i_studio.gallery.exporters.grid import LEADING
from t2i_studio.ui.lettering import SystemLetters


def test_a_line_is_as_wide_as_it_says(qapp: QApplication) -> None:
    letters = SystemLetters()
    cover = letters.draw("Führung", 20)
    assert cover.dtype == np.uint8
    assert cover.shape[0] == np.ceil(LEADING * 20)
    assert abs(cover.shape[1] - letters.width("Führung", 20)) < 3
    assert cover.max() > 200
    assert cover[0].max() == 0


def test_letters_beyond_latin_are_drawn(qapp: QApplication) -> None:
    letters = SystemLetters()
    assert not np.array_equal(letters.draw("ü", 20), letters.draw("u", 20))


def test_an_empty_line_is_nothing(qapp: QApplication) -> None:
    assert SystemLetters().draw("", 20).max() == 0
