"""Places in a text as Python counts them and as Qt does: in UTF-16, where an emoji is two."""

from bisect import bisect_left

LAST_OF_ONE = "\uffff"  # the last character that is one in UTF-16


class TextPlaces:
    """The places of one text."""

    def __init__(self, text: str) -> None:
        wide = [] if text.isascii() else [i for i, each in enumerate(text) if each > LAST_OF_ONE]
        self._wide = wide
        self._wide_in_qt = [place + before for before, place in enumerate(wide)]

    def qt(self, place: int) -> int:
        """Return where Qt finds a character of Python's."""
        return place + bisect_left(self._wide, place)

    def python(self, position: int) -> int:
        """Return which character stands at a position of Qt's."""
        return position - bisect_left(self._wide_in_qt, position)
