"""The language of the window: ours and Qt's own texts, in the one that people chose or read."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from t2i_studio.core.paths import resource
from t2i_studio.core.words import speak, tr

ENGLISH: Final = "en"
NAME: Final = "t2i_studio"
FOLDER: Final = "translations"


def install(app: QCoreApplication, chosen: str = "") -> str:
    """Speak a language, or the system's for "", from now on; return which one it is.

    English is spoken where there is no translation, of all texts or of some.
    """
    code = chosen if chosen in available() else system_language()
    for translator in app.findChildren(QTranslator):
        app.removeTranslator(translator)
        translator.deleteLater()
    speak(None)
    if code != ENGLISH:
        _load(app, f"qtbase_{code}", Path(QLibraryInfo.path(_TRANSLATIONS)))
        _load(app, f"{NAME}_{code}", resource(FOLDER))
        speak(_translated)
    return code


def available() -> tuple[str, ...]:
    """Return the codes of all languages, English first."""
    files = sorted(resource(FOLDER).glob(f"{NAME}_*.qm"))
    return (ENGLISH, *(file.stem.removeprefix(f"{NAME}_") for file in files))


def system_language(wanted: list[str] | None = None) -> str:
    """Return the first of the languages that people read, in their order, that there is."""
    for tag in QLocale.system().uiLanguages() if wanted is None else wanted:
        code = tag.replace("-", "_")
        for known in available():
            if code == known or code.startswith(f"{known}_"):
                return known
    return ENGLISH


def title(code: str) -> str:
    """Return what a language calls itself; for "" that it is the system's."""
    if not code:
        return tr("System")
    if code == ENGLISH:
        return "English"
    name = QLocale(code).nativeLanguageName()
    return name[:1].upper() + name[1:]


_TRANSLATIONS: Final = QLibraryInfo.LibraryPath.TranslationsPath


def _load(app: QCoreApplication, name: str, folder: Path) -> None:
    translator = QTranslator(app)
    if translator.load(name, str(folder)):
        app.installTranslator(translator)
    else:
        translator.deleteLater()


def _translated(text: str) -> str:
    return QCoreApplication.translate("", text)
