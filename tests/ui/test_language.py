"""The window speaks the language that was chosen, or the system's, or English."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtWidgets import QApplication

from t2i_studio.core.words import later, speak, tr
from t2i_studio.ui import language

TS = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE TS>
<TS version="2.1" language="{code}"><context><name></name>
<message><source>&amp;Undo</source><translation>{undo}</translation></message>
<message><source>{{count}} layers</source><translation>{{count}} X</translation></message>
<message><source>Redo</source><translation type="unfinished"></translation></message>
</context></TS>"""


@pytest.fixture(autouse=True)
def english_afterwards(qapp: QApplication) -> Iterator[None]:
    yield
    language.install(qapp, language.ENGLISH)
    speak(None)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with two languages, which the program takes for its own."""
    for code, undo in (("de", "&amp;Rückgängig"), ("zh_CN", "撤销(&amp;U)")):
        text = tmp_path / f"t2i_studio_{code}.ts"
        text.write_text(TS.format(code=code, undo=undo), "utf-8")
        release = Path(sys.executable).with_name("pyside6-lrelease")
        subprocess.run([release, "-silent", text], check=True)
    monkeypatch.setattr(language, "resource", lambda name: tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_a_chosen_language_is_spoken(qapp: QApplication) -> None:
    assert language.install(qapp, "de") == "de"
    assert tr(later("&Undo")) == "&Rückgängig"
    assert tr("{count} layers", count=3) == "3 X"
    assert language.install(qapp, "zh_CN") == "zh_CN"
    assert tr("&Undo") == "撤销(&U)"


@pytest.mark.usefixtures("folder")
def test_what_is_not_translated_stays_english(qapp: QApplication) -> None:
    language.install(qapp, "de")
    assert tr("Redo") == "Redo"
    assert tr("never heard of") == "never heard of"


@pytest.mark.usefixtures("folder")
def test_qts_own_dialogs_speak_it_too(qapp: QApplication) -> None:
    language.install(qapp, "de")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"


@pytest.mark.usefixtures("folder")
def test_another_language_leaves_nothing_of_the_one_before(qapp: QApplication) -> None:
    language.install(qapp, "de")
    language.install(qapp, language.ENGLISH)
    QApplication.sendPostedEvents(None, 52)  # deferred deletes
    assert tr("&Undo") == "&Undo"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"
    assert qapp.findChildren(QTranslator) == []


@pytest.mark.usefixtures("folder")
def test_a_language_that_is_gone_is_the_systems(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language, "system_language", lambda: "zh_CN")
    assert language.install(qapp, "tlh") == "zh_CN"
    assert language.install(qapp) == "zh_CN"


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (["de-DE", "de", "en"], "de"),
        (["de-Latn-AT"], "de"),
        (["fr-FR", "de"], "de"),
        (["fr-FR", "en-GB", "de"], "en"),
        (["zh-CN"], "zh_CN"),
        (["zh-TW"], "en"),
        (["C"], "en"),
        (["deu"], "en"),
        ([], "en"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_the_system_names_languages_in_the_order_that_people_read_them(
    wanted: list[str], expected: str
) -> None:
    assert language.system_language(wanted) == expected


@pytest.mark.usefixtures("folder")
def test_a_damaged_translation_is_english(qapp: QApplication, folder: Path) -> None:
    (folder / "t2i_studio_de.qm").write_bytes(b"no translation")
    language.install(qapp, "de")
    assert tr("&Undo") == "&Undo"


@pytest.mark.usefixtures("folder")
def test_languages_are_offered_by_their_own_names() -> None:
    assert [language.title(code) for code in ("", *language.available())] == [
        *("System", "English", "Deutsch", "简体中文")
    ]
