import numpy as np
import pytest

from t2i_studio.core.layers import Content
from t2i_studio.studio.background import InlineBackground
from t2i_studio.studio.copies import TRIES, copy_content
from t2i_studio.studio.document import Document
from tests.studio.conftest import PICTURE
from tests.studio.late import LateBackground
from tests.studio.test_session import half_mask


@pytest.fixture
def document() -> Document:
    document = Document()
    document.start(PICTURE, half_mask(PICTURE.extent))
    document.add_layer("Above")
    return document


def fail(error: Exception) -> None:
    raise error


def test_all_is_copied_as_it_is(document: Document) -> None:
    found: list[Content] = []
    copy_content(document, InlineBackground(), found.append, fail)
    (content,) = found
    before = document.content
    assert content.mask == before.mask
    assert (content.extent, content.active) == (before.extent, before.active)
    for old, new in zip(before.layers, content.layers, strict=True):
        np.testing.assert_array_equal(old.pixels, new.pixels)
    document.flatten()
    document.invert_mask()
    assert content.mask == before.mask


def test_nothing_is_copied_as_nothing() -> None:
    found: list[Content] = []
    copy_content(Document(), InlineBackground(), found.append, fail)
    assert found[0].extent is None


def test_what_changes_meanwhile_is_copied_again(document: Document) -> None:
    found: list[Content] = []
    late = LateBackground()
    copy_content(document, late, found.append, fail)
    late.step()
    document.invert_mask()
    late.work()
    assert found[0].mask == document.mask


def test_what_never_rests_is_copied_at_once(document: Document) -> None:
    found: list[Content] = []
    late = LateBackground()
    copy_content(document, late, found.append, fail)
    for _ in range(TRIES + 1):
        assert not found
        late.step()
        document.invert_mask()
        late.step()
    assert not late.waiting
    assert found[0].mask == document.mask
