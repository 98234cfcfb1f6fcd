"""`embed` and `rank`: embeddings of many pictures, saved or compared."""

import json
from pathlib import Path

import numpy as np

from t2i_studio.cli import output, sources, terminal
from t2i_studio.cli.following import Follower, MakeRegistry, following
from t2i_studio.cli.gather import Collection, gather, items
from t2i_studio.cli.latent_commands import EmbedOptions, RankOptions
from t2i_studio.cli.terminal import decoded
from t2i_studio.core.concept import FromPicture
from t2i_studio.core.errors import UserError
from t2i_studio.core.events import Embedded
from t2i_studio.core.latent import Floats
from t2i_studio.core.request import Embed
from t2i_studio.gallery import embeddings as files

LEAST = 1e-12  # of a length that is divided by


def embed(options: EmbedOptions, make_registry: MakeRegistry | None = None) -> int:
    """Save embeddings; returns the exit code, raises StudioError."""
    check_out(options.out)
    found = items(options.inputs, has_texts=True, is_recursive=options.recursive)
    with following(options, make_registry) as follower:
        gathered = gather(follower, found)
        files.save(options.out.resolve(), gathered.kept)
        if options.as_json:
            tell_saved(options.out, follower, gathered, {})
        else:
            terminal.write(f"{options.out}: {len(gathered.embeddings)} embeddings")
    return 0


def rank(options: RankOptions, make_registry: MakeRegistry | None = None) -> int:
    """Tell what lies closest; returns the exit code, raises StudioError."""
    found = items(options.inputs, has_texts=False, is_recursive=options.recursive)
    with following(options, make_registry) as follower:
        query = _query(follower, options.query)
        gathered = gather(follower, found)
        matches = _unit(gathered.embeddings.vectors.values) @ _unit(query)[0]
        order = np.argsort(-matches, kind="stable")[: options.top]
        best = [(gathered.places[index], round(float(matches[index]), 4)) for index in order]
        if options.as_json:
            rows = [
                {"path": str(place.path or ""), "title": place.title, "cosine": cosine}
                for place, cosine in best
            ]
            unreadable = list(gathered.unreadable)
            facts = {"ranked": rows, "unreadable": unreadable, **follower.facts}
            terminal.write(json.dumps(facts))
        else:
            for place, cosine in best:
                terminal.write(f"{cosine:7.4f}  {place.path or terminal.one_line(place.title)}")
    return 0


def check_out(out: Path) -> None:
    """Refuse a name that is no embeddings file's, before the work; raises StudioError."""
    if out.suffix.lower() != files.SUFFIX:
        raise UserError(f"{out}: This file ends in {files.SUFFIX}.", "Name it like that.")
    output.check(out)


def tell_saved(
    out: Path, follower: Follower, gathered: Collection, more: dict[str, object]
) -> None:
    """Print what --json says of a file of embeddings, or of what was found from them."""
    space = gathered.embeddings.space
    facts = {
        "path": str(out),
        "count": len(gathered.embeddings),
        "space": space.id,
        "dim": space.dim,
        "unreadable": list(gathered.unreadable),
    }
    terminal.write(json.dumps({**facts, **more, **follower.facts}))


def _query(follower: Follower, argument: str) -> Floats:
    """Embed what is looked for: (1, D)."""
    if not sources.names_file(argument):
        wanted: Embed = Embed(model=follower.model, inputs=(decoded(argument),))
    else:
        start = sources.start(argument, lambda: follower.space)
        if not isinstance(start, FromPicture):
            return start.embedding.vectors.values
        wanted = Embed(model=follower.model, inputs=(start.image,))
    return follower.answer(wanted, Embedded).embeddings.vectors.values


def _unit(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Floats = vectors / np.maximum(lengths, np.float32(LEAST))
    return unit
