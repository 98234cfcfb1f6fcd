import pytest
import torch

from t2i_studio.models.unclip.region import everything, fit_region


@pytest.mark.parametrize("size", [16, 8, 5, 3, 40], ids=str)
def test_every_small_pixel_that_the_mask_touches_is_repainted(size: int) -> None:
    mask = torch.zeros(1, 1, 16, 16)
    mask[..., 7, 2] = 1

    fitted = fit_region(torch.zeros(1, 3, 16, 16), mask, 1, size).mask[0, 0]

    row, column = 7 * size // 16, 2 * size // 16
    assert fitted[row, column] == 1
    assert set(fitted.flatten().tolist()) == {0, 1}
    assert fitted.sum() <= max(4, (size / 16 + 2) ** 2)


def test_the_faintest_mask_counts() -> None:
    mask = torch.zeros(1, 1, 8, 8)
    mask[..., 0, 0] = 1 / 255

    assert fit_region(torch.zeros(1, 3, 8, 8), mask, 1, 4).mask.sum() == 1


@pytest.mark.parametrize("size", [16, 8, 5])
def test_no_colour_from_under_the_mask_reaches_a_kept_pixel(size: int) -> None:
    mask = torch.zeros(1, 1, 16, 16)
    mask[..., 5:11, 3:9] = 1
    calm = torch.full((1, 3, 16, 16), 0.25)
    wild = torch.where(mask > 0, torch.tensor(1.0), calm)

    kept = fit_region(wild, mask, 1, size)

    expected = 0.25 * (1 - kept.mask).expand(1, 3, size, size)
    torch.testing.assert_close(kept.known, expected)


def test_one_picture_serves_a_whole_batch() -> None:
    region = fit_region(torch.ones(1, 3, 8, 8), torch.zeros(1, 1, 8, 8), 3, 4)
    assert region.known.shape == (3, 3, 4, 4)
    assert region.mask.shape == (3, 1, 4, 4)


def test_pasting_keeps_known_pixels_exactly() -> None:
    known, mask = torch.rand(1, 3, 8, 8, generator=torch.Generator()), torch.zeros(1, 1, 8, 8)
    mask[..., :4] = 1

    pasted = fit_region(known, mask, 1, 8).paste(torch.full((1, 3, 8, 8), -1.0))

    assert torch.equal(pasted[..., 4:], known[..., 4:])
    assert (pasted[..., :4] == -1).all()


def test_where_nothing_is_known_everything_is_repainted() -> None:
    pixels = torch.rand(2, 3, 4, 4, generator=torch.Generator())
    assert torch.equal(everything(2, 4, torch.device("cpu")).paste(pixels), pixels)


@pytest.mark.parametrize(
    ("known", "mask"),
    [((3, 8, 8), (1, 1, 8, 8)), ((1, 3, 8, 8), (1, 8, 8)), ((1, 3, 8, 8), (1, 1, 4, 4))],
    ids=["picture", "mask", "sizes"],
)
def test_shapes_that_do_not_fit_are_refused(known: tuple[int, ...], mask: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="is \\(B, "):
        fit_region(torch.zeros(known), torch.zeros(mask), 1, 4)
