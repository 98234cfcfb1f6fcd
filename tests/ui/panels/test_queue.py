"""The queue by real events, in the whole window over the fake backend."""

from pytestqt.qtbot import QtBot

from t2i_studio.studio.jobs import JobState
from tests.ui.conftest import OpenStudio


def test_what_waits_is_there_again_after_a_restart(open_studio: OpenStudio, qtbot: QtBot) -> None:
    first = open_studio()
    first.session.dispatcher.pause()
    first.session.settings.prompt = "a red cube"
    for _ in range(3):
        first.session.generate()
    second = open_studio()
    qtbot.waitUntil(lambda: len(second.session.jobs) == 3)
    assert {job.state for job in second.session.jobs} == {JobState.restored}
    toast = second.window.toasts.toasts[-1]
    assert toast.text == "3 jobs of the last time wait."
    toast.button.click()
    qtbot.waitUntil(lambda: len(second.session.jobs) == 0)
    qtbot.waitUntil(lambda: len(second.session.shelf.pictures) == 3)
