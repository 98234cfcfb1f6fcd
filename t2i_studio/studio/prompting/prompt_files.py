"""Prompts from a text file: every line is one, as far as it is neither empty nor a comment."""

from pathlib import Path

from t2i_studio.core.errors import UserError
from t2i_studio.core.text import clean_text
from t2i_studio.core.words import tr
from t2i_studio.studio.prompting.grammar import is_comment
from t2i_studio.studio.prompting.text_files import read_text

MOST = 1_000  # prompts


def read_prompts(path: Path) -> tuple[str, ...]:
    """Return the prompts in order; raises UserError or MachineError in one line."""
    lines = (line.strip() for line in read_text(path).split("\n"))
    prompts = tuple(line for line in lines if line and not is_comment(line))
    if not prompts:
        raise UserError(tr("{path}: There is no prompt in it.", path=path))
    if len(prompts) > MOST:
        raise UserError(
            tr(
                "{path}: It has {count} prompts; {most} are possible.",
                path=path,
                count=f"{len(prompts):,}",
                most=f"{MOST:,}",
            )
        )
    for number, prompt in enumerate(prompts, start=1):
        try:
            clean_text(prompt)
        except ValueError as error:
            problem = tr("{path}: Prompt {number}: {error}", path=path, number=number, error=error)
            raise UserError(problem) from error
    return prompts
