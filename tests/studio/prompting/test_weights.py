import pytest
from hypothesis import given
from hypothesis import strategies as st

from t2i_studio.core.weights import parse_weights
from t2i_studio.studio.prompting.weights import edit_weight


def marked(text: str) -> tuple[str, tuple[int, int]]:
    """Return a text without its marks, and what they select: "a «red» cube", or "|" a caret."""
    if "«" in text:
        start, end = text.index("«"), text.index("»") - 1
        return text.replace("«", "").replace("»", ""), (start, end)
    caret = text.index("¦")
    return text.replace("¦", ""), (caret, caret)


def shown(text: str, selected: tuple[int, int]) -> str:
    start, end = selected
    if start == end:
        return f"{text[:start]}¦{text[start:]}"
    return f"{text[:start]}«{text[start:end]}»{text[end:]}"


@pytest.mark.parametrize(
    ("before", "step", "after"),
    [
        pytest.param("a r¦ed cube", 0.1, "a («red»:1.1) cube", id="the word at the caret"),
        pytest.param("a ¦red cube", 0.1, "a («red»:1.1) cube", id="at its start"),
        pytest.param("a red¦ cube", -0.1, "a («red»:0.9) cube", id="at its end"),
        pytest.param("a «red cube»", 0.1, "a («red cube»:1.1)", id="a selection"),
        pytest.param("a «red  »cube", 0.1, "a («red»:1.1)  cube", id="without its space"),
        pytest.param("a («red»:1.1) cube", 0.1, "a («red»:1.2) cube", id="again"),
        pytest.param("a («red»:1.1) cube", -0.1, "a «red» cube", id="back to one"),
        pytest.param("a («red»:0.9) cube", 0.1, "a «red» cube", id="up to one"),
        pytest.param("a (red¦) cube", 0.1, "a («red»:1.2) cube", id="without a number it is 1.1"),
        pytest.param("a (red¦) cube", -0.1, "a «red» cube", id="and goes at one"),
        pytest.param("a «(red:1.3)» cube", 0.1, "a («red»:1.4) cube", id="selected with brackets"),
        pytest.param("(a (b¦ c:1.2) d:1.5)", 0.1, "(a («b c»:1.3) d:1.5)", id="the innermost"),
        pytest.param("(a¦ (b:1.2) d:1.5)", 0.1, "(«a (b:1.2) d»:1.6)", id="the outer"),
        pytest.param("(red¦ cube:1.2)", 0.1, "(«red cube»:1.3)", id="all of it"),
        pytest.param("(«red» cube:1.2)", 0.1, "((«red»:1.1) cube:1.2)", id="a part of it"),
        pytest.param("(«red»:1.95)", 0.1, "(«red»:2)", id="no more than 2"),
        pytest.param("(«red»:2)", 0.1, "(«red»:2)", id="it stays at 2"),
        pytest.param("(«red»:-2)", -0.1, "(«red»:-2)", id="and at -2"),
        pytest.param("(«red»:3)", 0.1, "(«red»:3)", id="from beyond not further"),
        pytest.param("(«red»:3)", -0.1, "(«red»:2.9)", id="but back"),
        pytest.param("(«red»:0.1)", -0.1, "(«red»:0)", id="nothing"),
        pytest.param("a, b¦: c", 0.1, "a, («b»:1.1): c", id="delimiters end words"),
        pytest.param("{red|b¦lue}", 0.1, "{red|(«blue»:1.1)}", id="an option"),
        pytest.param("a __ani¦mals/cats__ b", 0.1, "a («__animals/cats__»:1.1) b", id="a wildcard"),
        pytest.param("a <style:Ni¦ght>", 0.1, "a <style:Ni¦ght>", id="not a style"),
        pytest.param("a  ¦  b", 0.1, "a  ¦  b", id="between words"),
        pytest.param("¦", 0.1, "¦", id="nothing there"),
        pytest.param("a « » b", 0.1, "a « » b", id="only a space"),
        pytest.param("a «(b» c)", 0.1, "a «(b» c)", id="half a bracket"),
        pytest.param("a «b) (c» d", 0.1, "a «b) (c» d", id="two halves"),
        pytest.param(r"a \(r¦ed\) cube", 0.1, r"a \((«red»:1.1)\) cube", id="escaped brackets"),
        pytest.param("(a) b¦ (c)", 0.1, "(a) («b»:1.1) (c)", id="between two groups"),
        pytest.param("«\U0001f98a fox»", 0.1, "(«\U0001f98a fox»:1.1)", id="beyond ASCII"),
    ],
)
def test_a_step(before: str, step: float, after: str) -> None:
    text, selected = marked(before)

    assert shown(*edit_weight(text, selected, step)) == after


@given(
    st.text("ab (:1.)\\<>_|,", max_size=30),
    st.integers(0, 30),
    st.integers(0, 30),
    st.sampled_from([0.1, -0.1]),
)
def test_any_text_can_be_edited(text: str, a: int, b: int, step: float) -> None:
    start, end = sorted((min(a, len(text)), min(b, len(text))))

    changed, (first, last) = edit_weight(text, (start, end), step)

    assert 0 <= first <= last <= len(changed)


@given(st.text("abc ", min_size=1, max_size=20).filter(str.strip))
def test_up_and_down_again_is_what_it_was(words: str) -> None:
    whole = (0, len(words))

    raised, selected = edit_weight(words, whole, 0.1)

    assert [weight for piece, weight in parse_weights(raised) if piece.strip()] == [1.1]
    assert edit_weight(raised, selected, -0.1)[0] == words
