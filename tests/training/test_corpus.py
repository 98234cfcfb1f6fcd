"""Numbers that belong to names: the same in any run, in the range of int64."""

from hypothesis import given
from hypothesis import strategies as st

from t2i_studio.training.corpus import generator, key_of

NAMES = (("masks", 1, 0), ("masks", 0, 1), ("masks", 11, 0), ("captions", 1, 0), ("masks", 1))


@given(st.text())
def test_keys_fit_into_int64(text: str) -> None:
    assert -(2**63) <= key_of(text) < 2**63


def test_keys_are_the_same_in_any_version_and_differ() -> None:
    assert key_of("red cube") == -5431699049401304228
    assert len({key_of(str(number)) for number in range(1000)}) == 1000


def test_generators_depend_on_every_number_and_name() -> None:
    numbers = [generator(*name).integers(2**60) for name in NAMES]
    assert len({*map(int, numbers)}) == len(NAMES)
    assert [generator(*name).integers(2**60) for name in NAMES] == numbers
