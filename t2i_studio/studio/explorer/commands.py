"""What is explored as a line for the shell that makes the same picture."""

import hashlib
import shlex
from collections.abc import Callable
from pathlib import Path

from t2i_studio.core.concept import (
    Concept,
    FromEmbedding,
    FromPicture,
    FromPrompt,
    Mix,
    Reconstruct,
    Shift,
    Start,
    TextDiff,
)
from t2i_studio.core.image import Image
from t2i_studio.core.latent import Basis
from t2i_studio.core.pictures import SUFFIXES
from t2i_studio.core.request import (
    DEFAULT_MODEL,
    RANDOM_SEED,
    UPSAMPLERS,
    Decode,
    Generate,
    Pictures,
)
from t2i_studio.gallery.embeddings import SUFFIX, Kept, OfConcept, save, save_basis
from t2i_studio.gallery.files import save_atomic
from t2i_studio.studio.prompting.grammar import has_signs

PROGRAM = "t2i-studio"
OUT = "out.png"
ONE_PASS = 1  # steps of an upsampler that has no choice

Content = Basis | FromEmbedding | Decode | Generate
PicturePath = Callable[[Image], str]
FilePath = Callable[[Content], str]
Words = list[str]


def command_of(
    request: Decode | Generate, picture_path: PicturePath, file_path: FilePath | None = None
) -> str:
    """Return the line that makes the pictures of a request.

    `picture_path` names the file of a picture, `file_path` that of a basis or an embedding, and of
    a request that no command but `replay` can say; see `CommandFiles` for one that writes them.
    """
    path = file_path or _named
    words = _said(request, picture_path, path)
    return shlex.join([PROGRAM, *(words or ["replay", path(request), "-o", OUT])])


class CommandFiles:
    """Keeps what commands name in `folder`, each content once; raises MachineError (any thread)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def picture(self, image: Image) -> str:
        path = self._folder / f"{image.digest[:16]}.png"
        save_atomic(path, image.to_png())
        return str(path)

    def file(self, content: Content) -> str:
        path = self._folder / f"{_digest(content)}{Path(_named(content)).suffix}"
        match content:
            case Basis():
                save_basis(path, content)
            case FromEmbedding():
                save(path, _kept(content))
            case _:
                save_atomic(path, content.model_dump_json().encode())
        return str(path)


def _named(content: Content) -> str:
    match content:
        case Basis():
            return f"basis{SUFFIX}"
        case FromEmbedding():
            return f"embedding{SUFFIX}"
        case _:
            return "request.json"


def _digest(content: Content) -> str:
    exclude = {"id"} if isinstance(content, Decode | Generate) else set()
    return hashlib.sha256(content.model_dump_json(exclude=exclude).encode()).hexdigest()[:16]


def _kept(start: FromEmbedding) -> Kept:
    source = OfConcept(concept=Concept(base=start))
    return Kept(embeddings=start.embedding, titles=(start.title,), sources=(source,))


def _said(request: Decode | Generate, picture: PicturePath, file: FilePath) -> Words | None:
    """Return the command's words; None if no command says the request exactly."""
    steps = {getattr(request, key).steps for key in UPSAMPLERS} - {None, ONE_PASS}
    if request.prior.draw is not None or len(steps) > 1:
        return None
    if isinstance(request, Generate):
        return _generate(request)
    return None if request.rerank else _decode(request, picture, file)


def _generate(request: Generate) -> Words | None:
    if request.decoder.eta or request.prompts or request.negative_prompts:
        return None
    signs = has_signs(request.prompt) or has_signs(request.negative_prompt)
    plain = ["--plain"] if signs else []  # they have been read
    rerank = ["--rerank"] if request.rerank else []
    options = [*_count(request), *_drawing(request), *plain, *rerank]
    return _line("generate", [request.prompt], options)


def _decode(request: Decode, picture: PicturePath, file: FilePath) -> Words | None:
    concept = request.concept
    if isinstance(concept.base, FromPrompt):
        return None
    if isinstance(concept.base, Mix):
        return _interpolate(request, concept.base, picture, file)
    start = _start(concept.base, picture, file)
    if not concept.edits:
        return _variations(request, start)
    is_picture = isinstance(concept.base, FromPicture)
    if not _is_plain(request) or (request.noise == "inverted") != is_picture:
        return None
    return _edited(request, start, file)


