from pathlib import Path

import pytest

from t2i_studio.core.concept import Concept, FromPicture
from t2i_studio.core.errors import UserError
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.core.request import Decode, Generate, Inpaint, Load, Strip
from t2i_studio.core.text import MAX_PROMPT
from t2i_studio.engine.backends.fake import CAPABILITIES
from t2i_studio.studio.notices import Notice
from t2i_studio.studio.prompting.desk import PromptDesk
from t2i_studio.studio.prompting.styles import Style
from t2i_studio.studio.settings import Settings

PICTURE = Image.filled(Extent(8, 8), (1, 2, 3))


@pytest.fixture
def settings() -> Settings:
    return Settings()


@pytest.fixture
def desk(settings: Settings, tmp_path: Path) -> PromptDesk:
    folder = tmp_path / "wildcards"
    folder.mkdir()
    (folder / "colour.txt").write_text("red\ngreen\nblue\n")
    (folder / "long.txt").write_text("x" * (MAX_PROMPT - 10))
    desk = PromptDesk(settings, tmp_path)
    desk.follow_model(CAPABILITIES)
    desk.styles.add(Style(name="Loud", prompt="{prompt}!", negative_prompt="quiet"))
    return desk


def fill(desk: PromptDesk, prompt: str, **fields: object) -> Generate:
    request = Generate.model_validate({"prompt": prompt, "seed": 5, **fields})
    return desk.fill(request, CAPABILITIES)


def test_a_prompt_that_is_read_as_it_is_written_stays(desk: PromptDesk) -> None:
    request = Generate(prompt="a cube", negative_prompt="blur", seed=5, count=3)

    assert desk.fill(request, CAPABILITIES) is request


def test_what_was_written_is_kept_beside_what_is_read(desk: PromptDesk) -> None:
    filled = fill(desk, "a __colour__ (cube:1.2)")

    assert filled.prompt in {f"a {colour} cube" for colour in ("red", "green", "blue")}
    assert filled.raw_prompt == "a __colour__ (cube:1.2)"
    assert filled.prompts == ()


def test_the_chosen_style_is_kept_with_what_was_written(
    desk: PromptDesk, settings: Settings
) -> None:
    settings.style = "Loud"
    filled = fill(desk, "a cube", negative_prompt="blur")

    assert (filled.prompt, filled.negative_prompt) == ("a cube!", "blur, quiet")
    assert (filled.raw_prompt, filled.raw_negative) == ("a cube <style:Loud>", "blur")
    settings.style = ""
    settings.recall(filled)
    assert (settings.prompt, settings.style, settings.negative_prompt) == ("a cube", "Loud", "blur")


def test_another_style_can_be_asked_for(desk: PromptDesk, settings: Settings) -> None:
    settings.style = "Loud"
    request = Generate(prompt="a cube", seed=5)

    assert desk.fill(request, CAPABILITIES, "").prompt == "a cube"
    assert desk.fill(request, CAPABILITIES, "Night").prompt != "a cube!"


def test_each_picture_of_a_batch_draws_from_its_own_seed(desk: PromptDesk) -> None:
    filled = fill(desk, "a {1|2|3|4|5|6|7|8|9} cube", negative_prompt="{1|2|3|4}", count=20)

    assert len(set(filled.prompts)) > 4
    assert filled.prompt == filled.prompts[0]
    for place in (0, 7, 19):
        alone = fill(
            desk, "a {1|2|3|4|5|6|7|8|9} cube", negative_prompt="{1|2|3|4}", seed=5 + place
        )
        single = filled.single(place)
        same = {"prompt", "raw_prompt", "negative_prompt", "raw_negative", "seed", "count"}
        assert single.model_dump(include=same) == alone.model_dump(include=same)


def test_prompts_that_are_drawn_alike_are_one(desk: PromptDesk) -> None:
    filled = fill(desk, "a {cube|cube}", count=3)

    assert (filled.prompt, filled.prompts) == ("a cube", ())


def test_a_seed_left_to_chance_is_drawn_with_the_words(desk: PromptDesk) -> None:
    filled = desk.fill(Generate(prompt="{a|b}"), None)

    assert filled.seed >= 0
    assert desk.fill(Generate(prompt="{a|b}", seed=filled.seed), None).prompt == filled.prompt


def test_what_is_filled_stays(desk: PromptDesk, settings: Settings) -> None:
    filled = fill(desk, "a {red|blue} cube")
    settings.style = "Loud"

    assert desk.fill(filled, CAPABILITIES) is filled


def test_frames_of_a_strip_are_filled(desk: PromptDesk) -> None:
    frames = tuple(Generate(prompt="a {1|2|3|4|5|6} cube", seed=seed) for seed in range(9))
    filled = desk.fill(Strip(frames=frames), CAPABILITIES)

    prompts = {frame.prompt for frame in filled.frames}
    assert len(prompts) > 2
    assert all(frame.raw_prompt for frame in filled.frames)


def test_frames_that_leave_the_seed_to_chance_share_one(desk: PromptDesk) -> None:
    frames = tuple(Generate(prompt="a {1|2|3|4|5|6} cube") for _ in range(9))
    filled = desk.fill(Strip(frames=frames), CAPABILITIES)

    assert len({(frame.seed, frame.prompt) for frame in filled.frames}) == 1
    assert filled.frames[0].seed >= 0


def test_repaints_are_filled_and_other_requests_stay(desk: PromptDesk) -> None:
    mask = Mask.empty(PICTURE.extent).inverted()
    repaint = Inpaint(prompt="{a|b} cube", seed=1, image=PICTURE, mask=mask)
    others = [
        Load(),
        Decode(prompt="{a|b}", concept=Concept(base=FromPicture(image=PICTURE)), seed=1),
    ]

    assert desk.fill(repaint, CAPABILITIES).prompt in {"a cube", "b cube"}
    for other in others:
        assert desk.fill(other, CAPABILITIES) is other  # type: ignore[type-var]  # Load is no work


