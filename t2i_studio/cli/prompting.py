"""The language of prompts on the command line: what is written, and what the model reads."""

from collections.abc import Callable, Sequence
from pathlib import Path

from t2i_studio.cli import terminal
from t2i_studio.cli.picture_commands import GenerateOptions, Prompted
from t2i_studio.core import paths
from t2i_studio.core.capabilities import Capabilities
from t2i_studio.core.errors import UserError
from t2i_studio.core.request import RANDOM_SEED, Generate, Inpaint, Refine
from t2i_studio.engine.resolve import random_seed
from t2i_studio.studio.prompting import desk
from t2i_studio.studio.prompting.evaluate import Means, evaluate
from t2i_studio.studio.prompting.grammar import has_signs
from t2i_studio.studio.prompting.prompt_files import read_prompts
from t2i_studio.studio.prompting.stylebook import StyleBook
from t2i_studio.studio.prompting.styles import with_style
from t2i_studio.studio.prompting.wildcards import Wildcards

Written = Generate | Inpaint | Refine


def prompts(options: GenerateOptions) -> tuple[str, ...]:
    """Return what is to be shown; raises StudioError."""
    if options.prompts_file is None:
        return (terminal.decoded(options.prompt),)
    if options.prompt:
        raise UserError("There is a prompt and a file with prompts.", "Leave one of them out.")
    return read_prompts(options.prompts_file)


def filled(
    requests: Sequence[Written],
    options: Prompted,
    capabilities: Callable[[], Capabilities],
) -> list[Written]:
    """Put what the model reads into requests, which get their seeds for it; raises StudioError.

    capabilities: asked for only where they matter.
    """
    style = terminal.decoded(options.style)
    if options.plain and style:
        raise UserError("With --plain, no style is read.", "Leave one of them out.")
    if options.plain or not any(_has_signs(request) or style for request in requests):
        return list(requests)
    found = means(options.wildcards, capabilities())
    seeded = [_with_seed(request) for request in requests]
    for request in seeded:
        _tell(request, style, found)
    return [desk.filled(request, found, style) for request in seeded]


def _with_seed(request: Written) -> Written:
    if request.seed != RANDOM_SEED:
        return request
    return request.model_copy(update={"seed": random_seed()})


def _has_signs(request: Written) -> bool:
    return has_signs(request.prompt) or has_signs(request.negative_prompt)


def means(folder: Path | None, capabilities: Capabilities) -> Means:
    """Return what prompts may refer to: a folder of wildcards, and the styles there are."""
    book = StyleBook(paths.data_folder() / desk.STYLES)
    if book.problem:
        terminal.say(book.problem)
    wildcards = Wildcards(folder or paths.data_folder() / desk.WILDCARDS)
    return Means(wildcards, book.styles, desk.reader(capabilities))


def _tell(request: Written, style: str, means: Means) -> None:
    """Say what the model cannot do with the prompt."""
    written = with_style(request.prompt, style)
    for note in evaluate(written, request.negative_prompt, request.seed, means).notes:
        terminal.say(note)
