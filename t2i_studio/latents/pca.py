"""Principal components of embeddings: fit, reconstruct, move along them, and name them.

Ramesh et al. 2022, section 4 and figure 7: decoded with more and more components, an embedding
shows what CLIP holds most important.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as F

from t2i_studio.core.latent import Basis, Space, Vectors

CHUNK = 2**23  # values that are copied at a time: 32 MiB, in float64 64
VIEWED = 2**26  # values whose products float32 adds up, where none need be copied
SAMPLE = 512  # values that tell whether a mean matters
NEAR = 4.0  # the most that the square of a mean may be of the variance to count as near 0
NOTHING = 1e-12  # a variance below this share of the largest is rounding

Doubles = NDArray[np.float64]


@dataclass(frozen=True)
class Fit:
    """The largest principal components of N embeddings.

    mean: (D,); components: (K, D) float32, orthonormal, the one with the largest variance first,
    each with its largest entry positive; variances: (K,) float64 and their total over all D, with
    N - 1 in the denominator.
    """

    mean: Tensor
    components: Tensor
    variances: Tensor
    total_variance: float
    count: int

    @property
    def steps(self) -> Tensor:
        """One standard deviation along each component: (K, D)."""
        return self.components * self.variances.sqrt()[:, None].to(self.components)

    def to_basis(self, space: Space, names: Sequence[str] = ()) -> Basis:
        """Return it as plain data."""
        return Basis(
            space=space,
            mean=Vectors(self.mean[None].numpy(force=True)),
            components=Vectors(self.components.numpy(force=True)),
            variances=tuple(self.variances.tolist()),
            total_variance=self.total_variance,
            count=self.count,
            names=tuple(names),
        )

    @classmethod
    def of_basis(cls, basis: Basis, device: torch.device | str = "cpu") -> "Fit":
        """Return plain data as tensors."""
        return cls(
            mean=torch.tensor(basis.mean.values[0], device=device),
            components=torch.tensor(basis.components.values, device=device),
            variances=torch.tensor(basis.variances, dtype=torch.float64),
            total_variance=basis.total_variance,
            count=basis.count,
        )


@torch.no_grad()
def fit(values: Tensor, components: int) -> Fit:
    """Find the `components` directions in which values (N, D) vary most, exactly.

    The eigenvectors of the covariance (D, D), or with fewer values than dimensions those of the
    Gram matrix (N, N); no copy of the values is made. Without any variance the directions are
    arbitrary. Raises ValueError if N values of D dimensions have fewer components.
    """
    n, dim = values.shape
    if not 1 <= components <= min(n - 1, dim):
        raise ValueError(f"{n} values of {dim} dimensions do not have {components} components.")
    mean, squares = _scatter(values) if n > dim else _gram(values)
    # numpy's, as its threads are awake from the products: torch's have to take turns with them.
    values_up, vectors = np.linalg.eigh(squares.astype(np.float32))
    spread = torch.from_numpy(values_up)
    axes = torch.from_numpy(vectors).T.flip(0)[:components]
    if n <= dim:
        axes = _through(values, mean, axes.double())
    return Fit(
        mean=mean.to(values.device, torch.float32),
        components=_signed(axes).to(values.device, torch.float32),
        variances=spread.flip(0)[:components].clamp_min(0).double() / (n - 1),
        total_variance=float(squares.trace()) / (n - 1),
        count=n,
    )


def project(z: Tensor, basis: Fit) -> Tensor:
    """Return where z (B, D) lies along the components: (B, K)."""
    return (z - basis.mean) @ basis.components.T


def reconstruct(z: Tensor, basis: Fit, k: int | None = None) -> Tensor:
    """Keep of z (B, D) the mean and what the first k components hold, of all if k is None.

    The point nearest to z in that plane; it is not as long as z (see `keeping_length`).
    """
    kept = basis.components[:k]
    return basis.mean + (z - basis.mean) @ kept.T @ kept


def shifted(z: Tensor, direction: Tensor, amount: float) -> Tensor:
    """Move z (B, D) by `amount` times `direction` (D,), like one of `Fit.steps`."""
    return z + direction * amount


def keeping_length(changed: Tensor, z: Tensor) -> Tensor:
    """Return `changed` (B, D) as long as z (B, D).

    CLIP's embeddings lie on a sphere and a decoder has seen no others: what lies off it, as most
    reconstructions and shifts do, is not what it was trained for and decodes badly.
    """
    return F.normalize(changed, dim=-1).mul(z.norm(dim=-1, keepdim=True))


def named(basis: Fit, words: Sequence[str], z_words: Tensor) -> tuple[str, ...]:
    """Name each component by its nearest words, as on a slider: "grass / snow", the minus first.

    z_words: (W, D), the words' text embeddings. They are centred on their own mean: CLIP's texts
    and pictures lie in cones apart (Liang et al. 2022, "Mind the gap"), so that most of a word's
    cosine to a component is that of the gap, the same for all. Fewer than two words name nothing.
    """
    if len(words) < 2:
        return ()
    unit = F.normalize(z_words, dim=-1)
    directions = F.normalize(unit - unit.mean(0), dim=-1)
    cosines = basis.components @ directions.T
    low, high = cosines.argmin(1).tolist(), cosines.argmax(1).tolist()
    return tuple(f"{words[a]} / {words[b]}" for a, b in zip(low, high, strict=True))


def _scatter(values: Tensor) -> tuple[Tensor, Doubles]:
    """Return the mean (D,) and the centred sum of squares (D, D), both float64.

    S = sum (x - c)(x - c)^T - n (m - c)(m - c)^T, with m the mean and c near it.
    """
    n, dim = values.shape
    centre = _centre(values[:: max(1, n // SAMPLE)])
    is_copied = centre is not None or values.dtype != torch.float32
    chunks = torch.split(values, max(1, (CHUNK if is_copied else VIEWED) // dim))
    squares, offset = np.zeros((dim, dim)), np.zeros(dim)
    for chunk in chunks:
        total, products = _moments(chunk.float() if centre is None else chunk.float() - centre)
        offset += total
        squares += products
    offset /= n
    squares -= n * np.outer(offset, offset)
    mean = torch.from_numpy(offset)
    return mean if centre is None else mean + centre.cpu(), squares


def _centre(sample: Tensor) -> Tensor | None:
    """Return the mean (D,) of some values (B, D), or None if 0 is near enough to it.

    float32 products lose digits to a mean that is large beside the variance; CLIP's is not, and
    is spared the subtraction.
    """
    variance, mean = torch.var_mean(sample.float(), dim=0, correction=0)
    return mean if mean.square().sum() > NEAR * variance.sum() else None


def _moments(rows: Tensor) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Compute the sum (D,) and X^T X (D, D) of rows (B, D).

    numpy sees that both factors are one and computes half of the products (BLAS syrk), torch
    all; threads of both in turn would wait for each other.
    """
    if rows.device.type != "cpu":
        return rows.sum(0).numpy(force=True), (rows.T @ rows).numpy(force=True)
    array = rows.contiguous().numpy()
    return np.ones(len(array), np.float32) @ array, array.T @ array


