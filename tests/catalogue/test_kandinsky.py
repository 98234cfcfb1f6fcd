import json
import shutil
from pathlib import Path

import pytest

from t2i_studio.catalogue.inspect import LATENT_KINDS, capabilities
from t2i_studio.catalogue.kandinsky import PARTS, PRIOR_PARTS
from t2i_studio.core.errors import MachineError
from t2i_studio.core.geometry import Extent
from tests.catalogue.published import KANDINSKY, KANDINSKY_PRIOR, kandinsky, write


def test_kandinsky_with_its_prior_beside_it_can_do_everything(tmp_path: Path) -> None:
    can = capabilities(kandinsky(tmp_path / "m"))

    assert can.title == "Kandinsky 2.2"
    assert can.kinds == {"generate", "inpaint", "refine", *LATENT_KINDS}
    assert [stage.key for stage in can.stages] == ["text", "prior", "decoder"]
    assert can.sizes == (Extent(512, 512),)
    assert can.samplers == ("ddpm", "ddim")
    assert can.priors == ("diffusion", "none")
    assert can.has_image_encoder
    assert can.token_limit == 77


def test_one_folder_may_hold_both(tmp_path: Path) -> None:
    write(tmp_path / "m", "", KANDINSKY_PRIOR, prefix="prior_")
    write(tmp_path / "m", "KandinskyV22CombinedPipeline", KANDINSKY)

    assert capabilities(tmp_path / "m").title == "Kandinsky 2.2"


def test_without_a_prior_it_says_where_to_put_it(tmp_path: Path) -> None:
    folder = kandinsky(tmp_path / "m")
    shutil.rmtree(tmp_path / "m-prior")

    with pytest.raises(MachineError, match="prior is missing") as refused:
        capabilities(folder)

    assert "m-prior" in refused.value.hint


@pytest.mark.parametrize(
    "part", [*PARTS, *(f"../m-prior/{part}" for part in PRIOR_PARTS if part != "prior")]
)
def test_a_missing_part_is_named(tmp_path: Path, part: str) -> None:
    folder = kandinsky(tmp_path / "m")
    shutil.rmtree(folder / part)

    with pytest.raises(MachineError, match=rf"{Path(part).name}: .*this folder is missing"):
        capabilities(folder)


@pytest.mark.parametrize("levels", [None, [], [1] * 9])
def test_a_damaged_autoencoder_is_named(tmp_path: Path, levels: object) -> None:
    folder = kandinsky(tmp_path / "m")
    (folder / "movq" / "config.json").write_text(json.dumps({"block_out_channels": levels}))

    with pytest.raises(MachineError, match="block_out_channels must list"):
        capabilities(folder)
