"""What arguments name: pictures, embeddings, and texts where both are missing."""

import os
from collections.abc import Callable
from pathlib import Path

from t2i_studio.cli import terminal
from t2i_studio.cli.terminal import decoded
from t2i_studio.core.concept import FromEmbedding, FromPicture, FromPrompt, Start
from t2i_studio.core.errors import UserError
from t2i_studio.core.latent import Space
from t2i_studio.core.pictures import SUFFIXES, read_picture
from t2i_studio.gallery import embeddings

SpaceOf = Callable[[], Space]
"""Loads the model, which embeddings of other programs need to be told."""


def start(argument: str, space: SpaceOf) -> FromPicture | FromEmbedding:
    """Read a picture or an embedding; raises StudioError."""
    path = Path(argument)
    if is_embedding(path):
        return embedding(path, space)
    return FromPicture(image=read_picture(path))


def corner(argument: str, space: SpaceOf) -> Start:
    """Read a picture or an embedding, or else take a prompt; raises StudioError."""
    if names_file(argument):
        return start(argument, space)
    return FromPrompt(prompt=decoded(argument))


def embedding(path: Path, space: SpaceOf) -> FromEmbedding:
    """Read the one embedding of a file; raises StudioError."""
    kept = embeddings.load(path, space())
    if len(kept.embeddings) != 1:
        raise UserError(
            f"{path}: It holds {len(kept.embeddings)} embeddings, and one is needed.",
            "Save that one alone, with embed.",
        )
    return FromEmbedding(embedding=kept.embeddings, title=kept.titles[0])


def is_embedding(path: Path) -> bool:
    return path.suffix.lower() == embeddings.SUFFIX


def names_file(argument: str) -> bool:
    """Tell whether an argument is meant as a file, and say so where that is not plain."""
    is_typical = argument.lower().endswith((*SUFFIXES, embeddings.SUFFIX))
    if is_typical:
        return True
    path = Path(argument)
    if _is(path.is_file):
        terminal.say(f"{argument} is taken as the file; as a text, end it with a space.")
        return True
    if _is(path.is_dir) or os.sep in argument:
        terminal.say(f"{argument} is taken as a text: there is no file of that name.")
    return False


def _is(test: Callable[[], bool]) -> bool:
    try:
        return test()
    except OSError:  # too long for a name
        return False
