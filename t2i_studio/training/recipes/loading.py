"""How networks are loaded to be trained on: weights in float32, from this machine alone."""

from collections.abc import Mapping
from typing import Any

import torch

LOADING: Mapping[str, Any] = {
    "dtype": torch.float32,
    "local_files_only": True,
    "use_safetensors": True,
}
"""Options of the libraries' `from_pretrained`."""
