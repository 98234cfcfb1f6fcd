"""The `t2i-studio` command. Nothing heavy is imported here; each command does that when it runs."""

import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from pydantic import ValidationError
from typer.exceptions import TyperException

from t2i_studio import __version__
from t2i_studio.cli import latent_commands, logs, options, picture_commands, terminal
from t2i_studio.core import paths
from t2i_studio.core.cancel import CancelledError
from t2i_studio.core.errors import Blame, StudioError, UserError, explain

if TYPE_CHECKING:
    from t2i_studio.engine.registry import Registry

DONE, FAILED, MISUSED, CANCELLED = 0, 1, 2, 130
PROJECT_SUFFIX = ".ora"
NO_TELEMETRY = {"HF_HUB_DISABLE_TELEMETRY": "1", "DO_NOT_TRACK": "1"}
# How long torch's threads spin before they sleep while one waits for the other. OpenMP's own
# 300,000 is no faster on an idle machine and 40 times slower beside one other busy process.
SHORT_SPIN = ("GOMP_SPINCOUNT", "10000")

log = logging.getLogger(__name__)
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
app.add_typer(picture_commands.app)
app.add_typer(latent_commands.app)


def run() -> NoReturn:
    """Run the command with the program's arguments and leave with its exit code."""
    os.environ.update(NO_TELEMETRY)
    os.environ.setdefault(*SHORT_SPIN)
    terminal.prepare()
    logs.install()
    sys.exit(_guarded(sys.argv[1:]))


def _guarded(arguments: Sequence[str]) -> int:
    """Run a command; what nobody expected goes to the log, not to the terminal."""
    try:
        return main(arguments)
    except KeyboardInterrupt:
        return CANCELLED
    except Exception as error:
        report_bug(error)
        return FAILED


def main(arguments: Sequence[str], make_registry: "Callable[[str], Registry] | None" = None) -> int:
    """Run one command and return its exit code; `make_registry` makes the engine for a device.

    When nobody reads stdout any more, typer raises SystemExit without a word.
    """
    try:
        if file := _named_file(arguments):
            return _open_window(file)
        code: int | None = app(
            list(arguments), prog_name=terminal.NAME, standalone_mode=False, obj=make_registry
        )
        return code or DONE
    except TyperException as error:
        return _misused(error)
    except ValidationError as error:
        return _failed(explain(error))
    except StudioError as error:
        return _failed(error)
    except CancelledError:
        terminal.say("Cancelled.")
        return CANCELLED
    except KeyboardInterrupt:
        return CANCELLED


def _named_file(arguments: Sequence[str]) -> Path | None:
    """Return the picture or project that is all that was given; raises UserError without it."""
    if len(arguments) != 1 or arguments[0].startswith("-") or "." not in arguments[0]:
        return None
    from t2i_studio.core.pictures import SUFFIXES

    path = Path(arguments[0])
    if path.suffix.lower() not in (*SUFFIXES, PROJECT_SUFFIX):
        return None
    if not path.is_file():
        raise UserError(f"{path}: There is no such file.")
    return path


def _open_window(file: Path | None = None) -> int:
    from t2i_studio.app import main as open_window

    return open_window(file)


def report_bug(error: Exception) -> None:
    """Write the traceback to the log and one line to stderr."""
    log.critical("unexpected", exc_info=error)
    if isinstance(error, MemoryError):
        terminal.say("There is not enough memory for this. Close other programs.")
    else:
        what = f"{type(error).__name__}: {error}"
        terminal.say(f"Something went wrong inside ({what}). Details: {paths.log_file()}")


def _misused(error: TyperException) -> int:
    context = getattr(error, "ctx", None)
    command = context.command_path if context else terminal.NAME
    terminal.say(f"{error.format_message().rstrip('.')}. Try: {command} --help")
    return MISUSED


def _failed(error: StudioError) -> int:
    log.info("%s: %s", error.blame, error)
    terminal.say(str(error))
    return MISUSED if error.blame is Blame.user else FAILED


def _show_version(wanted: bool) -> None:
    if wanted:
        terminal.write(f"{terminal.NAME} {__version__}")
        raise typer.Exit


Version = Annotated[
    bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Tell it and exit.")
]


@app.callback(invoke_without_command=True)
def studio(context: typer.Context, version: Version = False) -> int:
    """Make pictures from text on your own machine.

    Without a command a window opens, with the picture or project that is named instead of one.
    """
    return DONE if context.invoked_subcommand else _open_window()


@app.command()
def doctor(as_json: options.Json = False) -> int:
    """Check what the studio needs from this machine, and tell what mends it."""
    from t2i_studio.cli.doctor import doctor

    return doctor(as_json)


@app.command()
def bench(
    context: typer.Context,
    names: options.Groups = None,
    quick: options.Quick = False,
    compare: options.Compare = None,
    model: options.Model = "scenes",
    device: options.OnDevice = options.Device.auto,
    as_json: options.Json = False,
) -> int:
    """Measure how fast the studio is on this machine; it never passes or fails."""
    from t2i_studio.cli.bench import Options, bench

    return bench(Options(**context.params), context.obj)


train = typer.Typer()
app.add_typer(train, name="train", help="Train an unCLIP of your own.")


@train.command("scenes")
def train_scenes(
    context: typer.Context,
    preset: options.PresetName = options.PresetChoice.auto,
    output: options.Output = None,
    pictures: options.Pictures = None,
    start: options.Start = None,
    icons: options.Icons = None,
    cap: options.Cap = 1000,
    share: options.Share = 1.0,
    ranks: options.Ranks = None,
    device: options.OnDevice = options.Device.auto,
    seed: options.FixedSeed = 0,
    as_json: options.Json = False,
) -> int:
    """Train every part on a world rendered for it, or on your own pictures with captions."""
    from t2i_studio.cli.train import Options, train_scenes

    return train_scenes(Options(**context.params))


evaluate = typer.Typer()
app.add_typer(evaluate, name="evaluate", help="Measure how well a model does what it is asked.")


@evaluate.command("scenes")
def evaluate_scenes(
    context: typer.Context,
    model: options.Model = "scenes",
    n: options.SampleSize = 96,
    seed: options.FixedSeed = 0,
    judge: options.JudgeFolder = None,
    icons: options.Icons = None,
    grids: options.Grids = None,
    device: options.OnDevice = options.Device.auto,
    offline: options.Offline = False,
    as_json: options.Json = False,
) -> int:
    """Paint held-out captions of the rendered world, and have a judge look at the pictures."""
    from t2i_studio.cli.evaluate import Options, evaluate_scenes

    return evaluate_scenes(Options(**context.params))
