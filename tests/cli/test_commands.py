import inspect
from dataclasses import dataclass
from typing import Annotated

import typer

from t2i_studio.cli.commands import command

SEEN: list[object] = []
group = typer.Typer()
group.callback()(lambda: None)  # so that one command is still named


@dataclass(frozen=True, kw_only=True)
class Shared:
    loud: Annotated[bool, typer.Option("--loud")] = False


@command(group, "greet", f"{__name__}:greet")
@dataclass(frozen=True, kw_only=True)
class Greeting(Shared):
    """Greet somebody."""

    name: Annotated[str, typer.Argument()]
    times: Annotated[int, typer.Option(min=1)] = 1


def greet(options: Greeting, engine: object) -> int:
    SEEN.append((options, engine))
    return 3


def run(*arguments: str) -> object:
    return group(list(arguments), standalone_mode=False, obj="an engine")


def test_a_dataclass_is_filled_and_handed_to_the_work() -> None:
    assert run("greet", "Ada", "--times", "2", "--loud") == 3
    assert SEEN.pop() == (Greeting(name="Ada", times=2, loud=True), "an engine")


def test_defaults_are_those_of_the_dataclass() -> None:
    run("greet", "Ada")
    assert SEEN.pop() == (Greeting(name="Ada"), "an engine")


def test_help_shows_the_docstring_and_a_class_s_own_options_first() -> None:
    [found] = group.registered_commands
    assert found.help == "Greet somebody."
    assert found.callback is not None
    names = list(inspect.signature(found.callback).parameters)
    assert names == ["context", "name", "times", "loud"]
