"""What each stage does, in one sentence, and where that comes from."""

from typing import NamedTuple


class StageText(NamedTuple):
    """A sentence for people and its source."""

    what: str
    source: str


STAGES = {
    "text": StageText(
        "Cuts the prompt into tokens and turns them into a text embedding: where the prompt lies "
        "among all texts and pictures that CLIP knows.",
        "Radford et al. 2021; Ramesh et al. 2022, section 2",
    ),
    "prior": StageText(
        "Turns the text embedding into an image embedding: draws several candidates and keeps the "
        "one whose cosine to the text embedding is the highest.",
        "Ramesh et al. 2022, section 2.2",
    ),
    "decoder": StageText(
        "Turns noise into a small picture that has the image embedding, step by step. Shown is "
        "its estimate of the finished picture, x0.",
        "Ramesh et al. 2022, section 2.1; Ho et al. 2020",
    ),
    "upsampler": StageText(
        "Enlarges the picture and adds the detail that a small picture cannot hold.",
        "Ramesh et al. 2022, section 2.1; Nichol & Dhariwal 2021",
    ),
}
UNKNOWN = StageText("A stage of this model.", "")


def stage_text(key: str) -> StageText:
    """Return the text of a stage; several upsamplers share theirs."""
    return STAGES.get(key) or STAGES.get(key.partition("_")[0], UNKNOWN)
