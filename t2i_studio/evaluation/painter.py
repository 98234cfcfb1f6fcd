"""Painting many captions at once with a loaded checkpoint."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

import torch
from torch import Tensor

from t2i_studio.core.generators import result_of
from t2i_studio.latents.text_diff import turned
from t2i_studio.models.unclip.decoder import DecoderSettings
from t2i_studio.models.unclip.layout import Layout
from t2i_studio.models.unclip.pipeline import Pictures, Settings, UnCLIP
from t2i_studio.models.unclip.prior import PriorSettings
from t2i_studio.models.unclip.system import Inversion, System

T = TypeVar("T")


@dataclass(frozen=True)
class Styles:
    """How pictures are made: the checkpoint's own defaults, unless told otherwise."""

    made: Settings
    repaint_guidance: float
    diff_steps: int = 30  # of inversion, and again of decoding
    diff_iterations: int = 3  # of each step of the inversion
    diff_guidance: float = 2.0  # of decoding, as in the explorer (`Inversion.edit_guidance`)
    theta: float = 0.4  # how far a text diff turns the embedding

    @classmethod
    def of(cls, layout: Layout, repaint_guidance: float | None = None) -> "Styles":
        prior = PriorSettings(layout.prior.steps, layout.prior.guidance)
        decoder = DecoderSettings(layout.decoder.steps, layout.decoder.guidance)
        guidance = decoder.guidance if repaint_guidance is None else repaint_guidance
        return cls(Settings(prior, decoder), guidance)

    @property
    def repaints(self) -> Settings:
        return replace(
            self.made, decoder=replace(self.made.decoder, guidance=self.repaint_guidance)
        )


@dataclass(frozen=True)
class Painted:
    """N pictures at the decoder's size and the embeddings they come from, on the CPU."""

    pixels: Tensor  # (N, 3, S, S) in [-1, 1]
    z: Tensor  # (N, D)


@dataclass(frozen=True)
class Painter:
    """Makes pictures in batches; `report` hears how many more are done, after each batch."""

    model: UnCLIP[System]
    styles: Styles
    batch: int = 16
    report: Callable[[int], None] = field(default=lambda count: None)

    def paint(self, captions: Sequence[str], seed: int) -> Painted:
        """Make picture i of caption i with seed + i, without enlarging it."""
        made = [
            self._made(captions[part], range(seed + part.start, seed + part.stop), None, None)
            for part in self._parts(len(captions))
        ]
        return _joined(made)

    def repaint(self, captions: Sequence[str], seed: int, known: Tensor, mask: Tensor) -> Painted:
        """Repaint pictures (N, 3, S, S) where the mask (N, 1, S, S) is 1."""
        made = [
            self._made(
                captions[part], range(seed + part.start, seed + part.stop), known[part], mask[part]
            )
            for part in self._parts(len(captions))
        ]
        return _joined(made)

    def change(self, pixels: Tensor, before: Sequence[str], after: Sequence[str]) -> Tensor:
        """Change pictures (N, 3, S, S) by a text diff (Ramesh et al. 2022, section 3.3).

        Each is brought to its noise x_T, its embedding turned towards norm(z_t - z_t0), and
        decoded from the same x_T. The decoder is given no text, which would speak against it.
        """
        changed = [
            self._changed(pixels[part], before[part], after[part])
            for part in self._parts(len(pixels))
        ]
        return torch.cat(changed)

    def embed(self, pixels: Tensor) -> Tensor:
        """Embed pictures (N, 3, S, S) by CLIP: (N, D) on the CPU."""
        system = self.model.system
        parts = torch.split(pixels, 256)
        return torch.cat([system.encode_image(part.to(system.device)).cpu() for part in parts])

    def embed_texts(self, captions: Sequence[str]) -> Tensor:
        """Embed captions by CLIP: (N, D) on the CPU."""
        parts = [captions[start : start + 256] for start in range(0, len(captions), 256)]
        return torch.cat([self.model.system.encode_text(part).embeds.cpu() for part in parts])

    def _made(
        self, captions: Sequence[str], seeds: range, known: Tensor | None, mask: Tensor | None
    ) -> Painted:
        settings = self.styles.made if known is None else self.styles.repaints
        size = self.model.system.sizes[0]
        pictures: Pictures = result_of(
            self.model.make(
                captions, seeds=seeds, settings=settings, known=known, mask=mask, size=size
            )
        )
        self.report(len(captions))
        return Painted(pictures.base.cpu(), pictures.z.cpu())

    def _changed(self, pixels: Tensor, before: Sequence[str], after: Sequence[str]) -> Tensor:
        system, styles = self.model.system, self.styles
        pixels = pixels.to(system.device)
        z = system.encode_image(pixels)
        null = self.model.null.expand(len(pixels))
        how = Inversion(styles.diff_steps, styles.diff_iterations)
        x_T: Tensor = result_of(  # noqa: N806  # the paper's letter
            system.invert(pixels, z, null, null, settings=how)
        )
        z_t, z_t0 = system.encode_text(after).embeds, system.encode_text(before).embeds
        changed: Tensor = result_of(
            system.decode(
                turned(z, z_t, z_t0, styles.theta),
                null,
                self.model.null,
                seeds=[0] * len(pixels),  # x_T is given, and this sampler draws nothing
                settings=DecoderSettings(styles.diff_steps, styles.diff_guidance, "ddim"),
                x_T=x_T,
            )
        )
        self.report(2 * len(pixels))
        return changed.cpu()

    def _parts(self, count: int) -> Iterator[slice]:
        for start in range(0, count, self.batch):
            yield slice(start, min(count, start + self.batch))


def _joined(made: Sequence[Painted]) -> Painted:
    return Painted(torch.cat([m.pixels for m in made]), torch.cat([m.z for m in made]))
