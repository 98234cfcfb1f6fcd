import pytest
from pydantic import ValidationError

from t2i_studio.core.errors import Blame, MachineError, StudioError, UserError, explain
from t2i_studio.core.request import REQUEST


@pytest.mark.parametrize(
    ("kind", "blame"),
    [(StudioError, Blame.ours), (UserError, Blame.user), (MachineError, Blame.machine)],
)
def test_every_error_knows_whose_move_it_is(kind: type[StudioError], blame: Blame) -> None:
    assert kind("It broke.").blame == blame


def test_error_reads_as_what_is_wrong_and_what_to_do() -> None:
    assert str(UserError("It broke.", "Mend it.")) == "It broke. Mend it."
    assert str(UserError("It broke.")) == "It broke."


@pytest.mark.parametrize(
    ("data", "line"),
    [
        pytest.param(
            {"kind": "generate", "prompt": " "},
            "The prompt is empty: write what the picture should show.",
            id="our own words",
        ),
        pytest.param(
            {"kind": "generate", "prompt": "a", "decoder": {"steps": "many"}},
            "generate.decoder.steps: Input should be a valid integer, "
            "unable to parse string as an integer.",
            id="a field of the wrong type",
        ),
        pytest.param(
            {"kind": "dance"},
            "Input tag 'dance' found using 'kind' does not match any of the expected tags: "
            "'load', 'generate', 'inpaint', 'refine', 'decode', 'strip', 'embed', 'classify', "
            "'fit_basis'.",
            id="the whole",
        ),
    ],
)
def test_validation_error_becomes_one_line(data: dict[str, object], line: str) -> None:
    with pytest.raises(ValidationError) as caught:
        REQUEST.validate_python(data)

    assert explain(caught.value).message == line
