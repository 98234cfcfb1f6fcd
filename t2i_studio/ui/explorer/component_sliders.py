"""Sliders along components, how many of them are kept, and the strip that shows what each adds."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from t2i_studio.core.latent import Basis
from t2i_studio.core.words import later, tr
from t2i_studio.studio.explorer.components import SLIDERS, Components
from t2i_studio.studio.explorer.explorer import Explorer
from t2i_studio.studio.explorer.picture_map import component_title, variance_shares
from t2i_studio.ui.bind import Bindings, on
from t2i_studio.ui.theme import GAP, set_kind
from t2i_studio.ui.widgets.elided_label import ElidedLabel
from t2i_studio.ui.widgets.film_strip import FilmStrip
from t2i_studio.ui.widgets.share_slider import REST_MS, ShareSlider
from t2i_studio.ui.widgets.variance_plot import VariancePlot

RANGE = 3.0  # standard deviations, either way
FRAME = 64  # px, the edge of a frame of the strip
TIP = later(
    "Moves the picture along this difference between the mapped ones, in their standard "
    "deviations; a double click goes back to 0.\n"
    "Principal component of CLIP image embeddings, Ramesh et al. 2022, section 4."
)
STRIP_TIP = later(
    "The picture as it is rebuilt from its first 1, 2, 4, ... components; click one to go on "
    "from it.\nPCA reconstructions, Ramesh et al. 2022, figure 7."
)


class ComponentSliders(QWidget):
    """Shows the basis of the explorer's state; `export` stands beside the strip's button."""

    def __init__(
        self,
        components: Components,
        explorer: Explorer,
        export: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._components, self._explorer, self._export = components, explorer, export
        self._basis: Basis | None = None
        self.names = [ElidedLabel() for _ in range(SLIDERS)]
        self.sliders = [ShareSlider(0, -RANGE, RANGE, zone=None) for _ in range(SLIDERS)]
        self.keeps = QCheckBox()
        self.plot = VariancePlot()
        self.rebuild = QPushButton(tr("Rebuild step by step"))
        self.strip = FilmStrip(FRAME)
        self.caption = QLabel(wordWrap=True)
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._set_up()
        self._lay_out()
        self._bindings = Bindings(
            [on(explorer.changed, self._show), on(components.strip.changed, self._show_strip)]
        )
        self._show()
        self._show_strip()

    def unbind(self) -> None:
        self._bindings.clear()
        self._rest.stop()

    # making it -------------------------------------------------------------------------------

    def _set_up(self) -> None:
        for component, slider in enumerate(self.sliders):
            slider.setToolTip(tr(TIP))
            slider.value_changed.connect(partial(self._shift, component, is_moving=True))
            slider.settled.connect(partial(self._shift, component, is_moving=False))
        self.keeps.setToolTip(
            tr(
                "Forgets everything about the picture but these components: few keep its coarse "
                "meaning only.\nPCA reconstruction, Ramesh et al. 2022, figure 7."
            )
        )
        self.keeps.clicked.connect(self._keep_or_not)
        self.plot.k_changed.connect(self._keep)
        self._rest.timeout.connect(self._explorer.settle)
        self.rebuild.setToolTip(tr(STRIP_TIP))
        self.rebuild.clicked.connect(self._make_or_cancel)
        self.strip.setToolTip(tr(STRIP_TIP))
        self.strip.scrubbed.connect(self._say_frame)
        self.strip.activated.connect(self._keep_frame)
        set_kind(self.caption, "muted")

    def _lay_out(self) -> None:
        rows = QGridLayout()
        rows.setHorizontalSpacing(GAP)
        rows.setVerticalSpacing(4)
        rows.setColumnStretch(0, 2)
        rows.setColumnStretch(1, 3)
        for row, (name, slider) in enumerate(zip(self.names, self.sliders, strict=True)):
            rows.addWidget(name, row, 0)
            rows.addWidget(slider, row, 1)
        button = QHBoxLayout()
        button.addWidget(self.rebuild)
        button.addStretch(1)
        button.addWidget(self._export)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(rows)
        column.addWidget(self.keeps)
        column.addWidget(self.plot)
        column.addLayout(button)
        column.addWidget(self.strip)
        column.addWidget(self.caption)

    # what the user does ----------------------------------------------------------------------

    def _shift(self, component: int, amount: float, *, is_moving: bool) -> None:
        self._components.shift(component, amount, is_moving=is_moving)

    def _keep(self, count: int) -> None:
        self._components.keep(count, is_moving=True)
        self._rest.start()

    def _keep_or_not(self, is_kept: bool) -> None:
        self._components.keep(self.plot.k if is_kept else None, is_moving=False)

    def _keep_frame(self, frame: int) -> None:
        self._components.keep(self._components.counts[frame], is_moving=False)

    def _make_or_cancel(self) -> None:
        if self._components.strip.is_busy:
            self._components.strip.cancel()
        else:
            self._components.reconstruct()

    # showing it ------------------------------------------------------------------------------

    def _show(self) -> None:
        """Show the state's basis and where its sliders stand."""
        state = self._explorer.state
        self.setVisible(state.basis is not None)
        if state.basis is None:
            return
        if state.basis is not self._basis:
            self._show_basis(state.basis)
        for slider, amount in zip(self.sliders, state.shifts, strict=False):
            slider.set_value(amount)
        self._show_kept(state.kept, len(state.basis))
        self.rebuild.setEnabled(state.concept is not None)

    def _show_kept(self, kept: int | None, count: int) -> None:
        self.keeps.setText(
            tr(
                "Keep only the first {value} of {count} components",
                value=kept or count,
                count=count,
            )
        )
        self.keeps.setChecked(kept is not None)
        self.plot.set_k(kept or count)
        if kept in self._components.counts and self.strip.frames:
            self.strip.set_current(self._components.counts.index(kept))
            self._say_frame()

    def _show_basis(self, basis: Basis) -> None:
        self._basis = basis
        shares = variance_shares(basis)
        self.plot.show_shares(shares)
        for component, (name, slider) in enumerate(zip(self.names, self.sliders, strict=True)):
            is_there = component < len(basis)
            name.setVisible(is_there)
            slider.setVisible(is_there)
            if is_there:
                title = component_title(basis, component)
                name.setText(title)
                name.setToolTip(
                    tr(
                        "{title}: {value} % of the variance",
                        title=title,
                        value=f"{100 * shares[component]:.1f}",
                    )
                )
                slider.setAccessibleName(title)

    def _show_strip(self) -> None:
        run = self._components.strip
        captions = tuple(frame.caption for frame in run.frames)
        self.strip.show_frames(run.images, captions, expected=len(run.frames))
        self.strip.setVisible(bool(run.frames))
        self.rebuild.setText(tr("Cancel") if run.is_busy else tr("Rebuild step by step"))
        self._say_frame()

    def _say_frame(self) -> None:
        """Say what the current frame of the strip is made of."""
        run = self._components.strip
        self.caption.setText(run.message or self._frame_text())
        self.caption.setVisible(bool(self.caption.text()))

    def _frame_text(self) -> str:
        counts, current = self._components.counts, self.strip.current
        if self._basis is None or not self.strip.frames:
            return ""
        count = counts[current]
        if count is None:
            return tr("The whole embedding")
        value = f"{100 * sum(variance_shares(self._basis)[:count]):.0f}"
        if count == 1:
            return tr("1 component: {value} % of the variance", value=value)
        return tr("{count} components: {value} % of the variance", count=count, value=value)
