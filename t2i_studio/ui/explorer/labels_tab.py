"""The Labels tab: what CLIP takes a picture for, and what a word written on it does to that."""

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from t2i_studio.studio.background import Background
from t2i_studio.studio.explorer.label_lab import LabelLab
from t2i_studio.studio.session import Session
from t2i_studio.ui.explorer.attack_section import AttackSection
from t2i_studio.ui.explorer.bars_section import BarsSection
from t2i_studio.ui.explorer.parts import fill


class LabelsTab(QScrollArea):
    """Two sections: labels with their bars, and the word. Asks only while it is visible."""

    def __init__(
        self, session: Session, background: Background, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.lab = LabelLab(session, background)
        self.bars = BarsSection(self.lab)
        self.attack = AttackSection(self.lab)
        fill(self, self.bars, self.attack)

    def unbind(self) -> None:
        self.bars.unbind()
        self.attack.unbind()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.lab.set_live(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.lab.set_live(False)
