"""`unclip.json`: how the parts of an unCLIP checkpoint are wired, as data."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from t2i_studio.models.unclip.checkpoint import CheckpointError, read_json

FILE_NAME = "unclip.json"
VERSION = 0
"""Version 0 stands for: pictures in [-1, 1], null text = the encoding of "", null image = zeros,
prior input = text embedding and hidden states, decoder channels = noisy, known, mask (1 = repaint),
upsampler channels = noisy (zeros in one pass), bicubic enlargement.
"""

UPSAMPLERS = {"upsampler_256": 256, "upsampler_1024": 1024}
"""Folder, which is the key in the file, and size in px; each enlarges the one before it."""


@dataclass(frozen=True)
class PriorLayout:
    """Default sampling of the prior."""

    steps: int
    guidance: float


@dataclass(frozen=True)
class DecoderLayout:
    """The decoder's patch size and default sampling."""

    pixel_unshuffle: int
    steps: int
    guidance: float


@dataclass(frozen=True)
class InpaintLayout:
    """What the embedding of a repaint is made of (`UnCLIP.make`)."""

    image_share: float  # 0 to 1
    embedding_share: float  # 0 to 1


@dataclass(frozen=True)
class UpsamplerLayout:
    """A network on top of a bicubic enlargement, whatever its kind."""

    folder: str
    size: int  # px
    pixel_unshuffle: int


@dataclass(frozen=True)
class ResidualLayout(UpsamplerLayout):
    """A one-pass upsampler: bicubic + residual_scale * network."""

    residual_scale: float


@dataclass(frozen=True)
class DiffusionLayout(UpsamplerLayout):
    """A diffusion model that predicts v, with its default number of steps."""

    steps: int
    blur: float = 0.0  # px of the picture to enlarge, standard deviation

    @property
    def scheduler(self) -> str:
        """The folder of its noise process."""
        return f"{self.folder}_scheduler"


@dataclass(frozen=True)
class Layout:
    """Everything the sampling code must know that the parts' own configurations do not say."""

    image_size: int  # px
    embedding_dim: int
    embedding_scale: float
    logit_scale: float
    text_length: int
    prior: PriorLayout
    decoder: DecoderLayout
    upsamplers: tuple[UpsamplerLayout, ...]  # in the order in which they work
    inpainting: InpaintLayout | None

    @property
    def sizes(self) -> tuple[int, ...]:
        """The sides of the pictures on the way, the decoder's first."""
        return (self.image_size, *(each.size for each in self.upsamplers))


class _Section:
    """One JSON object of the file, read key by key with errors that name the key."""

    def __init__(self, path: Path, values: Mapping[str, object], prefix: str = "") -> None:
        self.path, self.values, self.prefix = path, values, prefix

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def number(self, key: str) -> float:
        value = self.values.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e6:
            raise self.error(key, "must be a positive number")
        return float(value)

    def share(self, key: str) -> float:
        value = self.number(key)
        if value > 1:
            raise self.error(key, "must be at most 1")
        return value

    def whole(self, key: str) -> int:
        value = self.number(key)
        if value != int(value):
            raise self.error(key, "must be a whole number")
        return int(value)

    def require(self, key: str, expected: object) -> None:
        if self.values.get(key) != expected:
            raise self.error(key, f"must be {expected!r}: other kinds are not supported")

    def choice(self, key: str, *possible: str) -> str:
        value = self.values.get(key)
        if not isinstance(value, str) or value not in possible:
            raise self.error(key, f"must be {' or '.join(map(repr, possible))}")
        return value

    def section(self, key: str) -> "_Section":
        value = self.values.get(key)
        if not isinstance(value, dict):
            raise self.error(key, "must be an object")
        return _Section(self.path, value, f"{self.prefix}{key}.")

    def error(self, key: str, problem: str) -> CheckpointError:
        return CheckpointError(f"{self.path}: '{self.prefix}{key}' {problem}.")


def read_layout(folder: Path) -> Layout:
    """Read the layout of the checkpoint in `folder`; raises CheckpointError."""
    path = folder / FILE_NAME
    root = _Section(path, read_json(path))
    root.require("version", VERSION)
    root.require("image_range", [-1, 1])
    return Layout(
        image_size=root.whole("image_size"),
        embedding_dim=root.whole("embedding_dim"),
        embedding_scale=root.number("embedding_scale"),
        logit_scale=math.exp(root.number("clip_logit_scale_ln")),
        text_length=root.section("text").whole("max_length"),
        prior=_prior(root.section("prior")),
        decoder=_decoder(root.section("decoder")),
        upsamplers=_upsamplers(root),
        inpainting=_inpainting(root),
    )


def _prior(section: _Section) -> PriorLayout:
    return PriorLayout(section.whole("steps"), section.number("guidance"))


def _decoder(section: _Section) -> DecoderLayout:
    section.require("prediction", "v")
    return DecoderLayout(
        section.whole("pixel_unshuffle"), section.whole("steps"), section.number("guidance")
    )


def _inpainting(root: _Section) -> InpaintLayout | None:
    if "inpainting" not in root:
        return None
    section = root.section("inpainting")
    return InpaintLayout(section.share("image_share"), section.share("embedding_share"))


def _upsamplers(root: _Section) -> tuple[UpsamplerLayout, ...]:
    found = [folder for folder in UPSAMPLERS if folder in root]
    for folder, before in zip(UPSAMPLERS, found, strict=False):
        if folder != before:
            raise root.error(before, f"needs '{folder}', which it enlarges further")
    return tuple(_upsampler(root.section(folder), folder) for folder in found)


def _upsampler(section: _Section, folder: str) -> UpsamplerLayout:
    size, patch = UPSAMPLERS[folder], section.whole("pixel_unshuffle")
    if size % patch:
        raise section.error("pixel_unshuffle", f"must divide {size}")
    if section.choice("mode", "residual", "diffusion") == "residual":
        return ResidualLayout(folder, size, patch, section.number("residual_scale"))
    blur = section.number("blur") if "blur" in section else 0.0
    return DiffusionLayout(folder, size, patch, section.whole("steps"), blur)
