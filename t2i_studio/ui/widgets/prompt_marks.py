"""How the signs of the prompt language look where it is written."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtGui import QColor, QFont, QTextBlock, QTextCharFormat, QTextDocument, QTextLayout

from t2i_studio.studio.prompting.highlight import Kind, Mark
from t2i_studio.ui.theme import current
from t2i_studio.ui.widgets.text_places import TextPlaces

Marker = Callable[[str], list[Mark]]
Span = tuple[int, int, Kind]  # start and end as Qt counts

# Not by the colour alone: comments are slanted, names underlined, signs heavier.
COLOURS: Final = {
    Kind.comment: "muted",
    Kind.weight: "accent",
    Kind.choice: "warn",
    Kind.wildcard: "ok",
    Kind.style: "accent",
    Kind.unknown: "danger",
}
NAMES: Final = (Kind.wildcard, Kind.style)


def show_marks(document: QTextDocument, text: str, marks: Sequence[Mark]) -> None:
    """Let a document show the marks of its text, without changing it.

    As formats of its layout: of extra selections, Qt 6.11 does not draw one between two others
    that touch it.
    """
    places = TextPlaces(text)
    spans = [(places.qt(mark.start), places.qt(mark.end), mark.kind) for mark in marks]
    block = document.begin()
    while block.isValid():
        ranges = _ranges(block, spans)
        if ranges or block.layout().formats():
            block.layout().setFormats(ranges)
            document.markContentsDirty(block.position(), block.length())
        block = block.next()


def _ranges(block: QTextBlock, spans: Sequence[Span]) -> list[QTextLayout.FormatRange]:
    first, last = block.position(), block.position() + block.length() - 1
    ranges = []
    for start, end, kind in spans:
        if start < last and first < end:
            inside = QTextLayout.FormatRange()
            inside.start = max(start, first) - first
            inside.length = min(end, last) - max(start, first)
            inside.format = _format(kind)
            ranges.append(inside)
    return ranges


def _format(kind: Kind) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setForeground(QColor(getattr(current(), COLOURS[kind])))
    if kind is Kind.comment:
        look.setFontItalic(True)
    elif kind in NAMES:
        look.setFontUnderline(True)
    elif kind is Kind.unknown:
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SpellCheckUnderline)
        look.setUnderlineColor(QColor(current().danger))
    else:
        look.setFontWeight(QFont.Weight.DemiBold)
    return look
