"""The typographic attack: a word to write on the picture, and what the decoder makes of it."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from t2i_studio.core.words import later, tr
from t2i_studio.studio.explorer.attack import HEIGHT, HIGHEST, LOWEST
from t2i_studio.studio.explorer.label_lab import LabelLab
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.explorer.parts import heading, progress, row, say, stacked, toggle, words
from t2i_studio.ui.theme import GAP, set_kind
from t2i_studio.ui.widgets.picture_cards import Card, PictureCards
from t2i_studio.ui.widgets.placed_word import PlacedWord
from t2i_studio.ui.widgets.share_slider import ShareSlider

ABOUT = later(
    "Write a word on the picture and watch the bars. A CLIP trained on the web reads: it takes an "
    "apple labelled “iPod” for an iPod. A small one is thrown off by any label, and knows words "
    "from signs at most."
)
ABOUT_SEEN = later(
    "Made of the embedding of the picture with the word, from new noise: this is what the "
    "embedding holds, whatever the bars say. The paper's model paints the apple, without the "
    "word; a small one may lose it."
)
WORD_TIP = later(
    "Appears on the picture like a paper label, to mislead CLIP.\n"
    "Typographic attack, Goh et al. 2021; Ramesh et al. 2022, figure 6."
)
SIZE_TIP = later("How high a capital letter is, as a share of the picture.")
SEEN_TIP = later(
    "Decodes the embedding that has been misled.\nRamesh et al. 2022, section 3.1, figure 6."
)


class AttackSection(QWidget):
    """All but the word is hidden until there is one."""

    def __init__(self, lab: LabelLab) -> None:
        super().__init__()
        self._lab = lab
        self.word = QLineEdit()
        self.problem = words(kind="danger")
        self.missing, self.add = words(), QPushButton(tr("Add it"))
        self.place = PlacedWord()
        self.letters_label = QLabel(tr("Size"))
        self.letters = ShareSlider(HEIGHT, LOWEST, HIGHEST, zone=None)
        self.to_canvas, self.explore = QPushButton(tr("To the canvas")), QPushButton(tr("Explore"))
        self.decode = QPushButton(tr("Decode what CLIP sees"))
        self.note, self.about_seen = words(), words(tr(ABOUT_SEEN))
        self.cards = PictureCards()
        self._set_up()
        self._lay_out()
        self._connect()
        self._bindings = Bindings([on(lab.changed, self._show)])
        self._show()

    def unbind(self) -> None:
        self._bindings.clear()

    def _set_up(self) -> None:
        self.word.setPlaceholderText(tr("STOP"))
        self.word.setAccessibleName(tr("Word on the picture"))
        self.word.setToolTip(tr(WORD_TIP))
        self.word.setMaxLength(100)
        self.letters.setAccessibleName(tr("Size of the word"))
        self.letters.setToolTip(tr(SIZE_TIP))
        self.add.setToolTip(tr("Make the word a label, which can win then."))
        self.to_canvas.setToolTip(tr("Put the picture with the word on the canvas: one undo step."))
        self.explore.setToolTip(tr("Start an exploration from the picture with the word."))
        self.decode.setToolTip(tr(SEEN_TIP))
        set_kind(self.decode, "primary")

    def _lay_out(self) -> None:
        missing, size = QHBoxLayout(), QHBoxLayout()
        missing.addWidget(self.missing, 1)
        missing.addWidget(self.add)
        size.setSpacing(GAP)
        size.addWidget(self.letters_label)
        size.addWidget(self.letters, 1)
        stacked(
            self,
            heading(tr("A word on the picture")),
            words(tr(ABOUT)),
            self.word,
            self.problem,
            missing,
            self.place,
            size,
            row(self.to_canvas, self.explore),
            row(self.decode),
            self.note,
            self.cards,
            self.about_seen,
        )

    def _connect(self) -> None:
        lab = self._lab
        self.word.textEdited.connect(lab.attack.set_word)
        self.add.clicked.connect(lab.add_word)
        self.place.moved.connect(lab.attack.set_centre)
        self.letters.value_changed.connect(lab.attack.set_height)
        self.to_canvas.clicked.connect(lab.show_attacked)
        self.explore.clicked.connect(lab.explore_attacked)
        self.decode.clicked.connect(lambda: toggle(lab.seen, lab.decode_attacked))
        self.cards.kept.connect(lab.keep)
        self.cards.explored.connect(lab.explore)

    def _show(self) -> None:
        lab, attack = self._lab, self._lab.attack
        if self.word.text() != attack.word:
            self.word.setText(attack.word)
        say(self.problem, attack.problem)
        self.missing.setVisible(lab.lacks_word)
        self.missing.setText(tr("No label has the word “{strip}”.", strip=attack.word.strip()))
        self.add.setVisible(lab.lacks_word)
        is_written = attack.image is not None
        for part in (self.place, self.letters_label, self.letters, self.to_canvas, self.explore):
            part.setVisible(is_written)
        self.place.show_picture(attack.image, attack.centre)
        self.letters.set_value(attack.height)
        self._show_seen(is_written=is_written)

    def _show_seen(self, *, is_written: bool) -> None:
        lab, run = self._lab, self._lab.seen
        self.decode.setText(tr("Stop") if run.is_busy else tr("Decode what CLIP sees"))
        self.decode.setVisible(is_written or run.is_busy)
        say(self.note, run.message or progress(run))
        frames = enumerate(run.frames)
        self.cards.show_cards(
            [Card(frame.image, frame.caption, lab.seen_as(place)) for place, frame in frames]
        )
        self.about_seen.setVisible(bool(run.frames))
