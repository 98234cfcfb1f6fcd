"""Where things lie. Nothing is made here: whoever writes makes the folder."""

import os
from pathlib import Path

import platformdirs

APP_NAME = "t2i-studio"


def data_folder() -> Path:
    """Pictures, session and models; T2I_STUDIO_DATA moves all of it."""
    override = os.environ.get("T2I_STUDIO_DATA")
    return Path(override) if override else Path(platformdirs.user_data_dir(APP_NAME, False))


def gallery_folder() -> Path:
    return data_folder() / "gallery"


def models_folder() -> Path:
    return data_folder() / "models"


def cache_folder() -> Path:
    """Return where lies what can be made again; T2I_STUDIO_DATA moves it, too."""
    if os.environ.get("T2I_STUDIO_DATA"):
        return data_folder() / "cache"
    return Path(platformdirs.user_cache_dir(APP_NAME, False))


def log_file() -> Path:
    return data_folder() / "logs" / "t2i-studio.log"


def resource(name: str) -> Path:
    """Return a file or folder that ships with the program, like "checkpoints/scenes"."""
    package = Path(__file__).parents[1]
    installed = package / "resources" / name
    return installed if installed.exists() else package.parent / "resources" / name
