from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from t2i_studio.core.errors import UserError
from t2i_studio.studio.prompting.evaluate import Evaluated, Means, Reader, evaluate
from t2i_studio.studio.prompting.styles import Style


class Shelf:
    """One wildcard."""

    def lines(self, name: str) -> Sequence[str]:
        if name != "colour":
            raise UserError(f"There is no wildcard {name}.")
        return ["red", "(green:1.2)"]


STYLES = (
    Style(name="Night", prompt="{prompt} at night", negative_prompt="daylight"),
    Style(name="Shiny", prompt="shiny"),
    Style(name="Moody", prompt="{dark|gloomy} {prompt}", negative_prompt="{prompt}, {sun|light}"),
)
SCENES = Means(Shelf(), STYLES, Reader("Scenes"))
OTHER = Means(Shelf(), STYLES, Reader("Other", can_weight=True, can_negate=False))
IGNORED = "Scenes reads the prompt as one embedding: weights have no effect."


def read(prompt: str, negative: str = "", seed: int = 0, means: Means = SCENES) -> Evaluated:
    return evaluate(prompt, negative, seed, means)


@pytest.mark.parametrize(
    ("prompt", "reads"),
    [
        pytest.param("a fox", "a fox", id="as it is"),
        pytest.param("# idea\na fox\n  # or two\nruns", "a fox\nruns", id="comments"),
        pytest.param("# nothing else", "", id="only a comment"),
        pytest.param("# a\n\n\na fox\n# b", "a fox", id="no empty lines of comments"),
        pytest.param("a #1 fox", "a #1 fox", id="no comment"),
        pytest.param("a (red:1.2) cube", "a red cube", id="weights"),
        pytest.param(r"a \(red\) cube", "a (red) cube", id="escapes"),
        pytest.param("a fox <style:Night>", "a fox at night", id="a style"),
        pytest.param("a fox <style:night> <style:Shiny>", "a fox at night, shiny", id="two"),
        pytest.param("<style:Night>", "at night", id="a style alone"),
        pytest.param("{<style:Night>|<style:Night>} a fox", "a fox at night", id="drawn style"),
        pytest.param("# <style:Night>\na fox", "a fox", id="a style in a comment"),
    ],
)
def test_what_the_model_reads(prompt: str, reads: str) -> None:
    assert read(prompt).prompt == reads


def test_a_style_has_a_negative_prompt() -> None:
    assert read("a <style:Night>", "blur").negative_prompt == "blur, daylight"
    assert read("a <style:Night>").negative_prompt == "daylight"
    assert read("a", "# no\nblur (x:2)").negative_prompt == "blur x"


def test_a_style_may_leave_something_to_chance() -> None:
    found = [read("a fox <style:Moody>", "rain", seed) for seed in range(30)]

    assert {each.prompt for each in found} == {"dark a fox", "gloomy a fox"}
    assert {each.negative_prompt for each in found} == {"rain, sun", "rain, light"}
    assert found[0].is_drawn


def test_it_is_known_whether_the_seed_matters() -> None:
    assert not read("a fox").is_drawn
    assert read("a __colour__ fox").is_drawn
    assert read("a fox", "{a|b}").is_drawn


def test_weights_that_have_no_effect_are_told() -> None:
    assert read("a (red:1.2) cube").notes == (IGNORED,)
    assert read("a cube", "[red]").notes == (IGNORED,)
    assert read("a cube :(").notes == ()


def test_a_model_that_weighs_words_reads_the_weights() -> None:
    found = read(r"a (red:1.2) \(cube\)", means=OTHER)

    assert found == Evaluated(r"a (red:1.2) \(cube\)")


def test_a_negative_prompt_that_has_no_effect_is_told() -> None:
    assert read("a <style:Night> <style:Shiny>", means=OTHER).notes == (
        "Other has no negative prompt: that of Night has no effect.",
    )


@pytest.mark.parametrize(
    ("prompt", "negative", "problem"),
    [
        ("a <style:Nicht>", "", "no style Nicht. Did you mean Night?"),
        ("a", "<style:Night>", "not into the negative prompt"),
        ("a __animal__", "", "no wildcard animal"),
    ],
)
def test_what_cannot_be_understood(prompt: str, negative: str, problem: str) -> None:
    with pytest.raises(UserError) as caught:
        read(prompt, negative)

    assert problem in str(caught.value)


@given(
    st.text("ab{}|$_:()<>\\#\n 123", max_size=50).map(lambda text: text.replace("__", "_")),
    st.integers(0, 2**63 - 1),
    st.sampled_from([SCENES, OTHER]),
)
def test_any_text_is_evaluated_and_the_same_again(text: str, seed: int, means: Means) -> None:
    assert evaluate(text, text, seed, means) == evaluate(text, text, seed, means)
