"""PCA: against the singular value decomposition in float64, and where data are degenerate."""

from itertools import pairwise

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor
from torch.nn import functional as F

from t2i_studio.core.latent import Space
from t2i_studio.latents import pca
from t2i_studio.latents.pca import Fit

WIDE, TALL = (20, 50), (300, 24)  # fewer, and more values than dimensions
SHAPES = pytest.mark.parametrize("shape", [WIDE, TALL], ids=["wide", "tall"])


def drawn(n: int, dim: int, seed: int = 0, mean: float = 0.0) -> Tensor:
    """Draw values whose directions of variance are askew to the axes and well separated."""
    generator = torch.Generator().manual_seed(seed)
    turn = torch.linalg.qr(torch.randn(dim, dim, generator=generator)).Q
    scales = 0.7 ** torch.arange(dim).clamp_max(20)
    return torch.randn(n, dim, generator=generator) * scales @ turn + mean


def reference(values: Tensor, k: int) -> tuple[Tensor, Tensor]:
    """Return components and variances from the SVD of all values in float64."""
    centred = values.double() - values.double().mean(0)
    _, s, rows = torch.linalg.svd(centred, full_matrices=False)
    return rows[:k], s[:k] ** 2 / (len(values) - 1)


def is_orthonormal(rows: Tensor) -> bool:
    return torch.allclose(rows @ rows.T, torch.eye(len(rows)), atol=1e-5)


@SHAPES
@pytest.mark.parametrize("mean", [0.0, 0.1, 30.0])
def test_components_are_those_of_the_svd(shape: tuple[int, int], mean: float) -> None:
    values = drawn(*shape, mean=mean)
    found = pca.fit(values, 8)
    axes, variances = reference(values, 8)
    cosines = (found.components.double() * axes).sum(1).abs()
    assert (1 - cosines).max().item() <= 1e-4
    assert torch.allclose(found.variances, variances, rtol=1e-4)
    assert torch.allclose(found.mean, values.double().mean(0).float(), atol=1e-5)


@pytest.mark.parametrize("chunk", [1, 100, 1_000])
@SHAPES
def test_chunks_change_nothing(
    monkeypatch: pytest.MonkeyPatch, shape: tuple[int, int], chunk: int
) -> None:
    values = drawn(*shape, mean=2.0)
    whole = pca.fit(values, 5)
    monkeypatch.setattr(pca, "CHUNK", chunk)
    parts = pca.fit(values, 5)
    assert torch.allclose(parts.components, whole.components, atol=1e-4)
    assert parts.total_variance == pytest.approx(whole.total_variance, rel=1e-5)


def test_all_components_are_the_identity() -> None:
    values = drawn(*TALL, mean=1.0)
    basis = pca.fit(values, 24)
    assert torch.allclose(pca.reconstruct(values, basis), values, atol=1e-5)
    assert basis.variances.sum().item() == pytest.approx(basis.total_variance, rel=1e-5)


def test_fewer_values_than_dimensions_are_rebuilt_by_all_their_components() -> None:
    values = drawn(*WIDE, mean=1.0)
    basis = pca.fit(values, 19)
    assert is_orthonormal(basis.components)
    assert torch.allclose(pca.reconstruct(values, basis), values, atol=1e-5)


@SHAPES
def test_the_error_of_k_components_is_the_variance_left_out(shape: tuple[int, int]) -> None:
    values = drawn(*shape)
    basis = pca.fit(values, 10)
    error = (values - pca.reconstruct(values, basis, 4)).square().sum() / (len(values) - 1)
    left_out = basis.total_variance - basis.variances[:4].sum()
    assert error.item() == pytest.approx(left_out.item(), rel=1e-3)


@settings(max_examples=25, deadline=None)
@given(n=st.integers(2, 30), dim=st.integers(1, 30), seed=st.integers(0, 99), data=st.data())
def test_a_reconstruction_is_an_orthogonal_projection(
    n: int, dim: int, seed: int, data: st.DataObject
) -> None:
    basis = pca.fit(drawn(n, dim, seed, mean=1.0), data.draw(st.integers(1, min(n - 1, dim))))
    z = drawn(3, dim, seed + 1)
    kept = pca.reconstruct(z, basis)
    assert is_orthonormal(basis.components)
    assert torch.allclose(pca.reconstruct(kept, basis), kept, atol=1e-4)
    assert torch.allclose(pca.project(z - kept + basis.mean, basis), torch.zeros(()), atol=1e-4)
    assert all(a >= b - 1e-6 for a, b in pairwise(basis.variances.tolist()))


@SHAPES
def test_pictures_of_one_colour_have_arbitrary_directions_without_variance(
    shape: tuple[int, int],
) -> None:
    values = torch.full(shape, 0.3)
    basis = pca.fit(values, 3)
    assert is_orthonormal(basis.components)
    assert basis.variances.max().item() <= 1e-9
    assert torch.allclose(pca.reconstruct(values, basis), values)


