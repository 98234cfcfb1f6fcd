import os
import subprocess
import sys
from pathlib import Path

import pytest

import t2i_studio.app
from t2i_studio import __version__
from t2i_studio.cli import main as command_line
from t2i_studio.cli import terminal
from t2i_studio.core import paths
from tests.cli.conftest import Command

FAKE = """
import sys
from pathlib import Path
from t2i_studio.catalogue.store import Checkpoint
from t2i_studio.cli import main, terminal
from t2i_studio.engine.registry import Registry
terminal.prepare()
families = {"fake": "t2i_studio.engine.backends.fake:load"}
find = lambda name: Checkpoint(name, Path(), "fake")
sys.exit(main.main(sys.argv[1:], lambda device: Registry(device, families, find=find)))
"""


def shell(*arguments: str | bytes, code: str = "", **environment: str) -> tuple[int, str, str]:
    """Run the command as people do, or `code` in its place."""
    start = ["-c", code] if code else ["-m", "t2i_studio"]
    done = subprocess.run(
        [sys.executable, *start, *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_the_version_is_told() -> None:
    assert shell("--version") == (0, f"t2i-studio {__version__}\n", "")


def test_nothing_heavy_is_imported_before_a_command_runs() -> None:
    code = (
        "import sys, t2i_studio.cli.main; "
        "print({'torch', 'PySide6', 'numpy', 'PIL', 'rich.progress'} & set(sys.modules))"
    )
    assert shell(code=code)[1] == "set()\n"


def test_help_names_the_commands() -> None:
    code, out, _ = shell("--help", TERM="dumb")
    assert code == 0
    assert all(name in out for name in ("generate", "inpaint", "textdiff", "pca", "doctor"))


def test_without_a_command_the_window_opens(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(t2i_studio.app, "main", lambda file: 7)
    assert command().code == 7


@pytest.mark.parametrize("name", ["work.ora", "Bild 🖼.PNG", "a.b.webp"])
def test_a_file_instead_of_a_command_opens_in_the_window(
    command: Command, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path | None] = []

    def open_window(file: Path | None) -> int:
        opened.append(file)
        return 7

    monkeypatch.setattr(t2i_studio.app, "main", open_window)
    path = tmp_path / name
    path.touch()
    assert command(str(path)).code == 7
    assert opened == [path]


@pytest.mark.parametrize(
    ("name", "said"), [("none.ora", "no such file"), ("notes.txt", "No such command")]
)
def test_another_file_instead_of_a_command_is_one_line(
    command: Command, name: str, said: str
) -> None:
    done = command(name)
    assert (done.code, done.err.count("\n")) == (2, 1)
    assert said in done.err


def test_bytes_that_are_no_text_are_one_line() -> None:
    code, out, err = shell("generate", b"a\xff", "-o", "out.png")
    assert (code, out) == (2, "")
    assert err.startswith("t2i-studio: The prompt contains half a character")


@pytest.mark.parametrize("coerced", [True, False])
def test_the_plainest_locale_carries_any_prompt_and_path(tmp_path: Path, coerced: bool) -> None:
    plain = {} if coerced else {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    out = tmp_path / "🦊.png"
    arguments = ("generate", "a red cube 🦊 مكعب", "-o", str(out))
    assert shell(*arguments, code=FAKE, LC_ALL="C", **plain) == (0, f"{out}\n", "")
    assert "a red cube 🦊 مكعب".encode() in out.read_bytes()


def test_a_reader_that_leaves_is_no_error(tmp_path: Path) -> None:
    readable, writable = os.pipe()
    os.close(readable)
    out = tmp_path / "out.png"
    done = subprocess.run(
        [sys.executable, "-c", FAKE, "generate", "red", "-o", str(out), "--json"],
        stdout=writable, stderr=subprocess.PIPE, check=False,
    )  # fmt: skip
    os.close(writable)
    assert done.stderr == b""
    assert out.exists()


def test_a_bug_goes_to_the_log_and_is_one_line() -> None:
    code = "from t2i_studio.cli import main; main.main = lambda a: 1 / 0; main.run()"
    status, out, err = shell(code=code)
    assert (status, out) == (1, "")
    assert err.startswith("t2i-studio: Something went wrong inside (ZeroDivisionError")
    assert err.count("\n") == 1
    assert "Traceback" in paths.log_file().read_text("utf-8")


def test_a_log_that_cannot_be_written_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    status, _, err = shell("generate", "", "-o", "x.png", T2I_STUDIO_DATA=str(tmp_path / "file"))
    assert status == 2
    assert err.count("\n") == 1


def test_no_log_is_made_without_something_to_write(data_folder: Path) -> None:
    shell("--version")
    assert not data_folder.exists()


def test_too_little_memory_is_named(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    command_line.report_bug(MemoryError())
    assert capsys.readouterr().err.startswith("t2i-studio: There is not enough memory")


def test_ctrl_c_before_a_run_is_a_cancellation(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(file: Path | None) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(t2i_studio.app, "main", interrupt)
    assert command().code == 130


def test_text_from_outside_cannot_command_the_terminal() -> None:
    assert terminal.one_line("a\nb\x1b[31m\tc\u202e d\udcff") == "a b [31m c d"


def test_a_bug_goes_to_the_log_and_one_line_to_the_terminal(data_folder: Path) -> None:
    code = (
        "import sys; from t2i_studio.cli import doctor, main\n"
        "doctor.examine = lambda: 1 / 0\n"
        "sys.argv = ['t2i-studio', 'doctor']; main.run()"
    )
    exit_code, out, err = shell(code=code)
    assert (exit_code, out) == (1, "")
    [line] = err.splitlines()
    assert "Something went wrong inside (ZeroDivisionError: division by zero)" in line
    assert "Traceback" in paths.log_file().read_text()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_an_output_that_takes_nothing_is_one_line() -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "t2i_studio", "doctor", "--json"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert "output cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
