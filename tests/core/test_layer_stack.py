"""The list of layers, also as other programs and bad ones write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from t2i_studio.core import layer_stack
from t2i_studio.core.errors import UserError
from t2i_studio.core.geometry import Extent
from t2i_studio.core.layer_stack import Entry, LayerStack, read_stack, write_stack

texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=30,
)
entries = st.builds(
    Entry,
    name=texts,
    source=texts,
    x=st.integers(-1000, 1000),
    y=st.integers(-1000, 1000),
    opacity=st.integers(0, 100).map(lambda percent: percent / 100),
    is_visible=st.booleans(),
    is_selected=st.booleans(),
)
stacks = st.builds(
    LayerStack,
    extent=st.builds(Extent, st.integers(1, 5000), st.integers(1, 5000)),
    entries=st.lists(entries, min_size=1, max_size=4).map(tuple),
)


def image(inside: str, size: str = 'w="8" h="6"') -> bytes:
    return f"<image {size}><stack>{inside}</stack></image>".encode()


def only(inside: str) -> Entry:
    (entry,) = read_stack(image(inside)).entries
    return entry


@given(stack=stacks)
def test_what_is_written_is_read_again(stack: LayerStack) -> None:
    assert read_stack(write_stack(stack)) == stack


def test_the_topmost_layer_is_written_first() -> None:
    text = write_stack(LayerStack(Extent(1, 1), (Entry("low", "a.png"), Entry("high", "b.png"))))

    assert text.index(b"high") < text.index(b"low")


def test_what_xml_cannot_hold_is_left_out_of_names() -> None:
    text = write_stack(LayerStack(Extent(1, 1), (Entry("a\0b\x1bc\ufffe\nd", "a.png"),)))

    assert read_stack(text).entries[0].name == "abc\nd"


def test_nested_stacks_are_dissolved_with_what_they_say() -> None:
    inside = (
        '<layer name="top" src="1.png"/>'
        '<stack x="10" y="20" opacity="0.5">'
        '<stack x="1" visibility="hidden" composite-op="svg:multiply">'
        '<layer name="deep" src="2.png" x="3" y="4" opacity="0.5"/>'
        "</stack>"
        '<layer name="low" src="3.png"/>'
        "</stack>"
    )

    stack = read_stack(image(inside))

    assert stack.groups == 2
    assert stack.entries == (
        Entry("low", "3.png", 10, 20, 0.5),
        Entry("deep", "2.png", 14, 24, 0.25, is_visible=False, blend="svg:multiply"),
        Entry("top", "1.png"),
    )


def test_a_layer_without_a_name_is_called_like_its_file() -> None:
    assert only('<layer src="data/sky.png"/>').name == "sky"


def test_a_long_name_is_cut() -> None:
    assert len(only(f'<layer name="{"x" * 1000}" src="a.png"/>').name) == layer_stack.LONGEST_NAME


@pytest.mark.parametrize(("given_opacity", "taken"), [("1.5", 1.0), ("-3", 0.0), ("0.25", 0.25)])
def test_an_opacity_out_of_range_is_the_nearest(given_opacity: str, taken: float) -> None:
    assert only(f'<layer src="a.png" opacity="{given_opacity}"/>').opacity == taken


def test_places_between_pixels_are_rounded() -> None:
    entry = only('<layer src="a.png" x="1.6" y="-2.0"/>')

    assert (entry.x, entry.y) == (2, -2)


def test_unknown_elements_are_passed_over() -> None:
    inside = '<filter type="blur"/><layer src="a.png"><annotation/></layer><text x="1">hello</text>'

    assert only(inside).source == "a.png"


def test_layers_outside_of_any_stack_are_found() -> None:
    assert len(read_stack(b'<image w="1" h="1"><layer src="a.png"/></image>').entries) == 1


ENTITIES = b"""<?xml version="1.0"?>
<!DOCTYPE image [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<image w="8" h="6"><stack><layer name="&b;" src="a.png"/></stack></image>"""
LAYER = '<layer src="a.png"/>'


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "list of layers is damaged"),
        (b"<image", "list of layers is damaged"),
        (b"\xff\xfe<image/>", "list of layers is damaged"),
        (b'<?xml version="1.0" encoding="nonsense"?><image/>', "list of layers is damaged"),
        (ENTITIES, "document type"),
        (ENTITIES.decode().encode("utf-16"), "document type"),
        (b'<!DOCTYPE image SYSTEM "file:///etc/passwd"><image w="1" h="1"/>', "document type"),
        (image(""), "holds no layers"),
        (b'<svg w="8" h="6"/>', "how large"),
        (image(LAYER, 'w="0" h="6"'), "how large"),
        (image(LAYER, 'w="-8" h="6"'), "how large"),
        (image(LAYER, ""), "where a number belongs"),
        (image(LAYER, 'w="x" h="6"'), "where a number belongs"),
        (image(LAYER, 'w="NaN" h="6"'), "where a number belongs"),
        (image(LAYER, 'w="1e400" h="6"'), "where a number belongs"),
        (image(LAYER, 'w="1e9" h="6"'), "size or place"),
        (image(LAYER, 'w="100000" h="100000"'), "megapixels"),
        (image('<layer src="a.png" x="1e7"/>'), "size or place"),
        (image('<layer src="a.png" opacity="half"/>'), "where a number belongs"),
        (image(LAYER * 257), "more than 256 layers"),
        (image("<stack>" * 200 + LAYER + "</stack>" * 200), "nested too deeply"),
    ],
)
def test_a_bad_list_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(UserError, match=why):
        read_stack(data)
