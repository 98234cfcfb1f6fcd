"""Principal components as sliders: move along them, keep the first of them, see what each adds."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from t2i_studio.core.latent import Basis
from t2i_studio.core.words import tr
from t2i_studio.gallery.embeddings import save_basis
from t2i_studio.studio.background import Background
from t2i_studio.studio.explorer.explorer import Explorer
from t2i_studio.studio.explorer.strip import FilmStripRun
from t2i_studio.studio.notices import Level, Notice, notice_of

SLIDERS = 8  # components that can be moved along


class Components:
    """The explorer's basis, and the strip that rebuilds a picture from it (main thread)."""

    def __init__(self, explorer: Explorer, background: Background) -> None:
        self.strip = FilmStripRun(explorer.desk)
        self.counts: tuple[int | None, ...] = ()  # components of each frame; None: the whole
        self._explorer, self._background = explorer, background

    @property
    def basis(self) -> Basis | None:
        return self._explorer.state.basis

    def take(self, basis: Basis) -> None:
        """Give the explorer a basis with its sliders at rest; a strip of another one goes."""
        self.clear()
        before = self._explorer.state
        shifts = (0.0,) * min(SLIDERS, len(basis))
        self._explorer.set_basis(replace(before, basis=basis, shifts=shifts, kept=None))
        if before.edits != self._explorer.state.edits:
            self._explorer.settle()  # the picture was one of the basis before

    def shift(self, component: int, amount: float, *, is_moving: bool) -> None:
        """Move along a component, the first being 0, by an amount of standard deviations."""
        state = self._explorer.state
        shifts = [*state.shifts]
        shifts[component] = amount
        gesture = f"component {component}"
        self._explorer.set_components(shifts, state.kept, gesture, is_moving=is_moving)

    def keep(self, count: int | None, *, is_moving: bool) -> None:
        """Keep the first components only, or the whole embedding."""
        shifts = self._explorer.state.shifts
        self._explorer.set_components(shifts, count, "kept", is_moving=is_moving)

    def reconstruct(self) -> None:
        """Make a strip with 1, 2, 4, ... components and the whole (the paper's figure 7)."""
        state = self._explorer.state
        if state.basis is None or state.concept is None:
            text = tr(
                "Explore a picture and map some others: then it can be rebuilt from components."
            )
            self._explorer.noticed.emit(Notice(Level.info, text))
            return
        self.counts = (*doubled(len(state.basis)), None)
        rest = replace(state, shifts=(0.0,) * len(state.shifts))
        states = [replace(rest, kept=count) for count in self.counts]
        captions = [tr("whole") if count is None else f"{count}" for count in self.counts]
        self._explorer.make_strip(states, captions, self.strip)

    def clear(self) -> None:
        """Forget the strip."""
        self.counts = ()
        self.strip.clear()

    def save(self, path: Path) -> None:
        """Save the basis."""
        basis = self.basis
        if basis is not None:
            save_in_background(
                path, lambda: save_basis(path, basis), self._background, self._explorer
            )


def doubled(most: int) -> tuple[int, ...]:
    """Return 1, 2, 4, ... and `most` at last."""
    counts = [2**power for power in range(most.bit_length()) if 2**power < most]
    return (*counts, most)


def save_in_background(
    path: Path, write: Callable[[], None], background: Background, explorer: Explorer
) -> None:
    """Write a file, and say how it went."""
    saved = Notice(Level.ok, tr("Saved as {name}.", name=path.name))
    background.run(
        write,
        lambda _: explorer.noticed.emit(saved),
        lambda error: explorer.noticed.emit(notice_of(error)),
    )
