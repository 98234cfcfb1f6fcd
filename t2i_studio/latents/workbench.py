"""From concepts to what a decoder is given: every operation of the explorer, on any unCLIP."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor
from torch.nn import functional as F

from t2i_studio.core import concept as concepts
from t2i_studio.core.concept import Concept, FromEmbedding, FromPicture, FromPrompt, Mix, Start
from t2i_studio.core.errors import UserError
from t2i_studio.core.image import Image
from t2i_studio.core.latent import Basis, Embeddings, Space, Vectors, check_space
from t2i_studio.core.words import tr
from t2i_studio.latents import interpolate, pca, text_diff, zero_shot
from t2i_studio.latents.memo import Memo
from t2i_studio.latents.pixels import to_tensor
from t2i_studio.models.sampling import Step
from t2i_studio.models.unclip.clip import TextCond
from t2i_studio.models.unclip.prior import Candidates, PriorSettings, text_as_image
from t2i_studio.models.unclip.system import Inversion, System


@dataclass(frozen=True)
class Manner:
    """How a picture's latent is found; `kind` as in `core.request.PriorSettings`.

    seed: of what the concept leaves to the picture. inversion: None draws x_T from the seed.
    """

    seed: int
    kind: str = "diffusion"
    prior: PriorSettings | None = None
    draw: int | None = None  # of the prior, instead of the best
    negative: str = ""
    inversion: Inversion | None = None


@dataclass(frozen=True)
class Latent:
    """What is decoded, and where it lies: cosines to the start and to the texts of its diffs."""

    z: Tensor  # (1, D)
    x_T: Tensor | None  # (1, C, h, w); None: drawn by the decoder  # noqa: N815
    to_start: float = 1.0
    to_texts: tuple[float, ...] = ()


Work = Generator[Step | Candidates, None, Latent]


class Workbench:
    """A system with what has been computed on it already (one thread at a time)."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.space = Space(id=system.space, dim=system.embedding_dim)
        self._memo = Memo()

    # parts -----------------------------------------------------------------------------------

    def embed_text(self, text: str) -> TextCond:
        """Encode a text; the empty one stands for no text."""
        return self._memo.get(("text", text), lambda: self.system.encode_text([text]))

    def embed_texts(self, texts: Sequence[str]) -> Tensor:
        """Embed texts, together and remembered together: (N, D)."""
        key = ("texts", *texts)
        return self._memo.get(key, lambda: self.system.encode_text(texts).embeds)

    def classes(self, labels: Sequence[str], templates: Sequence[str]) -> Tensor:
        """Embed labels for zero-shot classification: (L, D) unit vectors."""
        z_t = self.embed_texts(zero_shot.captions(labels, templates))
        return zero_shot.class_embeddings(z_t, len(templates))

    def embed_picture(self, image: Image) -> Tensor:
        """Embed a picture: (1, D). Raises UserError without an image encoder."""
        if not self.system.has_image_encoder:
            raise UserError(
                "This model has no image encoder, so it cannot look at pictures.",
                "Use a checkpoint that has one, or put the CLIP's image encoder into its folder.",
            )
        return self._memo.get(("picture", image.digest), lambda: self._encoded(image))

    def embeddings(self, z: Tensor) -> Embeddings:
        """Bring z (N, D) to plain data."""
        return Embeddings(space=self.space, vectors=Vectors(z.float().cpu().numpy()))

    def tensor(self, embeddings: Embeddings, what: str) -> Tensor:
        """Bring plain data to (N, D) on the device; raises UserError for another space."""
        check_space(embeddings.space, self.space, what)
        return torch.from_numpy(embeddings.vectors.values.copy()).to(self.system.device)

    # concepts --------------------------------------------------------------------------------

    def draw(self, prompt: str, manner: Manner) -> Generator[Step | Candidates, None, Tensor]:
        """Make the image embedding (1, D) of a prompt; yields `Candidates` where there are any."""
        text = self.embed_text(prompt)
        if manner.kind == "caption":
            return self.system.null_z
        if manner.prior is None:
            return text_as_image(text)
        found = yield from self._memo.run(
            self._prior_key(prompt, manner), lambda: self._sampled(text, manner)
        )
        yield found
        return found.best if manner.draw is None else found.drawn(manner.draw)

    def resolve(self, concept: Concept, manner: Manner) -> Work:
        """Find the pair (z, x_T) of a concept (Ramesh et al. 2022, section 3).

        Yields the steps of the prior and of inversions, and the prior's candidates. Raises
        UserError for embeddings of another space, and for pictures without an image encoder.
        """
        before = yield from self._base(concept.base, manner)
        z = before.z
        for edit in concept.edits:
            z = self._edited(z, edit)
        return Latent(z, before.x_T, _cosine(z, before.z), tuple(self._to_texts(z, concept)))

    def plan(self, concept: Concept, manner: Manner) -> Iterator[tuple[tuple[object, ...], int]]:
        """List what `resolve` has yet to compute in steps: (key, steps), the key's first the stage.

        A key that comes twice is computed once.
        """
        for start in concept.starts:
            if isinstance(start, FromPrompt):
                yield from self.plan_draw(start.prompt, _seeded(manner, start))
            elif isinstance(start, FromPicture) and manner.inversion:
                key = self._inversion_key(start.image, manner.inversion)
                if key not in self._memo:
                    yield key, manner.inversion.steps * manner.inversion.iterations

    def plan_draw(self, prompt: str, manner: Manner) -> Iterator[tuple[tuple[object, ...], int]]:
        """List what `draw` has yet to compute, as `plan` does."""
        key = self._prior_key(prompt, manner)
        if manner.prior and manner.kind != "caption" and key not in self._memo:
            yield key, manner.prior.steps

    # one start -------------------------------------------------------------------------------

    def _base(self, base: concepts.Base, manner: Manner) -> Work:
        if not isinstance(base, Mix):
            return (yield from self._start(base, manner))
        found = yield from self._corners(base.corners, manner)
        z = interpolate.mixed([corner.z for corner in found], base.x, base.y)
        noises = [corner.x_T for corner in found if corner.x_T is not None]
        x_T = interpolate.mixed_noise(noises, base.x, base.y) if noises else None  # noqa: N806
        return Latent(z, x_T)

    def _corners(
        self, corners: Sequence[Start], manner: Manner
    ) -> Generator[Step | Candidates, None, list[Latent]]:
        if not corners:
            return []
        first = yield from self._start(corners[0], manner)
        return [first, *(yield from self._corners(corners[1:], manner))]

    def _start(self, start: Start, manner: Manner) -> Work:
        if isinstance(start, FromPicture):
            return (yield from self._of_picture(start.image, manner))
        if isinstance(start, FromEmbedding):
            z = self.tensor(start.embedding, start.title.capitalize())
            return Latent(z, self._noise(manner))
        manner = _seeded(manner, start)
        z = yield from self.draw(start.prompt, manner)
        return Latent(z, self._noise(manner))

    def _of_picture(self, image: Image, manner: Manner) -> Work:
        z = self.embed_picture(image)
        if manner.inversion is None:
            return Latent(z, None)
        how = manner.inversion
        x_T = yield from self._memo.run(  # noqa: N806  # the paper's letter
            self._inversion_key(image, how), lambda: self._inverted(image, z, how)
        )
        return Latent(z, x_T)

    def _noise(self, manner: Manner) -> Tensor | None:
        """Draw the x_T of what is no picture from its seed."""
        return self.system.draw_noise([manner.seed]) if manner.inversion else None

    # operations ------------------------------------------------------------------------------

    def _edited(self, z: Tensor, edit: concepts.Edit) -> Tensor:
        match edit:
            case concepts.TextDiff():
                return self._turned(z, edit)
            case concepts.Reconstruct():
                fit = self._basis(edit.basis)
                return pca.keeping_length(pca.reconstruct(z, fit), z)
            case concepts.Shift():
                fit = self._basis(edit.basis)
                return pca.keeping_length(pca.shifted(z, fit.steps[0], edit.amount), z)

    def _turned(self, z: Tensor, edit: concepts.TextDiff) -> Tensor:
        before, after = (self.embed_text(text).embeds for text in (edit.before, edit.after))
        if text_diff.is_same(after, before):
            raise UserError(
                f"The model reads {edit.before!r} and {edit.after!r} alike: nothing changes.",
                "Write texts that mean different things, in words that the model knows.",
            )
        return text_diff.turned(z, after, before, edit.theta)

    def _to_texts(self, z: Tensor, concept: Concept) -> Iterator[float]:
        for edit in concept.edits:
            if isinstance(edit, concepts.TextDiff):
                yield _cosine(z, self.embed_text(edit.after).embeds)

    def _basis(self, basis: Basis) -> pca.Fit:
        check_space(basis.space, self.space, tr("The basis"))
        key = "basis", basis.mean.digest, basis.components.digest, basis.variances
        return self._memo.get(key, lambda: self._fit(basis))

    def _fit(self, basis: Basis) -> pca.Fit:
        return pca.Fit.of_basis(basis, self.system.device)

    # computed once ---------------------------------------------------------------------------

    def _encoded(self, image: Image) -> Tensor:
        return self.system.encode_image(to_tensor(image).to(self.system.device))

    def _sampled(self, text: TextCond, manner: Manner) -> Generator[Step, None, Candidates]:
        assert manner.prior is not None
        null = self.embed_text(manner.negative)
        return self.system.sample_prior(text, null, seeds=[manner.seed], settings=manner.prior)

    def _inverted(self, image: Image, z: Tensor, how: Inversion) -> Generator[Step, None, Tensor]:
        """Invert without a text: what a picture shows, its embedding says."""
        null = self.embed_text("")
        pixels = to_tensor(image).to(self.system.device)
        return self.system.invert(pixels, z, null, null, settings=how)

    def _prior_key(self, prompt: str, manner: Manner) -> tuple[object, ...]:
        return "prior", prompt, manner.negative, manner.seed, manner.prior

    def _inversion_key(self, image: Image, how: Inversion) -> tuple[object, ...]:
        return "inversion", image.digest, how


def _seeded(manner: Manner, start: FromPrompt) -> Manner:
    return manner if start.seed is None else replace(manner, seed=start.seed)


def _cosine(a: Tensor, b: Tensor) -> float:
    return float(F.cosine_similarity(a, b, dim=-1).item())
