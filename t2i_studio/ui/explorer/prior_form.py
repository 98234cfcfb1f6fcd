"""How the prior draws: steps and guidance as for Generate, number and seed of its own."""

from PySide6.QtWidgets import QCheckBox, QFormLayout, QWidget

from t2i_studio.core.capabilities import Stage
from t2i_studio.core.words import later, tr
from t2i_studio.studio.explorer.prior_lab import CANDIDATES, PriorLab
from t2i_studio.studio.session import Session
from t2i_studio.ui.bind import Bindings, bind, on
from t2i_studio.ui.panels.advanced import WORDS, guidance_limits
from t2i_studio.ui.theme import GAP, MARGIN
from t2i_studio.ui.widgets.number_field import NumberField
from t2i_studio.ui.widgets.seed_field import SeedField

FIXED_ROWS = 2  # the first and the last one
USE_TIP = later(
    "Without it Generate gives the decoder the text embedding in place of an image embedding: "
    "simpler pictures.\nThe ablation of Ramesh et al. 2022, section 5.1."
)
COUNT_TIP = later("How many image embeddings are drawn and shown here.")
SEED_TIP = later("Of the candidates and the comparison here; a pin takes it over for Generate.")


class PriorForm(QWidget):
    """Rows are made anew for each model, which has defaults and ranges of its own."""

    def __init__(self, session: Session, lab: PriorLab, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._lab = session, lab
        self._bindings = Bindings()
        self.use = QCheckBox(tr("Use the prior"))
        self.use.setToolTip(tr(USE_TIP))
        self.seed = SeedField()
        self.seed.edit.setToolTip(f"{tr(SEED_TIP)}\n{self.seed.edit.toolTip()}")
        self.use.clicked.connect(self._use_or_not)
        self.seed.value_changed.connect(lab.set_seed)
        self.seed.reuse_requested.connect(self._reuse_seed)
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(MARGIN)
        self._form.setVerticalSpacing(GAP)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._form.addRow(self.use)
        self._form.addRow(tr("Seed"), self.seed)
        self.follow_model()

    def follow_model(self) -> None:
        """Offer what the model's prior has."""
        self.unbind()
        while self._form.rowCount() > FIXED_ROWS:
            self._form.removeRow(1)
        capabilities = self._session.capabilities
        stage = capabilities.stage("prior") if capabilities else None
        self.setVisible(stage is not None)
        if capabilities is None or stage is None:
            return
        self._add_count()
        self._add(stage, "prior_steps", stage.steps, stage.min_steps, stage.max_steps)
        if stage.guidance is not None:
            self._add(stage, "prior_guidance", stage.guidance, *guidance_limits())
        self.use.setVisible("none" in capabilities.priors)
        self._bindings.add(on(self._session.settings.events.prior_kind, self._show_use))
        self._show_use(self._session.settings.prior_kind)
        self.show_drawn_seed()

    def show_drawn_seed(self) -> None:
        """Show the lab's seed, and offer the one that was drawn."""
        if self.seed.value != self._lab.seed:  # or it would clear what is being typed
            self.seed.set_value(self._lab.seed)
        self.seed.set_last_seed(self._lab.drawn_seed)

    def unbind(self) -> None:
        self._bindings.clear()

    def _add_count(self) -> None:
        number = NumberField(min(CANDIDATES, self._lab.most), 1, self._lab.most)
        number.setToolTip(tr(COUNT_TIP))
        number.setAccessibleName(tr("Candidates"))
        number.set_value(self._lab.asked_count)
        number.value_changed.connect(self._lab.set_count)
        self._insert(tr("Candidates"), number)

    def _add(self, stage: Stage, field: str, default: float, low: float, high: float) -> None:
        number = NumberField(default, low, high)
        number.setToolTip(tr(WORDS[field].tip))
        number.setAccessibleName(f"{tr(stage.title)} {tr(WORDS[field].label)}")
        number.setObjectName(field)
        self._insert(tr(WORDS[field].label), number)
        change = number.value_changed
        self._bindings.add(bind(self._session.settings, field, number.set_value, change))

    def _insert(self, label: str, number: NumberField) -> None:
        """Put a row above the seed, which is the last one."""
        self._form.insertRow(self._form.rowCount() - 1, label, number)

    def _reuse_seed(self) -> None:
        if self._lab.drawn_seed is not None:
            self._lab.set_seed(self._lab.drawn_seed)

    def _show_use(self, kind: str) -> None:
        self.use.setChecked(kind not in ("none", "caption"))

    def _use_or_not(self, is_used: bool) -> None:
        self._session.settings.prior_kind = "diffusion" if is_used else "none"
