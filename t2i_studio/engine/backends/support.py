"""What backends share: devices."""

import torch

from t2i_studio.core.errors import MachineError, UserError
from t2i_studio.core.words import tr

DEVICES = ("cuda", "mps", "xpu", "cpu")  # the fastest first


def pick_device(name: str) -> torch.device:
    """Return the device of that name, or the fastest one here for "auto"."""
    if name == "auto":
        return torch.device(next(device for device in DEVICES if _is_here(device)))
    if name not in DEVICES:
        raise UserError(
            tr(
                "There is no device {name}; choose auto, {devices}.",
                name=repr(name),
                devices=", ".join(DEVICES),
            )
        )
    if not _is_here(name):
        raise MachineError(
            tr("This machine has no {name} device.", name=name), tr("Use --device cpu.")
        )
    return torch.device(name)


def _is_here(device: str) -> bool:
    if device == "cpu":
        return True
    if device == "mps":
        return torch.backends.mps.is_available()
    return bool(getattr(torch, device).is_available())
