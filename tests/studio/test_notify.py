import pytest

from t2i_studio.studio.dispatch import Round
from t2i_studio.studio.notify import NotifyOptions, summary


@pytest.mark.parametrize(
    ("pictures", "failed", "expected"),
    [
        (1, 0, "1 picture is ready."),
        (4, 0, "4 pictures are ready."),
        (0, 1, "1 job has failed."),
        (3, 2, "3 pictures are ready. 2 jobs have failed."),
    ],
)
def test_a_round_is_told_in_one_line(pictures: int, failed: int, expected: str) -> None:
    assert summary(Round(9.0, pictures, failed)) == expected


def test_nobody_is_disturbed_unasked() -> None:
    options = NotifyOptions()
    assert not options.has_sound
    assert not options.has_notification


def test_options_can_be_kept() -> None:
    options, other = NotifyOptions(has_sound=True), NotifyOptions()
    assert other.restore(options.to_json()) == []
    assert other == options
    assert other.restore({"has_sound": "loud"}) == ["has_sound"]
