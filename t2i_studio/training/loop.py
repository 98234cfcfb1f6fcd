"""The one loop that trains every part: resumable, on a CPU, a GPU or several ranks."""

import math
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol, TypeVar

import torch
from accelerate import Accelerator  # type: ignore[import-untyped]  # has no py.typed
from PIL import Image
from torch import Tensor, nn

from t2i_studio.core.cancel import CancelledError, CancelToken
from t2i_studio.core.errors import MachineError
from t2i_studio.training import checkpoint, folders
from t2i_studio.training.checkpoint import Checkpoint, Progress
from t2i_studio.training.ema import Ema
from t2i_studio.training.feed import Batch, feed
from t2i_studio.training.hardware import seed
from t2i_studio.training.journal import (
    CheckpointSaved,
    Entry,
    Finished,
    Journal,
    Resumed,
    Skipped,
)
from t2i_studio.training.optimizer import (
    average,
    gradient,
    make_optimizer,
    meet,
    set_modes,
    share,
    tabulate,
)
from t2i_studio.training.plan import Plan as Plan

R = TypeVar("R")

AGREE_EVERY = 8  # steps; a look at the loss makes a GPU wait for the CPU
SHOW_EVERY_S, WRITE_EVERY_S = 0.5, 30.0


class Recipe(Protocol):
    """What is trained, on what, and how well it does."""

    @property
    def name(self) -> str:
        """Its folder in the run, like "decoder"."""

    @property
    def plan(self) -> Plan:
        """How long and with what it is trained."""

    @property
    def objective(self) -> nn.Module:
        """Called with a batch, it returns the loss; what has requires_grad is trained."""

    def batch(self, index: int, rank: int) -> Batch:
        """Make plan.batch samples, on the CPU.

        They depend on (index, rank) alone, so that a resumed run sees what it would have seen.
        The objective may draw noise itself: torch is seeded by part, step and rank before it.
        """

    def measure(self) -> Mapping[str, float]:
        """Held-out figures; called on rank 0 with the EMA weights in place, in eval mode."""

    def picture(self) -> Image.Image | None:
        """Draw a grid of samples, called like `measure`."""

    def save(self, folder: Path) -> None:
        """Write the trained network as plain folders into an empty one, called like `measure`."""


@dataclass(frozen=True)
class Run:
    """Where and how parts are trained; the same on all ranks."""

    folder: Path
    accelerator: Accelerator
    journal: Journal
    checkpoint_minutes: float = 3.0
    measure_minutes: float = 5.0
    loaders: int = 0  # processes that make batches ahead (hardware.count_loaders)
    cancel: CancelToken = field(default_factory=CancelToken)

    def part(self, name: str) -> Path:
        return self.folder / name

    def network(self, name: str) -> Path:
        """Where a trained part's network lies."""
        return self.part(name) / "network"


def train(recipe: Recipe, run: Run) -> None:
    """Train a part to the end of its plan, from its last checkpoint on, and save its network.

    All ranks call it. Raises CancelledError (after a checkpoint), UserError, MachineError.
    """
    if checkpoint.is_done(run.part(recipe.name), recipe.plan):
        run.journal.tell(Skipped(recipe.name))
        return
    training = _Training(recipe, run)
    training.resume()
    while training.completed < 1:
        training.advance()
    training.finish()


