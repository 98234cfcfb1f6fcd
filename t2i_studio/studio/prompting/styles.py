"""Styles: templates that the words of a prompt are put into."""

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import Annotated

from pydantic import AfterValidator

from t2i_studio.core.errors import UserError
from t2i_studio.core.frozen import Frozen
from t2i_studio.core.text import clean_text
from t2i_studio.core.words import tr
from t2i_studio.studio.prompting.grammar import PROMPT, STYLE, STYLE_NAME, is_comment

LAST = re.compile(rf"[ \n]{STYLE.pattern}\Z", re.IGNORECASE)  # in a text, after its words


def _name(name: str) -> str:
    name = " ".join(clean_text(name).split())
    if not re.fullmatch(STYLE_NAME, name):
        raise ValueError(
            tr("The name of a style has 1 to 100 characters, and none of them is < or >.")
        )
    return name


def _template(text: str) -> str:
    if STYLE.search(clean_text(text)):
        raise ValueError(tr("A style cannot use another style."))
    return text


class Style(Frozen):
    """A name and two templates: "{prompt}" is where the words go; without it they go in front."""

    name: Annotated[str, AfterValidator(_name)]
    prompt: Annotated[str, AfterValidator(_template)] = ""
    negative_prompt: Annotated[str, AfterValidator(_template)] = ""

    @property
    def key(self) -> str:
        """What tells styles apart: names differ in more than case."""
        return self.name.casefold()


def tag(name: str) -> str:
    """Return what stands for a style in a prompt."""
    return f"<style:{name}>"


def with_style(text: str, name: str) -> str:
    """Return a prompt that says which style was chosen for it; "" for none."""
    if not name:
        return text
    is_behind_comment = is_comment(text.rpartition("\n")[2])
    between = "\n" if is_behind_comment else " "
    return f"{text}{between}{tag(name)}"


def split_style(text: str) -> tuple[str, str]:
    """Part a prompt from the style at its end, as `with_style` puts it there."""
    found = LAST.search(text)
    return (text[: found.start()], found[1]) if found else (text, "")


def take_tags(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a prompt without its styles, and their names in order."""
    names = tuple(found[1] for found in STYLE.finditer(text))
    if names:
        text = re.sub(rf"[ \t]*{STYLE.pattern}", "", text, flags=re.IGNORECASE).strip(" ,\n")
    return text.replace(r"\<style:", "<style:"), names


def filled(template: str, text: str) -> str:
    """Put words into a template, or in front of one that does not say where they go."""
    if PROMPT not in template:
        return ", ".join(part for part in (text, template) if part.strip())
    whole = template.replace(PROMPT, text)
    return whole if text.strip() else whole.strip(" ,\n")


def find(styles: Iterable[Style], name: str) -> Style:
    """Return the style of that name; raises UserError with those that are close."""
    known = {style.key: style for style in styles}
    wanted = " ".join(name.split()).casefold()
    if wanted in known:
        return known[wanted]
    close = difflib.get_close_matches(wanted, known, n=3, cutoff=0.5)
    names = ", ".join(known[key].name for key in close)
    hint = tr("Did you mean {names}?", names=names) if names else tr("Choose another one.")
    raise UserError(tr("There is no style {name}.", name=name), hint)


def unlike(names: Iterable[str], name: str) -> str:
    """Return a name that is not taken: "Night (2)" where there is a "Night"."""
    taken = {each.casefold() for each in names}
    return next(each for each in _numbered(name) if each.casefold() not in taken)


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        suffix = f" ({number})"
        yield f"{name[: 100 - len(suffix)]}{suffix}"
        number += 1