def _gram(values: Tensor) -> tuple[Tensor, Doubles]:
    """Return the mean (D,) and the inner products of centred values (N, N), both float64."""
    mean = torch.cat([columns.mean(0) for columns in _columns(values)])
    squares = np.zeros((len(values), len(values)))
    for columns in _columns(values):
        centred = (columns - columns.mean(0)).numpy()
        squares += centred @ centred.T
    return mean, squares


def _columns(values: Tensor) -> Iterator[Tensor]:
    """Yield parts (N, d) of values (N, D) in float64."""
    for columns in torch.split(values, max(1, CHUNK // len(values)), dim=1):
        yield columns.cpu().double()


def _through(values: Tensor, mean: Tensor, weights: Tensor) -> Tensor:
    """Return the orthonormal directions (K, D) that weights (K, N) of centred values point to.

    Weights of values without variance point nowhere; QR makes of noise what is at right angles
    to the others.
    """
    sums = torch.cat([weights @ columns for columns in _columns(values)], dim=1)
    axes = sums - weights.sum(1, keepdim=True) * mean
    squares = axes.square().sum(1, keepdim=True)
    noise = torch.randn(axes.shape, generator=torch.Generator().manual_seed(0)).double()
    axes = torch.where(squares > NOTHING * squares.max(), axes, noise)
    rows: Tensor = torch.linalg.qr(F.normalize(axes, dim=1).T).Q.T
    return rows


def _signed(axes: Tensor) -> Tensor:
    """Turn each direction (K, D) so that its largest entry is positive: the same fit every time."""
    largest = axes.gather(1, axes.abs().argmax(1, keepdim=True))
    return axes * largest.sign()
