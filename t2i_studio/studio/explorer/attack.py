"""A word on a picture, to see whether CLIP believes it: a typographic attack."""

from psygnal import Signal

from t2i_studio.core.image import Image
from t2i_studio.core.inscription import inscribe
from t2i_studio.studio.background import Background
from t2i_studio.studio.notices import notice_of

# Below most of an object in the middle. Scenes takes 9 of 12 pictures for something else then, 6
# with paper that carries no word; "sign that says stop" gains 0.35 by the word STOP and 0.00 by
# such paper. Smaller words do less, larger ones hide the object.
CENTRE = (0.5, 0.85)
HEIGHT = 0.2
LOWEST, HIGHEST = 0.05, 0.4  # of a capital letter, shares of the picture's height


class Attack:
    """Writes the newest word on the newest picture, off the main thread (used on it)."""

    changed = Signal()

    def __init__(self, background: Background) -> None:
        self._background = background
        self._picture: Image | None = None
        self._is_writing = self._is_stale = False
        self.word = ""
        self.centre = CENTRE  # shares of width and height
        self.height = HEIGHT
        self.image: Image | None = None  # None without a picture or a word
        self.problem = ""  # why the word cannot be written

    def set_picture(self, picture: Image | None) -> None:
        if picture is not self._picture:
            self._picture = picture
            self._write()

    def set_word(self, word: str) -> None:
        if word != self.word:
            self.word = word
            self._write()

    def set_centre(self, x: float, y: float) -> None:
        """Put the middle of the word there: shares of width and height."""
        self.centre = x, y
        self._write()

    def set_height(self, height: float) -> None:
        """Make a capital letter as high as this share of the picture."""
        self.height = height
        self._write()

    def _write(self) -> None:
        """Write, or once more when what is being written is done."""
        picture, word = self._picture, self.word
        if self._is_writing:
            self._is_stale = True
        elif picture is None or not word.strip():
            self._show(None, "")
        else:
            self._is_writing = True
            centre, height = self.centre, self.height
            self._background.read(
                lambda: inscribe(picture, word, centre, height), self._written, self._failed
            )

    def _written(self, image: Image) -> None:
        self._end(image, "")

    def _failed(self, error: Exception) -> None:
        self._end(None, notice_of(error).text)

    def _end(self, image: Image | None, problem: str) -> None:
        self._is_writing = False
        if self._is_stale:
            self._is_stale = False
            self._write()
        else:
            self._show(image, problem)

    def _show(self, image: Image | None, problem: str) -> None:
        self.image, self.problem = image, problem
        self.changed.emit()
