"""Text that every part of the program can carry."""

from typing import Annotated

from pydantic import AfterValidator

from t2i_studio.core.words import tr

MAX_PROMPT = 20_000  # characters


def clean_text(text: str) -> str:
    """Return the text if every part of the program can carry it; raises ValueError otherwise."""
    if "\0" in text:
        raise ValueError(tr("The prompt contains a NUL character; remove it."))
    if len(text) > MAX_PROMPT:
        raise ValueError(
            tr(
                "The prompt has {count} characters; {most} are possible.",
                count=f"{len(text):,}",
                most=f"{MAX_PROMPT:,}",
            )
        )
    if not is_unicode(text):
        raise ValueError(tr("The prompt contains half a character (a lone surrogate)."))
    return text


def is_unicode(text: str) -> bool:
    """Tell whether JSON and files can hold the text: it has no lone surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


Text = Annotated[str, AfterValidator(clean_text)]
"""A field that holds such a text."""
