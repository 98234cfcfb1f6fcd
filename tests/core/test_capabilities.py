from t2i_studio.core.capabilities import Capabilities, Stage
from t2i_studio.core.geometry import Extent

MODEL = Capabilities(
    title="Tiny",
    kinds=frozenset({"generate", "inpaint"}),
    stages=(Stage(key="decoder", title="Decoder", steps=4, guidance=3.0),),
    sizes=(Extent(64, 64),),
)


def test_stage_is_found_by_key() -> None:
    assert MODEL.stage("decoder") == MODEL.stages[0]


def test_missing_stage_is_none() -> None:
    assert MODEL.stage("prior") is None


def test_capabilities_survive_json() -> None:
    assert Capabilities.model_validate_json(MODEL.model_dump_json()) == MODEL