def test_a_model_without_negative_prompts_gets_none(desk: PromptDesk) -> None:
    blind = CAPABILITIES.model_copy(update={"has_negative_prompt": False})
    filled = desk.fill(Generate(prompt="a <style:Loud>", seed=1), blind)

    assert (filled.prompt, filled.negative_prompt) == ("a!", "")


def test_a_model_that_weighs_words_gets_the_weights(desk: PromptDesk) -> None:
    weighing = CAPABILITIES.model_copy(update={"has_prompt_weights": True})
    request = Generate(prompt="a (red:1.2) cube", seed=1)

    assert desk.fill(request, weighing) == request


@pytest.mark.parametrize(
    ("prompt", "problem"),
    [
        ("# only a comment", "Nothing is left of the prompt"),
        ("{|}", "Nothing is left of the prompt"),
        ("__none__", "no wildcard none"),
        ("a <style:None>", "no style None"),
        ("__long____long__", "longer than 20,000"),
        ("__long__ aaaaaaaaaaaaaaaaaaaaa <style:Loud>", "longer than|has 20,"),
    ],
)
def test_what_cannot_be_asked_for(desk: PromptDesk, prompt: str, problem: str) -> None:
    with pytest.raises(UserError, match=problem):
        fill(desk, prompt)


def test_a_template_can_make_the_prompt_too_long(desk: PromptDesk) -> None:
    desk.styles.add(Style(name="Twice", prompt="{prompt} {prompt}"))

    with pytest.raises(UserError, match="20,000 are possible"):
        fill(desk, "a" * 11_000 + " <style:Twice>")


def test_the_preview_is_what_the_seed_would_give(desk: PromptDesk, settings: Settings) -> None:
    settings.prompt, settings.seed = "a {1|2|3|4|5|6|7|8|9} cube", 8
    shown = desk.preview()

    assert shown.prompt == fill(desk, settings.prompt, seed=8).prompt
    assert shown.is_drawn
    assert desk.preview() is shown
    assert {desk.preview(seed).prompt for seed in range(30)} > {shown.prompt}


def test_the_preview_of_a_random_seed_is_an_example(desk: PromptDesk, settings: Settings) -> None:
    settings.prompt = "a {red|blue} cube"

    assert desk.preview().prompt == desk.preview(0).prompt


def test_the_preview_tells_what_is_wrong(desk: PromptDesk, settings: Settings) -> None:
    settings.prompt, settings.style = "a __none__ cube", "Loud"
    shown = desk.preview()

    assert shown.prompt == "a __none__ cube"
    assert shown.problem.startswith("There is no wildcard none")


def test_it_says_when_something_changes(desk: PromptDesk, settings: Settings) -> None:
    heard: list[str] = []
    desk.changed.connect(lambda: heard.append(desk.preview().prompt))
    settings.prompt = "a cube"
    settings.negative_prompt = "blur"
    settings.seed = 3
    settings.style = "Loud"
    desk.styles.change("Loud", Style(name="Loud", prompt="{prompt}?"))
    desk.follow_model(None)
    desk.look_again()

    assert heard == ["a cube"] * 3 + ["a cube!"] + ["a cube?"] * 3


def test_a_file_that_changed_is_read_when_it_looks_again(
    desk: PromptDesk, settings: Settings, tmp_path: Path
) -> None:
    settings.prompt = "__one__"
    assert desk.preview().problem
    (tmp_path / "wildcards" / "one.txt").write_text("a cube")
    desk.look_again()

    assert desk.preview().prompt == "a cube"


def test_a_file_that_came_meanwhile_is_found_by_generate(desk: PromptDesk, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        fill(desk, "__late__")
    (tmp_path / "wildcards" / "late.txt").write_text("a cube")

    assert fill(desk, "__late__").prompt == "a cube"


def test_damaged_styles_are_told_once(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "styles.json").write_text("[")
    desk = PromptDesk(settings, tmp_path)
    heard: list[Notice] = []
    desk.noticed.connect(heard.append)
    desk.follow_model(CAPABILITIES)
    desk.follow_model(None)

    assert ["no JSON with styles" in notice.text for notice in heard] == [True]


def test_a_request_from_before_has_only_what_is_read(settings: Settings) -> None:
    settings.style = "Loud"
    settings.recall_prompt(Generate(prompt="a cube", negative_prompt="blur"))

    assert (settings.prompt, settings.style, settings.negative_prompt) == ("a cube", "", "blur")


def test_words_are_drawn_again_from_another_seed(desk: PromptDesk, settings: Settings) -> None:
    settings.style = "Loud"
    first = fill(desk, "a {1|2|3|4|5|6|7|8|9} cube", negative_prompt="{a|b}", count=2)
    again = desk.read_again(first.model_copy(update={"seed": 77}))
    settings.style = "Loud"
    fresh = fill(desk, "a {1|2|3|4|5|6|7|8|9} cube", negative_prompt="{a|b}", count=2, seed=77)

    assert again.model_dump(exclude={"id"}) == fresh.model_dump(exclude={"id"})
    assert again.prompt.endswith("!")


def test_what_was_read_stays_where_it_cannot_be_read_again(desk: PromptDesk) -> None:
    plain = Generate(prompt="a cube", seed=5)
    assert desk.read_again(plain) is plain
    lost = Generate(prompt="a red cube", raw_prompt="a __lost__ cube", seed=5)
    assert desk.read_again(lost) is lost
