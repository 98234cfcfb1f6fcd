"""`generate` and `inpaint`, as typer reads them."""

from dataclasses import dataclass

import typer

from t2i_studio.cli import options
from t2i_studio.cli.commands import Drawing, command

app = typer.Typer()


@dataclass(frozen=True, kw_only=True)
class Prompted(Drawing):
    """What both take."""

    out: options.Out
    style: options.Style = ""
    wildcards: options.Wildcards = None
    plain: options.Plain = False
    count: options.Count = 1
    rerank: options.Rerank = False


@command(app, "generate", "t2i_studio.cli.generate:generate")
@dataclass(frozen=True, kw_only=True)
class GenerateOptions(Prompted):
    """Make pictures from a prompt, from each prompt of a file, or a grid of two settings."""

    prompt: options.OptionalPrompt = ""
    prompts_file: options.PromptsFile = None


@command(app, "inpaint", "t2i_studio.cli.generate:inpaint")
@dataclass(frozen=True, kw_only=True)
class InpaintOptions(Prompted):
    """Repaint a part of a picture; the rest stays as it is, byte for byte."""

    image: options.ImageFile
    mask: options.MaskFile
    prompt: options.PromptText
    feather: options.Feather = 4
