"""Errors by blame: the user's, the machine's, or ours; each one line for people and a way out."""

from enum import StrEnum

from pydantic import ValidationError

FROM_PYDANTIC = "Value error, "  # before what a validator says


class Blame(StrEnum):
    """Whose move it is when something went wrong."""

    user = "user"
    machine = "machine"
    ours = "ours"


class StudioError(Exception):
    """What went wrong in one sentence for people, and what they can do about it."""

    blame = Blame.ours

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class UserError(StudioError):
    """The input cannot be used; the user can change it."""

    blame = Blame.user


class MachineError(StudioError):
    """Disk, memory, device, display or files around us are not as needed."""

    blame = Blame.machine


def explain(error: ValidationError) -> UserError:
    """One line about the first thing pydantic found wrong."""
    first = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    what = first["msg"].removeprefix(FROM_PYDANTIC)
    if first["type"] == "value_error":
        return UserError(what)
    return UserError(f"{where}: {what}." if where else f"{what}.")
