"""`variations`, `interpolate` and `textdiff`: pictures from image embeddings."""

from collections.abc import Sequence
from typing import Any

from t2i_studio.cli import frames, output, pictures, sources
from t2i_studio.cli.following import Follower, MakeRegistry, following
from t2i_studio.cli.frames import Shot
from t2i_studio.cli.generate import drawing_fields
from t2i_studio.cli.latent_commands import (
    Decoding,
    Framed,
    InterpolateOptions,
    TextdiffOptions,
    VariationsOptions,
)
from t2i_studio.cli.terminal import decoded
from t2i_studio.core.concept import (
    Concept,
    Edit,
    FromEmbedding,
    FromPicture,
    Mix,
    Start,
    TextDiff,
)
from t2i_studio.core.errors import UserError
from t2i_studio.core.request import Decode

THETA, MOST_THETA = 0.35, 0.5  # Ramesh et al. 2022, section 3.3: 0.25 to 0.5


def variations(options: VariationsOptions, make_registry: MakeRegistry | None = None) -> int:
    """Decode the embedding again; returns the exit code, raises StudioError."""
    if options.count == 1:
        output.check_apart(options.out, options.image)
    with following(options, make_registry) as follower:
        start = sources.start(options.image, lambda: follower.space)
        fields = decode_fields(options)
        noise = "drawn" if options.eta is None else "inverted"
        fields["decoder"] |= {"eta": options.eta or 0.0}
        concept = Concept(base=start)
        request = Decode(**fields, concept=concept, noise=noise, count=options.count)
        return pictures.make(follower, request, options.out, as_json=options.as_json)


def interpolate(options: InterpolateOptions, make_registry: MakeRegistry | None = None) -> int:
    """Decode mixes; returns the exit code, raises StudioError."""
    names = (options.first, options.second, *(options.corner or ()))
    output.check_apart(options.out, *names)
    if len(names) > 2 and (options.at is None or options.frames):
        raise UserError(
            "With --corner there is no way, only a point.", "Say --at X,Y, no --frames."
        )
    if options.at is not None and options.frames:
        raise UserError("--at is one point, --frames a way.", "Say one of them.")
    with following(options, make_registry) as follower:
        corners = tuple(sources.corner(name, lambda: follower.space) for name in names)
        if options.at is not None:
            x, y = _point(options.at)
            frames.check_single(options.out)
            request = _mixed(options, corners, x, y)
            return pictures.make(follower, request, options.out, as_json=options.as_json)
        shots = [
            Shot(f"{x:.2f}", _mixed(options, corners, x, 0.0)) for x in frames.ways(options.frames)
        ]
        return frames.make(follower, shots, options.out, as_json=options.as_json)


def textdiff(options: TextdiffOptions, make_registry: MakeRegistry | None = None) -> int:
    """Decode what text diffs turn to; returns the exit code, raises StudioError."""
    is_way = bool(options.frames) or (not options.theta and not frames.is_still(options.out))
    output.check_apart(options.out, options.image)
    diffs = _diffs(options, MOST_THETA if is_way else THETA)
    with following(options, make_registry) as follower:
        start = sources.start(options.image, lambda: follower.space)
        shots = [
            Shot(_shares(edits), edited(options, start, edits))
            for way in (frames.ways(options.frames) if is_way else [1.0])
            if (edits := [diff.model_copy(update={"theta": diff.theta * way}) for diff in diffs])
        ]
        return show_shots(follower, shots, options)


def show_shots(follower: Follower, shots: Sequence[Shot], options: Framed) -> int:
    """Make one picture, or several together; returns the exit code, raises StudioError."""
    if len(shots) > 1:
        return frames.make(follower, shots, options.out, as_json=options.as_json)
    frames.check_single(options.out)
    return pictures.make(follower, shots[0].request, options.out, as_json=options.as_json)


def edited(options: Decoding, start: FromPicture | FromEmbedding, edits: Sequence[Edit]) -> Decode:
    """Return the request for a start with edits; a picture keeps its own noise."""
    noise = "inverted" if isinstance(start, FromPicture) else "drawn"
    concept = Concept(base=start, edits=tuple(edits))
    return Decode(**decode_fields(options), concept=concept, noise=noise)


def decode_fields(options: Decoding) -> dict[str, Any]:
    """Return what all requests for decoding have in common; raises UserError."""
    return {
        **drawing_fields(options),
        "prompt": decoded(options.caption),
        "inversion": {
            "steps": options.inversion_steps,
            "iterations": options.inversion_iterations,
            "guidance": options.inversion_guidance,
        },
    }


def _mixed(options: InterpolateOptions, corners: tuple[Start, ...], x: float, y: float) -> Decode:
    concept = Concept(base=Mix(corners=corners, x=x, y=y))
    noise = "inverted" if options.noise == "inverted" else "drawn"
    return Decode(**decode_fields(options), concept=concept, noise=noise)


def _point(text: str) -> tuple[float, float]:
    """Read "X" or "X,Y"; raises UserError."""
    try:
        x, y = [float(each) for each in (text if "," in text else f"{text},0").split(",")]
    except ValueError as error:
        raise UserError(
            f"--at {text}: This is no point.", "Write it like 0.5 or 0.5,0.2."
        ) from error
    if not (0 <= x <= 1 and 0 <= y <= 1):
        raise UserError(f"--at {text}: Both numbers must be 0 to 1.")
    return x, y


def _diffs(options: TextdiffOptions, theta: float) -> list[TextDiff]:
    """Pair the texts and how far to go, in order; raises UserError."""
    count, thetas = len(options.before), options.theta or [theta]
    if len(options.after) != count:
        raise UserError(
            f"There are {count} --from and {len(options.after)} --to.", "Say them in pairs."
        )
    if len(thetas) not in {1, count}:
        raise UserError(
            f"{len(thetas)} --theta do not go with {count} diffs.", "Say one, or one each."
        )
    thetas = thetas if len(thetas) == count else thetas * count
    return [
        TextDiff(before=decoded(before), after=decoded(after), theta=share)
        for before, after, share in zip(options.before, options.after, thetas, strict=True)
    ]


def _shares(diffs: Sequence[TextDiff]) -> str:
    return ", ".join(f"{diff.theta:.2f}" for diff in diffs)
