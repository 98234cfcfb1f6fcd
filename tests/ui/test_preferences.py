"""What is set once for all work, in a dialog that is in nobody's way."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

from t2i_studio.app import Studio
from t2i_studio.ui import appearance, theme
from t2i_studio.ui.listings import languages, scales
from t2i_studio.ui.preferences import PreferencesDialog
from tests.ui.conftest import OpenStudio


@pytest.fixture
def dialog(studio: Studio) -> PreferencesDialog:
    return studio.window.dialogs.preferences()


def choose(box: QComboBox, value: object) -> None:
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_it_opens_once_and_blocks_nothing(studio: Studio, dialog: PreferencesDialog) -> None:
    studio.window.commands["file.preferences"].trigger()
    assert studio.window.dialogs.preferences() is dialog
    assert not dialog.isModal()
    dialog.close()
    QApplication.sendPostedEvents(None, 52)  # deferred deletes
    assert studio.window.dialogs.preferences() is not dialog


def test_the_theme_changes_at_once_and_is_checked_in_the_menu(
    studio: Studio, dialog: PreferencesDialog
) -> None:
    choose(dialog.theme, "Light")
    assert theme.current() is theme.LIGHT
    assert studio.window.commands["view.theme_light"].isChecked()
    studio.window.commands["view.theme_dark"].trigger()
    assert theme.current() is theme.DARK
    assert dialog.theme.currentData() == "Dark"
    checked = [n for n in ("system", "dark", "light") if _is_checked(studio, f"view.theme_{n}")]
    assert checked == ["dark"]


def _is_checked(studio: Studio, name: str) -> bool:
    return studio.window.commands[name].isChecked()


def test_the_active_theme_stays_checked_when_it_is_chosen_again(studio: Studio) -> None:
    for _ in range(2):
        studio.window.commands["view.theme_dark"].trigger()
        assert _is_checked(studio, "view.theme_dark")


def test_the_text_size_changes_at_once_and_back(
    studio: Studio, dialog: PreferencesDialog, qapp: QApplication
) -> None:
    before = qapp.font().pointSizeF()
    choose(dialog.text_size, 130)
    assert qapp.font().pointSizeF() == pytest.approx(1.3 * before)
    studio.window.set_theme("Light")
    assert qapp.font().pointSizeF() == pytest.approx(1.3 * before)
    choose(dialog.text_size, 100)
    assert qapp.font().pointSizeF() == before


def test_scale_and_language_wait_for_the_next_start(
    open_studio: OpenStudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = open_studio()
    dialog = first.window.dialogs.preferences()
    choose(dialog.scale, 150)
    choose(dialog.language, "en")
    second = open_studio()
    assert second.window.preferences.scale == 150
    assert second.window.preferences.language == "en"


def test_a_scale_that_is_not_offered_is_shown_as_it_is(studio: Studio) -> None:
    studio.window.preferences.scale = 110
    dialog = studio.window.dialogs.preferences()
    assert dialog.scale.currentText() == "110 %"
    studio.window.preferences.scale = 125
    assert dialog.scale.currentText() == "125 %"


def test_the_pen_and_the_mask_are_those_of_the_tools(
    studio: Studio, dialog: PreferencesDialog
) -> None:
    tools = studio.session.tools
    dialog.pressure_opacity.click()
    dialog.outline.click()
    dialog.opacity.setValue(30)
    assert (tools.pressure_opacity, tools.has_mask_outline, tools.mask_opacity) == (
        *(True, False, 0.3),
    )
    tools.mask_colour, tools.mask_opacity, tools.pressure_size = "#FF0000", 0.6, False
    assert dialog.opacity.value() == 60
    assert not dialog.pressure_size.isChecked()


def test_the_end_of_the_queue_is_told_as_preferred(
    studio: Studio, dialog: PreferencesDialog
) -> None:
    dialog.sound.click()
    dialog.notification.click()
    assert (studio.session.notify.has_sound, studio.session.notify.has_notification) == (True, True)
    studio.session.notify.has_sound = False
    assert not dialog.sound.isChecked()


def test_the_curve_of_the_pen_is_that_of_the_tools(
    studio: Studio, dialog: PreferencesDialog
) -> None:
    dialog.curve.curve_changed.emit((0.1, 0.2, 0.3, 0.4))
    assert studio.session.tools.pressure_curve == (0.1, 0.2, 0.3, 0.4)
    studio.session.tools.pressure_curve = (0.5, 0.5, 0.6, 0.6)
    assert dialog.curve.curve == (0.5, 0.5, 0.6, 0.6)


def test_the_keys_are_one_click_away(studio: Studio, dialog: PreferencesDialog) -> None:
    dialog.keys.click()
    assert studio.window.dialogs.shortcuts().isVisible()


def test_a_closed_dialog_follows_nothing(studio: Studio, dialog: PreferencesDialog) -> None:
    dialog.close()
    QApplication.sendPostedEvents(None, 52)  # deferred deletes
    studio.session.tools.mask_opacity = 0.7
    studio.window.preferences.theme = "Light"


def test_everything_in_it_has_a_name_and_a_tip(dialog: PreferencesDialog) -> None:
    tab = Qt.FocusPolicy.TabFocus
    controls = [w for w in dialog.findChildren(QWidget) if w.isVisible() and w.focusPolicy() & tab]
    assert len(controls) > 8
    names = [w.text() if isinstance(w, QAbstractButton) else "" for w in controls]
    nameless = [w for w, n in zip(controls, names, strict=True) if not (n or w.accessibleName())]
    assert nameless == []
    assert [w for w in controls if not w.toolTip() and w is not dialog.leave] == []


def test_the_window_follows_the_system_while_it_should(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theme, "system_theme", lambda: theme.LIGHT)
    tell = QGuiApplication.styleHints().colorSchemeChanged
    tell.emit(Qt.ColorScheme.Light)
    assert theme.current() is theme.LIGHT
    studio.window.set_theme("Dark")
    tell.emit(Qt.ColorScheme.Light)
    assert theme.current() is theme.DARK
    studio.window.set_theme("System")
    assert theme.current() is theme.LIGHT


def test_a_look_is_given_once(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[str] = []
    apply = theme.apply
    monkeypatch.setattr(
        theme, "apply", lambda app, look, size: (given.append(look.name), apply(app, look, size))
    )
    theme.apply(qapp, theme.LIGHT, 100)
    for _ in range(3):
        appearance.give_look(qapp, appearance.Preferences(theme="Dark"))
    assert given == ["light", "dark"]


def test_an_unknown_theme_changes_nothing(studio: Studio) -> None:
    studio.window.set_theme("Dark")
    studio.window.set_theme("Pink")
    assert studio.window.preferences.theme == "Dark"


def test_a_theme_of_an_older_session_is_taken_over(open_studio: OpenStudio) -> None:
    first = open_studio()
    first.window._save_session()
    first.autosave.window["theme"] = "Light"
    del first.autosave.window["preferences"]
    first.window._save_session = lambda: None  # type: ignore[method-assign]  # as it was then
    second = open_studio()
    assert second.window.preferences.theme == "Light"


def test_choices_in_the_view_menu_say_when_they_count(studio: Studio) -> None:
    window = studio.window
    by_text = {choice.text: choice for choice in (*scales(window), *languages(window))}
    assert by_text["100 %"].is_checked
    assert by_text["System"].is_checked
    by_text["150 %"].call()
    assert window.preferences.scale == 150
    assert "next start" in " ".join(toast.text for toast in window.toasts.toasts)
    by_text["English"].call()
    assert window.preferences.language == "en"
    assert {c.text for c in scales(window) if c.is_checked} == {"150 %"}
