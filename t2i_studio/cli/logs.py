"""The log file: made when there is something to write, and never a reason to fail."""

import logging
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from t2i_studio.core import paths

MAX_BYTES = 1_000_000
KEPT = 3  # older files
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class LogFile(RotatingFileHandler):
    """A rotating file whose folder is made on first use."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            maxBytes=MAX_BYTES,
            backupCount=KEPT,
            encoding="utf-8",
            errors="backslashreplace",
            delay=True,
        )
        self.setFormatter(logging.Formatter(FORMAT))

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # logging's name
        """Go on without a log: the disk is full, or the folder may not be written."""


def install() -> None:
    """Send our log, warnings of libraries and Python's own warnings to the file."""
    logging.getLogger().addHandler(LogFile(paths.log_file()))
    logging.getLogger("t2i_studio").setLevel(logging.INFO)
    logging.captureWarnings(True)
