"""The commands on image embeddings, as typer reads them."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from t2i_studio.cli import options
from t2i_studio.cli.commands import Common, Drawing, command

app = typer.Typer()
pca = typer.Typer()
app.add_typer(pca, name="pca", help="Principal components of image embeddings.")


class Noise(StrEnum):
    """Where x_T of a mix comes from."""

    fixed = "fixed"
    inverted = "inverted"


STARTS = "A picture or an embedding (.safetensors)."
Start = Annotated[str, typer.Argument(metavar="IMAGE", help=STARTS)]
Corner = Annotated[str, typer.Argument(help="A picture, an embedding (.safetensors) or a prompt.")]
Inputs = Annotated[
    list[str],
    typer.Argument(metavar="INPUT...", help="Pictures, folders of them, embeddings."),
]
InputsOrTexts = Annotated[
    list[str],
    typer.Argument(metavar="INPUT...", help="Pictures, folders of them, embeddings, texts."),
]
Recursive = Annotated[
    bool, typer.Option("--recursive", help="Take the folders within folders, too.")
]
FramesOut = Annotated[
    Path,
    typer.Option("-o", "--out", help="A .png, a .gif or .webp that moves, or a new folder."),
]
FileOut = Annotated[Path, typer.Option("-o", "--out", help="A .safetensors file.")]
Frames = Annotated[
    int | None, typer.Option(min=2, max=1000, help="Pictures on the way; 7 unless asked.")
]
Caption = Annotated[str, typer.Option(help="What the decoder reads beside the embedding.")]
InversionSteps = Annotated[
    int | None, typer.Option(min=1, max=1000, help="Steps to find the noise of a picture (x_T).")
]
InversionIterations = Annotated[
    int | None, typer.Option(min=1, max=20, help="More rebuild the picture more exactly.")
]
InversionGuidance = Annotated[
    float | None, typer.Option(min=0, max=100, help="The guidance that x_T is found with.")
]
Eta = Annotated[
    float | None,
    typer.Option(min=0, max=1, help="Start from the picture's own noise; 0 rebuilds it."),
]
NoiseKind = Annotated[
    Noise, typer.Option(help="fixed: one for all; inverted: that of the pictures, mixed.")
]
OtherCorners = Annotated[
    list[str] | None, typer.Option("--corner", help="A third and a fourth, below; needs --at X,Y.")
]
Point = Annotated[
    str | None, typer.Option("--at", metavar="X[,Y]", help="One point between 0 and 1, no way.")
]
Before = Annotated[list[str], typer.Option("--from", help="What the picture shows.")]
After = Annotated[list[str], typer.Option("--to", help="What it should show; may be repeated.")]
Theta = Annotated[
    list[float] | None,
    typer.Option(min=0, max=1, help="How far to turn: 0.35 unless asked, and 0.5 for frames."),
]
Labels = Annotated[str, typer.Option(help="Separated by commas.")]
Templates = Annotated[
    list[str] | None, typer.Option("--template", help='Like "a photo of a {}"; may be repeated.')
]
BasisFile = Annotated[Path, typer.Option("--basis", help="What pca fit has written.")]
BasisArgument = Annotated[Path, typer.Argument(metavar="BASIS", help="What pca fit has written.")]
Count = Annotated[
    int | None, typer.Option("--components", min=1, max=4096, help="64 unless asked, if possible.")
]
Keep = Annotated[
    str | None,
    typer.Option(metavar="K,K,...", help="Numbers of components; a single one: only it."),
]
Which = Annotated[int, typer.Option("--component", min=1, help="1 is the one that varies most.")]
Amount = Annotated[
    float | None, typer.Option(min=-20, max=20, help="In standard deviations; 2 unless asked.")
]
Query = Annotated[str, typer.Argument(help="A text, a picture or an embedding (.safetensors).")]
Top = Annotated[int | None, typer.Option(min=1, help="Show only the best.")]
RecipeFile = Annotated[
    Path, typer.Argument(metavar="PICTURE|RECIPE", help="A .png of this program, or a .json.")
]
WhichFrame = Annotated[int | None, typer.Option("--frame", min=1, help="Of a strip of pictures.")]
OtherModel = Annotated[
    str | None, typer.Option(metavar="NAME|FOLDER", help="Instead of the one in the recipe.")
]


@dataclass(frozen=True, kw_only=True)
class Decoding(Drawing):
    """What every command takes that decodes embeddings."""

    caption: Caption = ""
    inversion_steps: InversionSteps = None
    inversion_iterations: InversionIterations = None
    inversion_guidance: InversionGuidance = None


@dataclass(frozen=True, kw_only=True)
class Framed(Decoding):
    """What every command takes that makes one picture, or several that belong together."""

    out: FramesOut


@command(app, "variations", "t2i_studio.cli.latent:variations")
@dataclass(frozen=True, kw_only=True)
class VariationsOptions(Decoding):
    """Make other pictures that mean the same."""

    image: Start
    out: options.Out
    count: options.Count = 4
    eta: Eta = None


@command(app, "interpolate", "t2i_studio.cli.latent:interpolate")
@dataclass(frozen=True, kw_only=True)
class InterpolateOptions(Framed):
    """Make the pictures between two pictures or prompts."""

    first: Corner
    second: Corner
    frames: Frames = None
    noise: NoiseKind = Noise.fixed
    corner: OtherCorners = None
    at: Point = None


@command(app, "textdiff", "t2i_studio.cli.latent:textdiff")
@dataclass(frozen=True, kw_only=True)
class TextdiffOptions(Framed):
    """Change what a picture means from one text towards another."""

    image: Start
    before: Before
    after: After
    theta: Theta = None
    frames: Frames = None


@command(app, "classify", "t2i_studio.cli.classify:classify")
@dataclass(frozen=True, kw_only=True)
class ClassifyOptions(Common):
    """Tell which label fits a picture best."""

    image: Start
    labels: Labels
    template: Templates = None


@command(app, "embed", "t2i_studio.cli.embed:embed")
@dataclass(frozen=True, kw_only=True)
class EmbedOptions(Common):
    """Save the embeddings of pictures and texts."""

    inputs: InputsOrTexts
    out: FileOut
    recursive: Recursive = False


@command(app, "rank", "t2i_studio.cli.embed:rank")
@dataclass(frozen=True, kw_only=True)
class RankOptions(Common):
    """Order pictures by how well they fit a text or a picture, the best first."""

    query: Query
    inputs: Inputs
    top: Top = None
    recursive: Recursive = False


@command(app, "replay", "t2i_studio.cli.replay:replay")
@dataclass(frozen=True, kw_only=True)
class ReplayOptions:
    """Make a picture again from its recipe."""

    recipe: RecipeFile
    out: options.Out
    frame: WhichFrame = None
    model: OtherModel = None
    device: options.OnDevice = options.Device.auto
    offline: options.Offline = False
    as_json: options.Json = False


@command(pca, "fit", "t2i_studio.cli.pca:fit")
@dataclass(frozen=True, kw_only=True)
class FitOptions(Common):
    """Find the principal components of many pictures."""

    inputs: Inputs
    out: FileOut
    components: Count = None
    recursive: Recursive = False


@command(pca, "reconstruct", "t2i_studio.cli.pca:reconstruct")
@dataclass(frozen=True, kw_only=True)
class ReconstructOptions(Framed):
    """Rebuild a picture from its first components, the whole of it last."""

    image: Start
    basis: BasisFile
    keep: Keep = None


@command(pca, "move", "t2i_studio.cli.pca:move")
@dataclass(frozen=True, kw_only=True)
class MoveOptions(Framed):
    """Move a picture along one component."""

    image: Start
    basis: BasisFile
    component: Which
    amount: Amount = None
    frames: Frames = None


@command(pca, "show", "t2i_studio.cli.pca:show")
@dataclass(frozen=True, kw_only=True)
class ShowOptions:
    """List the components of a basis."""

    basis: BasisArgument
    as_json: options.Json = False
