import shutil
from pathlib import Path

import pytest

from t2i_studio.catalogue.inspect import LATENT_KINDS, capabilities
from t2i_studio.catalogue.karlo import PARTS
from t2i_studio.core.errors import MachineError
from t2i_studio.core.geometry import Extent
from t2i_studio.core.request import Generate
from t2i_studio.engine.resolve import resolve
from tests.catalogue.published import karlo


def test_whole_karlo_can_do_everything(tmp_path: Path) -> None:
    can = capabilities(karlo(tmp_path / "m"))

    assert can.title == "Karlo"
    assert can.kinds == {"generate", "inpaint", "refine", *LATENT_KINDS}
    assert [stage.key for stage in can.stages] == ["text", "prior", "decoder", "upsampler"]
    assert can.sizes == (Extent(256, 256), Extent(64, 64))
    assert can.samplers == ("unclip", "ddim")
    assert can.priors == ("diffusion", "none", "caption")
    assert (can.has_image_encoder, can.has_rerank, can.has_negative_prompt) == (True, True, True)
    assert (can.token_limit, can.tokenizer) == (77, None)
    assert can.inversion is not None


def test_without_an_image_encoder_it_cannot_look(tmp_path: Path) -> None:
    folder = karlo(tmp_path / "m")
    shutil.rmtree(folder / "image_encoder")

    can = capabilities(folder)

    assert (can.has_image_encoder, can.has_rerank) == (False, False)
    assert "generate" in can.kinds


def test_the_variation_repository_has_no_prior(tmp_path: Path) -> None:
    folder = karlo(tmp_path / "m", "UnCLIPImageVariationPipeline")
    shutil.rmtree(folder / "prior")

    can = capabilities(folder)

    assert can.priors == ("none", "caption")
    assert can.stage("prior") is None
    assert resolve(Generate(prompt="a fox"), can).prior.kind == "none"


def test_defaults_are_those_of_its_makers(tmp_path: Path) -> None:
    request = resolve(Generate(prompt="a fox"), capabilities(karlo(tmp_path / "m")))

    assert (request.prior.steps, request.prior.guidance) == (25, 4.0)
    assert (request.decoder.steps, request.decoder.guidance) == (25, 8.0)
    assert request.decoder.sampler == "unclip"
    assert request.upsampler.steps == 7


@pytest.mark.parametrize("part", PARTS)
def test_a_missing_part_is_named(tmp_path: Path, part: str) -> None:
    folder = karlo(tmp_path / "m")
    shutil.rmtree(folder / part)

    with pytest.raises(MachineError, match=rf"{part}: .*this folder is missing"):
        capabilities(folder)


@pytest.mark.parametrize("config", ['{"sample_size": "64"}', '{"sample_size": 0}', "{}", "["])
def test_a_damaged_configuration_is_named(tmp_path: Path, config: str) -> None:
    path = karlo(tmp_path / "m") / "decoder" / "config.json"
    path.write_text(config)

    with pytest.raises(MachineError, match=r"decoder.config\.json: The checkpoint is damaged"):
        capabilities(path.parents[1])
