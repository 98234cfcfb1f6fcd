"""`pca`: principal components of many pictures, and single pictures along them."""

import json
from itertools import accumulate

from t2i_studio.cli import frames, output, sources, terminal
from t2i_studio.cli.embed import check_out, tell_saved
from t2i_studio.cli.following import MakeRegistry, following
from t2i_studio.cli.frames import Shot
from t2i_studio.cli.gather import gather, items
from t2i_studio.cli.latent import edited, show_shots
from t2i_studio.cli.latent_commands import (
    FitOptions,
    MoveOptions,
    ReconstructOptions,
    ShowOptions,
)
from t2i_studio.core.concept import Edit, Reconstruct, Shift
from t2i_studio.core.errors import UserError
from t2i_studio.core.events import BasisReady
from t2i_studio.core.latent import Basis
from t2i_studio.core.request import FitBasis
from t2i_studio.gallery.embeddings import load_basis, save_basis
from t2i_studio.studio.explorer.atlas import COMPONENTS
from t2i_studio.studio.explorer.components import doubled
from t2i_studio.studio.presets import words

AMOUNT = 2.0  # standard deviations
WHOLE = "whole"


def fit(options: FitOptions, make_registry: MakeRegistry | None = None) -> int:
    """Fit a basis and save it; returns the exit code, raises StudioError."""
    check_out(options.out)
    found = items(options.inputs, has_texts=False, is_recursive=options.recursive)
    with following(options, make_registry) as follower:
        gathered = gather(follower, found)
        space = gathered.embeddings.space
        most = min(COMPONENTS, len(gathered.embeddings) - 1, space.dim)
        request = FitBasis(
            model=options.model,
            embeddings=gathered.embeddings,
            components=options.components or max(most, 1),
            words=words(),
        )
        basis = follower.answer(request, BasisReady).basis
        save_basis(options.out.resolve(), basis)
        if options.as_json:
            tell_saved(options.out, follower, gathered, {"components": _rows(basis)})
        else:
            terminal.write(f"{options.out}: {_title(basis)}")
    return 0


def reconstruct(options: ReconstructOptions, make_registry: MakeRegistry | None = None) -> int:
    """Decode what the first components hold; returns the exit code, raises StudioError."""
    output.check_apart(options.out, options.image)
    basis = load_basis(options.basis)
    counts = _counts(options.keep, len(basis))
    with following(options, make_registry) as follower:
        start = sources.start(options.image, lambda: follower.space)
        shots = [
            Shot(str(count), edited(options, start, [Reconstruct(basis=basis.first(count))]))
            for count in counts
        ]
        if options.keep is None or len(counts) > 1:
            shots.append(Shot(WHOLE, edited(options, start, [])))
        return show_shots(follower, shots, options)


def move(options: MoveOptions, make_registry: MakeRegistry | None = None) -> int:
    """Decode a way along a component; returns the exit code, raises StudioError."""
    output.check_apart(options.out, options.image)
    basis = load_basis(options.basis)
    if options.component > len(basis):
        raise UserError(
            f"{options.basis}: It has {len(basis)} components, not {options.component}."
        )
    axis = basis.only(options.component - 1)
    is_way = options.frames or (options.amount is None and not frames.is_still(options.out))
    far = AMOUNT if options.amount is None else options.amount
    amounts = [far * (2 * way - 1) for way in frames.ways(options.frames)] if is_way else [far]
    with following(options, make_registry) as follower:
        start = sources.start(options.image, lambda: follower.space)
        edits: list[Edit] = [Shift(basis=axis, amount=amount) for amount in amounts]
        shots = [
            Shot(f"{amount:+.1f}", edited(options, start, [edit]))
            for amount, edit in zip(amounts, edits, strict=True)
        ]
        return show_shots(follower, shots, options)


def show(options: ShowOptions, make_registry: MakeRegistry | None = None) -> int:
    """List the components of a basis; returns the exit code, raises StudioError."""
    basis = load_basis(options.basis)
    if options.as_json:
        facts = {"space": basis.space.id, "dim": basis.space.dim, "count": basis.count}
        terminal.write(json.dumps({**facts, "components": _rows(basis)}))
        return 0
    terminal.write(_title(basis))
    for row in _rows(basis):
        explained = f"{row['explained']:6.1%} {row['cumulative']:6.1%}"
        terminal.write(f"{row['component']:4} {explained}  {terminal.one_line(str(row['name']))}")
    return 0


def _title(basis: Basis) -> str:
    share = _rows(basis)[-1]["cumulative"]
    what = "1 component explains" if len(basis) == 1 else f"{len(basis)} components explain"
    return f"{what} {share:.1%} of {basis.count} embeddings, {basis.space}"


def _rows(basis: Basis) -> list[dict[str, object]]:
    """Tell of each component which share of the variance it explains."""
    total = basis.total_variance
    shares = [variance / total if total else 0.0 for variance in basis.variances]
    names = basis.names or ("",) * len(basis)
    rows = zip(names, shares, accumulate(shares), strict=True)
    return [
        {"component": place, "name": name, "explained": share, "cumulative": together}
        for place, (name, share, together) in enumerate(rows, start=1)
    ]


def _counts(text: str | None, most: int) -> tuple[int, ...]:
    """Read "1,2,4"; raises UserError."""
    if text is None:
        return doubled(most)
    try:
        counts = tuple(int(each) for each in text.split(","))
    except ValueError as error:
        raise UserError(f"--keep {text}: These are no numbers.", "Write it like 1,2,4.") from error
    if not all(1 <= count <= most for count in counts):
        raise UserError(f"--keep {text}: The basis has 1 to {most} components.")
    return counts
