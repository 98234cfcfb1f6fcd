"""Commands as dataclasses: typer reads their fields, so that commands inherit what they share."""

import dataclasses
import importlib
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import typer

from t2i_studio.cli import options

T = TypeVar("T")


def command(group: typer.Typer, name: str, work: str) -> Callable[[type[T]], type[T]]:
    """Make a dataclass a command: its fields are the parameters, its docstring is the help.

    `work` is "module:function", imported when the command runs; it gets the filled dataclass and
    what makes the engine (None: as users have it), and returns the exit code.
    """

    def register(kind: type[T]) -> type[T]:
        def run(context: typer.Context, **given: object) -> int:
            module, _, function = work.partition(":")
            found: Callable[[T, object], int] = getattr(importlib.import_module(module), function)
            return found(kind(**given), context.obj)

        [context, _] = inspect.signature(run).parameters.values()
        signature = inspect.Signature([context, *_parameters(kind)])
        run.__signature__ = signature  # type: ignore[attr-defined]  # what typer reads
        group.command(name, help=inspect.getdoc(kind))(run)
        return kind

    return register


def _parameters(kind: type) -> list[inspect.Parameter]:
    """Return the fields as parameters, a class's own before those that it inherits."""
    names = [name for each in kind.__mro__ for name in inspect.get_annotations(each)]
    fields = {field.name: field for field in dataclasses.fields(kind)}
    return [_parameter(fields[name]) for name in dict.fromkeys(names)]


def _parameter(field: "dataclasses.Field[object]") -> inspect.Parameter:
    has_default = field.default is not dataclasses.MISSING
    default = field.default if has_default else inspect.Parameter.empty
    kind = inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(field.name, kind, default=default, annotation=field.type)


@dataclass(frozen=True, kw_only=True)
class Common:
    """What every command takes that needs a model."""

    model: options.Model = "scenes"
    device: options.OnDevice = options.Device.auto
    seed: options.Seed = -1
    offline: options.Offline = False
    as_json: options.Json = False


@dataclass(frozen=True, kw_only=True)
class Drawing(Common):
    """What every command takes that makes pictures; None leaves it to the model."""

    negative: options.Negative = ""
    size: options.Size = None
    steps: options.Steps = None
    guidance: options.Guidance = None
    prior: options.PriorKind = options.Prior.diffusion
    prior_steps: options.PriorSteps = None
    prior_guidance: options.PriorGuidance = None
    candidates: options.Candidates = None
    upsampler_steps: options.UpsamplerSteps = None
    sampler: options.Sampler = None
