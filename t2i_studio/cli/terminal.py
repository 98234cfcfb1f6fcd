"""What the command says on stderr: single lines without control characters."""

import contextlib
import sys
from io import TextIOWrapper

from t2i_studio.core.errors import MachineError

NAME = "t2i-studio"


def prepare() -> None:
    """Let stdout carry any path as its bytes, and stderr any text, in any locale."""
    for stream, errors in ((sys.stdout, "surrogateescape"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, TextIOWrapper):
            encoding = "utf-8" if stream.encoding.lower() in {"ascii", "us-ascii"} else None
            stream.reconfigure(encoding=encoding, errors=errors)


def decoded(argument: str) -> str:
    """Read an argument as UTF-8 where Python took the locale for ASCII (LC_ALL=C)."""
    try:
        return argument.encode(sys.getfilesystemencoding(), "surrogateescape").decode()
    except UnicodeError:
        return argument


def say(text: str) -> None:
    """Write one line to stderr, if there is one and somebody reads it."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            sys.stderr.write(f"{NAME}: {one_line(text)}\n")
            sys.stderr.flush()


def is_watched() -> bool:
    """Tell whether stderr goes to a terminal, where people read along."""
    return sys.stderr is not None and sys.stderr.isatty()


def write(line: str) -> None:
    """Write one line to stdout, if there is one.

    Raises BrokenPipeError when nobody reads it any more, MachineError when it cannot be written.
    """
    if sys.stdout is None:
        return
    try:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise MachineError(f"The output cannot be written ({error.strerror}).") from error


def one_line(text: str) -> str:
    """Bring text from outside onto one line that a terminal only shows."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
