"""Words for people, in their language.

English texts stand in the code, as `tr("...")`; a translation is looked up by the text itself.
Who has translations (the window) installs them once, before anything is shown; the command line
and the tests speak English. `pyside6-lupdate` finds the marked texts.
"""

from collections.abc import Callable

Translate = Callable[[str], str]


def _unchanged(text: str) -> str:
    return text


class _Language:
    translate: Translate = staticmethod(_unchanged)


def speak(translate: Translate | None) -> None:
    """Look texts up with `translate` from now on; None for English (main thread)."""
    _Language.translate = staticmethod(translate or _unchanged)


def tr(text: str, /, **values: object) -> str:
    """Return the text in the language that is spoken, with "{name}" replaced (any thread).

    A translation whose placeholders do not fit is not used: the English text is.
    """
    found = _Language.translate(text)
    if not values:
        return found
    try:
        return found.format(**values)
    except (LookupError, ValueError):
        return text.format(**values)


def later(text: str) -> str:
    """Mark a text that `tr` translates later: in tables that are made when a module loads."""
    return text
