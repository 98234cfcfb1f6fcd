"""Read a text file from outside: small, in UTF-8, with one clear line for all else."""

from pathlib import Path

from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.core.words import tr

MAX_BYTES = 5 * 2**20


def read_text(path: Path) -> str:
    """Return what a file says, without a byte order mark; raises UserError and MachineError."""
    try:
        if path.stat().st_size > MAX_BYTES:
            most = MAX_BYTES // 2**20
            raise UserError(tr("{path}: The file is larger than {most} MiB.", path=path, most=most))
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problem = tr("{path}: This is not text in UTF-8.", path=path)
        raise UserError(problem, tr("Save it as UTF-8.")) from error
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:  # ValueError: NUL in it
        raise UserError(tr("{path}: There is no such file.", path=path)) from error
    except OSError as error:
        problem = tr("{path}: Cannot be read ({reason}).", path=path, reason=error.strerror)
        raise MachineError(problem) from error