class _Training:
    """One part while it is trained."""

    def __init__(self, recipe: Recipe, run: Run) -> None:
        self.recipe, self.run, self.plan = recipe, run, recipe.plan
        self.accelerator = run.accelerator
        self.part = run.part(recipe.name)
        self.objective = recipe.objective.to(self.accelerator.device)
        set_modes(self.objective)
        self.trained = {n: p for n, p in self.objective.named_parameters() if p.requires_grad}
        share(self.accelerator, list(self.trained.values()))
        self.optimizer = make_optimizer(self.objective, self.plan)
        self.ema = Ema(self.trained, self.plan.ema)
        self.progress = Progress()
        self.batches = self._feed()
        self.lr = 0.0
        self.rate = 0.0  # samples per second over all ranks
        self.losses: list[Tensor] = []  # (2,) each: loss and gradient norm since the agreement
        self.begun = time.monotonic()
        self.agreed = self.begun
        self.due = {  # on rank 0
            "checkpoint": self.begun + 60 * run.checkpoint_minutes,
            "measure": self.begun + 60 * run.measure_minutes,
            "show": self.begun,
            "write": self.begun,
        }

    @property
    def completed(self) -> float:
        """Progress in [0, 1], the same on all ranks."""
        return self.plan.progress(self.progress.samples, self.progress.seconds / 60)

    @property
    def weights(self) -> dict[str, Tensor]:
        """Trained parameters and all persistent buffers."""
        frozen = {n for n, p in self.objective.named_parameters() if not p.requires_grad}
        return {n: t for n, t in self.objective.state_dict().items() if n not in frozen}

    def resume(self) -> None:
        """Go on from the last checkpoint, if there is one."""
        found = checkpoint.load(self.part, self.plan, self.weights)
        if found:
            self.objective.load_state_dict(found.weights, strict=False)
            self.optimizer.load_state_dict(dict(found.optimizer))
            self.ema.restore(found.ema, found.progress.ema_updates)
            self.progress = found.progress
            self.run.journal.tell(Resumed(self.recipe.name, found.progress.step))
        self.batches = self._feed()
        self.begun = self.agreed = time.monotonic()
        meet(self.accelerator)  # rank 0 must not replace what others still read

    def advance(self) -> None:
        """Take steps until all ranks have agreed again, then do what is due."""
        stride = self.plan.sync_every * math.ceil(AGREE_EVERY / self.plan.sync_every)
        is_last = False
        while not is_last:
            self._step()
            step = self.progress.step
            is_last = step % stride == 0 or self.progress.samples >= self.plan.samples
            if self.plan.sync_every > 1 and (is_last or step % self.plan.sync_every == 0):
                average(self.accelerator, list(self.trained.values()))
            if step % self.plan.ema_every == 0:
                self.ema.update()
        is_cancelled = self._agree()
        if self.accelerator.is_main_process:
            self._do_due(is_cancelled)
        if is_cancelled:
            raise CancelledError
        self.agreed = time.monotonic()

    def finish(self) -> None:
        """Save the trained network, and that it is trained."""
        if self.accelerator.is_main_process:
            network = self.run.network(self.recipe.name)
            self._save_checkpoint()
            measured = self._measure()
            folders.replace(network, lambda new: self._with_ema(lambda: self.recipe.save(new)))
            checkpoint.mark_done(self.part, self.plan, self.progress, measured)
            self.run.journal.tell(Finished(self.recipe.name, network))
        meet(self.accelerator)

    def _feed(self) -> Iterator[Batch]:
        accelerator = self.accelerator
        return feed(
            self.recipe.batch,
            self.progress.step,
            accelerator.process_index,
            accelerator.device,
            self.run.loaders,
        )

    def _step(self) -> None:
        step, rank = self.progress.step, self.accelerator.process_index
        batch = next(self.batches)
        # A resumed run must draw the noise and dropout that it would have drawn.
        seed(zlib.crc32(f"{self.recipe.name} {step} {rank}".encode()), self.accelerator.device)
        with self.accelerator.autocast():
            loss = self.objective(batch)
        self.optimizer.zero_grad()
        self.accelerator.backward(loss)
        if self.plan.sync_every == 1:
            average(self.accelerator, [gradient(p) for p in self.trained.values()])
        norm = nn.utils.clip_grad_norm_(self.trained.values(), self.plan.clip)
        self._set_lr()
        self.optimizer.step()
        self.losses.append(torch.stack([loss.detach().float(), norm.float()]))
        samples = self.progress.samples + self.plan.batch * self.accelerator.num_processes
        self.progress = replace(self.progress, step=step + 1, samples=samples)

    def _set_lr(self) -> None:
        self.lr = self.plan.lr_at(self.progress.step, self.completed)
        for group in self.optimizer.param_groups:
            group["lr"] = self.lr

    def _agree(self) -> bool:
        """Share time and loss, so that all ranks end at one step; return whether to cancel.

        Raises MachineError on every rank when the loss of any is not finite.
        """
        losses = torch.stack(self.losses).cpu()  # (steps, 2)
        first = self.progress.step - len(losses) + 1
        broken = [first + i for i, row in enumerate(losses) if not row.isfinite().all()]
        seconds = self.progress.seconds + time.monotonic() - self.begun
        self.begun = time.monotonic()
        mine = [seconds, float(losses[:, 0].mean()), broken[0] if broken else math.inf]
        mine.append(float(self.run.cancel.is_cancelled))
        table = tabulate(self.accelerator, mine)
        if not math.isinf(at := table[:, 2].min().item()):
            what = f"The loss of {self.recipe.name} is no longer a number at step {at:.0f}."
            raise MachineError(what, "Its last checkpoint is kept; try a lower learning rate.")
        self._note(table[:, 0].mean().item(), table[:, 1].mean().item())
        return bool(table[:, 3].any())

    def _note(self, seconds: float, loss: float) -> None:
        samples = len(self.losses) * self.plan.batch * self.accelerator.num_processes
        rate = samples / max(1e-9, time.monotonic() - self.agreed)
        self.rate = rate if self.rate == 0 else self.rate + 0.1 * (rate - self.rate)
        is_first = self.progress.step == len(self.losses)
        running = loss if is_first else self.progress.loss + 0.2 * (loss - self.progress.loss)
        self.progress = replace(self.progress, seconds=seconds, loss=running)
        self.losses.clear()

    def _do_due(self, is_cancelled: bool) -> None:
        if is_cancelled or self._is_due("checkpoint", 60 * self.run.checkpoint_minutes):
            self._save_checkpoint()
        if not is_cancelled and self._is_due("measure", 60 * self.run.measure_minutes):
            self._measure()
        elif self._is_due("write", WRITE_EVERY_S):
            self.run.journal.write(self._entry())
        elif self._is_due("show", SHOW_EVERY_S):
            self.run.journal.tell(self._entry())

    def _is_due(self, what: str, every: float) -> bool:
        if time.monotonic() < self.due[what]:
            return False
        self.due[what] = time.monotonic() + every
        return True

    def _save_checkpoint(self) -> None:
        progress = replace(self.progress, ema_updates=self.ema.updates)
        state = Checkpoint(progress, self.weights, self.ema.state(), self.optimizer.state_dict())
        checkpoint.save(self.part, state, self.plan)
        self.run.journal.tell(CheckpointSaved(self.recipe.name, progress.step))

    def _measure(self) -> Mapping[str, float]:
        measured, picture = self._with_ema(lambda: (self.recipe.measure(), self.recipe.picture()))
        self.run.journal.write(replace(self._entry(), measured=measured))
        if picture:
            self.run.journal.draw(self.recipe.name, self.progress.step, picture)
        return measured

    def _with_ema(self, work: Callable[[], R]) -> R:
        """Call `work` as the recipe was promised, always with the same random numbers."""
        modes = {module: module.training for module in self.objective.modules()}
        self.objective.eval()
        seed(0, self.accelerator.device)
        try:
            with self.ema.in_place(), torch.no_grad():
                return work()
        finally:
            for module, mode in modes.items():
                module.training = mode

    def _entry(self) -> Entry:
        progress, minutes = self.progress, self.progress.seconds / 60
        left = (self.plan.samples - progress.samples) / max(1e-9, self.rate) / 60
        return Entry(
            part=self.recipe.name,
            step=progress.step,
            samples=progress.samples,
            samples_per_second=self.rate,
            loss=progress.loss,
            lr=self.lr,
            minutes=minutes,
            eta=max(0.0, min(left, self.plan.minutes - minutes)),
        )