def _is_plain(request: Decode) -> bool:
    return request.count == 1 and not request.decoder.eta


def _variations(request: Decode, start: str) -> Words | None:
    eta = request.decoder.eta
    if request.noise == "drawn" and eta:
        return None
    inverted = ["--eta", repr(eta)] if request.noise == "inverted" else []
    options = ["--count", str(request.count), *inverted, *_decoding(request)]
    return _line("variations", [start], options)


def _interpolate(request: Decode, mix: Mix, picture: PicturePath, file: FilePath) -> Words | None:
    corners = [_corner(corner, picture, file) for corner in mix.corners]
    if request.concept.edits or not _is_plain(request) or None in corners:
        return None
    first, second, *others = [corner for corner in corners if corner is not None]
    options = [word for corner in others for word in ("--corner", corner)]
    at = f"{mix.x!r},{mix.y!r}" if others or mix.y else repr(mix.x)
    noise = "fixed" if request.noise == "drawn" else "inverted"
    options += ["--at", at, "--noise", noise, *_decoding(request)]
    return _line("interpolate", [first, second], options)


def _corner(start: Start, picture: PicturePath, file: FilePath) -> str | None:
    """Name a corner; None for a prompt that has its own seed, or reads like a file."""
    if not isinstance(start, FromPrompt):
        return _start(start, picture, file)
    is_filelike = start.prompt.lower().endswith((*SUFFIXES, SUFFIX))
    return None if start.seed is not None or is_filelike else start.prompt


def _start(start: FromPicture | FromEmbedding, picture: PicturePath, file: FilePath) -> str:
    return picture(start.image) if isinstance(start, FromPicture) else file(start)


def _edited(request: Decode, start: str, file: FilePath) -> Words | None:
    edits = request.concept.edits
    diffs = [edit for edit in edits if isinstance(edit, TextDiff)]
    if len(diffs) == len(edits):
        said = [word for diff in diffs for word in _diff(diff)]
        return _line("textdiff", [start], [*said, *_decoding(request)])
    match edits:
        case (Shift(basis=basis, amount=amount),):
            options = ["--component", "1", "--amount", repr(amount)]
            return _line(
                "pca move", [start], ["--basis", file(basis), *options, *_decoding(request)]
            )
        case (Reconstruct(basis=basis),):
            options = ["--basis", file(basis), "--keep", str(len(basis))]
            return _line("pca reconstruct", [start], [*options, *_decoding(request)])
    return None


def _diff(diff: TextDiff) -> Words:
    return ["--from", diff.before, "--to", diff.after, "--theta", repr(diff.theta)]


def _count(request: Pictures) -> Words:
    return ["--count", str(request.count)] if request.count > 1 else []


def _decoding(request: Decode) -> Words:
    how = request.inversion
    return [
        *_drawing(request),
        *(["--caption", request.prompt] if request.prompt else []),
        *_options({
            "inversion-steps": how.steps,
            "inversion-iterations": how.iterations,
            "inversion-guidance": how.guidance,
        }),
    ]  # fmt: skip


def _drawing(request: Pictures) -> Words:
    """Return what was asked of the model; what is None stays the model's own."""
    prior, decoder = request.prior, request.decoder
    steps = {getattr(request, key).steps for key in UPSAMPLERS} - {None, ONE_PASS}
    return _options({
        "negative": request.negative_prompt or None,
        "size": request.size,
        "steps": decoder.steps,
        "guidance": decoder.guidance,
        "sampler": decoder.sampler,
        "prior": prior.kind if prior.kind != "diffusion" else None,
        "prior-steps": prior.steps,
        "prior-guidance": prior.guidance,
        "candidates": prior.candidates,
        "upsampler-steps": next(iter(steps), None),
        "model": request.model if request.model != DEFAULT_MODEL else None,
        "seed": request.seed if request.seed != RANDOM_SEED else None,
    })  # fmt: skip


def _options(values: dict[str, object]) -> Words:
    given = ((f"--{name}", str(value)) for name, value in values.items() if value is not None)
    return [word for pair in given for word in pair]


def _line(name: str, arguments: Words, options: Words) -> Words:
    """Put arguments first, unless one looks like an option."""
    command, out = name.split(), ["-o", OUT]
    if any(argument.startswith("-") for argument in arguments):
        return [*command, *options, *out, "--", *arguments]
    return [*command, *arguments, *options, *out]
