"""The machine as far as figures depend on it."""

import importlib.metadata
import os
import platform
from pathlib import Path

from t2i_studio import __version__

LIBRARIES = ("torch", "numpy", "diffusers", "transformers", "PySide6-Essentials", "scikit-learn")


def describe() -> dict[str, str]:
    """Name processor, memory, load and versions."""
    import torch

    facts = {
        "t2i-studio": __version__,
        "system": platform.platform(),
        "processor": _processor(),
        "processors": str(os.cpu_count()),
        "threads": str(torch.get_num_threads()),
        "memory": _memory(),
        "load": _load(),
        "python": platform.python_version(),
    }
    if torch.cuda.is_available():
        facts["accelerator"] = torch.cuda.get_device_name()
    return facts | _versions()


def _processor() -> str:
    """Linux tells its name in a file only."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _memory() -> str:
    try:
        size = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return "unknown"
    return f"{size / 2**30:.0f} GiB"


def _load() -> str:
    """Count who wanted a processor in the last minute: above 0, figures are worse for it."""
    try:
        return f"{os.getloadavg()[0]:.1f}"
    except (AttributeError, OSError):
        return "unknown"


def _versions() -> dict[str, str]:
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found
