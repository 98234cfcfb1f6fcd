"""What the system lacks is said in one sentence with its remedy."""

import socket

from t2i_studio.ui.requirements import answers, has_display, loads, missing

SCREEN = {"DISPLAY": "far-away:0"}


def everything(library: str) -> bool:
    return True


def test_nothing_is_missing_on_a_complete_system() -> None:
    assert missing(SCREEN, "linux", everything) == []


def test_no_display_points_to_the_command_line() -> None:
    [sentence] = missing({}, "linux", everything)
    assert "no display" in sentence
    assert "t2i-studio generate" in sentence


def test_a_missing_library_is_named_with_the_command_that_installs_it() -> None:
    [sentence] = missing(SCREEN, "linux", lambda library: "xcb-cursor" not in library)
    assert "libxcb-cursor.so.0" in sentence
    assert "install libxcb-cursor0" in sentence


def test_the_offscreen_platform_needs_no_display_and_no_xcb() -> None:
    there = missing({"QT_QPA_PLATFORM": "offscreen"}, "linux", lambda lib: "xcb" not in lib)
    assert there == []


def test_wayland_counts_as_a_display() -> None:
    assert missing({"WAYLAND_DISPLAY": "wayland-0"}, "linux", everything) == []


def test_other_systems_bring_what_qt_needs() -> None:
    assert missing({}, "darwin", lambda library: False) == []


def test_the_systems_loader_is_asked() -> None:
    assert not loads("libsurely-not-there.so.9")


def test_wayland_alone_needs_no_xcb() -> None:
    there = missing({"WAYLAND_DISPLAY": "w"}, "linux", lambda library: "xcb" not in library)
    assert there == []


def test_a_display_that_does_not_answer_is_no_display() -> None:
    assert not answers(":987")
    [sentence] = missing({"DISPLAY": ":987.0"}, "linux", everything)
    assert "display :987.0 does not answer" in sentence
    assert not has_display({"DISPLAY": ":987"})


def test_a_display_that_listens_answers() -> None:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("\0/tmp/.X11-unix/X986")
        server.listen()
        assert answers(":986")
        assert has_display({"DISPLAY": ":986.0"})


def test_displays_of_other_machines_are_believed() -> None:
    assert answers("far-away:0")
    assert has_display({"WAYLAND_DISPLAY": "w"})
    assert has_display({"QT_QPA_PLATFORM": "offscreen"})
