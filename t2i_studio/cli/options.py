"""The options that commands share, as typer reads them from signatures."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Device(StrEnum):
    """What computes; auto takes the fastest that is there."""

    auto = "auto"
    cpu = "cpu"
    cuda = "cuda"
    mps = "mps"
    xpu = "xpu"


class PresetChoice(StrEnum):
    """Which plan of training; auto fits the device."""

    auto = "auto"
    cpu = "cpu"
    gpu = "gpu"


class Prior(StrEnum):
    """How the image embedding is made from the prompt."""

    diffusion = "diffusion"
    autoregressive = "autoregressive"
    none = "none"
    caption = "caption"


class Content(StrEnum):
    """What takes the place of what a mask covers."""

    original = "original"
    fill = "fill"
    blur = "blur"
    noise = "noise"


class Area(StrEnum):
    """What the model sees of a picture that it repaints a part of."""

    auto = "auto"
    picture = "picture"
    mask = "mask"


OptionalPrompt = Annotated[str, typer.Argument(help="What the pictures should show.")]
PromptsFile = Annotated[
    Path | None,
    typer.Option("--prompts-file", metavar="FILE", help="A prompt on each line, # for comments."),
]
Style = Annotated[str, typer.Option(help="Put the prompt into the template of this style.")]
Wildcards = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", help="Where __animals__ finds animals.txt."),
]
Plain = Annotated[
    bool, typer.Option("--plain", help="Read no choices, wildcards, styles, comments or weights.")
]
AxisX = Annotated[
    str | None,
    typer.Option("--x", metavar="NAME=VALUES", help='A grid: like "decoder-guidance=1,2,4".'),
]
AxisY = Annotated[
    str | None, typer.Option("--y", metavar="NAME=VALUES", help='Its rows: like "seed=1-3".')
]
PromptText = Annotated[str, typer.Argument(help="What the picture should show.")]
ImageFile = Annotated[Path, typer.Argument(help="The picture to start from.")]
MaskFile = Annotated[Path, typer.Argument(help="As large as the picture; white = repaint.")]
Out = Annotated[
    Path, typer.Option("-o", "--out", help="A .png, .jpg or .webp; several become OUT-1.png, ...")
]
Count = Annotated[int, typer.Option(help="How many pictures; picture i has seed + i.")]
Negative = Annotated[str, typer.Option(help="What the picture should not show.")]
Size = Annotated[str | None, typer.Option(metavar="WxH", help="Like 256x256.")]
Steps = Annotated[int | None, typer.Option(min=1, max=1000, help="Steps of the decoder.")]
Guidance = Annotated[
    float | None, typer.Option(min=0, max=100, help="How closely the decoder follows the prompt.")
]
PriorKind = Annotated[
    Prior, typer.Option(help="none: the text embedding in its place; caption: the text alone.")
]
PriorSteps = Annotated[int | None, typer.Option(min=1, max=1000, help="Steps of the prior.")]
PriorGuidance = Annotated[
    float | None, typer.Option(min=0, max=100, help="How closely the prior follows the prompt.")
]
Candidates = Annotated[
    int | None, typer.Option(min=1, max=64, help="Embeddings to draw; the best one is used.")
]
UpsamplerSteps = Annotated[
    int | None, typer.Option(min=1, max=1000, help="Steps of upsamplers that are diffusion models.")
]
Sampler = Annotated[str | None, typer.Option(help="The decoder's sampler, like ddim.")]
Rerank = Annotated[bool, typer.Option("--rerank", help="Put the best match to the prompt first.")]
Model = Annotated[str, typer.Option(metavar="NAME|FOLDER", help="An installed model or a folder.")]
OnDevice = Annotated[Device, typer.Option(help="What computes.")]
Seed = Annotated[int, typer.Option(help="-1 draws one, and it is reported.")]
Offline = Annotated[bool, typer.Option("--offline", help="Refuse every use of the network.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
Feather = Annotated[
    int,
    typer.Option(
        "--feather",
        "--mask-blur",
        min=0,
        max=256,
        metavar="PX",
        help="Soft border inside the mask.",
    ),
]
Strength = Annotated[
    float, typer.Option(help="1 starts from noise, less leaves more of what is there.")
]
ContentKind = Annotated[Content, typer.Option(help="What takes the place of what the mask covers.")]
ColourMatch = Annotated[
    bool,
    typer.Option("--colour-match/--no-colour-match", help="Fit the colours to what is around."),
]
Seam = Annotated[
    int,
    typer.Option(min=0, max=256, metavar="PX", help="How far the new is bent towards the known."),
]
InpaintArea = Annotated[
    Area, typer.Option(help="What the model sees: the whole picture, or the mask with padding.")
]
Padding = Annotated[
    int, typer.Option(min=0, max=256, metavar="PX", help="Around the mask, with --area mask.")
]
FrameOf = Annotated[
    str | None,
    typer.Option(metavar="X,Y,W,H", help="The part in which the model works; it may stick out."),
]
Grown = Annotated[str, typer.Option(metavar="PX|%", help="Like 64 or 50%.")]
SampleSize = Annotated[
    int, typer.Option("--n", min=1, max=10_000, help="Captions per question; 96 take minutes.")
]
FixedSeed = Annotated[int, typer.Option(min=0, help="The same seed asks and paints the same.")]
JudgeFolder = Annotated[
    Path | None, typer.Option("--judge", metavar="FOLDER", help="A trained judge.")
]
Icons = Annotated[
    Path | None,
    typer.Option("--icons", metavar="FOLDER", help="Icon packages, instead of fetching them."),
]
Grids = Annotated[
    Path | None,
    typer.Option("--grids", metavar="FOLDER", help="Write a sheet of pictures per question."),
]
PresetName = Annotated[
    PresetChoice, typer.Option(help="cpu: two hours of two cores; gpu: 25 minutes of an H200.")
]
Output = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", help="Checkpoints, log, samples; a run there is resumed."),
]
Pictures = Annotated[
    Path | None,
    typer.Option(metavar="FOLDER", help="Your own pictures, each with a .txt, or JSONL, or COCO."),
]
Start = Annotated[
    str | None, typer.Option("--from", metavar="NAME|FOLDER", help="Go on with a trained model.")
]
Cap = Annotated[
    int, typer.Option(min=1, help="How many of your pictures an epoch takes for one word.")
]
Share = Annotated[
    float, typer.Option(min=0.0001, max=10, help="Of the preset's samples and minutes.")
]
Ranks = Annotated[int | None, typer.Option(min=1, max=64, help="Processes that train together.")]
Groups = Annotated[
    list[str] | None,
    typer.Argument(metavar="[GROUP]...", help="Like latent; none: all."),
]
Quick = Annotated[bool, typer.Option("--quick", help="Few rounds: rougher, in two minutes.")]
Compare = Annotated[
    Path | None,
    typer.Option("--compare", metavar="OLD.json", help="Show what moved since that --json."),
]