def test_copies_leave_orthonormal_components() -> None:
    values = drawn(3, 40).repeat(4, 1)
    basis = pca.fit(values, 11)
    assert is_orthonormal(basis.components)
    assert torch.allclose(pca.reconstruct(values, basis, 2), values, atol=1e-5)


def test_two_values_span_their_difference() -> None:
    values = drawn(2, 16)
    basis = pca.fit(values, 1)
    difference = F.normalize(values[0] - values[1], dim=0)
    assert (basis.components[0] @ difference).abs().item() == pytest.approx(1, abs=1e-6)
    assert torch.allclose(pca.reconstruct(values, basis), values, atol=1e-6)


def test_equal_variances_span_the_right_plane() -> None:
    generator = torch.Generator().manual_seed(3)
    spread = torch.linalg.qr(torch.randn(200, 10, generator=generator)).Q
    values = (spread - spread.mean(0)) * torch.tensor([9.0, 9.0, 9.0001] + [1.0] * 7)
    found = pca.fit(values, 3).components
    axes, _ = reference(values, 3)
    assert is_orthonormal(found)
    assert torch.linalg.svdvals(found.double() @ axes.T).min().item() >= 1 - 1e-6


def test_the_sign_is_fixed() -> None:
    values = drawn(*TALL)
    basis, mirrored = pca.fit(values, 6), pca.fit(-values, 6)
    largest = basis.components.gather(1, basis.components.abs().argmax(1, keepdim=True))
    assert (largest > 0).all()
    assert torch.allclose(basis.components, mirrored.components, atol=1e-4)


def test_half_precision_and_views_are_fitted_as_they_are() -> None:
    values = drawn(*TALL).half()
    strided = values.repeat_interleave(2, 0)[::2]
    expected = pca.fit(values.float(), 3).components
    assert torch.allclose(pca.fit(values, 3).components, expected)
    assert torch.allclose(pca.fit(strided, 3).components, expected)


@pytest.mark.parametrize("components", [0, 5, 6])
def test_more_components_than_there_are_is_refused(components: int) -> None:
    with pytest.raises(ValueError, match=f"5 values of 9 dimensions do not have {components}"):
        pca.fit(drawn(5, 9), components)


def test_a_shift_moves_along_one_component_only() -> None:
    values = drawn(*TALL)
    basis = pca.fit(values, 4)
    moved = pca.shifted(values, basis.steps[1], 2.0)
    change = pca.project(moved, basis) - pca.project(values, basis)
    expected = torch.tensor([0.0, 2 * basis.variances[1].sqrt().item(), 0.0, 0.0])
    assert torch.allclose(change, expected.expand_as(change), atol=1e-5)


def test_the_length_can_be_kept() -> None:
    z = F.normalize(drawn(6, 30), dim=-1) * 13.9
    kept = pca.reconstruct(z, pca.fit(z, 2))
    same = pca.keeping_length(kept, z)
    assert kept.norm(dim=-1).min().item() < 13
    assert torch.allclose(same.norm(dim=-1), torch.full((6,), 13.9), atol=1e-4)
    assert torch.allclose(F.cosine_similarity(same, kept), torch.ones(6), atol=1e-6)


def test_a_basis_holds_the_whole_fit() -> None:
    basis = pca.fit(drawn(*TALL), 5)
    data = basis.to_basis(Space(id="tiny", dim=24), ["a / b"] * 5)
    again = Fit.of_basis(data)
    assert (data.count, len(data), data.names[0]) == (300, 5, "a / b")
    assert data.total_variance == basis.total_variance
    assert torch.equal(again.components, basis.components)
    assert torch.equal(again.mean, basis.mean)
    assert torch.equal(again.variances, basis.variances)


def test_components_are_named_by_words_behind_the_gap() -> None:
    """Texts lie far from pictures, and along a component: raw cosines would all be one word's."""
    generator = torch.Generator().manual_seed(0)
    axes = torch.eye(8)
    basis = pca.fit(
        torch.randn(90, 2, generator=generator) * torch.tensor([3.0, 1.0]) @ axes[:2], 2
    )
    meanings = torch.stack([axes[0], -axes[0], axes[1], -axes[1]])
    z_words = 10 * (meanings + 6 * axes[0] + 6 * axes[5])
    words = ("snow", "grass", "cube", "ball")
    assert pca.named(basis, words, z_words) == ("grass / snow", "ball / cube")


def test_a_single_word_names_nothing() -> None:
    assert pca.named(pca.fit(drawn(9, 4), 2), ["snow"], torch.ones(1, 4)) == ()
