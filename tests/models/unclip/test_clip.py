import pytest
import torch
from torch.nn import functional as F

from t2i_studio.models.unclip.clip import TextCond, encode_image, encode_text, rescale
from t2i_studio.models.unclip.weights import Parts


def test_every_embedding_has_the_length_of_the_space(parts: Parts) -> None:
    text = encode_text(parts, ["a red cube", ""])
    image = encode_image(parts, torch.zeros(2, 3, 64, 64))

    for z in (text.embeds, image):
        torch.testing.assert_close(z.norm(dim=-1), torch.full((2,), 192**0.5))
    assert text.hidden.shape == (2, 32, 192)


def test_prompts_do_not_influence_each_other(parts: Parts) -> None:
    both = encode_text(parts, ["a fox", "ein Fuchs \N{FOX FACE} " * 40])
    alone = encode_text(parts, ["a fox"])

    torch.testing.assert_close(both.embeds[:1], alone.embeds)
    torch.testing.assert_close(both.hidden[:1], alone.hidden)


def test_a_plain_picture_is_recognised_by_its_colour(parts: Parts) -> None:
    red = torch.tensor([0.8, -0.7, -0.7]).reshape(1, 3, 1, 1).expand(1, 3, 64, 64)
    texts = encode_text(parts, [f"a {colour} background" for colour in ("red", "green", "blue")])

    similarity = F.cosine_similarity(encode_image(parts, red), texts.embeds)

    assert similarity.argmax() == 0


def test_pictures_of_any_size_are_brought_to_the_encoders(parts: Parts) -> None:
    small = torch.linspace(-1, 1, 64).expand(1, 3, 64, 64)
    large = F.interpolate(small, scale_factor=4, mode="bicubic").clamp(-1, 1)

    similarity = F.cosine_similarity(encode_image(parts, small), encode_image(parts, large))

    assert similarity.item() > 0.99


@pytest.mark.parametrize("shape", [(3, 64, 64), (1, 1, 64, 64)])
def test_what_is_no_batch_of_colour_pictures_is_refused(
    parts: Parts, shape: tuple[int, ...]
) -> None:
    with pytest.raises(ValueError, match=r"\(B, 3, H, W\)"):
        encode_image(parts, torch.zeros(shape))


def test_conditions_expand_repeat_and_append_in_order() -> None:
    cond = TextCond(torch.tensor([[1.0], [2.0]]), torch.tensor([[[1.0]], [[2.0]]]))

    assert cond.repeat(2).embeds.flatten().tolist() == [1, 1, 2, 2]
    assert cond.followed_by(cond).hidden.flatten().tolist() == [1, 2, 1, 2]
    assert len(TextCond(cond.embeds[:1], cond.hidden[:1]).expand(3)) == 3


def test_rescaling_keeps_the_direction() -> None:
    torch.testing.assert_close(rescale(torch.tensor([[3.0, 4.0]]), 10), torch.tensor([[6.0, 8.0]]))
