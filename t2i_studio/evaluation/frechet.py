"""The Frechet distance between two sets of features, each taken for a normal distribution."""

import numpy as np
from numpy.typing import NDArray

Features = NDArray[np.floating]


def frechet_distance(a: Features, b: Features) -> float:
    """Compute ||m_a - m_b||^2 + tr(C_a + C_b - 2 (C_a C_b)^(1/2)) (Heusel et al. 2017, eq. 6).

    a, b: (N, D) and (M, D), N and M at least 2. Few samples make it larger than it is: only
    distances of equal numbers of samples can be compared.
    """
    if a.ndim != 2 or b.ndim != 2 or a.shape[1] != b.shape[1] or min(len(a), len(b)) < 2:
        raise ValueError(f"Features are (N, D) with N > 1, not {a.shape} and {b.shape}.")
    mean_a, covariance_a = _moments(a)
    mean_b, covariance_b = _moments(b)
    root_a = _root(covariance_a)
    # C_a C_b is not symmetric; root_a C_b root_a has the same eigenvalues and is.
    product = root_a @ covariance_b @ root_a
    overlap = np.sqrt(np.linalg.eigvalsh(product).clip(0)).sum()
    spread = np.trace(covariance_a) + np.trace(covariance_b) - 2 * overlap
    return max(0.0, float(((mean_a - mean_b) ** 2).sum() + spread))


def _moments(features: Features) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    exact = features.astype(np.float64)
    return exact.mean(0), np.atleast_2d(np.cov(exact, rowvar=False))


def _root(covariance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the symmetric square root; rounding may have made eigenvalues negative."""
    values, vectors = np.linalg.eigh(covariance)
    root: NDArray[np.float64] = (vectors * np.sqrt(values.clip(0))) @ vectors.T
    return root
