"""`generate`, `inpaint`, `refine` and `outpaint`, as typer reads them."""

from dataclasses import dataclass

import typer

from t2i_studio.cli import options
from t2i_studio.cli.commands import Drawing, command

app = typer.Typer()


@dataclass(frozen=True, kw_only=True)
class Prompted(Drawing):
    """What all of them take."""

    out: options.Out
    style: options.Style = ""
    wildcards: options.Wildcards = None
    plain: options.Plain = False
    x: options.AxisX = None
    y: options.AxisY = None
    count: options.Count = 1
    rerank: options.Rerank = False


@command(app, "generate", "t2i_studio.cli.generate:generate")
@dataclass(frozen=True, kw_only=True)
class GenerateOptions(Prompted):
    """Make pictures from a prompt, from each prompt of a file, or a grid of two settings."""

    prompt: options.OptionalPrompt = ""
    prompts_file: options.PromptsFile = None


@dataclass(frozen=True, kw_only=True)
class Editing(Prompted):
    """What starts from a picture."""

    image: options.ImageFile
    prompt: options.PromptText
    frame: options.FrameOf = None
    strength: options.Strength = 1.0
    colour_match: options.ColourMatch = True


@dataclass(frozen=True, kw_only=True)
class Repainting(Editing):
    """What repaints a part of it."""

    feather: options.Feather = 4
    seam: options.Seam = 16


@command(app, "inpaint", "t2i_studio.cli.edit:inpaint")
@dataclass(frozen=True, kw_only=True)
class InpaintOptions(Repainting):
    """Repaint a part of a picture; the rest stays as it is, byte for byte."""

    image: options.ImageFile
    mask: options.MaskFile
    prompt: options.PromptText
    content: options.ContentKind = options.Content.original
    area: options.InpaintArea = options.Area.auto
    padding: options.Padding = 32


@command(app, "refine", "t2i_studio.cli.edit:refine")
@dataclass(frozen=True, kw_only=True)
class RefineOptions(Editing):
    """Make all of a picture anew, from a start that leaves something of it (image to image)."""

    strength: options.Strength = 0.75


@command(app, "outpaint", "t2i_studio.cli.edit:outpaint")
@dataclass(frozen=True, kw_only=True)
class OutpaintOptions(Repainting):
    """Let a picture grow over its borders; what is there stays as it is, byte for byte."""

    feather: options.Feather = 16
    left: options.Grown = "0"
    top: options.Grown = "0"
    right: options.Grown = "0"
    bottom: options.Grown = "0"
