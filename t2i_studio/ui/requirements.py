"""What Qt needs from the system, looked for before Qt would abort without a word.

Imports no Qt, so that it can be asked first.
"""

import ctypes
import os
import socket
import sys
from collections.abc import Callable, Mapping

PATIENCE_S = 2.0

# Library -> package on Debian and Ubuntu, on Fedora. What Qt 6.5+ loads for X11 windows.
XCB_LIBRARIES: Mapping[str, tuple[str, str]] = {
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11"),
}
COMMON_LIBRARIES: Mapping[str, tuple[str, str]] = {
    "libEGL.so.1": ("libegl1", "libglvnd-egl"),
    "libGL.so.1": ("libgl1", "libglvnd-glx"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs"),
}


def missing(
    environment: Mapping[str, str] = os.environ,
    platform: str = sys.platform,
    is_there: Callable[[str], bool] | None = None,
) -> list[str]:
    """Return a sentence with its remedy for everything that keeps a window from opening."""
    if not platform.startswith("linux"):
        return []
    chosen = environment.get("QT_QPA_PLATFORM", "")
    sentences = [] if chosen else _display_troubles(environment)
    needed = dict(COMMON_LIBRARIES)
    if chosen.startswith("xcb") or (not chosen and environment.get("DISPLAY")):
        needed |= XCB_LIBRARIES
    absent = [name for name in needed if not (is_there or loads)(name)]
    if absent:
        packages = " ".join(needed[name][_distribution()] for name in absent)
        sentences.append(
            f"Qt needs {', '.join(absent)} from the system. Install: {_installer()} {packages}"
        )
    return sentences


def loads(library: str) -> bool:
    """Tell whether the system's loader finds the library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_display(environment: Mapping[str, str] = os.environ) -> bool:
    """Tell whether a window could open, as far as displays go: what `make run` asks."""
    if not sys.platform.startswith("linux") or environment.get("QT_QPA_PLATFORM"):
        return True
    return not _display_troubles(environment)


def _display_troubles(environment: Mapping[str, str]) -> list[str]:
    if environment.get("WAYLAND_DISPLAY"):
        return []
    display = environment.get("DISPLAY")
    if not display:
        why = "There is no display to open a window on (DISPLAY and WAYLAND_DISPLAY are not set)."
    elif not answers(display):
        why = f"The display {display} does not answer."
    else:
        return []
    return [f'{why} Use the command line: t2i-studio generate "a red cube" -o cube.png']


def answers(display: str) -> bool:
    """Tell whether an X server listens on a display of this machine; others are believed."""
    host, _, rest = display.rpartition(":")
    number = rest.partition(".")[0]
    if host not in ("", "unix") or not number.isdigit():
        return True
    path = f"/tmp/.X11-unix/X{number}"
    return any(_connects(address) for address in (path, f"\0{path}"))  # the second is abstract


def _connects(address: str) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(PATIENCE_S)
        try:
            probe.connect(address)
        except OSError:
            return False
    return True


def _distribution() -> int:
    return 1 if os.path.exists("/etc/fedora-release") else 0


def _installer() -> str:
    return ("sudo apt install", "sudo dnf install")[_distribution()]
