"""The Prior tab: candidates before the costly stages, one to pin, and what the prior adds."""

from PySide6.QtWidgets import QPushButton, QScrollArea, QWidget

from t2i_studio.core.words import later, tr
from t2i_studio.studio.background import Background
from t2i_studio.studio.explorer.prior_lab import DrawnCandidate, PriorLab
from t2i_studio.studio.pinned_draw import candidate_title
from t2i_studio.studio.session import Session
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.explorer.parts import fill, heading, progress, row, say, stacked, toggle, words
from t2i_studio.ui.explorer.pin_chip import PinChip
from t2i_studio.ui.explorer.prior_form import PriorForm
from t2i_studio.ui.theme import set_kind
from t2i_studio.ui.widgets.candidate_tiles import CandidateTiles, Tile
from t2i_studio.ui.widgets.elided_label import ElidedLabel
from t2i_studio.ui.widgets.picture_cards import Card, PictureCards

ABOUT_CANDIDATES = later(
    "The prior turns the prompt into an image embedding, with each draw into another one. See "
    "what they mean before the costly stages, and pin the one to make."
)
ABOUT_ABLATION = later(
    "One seed three times: the decoder sees the caption only, the text embedding in place of an "
    "image embedding, or what the prior makes of it."
)
DRAW_TIP = later(
    "Makes a small picture of each candidate in few steps. Generate would decode the one whose "
    "embedding has the highest cosine to the text's.\nRamesh et al. 2022, section 2.2."
)
COMPARE_TIP = later(
    "Makes full pictures with the settings of Generate.\n"
    "The ablation of Ramesh et al. 2022, section 5.1, figure 8."
)
STALE = later("Prompt or prior have changed since: draw again to pin one.")


class PriorTab(QScrollArea):
    """Two sections: the candidates, and the comparison with no prior."""

    def __init__(
        self, session: Session, _background: Background, parent: QWidget | None = None
    ) -> None:
        """Take what every tab takes."""
        super().__init__(parent)
        self.lab = PriorLab(session)
        self.candidates = CandidateSection(session, self.lab)
        self.ablation = AblationSection(self.lab)
        fill(self, self.candidates, self.ablation)

    def unbind(self) -> None:
        self.candidates.unbind()
        self.ablation.unbind()


class CandidateSection(QWidget):
    """Says what the prompt is, how the prior draws, and shows what it drew."""

    def __init__(self, session: Session, lab: PriorLab) -> None:
        super().__init__()
        self._session, self._lab = session, lab
        self.prompt = ElidedLabel()
        self.form = PriorForm(session, lab)
        self.draw = QPushButton(tr("Draw candidates"))
        self.draw.setToolTip(tr(DRAW_TIP))
        set_kind(self.draw, "primary")
        self.note, self.stale = words(), words(tr(STALE), "warn")
        self.tiles = CandidateTiles()
        self.pin = PinChip(session.settings)
        self._lay_out()
        self.draw.clicked.connect(lambda: toggle(lab.candidates, lab.draw))
        self.tiles.pinned.connect(self._pin)
        self._bindings = Bindings(
            [on(lab.changed, self._show), on(session.model_described, self._follow_model)]
        )
        self._show()

    def unbind(self) -> None:
        self._bindings.clear()
        self.form.unbind()
        self.pin.unbind()

    def _lay_out(self) -> None:
        stacked(
            self,
            heading(tr("Candidates")),
            words(tr(ABOUT_CANDIDATES)),
            self.prompt,
            self.form,
            row(self.draw),
            self.note,
            self.stale,
            self.tiles,
            row(self.pin),
        )

    def _follow_model(self) -> None:
        self.form.follow_model()
        self._show()

    def _pin(self, place: int) -> None:
        if place < 0:
            self._lab.unpin()
        else:
            self._lab.pin(place)

    def _show(self) -> None:
        lab, run = self._lab, self._lab.candidates
        prompt = self._session.settings.prompt.strip()
        self.prompt.setText(tr("“{prompt}”", prompt=prompt) if prompt else "")
        self.prompt.setToolTip(prompt)
        self.prompt.setVisible(bool(prompt))
        self.draw.setText(tr("Stop") if run.is_busy else tr("Draw candidates"))
        self.draw.setEnabled(run.is_busy or not lab.problem)
        self.form.show_drawn_seed()
        self.tiles.show_candidates(tuple(_tile(candidate) for candidate in lab.shown))
        self.tiles.setVisible(bool(lab.shown))
        self.tiles.set_pinned(-1 if lab.pinned is None else lab.pinned)
        self.stale.setVisible(bool(lab.shown) and not lab.is_current)
        say(self.note, lab.problem or run.message or progress(run) or self._scores())

    def _scores(self) -> str:
        """Say how much the candidates differ."""
        scores = [each.score for each in self._lab.shown if each.score is not None]
        if not scores or self._lab.spread is None:
            return ""
        return tr(
            "Cosine to the text: {least} to {most}, spread {spread}. "
            "Space or a click on the pin pins one.",
            least=f"{min(scores):.3f}",
            most=f"{max(scores):.3f}",
            spread=f"{self._lab.spread:.3f}",
        )


class AblationSection(QWidget):
    """Pictures with each kind of conditioning; each can be kept or explored."""

    def __init__(self, lab: PriorLab) -> None:
        super().__init__()
        self._lab = lab
        self.compare = QPushButton(tr("Compare"))
        self.compare.setToolTip(tr(COMPARE_TIP))
        self.note = words()
        self.cards = PictureCards()
        about = words(tr(ABOUT_ABLATION))
        title = heading(tr("What the prior adds"))
        stacked(self, title, about, row(self.compare), self.note, self.cards)
        self.compare.clicked.connect(lambda: toggle(lab.ablation, lab.compare))
        self.cards.kept.connect(lab.keep)
        self.cards.explored.connect(lab.explore)
        self._bindings = Bindings([on(lab.changed, self._show)])
        self._show()

    def unbind(self) -> None:
        self._bindings.clear()

    def _show(self) -> None:
        lab, run = self._lab, self._lab.ablation
        self.compare.setText(tr("Stop") if run.is_busy else tr("Compare"))
        self.compare.setEnabled(run.is_busy or not lab.problem)
        self.cards.show_cards([Card(frame.image, frame.caption) for frame in run.frames])
        say(self.note, run.message or progress(run))


def _tile(candidate: DrawnCandidate) -> Tile:
    title = candidate_title(candidate.draw)
    score = candidate.score
    tip = (
        ""
        if score is None
        else tr("{title}: cosine to the text embedding {score}", title=title, score=f"{score:.4f}")
    )
    return Tile(candidate.image, title, score, tip)
