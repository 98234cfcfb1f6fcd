"""What is said of the stages: what each does, where that comes from, and what it made."""

from typing import NamedTuple

from t2i_studio.core.words import later, tr
from t2i_studio.studio.stages import Cosine, StageState, StageView

MOST_CUT = 8  # tokens that are named


class StageText(NamedTuple):
    """A sentence for people and its source."""

    what: str
    source: str


STAGES = {
    "text": StageText(
        later(
            "Cuts the prompt into tokens and turns them into a text embedding: where the prompt "
            "lies among all texts and pictures that CLIP knows."
        ),
        later("Radford et al. 2021; Ramesh et al. 2022, section 2"),
    ),
    "prior": StageText(
        later(
            "Turns the text embedding into an image embedding: draws several candidates and keeps "
            "the one whose cosine to the text embedding is the highest."
        ),
        later("Ramesh et al. 2022, section 2.2"),
    ),
    "inversion": StageText(
        later(
            "Runs the decoder backwards, from the picture to the noise x_T that it would have been "
            "made from: what is decoded from there keeps the picture's layout."
        ),
        later("DDIM inversion: Dhariwal & Nichol 2021, appendix F; Ramesh et al. 2022, section 3"),
    ),
    "decoder": StageText(
        later(
            "Turns noise into a small picture that has the image embedding, step by step. Shown is "
            "its estimate of the finished picture, x0."
        ),
        later("Ramesh et al. 2022, section 2.1; Ho et al. 2020"),
    ),
    "upsampler": StageText(
        later("Enlarges the picture and adds the detail that a small picture cannot hold."),
        later("Ramesh et al. 2022, section 2.1; Nichol & Dhariwal 2021"),
    ),
}
STATES = {
    StageState.idle: later("idle"),
    StageState.waiting: later("waiting"),
    StageState.running: later("running"),
    StageState.done: later("done"),
    StageState.skipped: later("skipped"),
    StageState.failed: later("failed"),
}
UNKNOWN = StageText(later("A stage of this model."), "")


def stage_text(key: str) -> StageText:
    """Return the text of a stage; several upsamplers share theirs."""
    found = STAGES.get(key) or STAGES.get(key.partition("_")[0], UNKNOWN)
    return StageText(*(tr(text) for text in found))


def state_text(view: StageView) -> str:
    """Describe the state in words; figures are tabular, so running numbers stand still."""
    parts = [tr(STATES[view.state])]
    if view.steps > 1 and view.state is not StageState.skipped:
        is_running = view.state is StageState.running
        step = tr("step {step} of {steps}", step=view.step, steps=view.steps)
        parts.append(step if is_running else tr("{steps} steps", steps=view.steps))
    return ", ".join(part for part in (*parts, view.picture, view.detail) if part)


def notes(view: StageView) -> str:
    """Say in whole sentences what the picture of a stage cannot show."""
    near = tuple(_near(cosine, 4) for cosine in view.cosines)
    said = (_cut(view), _candidates(view), *near, _sizes(view))
    return "\n".join(note for note in said if note)


def nearness(view: StageView) -> str:
    """Say how close the decoded embedding lies to the one before any edit."""
    return _near(view.cosines[0], 2) if view.cosines else ""


def _near(cosine: Cosine, digits: int) -> str:
    return tr("cos to {to} {value}", to=cosine.to, value=f"{cosine.value:.{digits}f}")


def _cut(view: StageView) -> str:
    cut = [token.text for token in view.tokens if not token.is_kept]
    if not cut:
        return ""
    words = ", ".join(cut[:MOST_CUT]) + (", …" if len(cut) > MOST_CUT else "")
    if len(cut) == 1:
        return tr(
            "This model reads {room} tokens. 1 token has no effect on the picture: {words}. "
            "Shorten the prompt, or say first what matters most.",
            room=view.room,
            words=words,
        )
    return tr(
        "This model reads {room} tokens. {count} tokens have no effect on the picture: {words}. "
        "Shorten the prompt, or say first what matters most.",
        room=view.room,
        count=len(cut),
        words=words,
    )


def _candidates(view: StageView) -> str:
    if len(view.scores) < 2:
        return ""
    best, last = view.scores[0], view.scores[-1]
    rank, count = view.chosen + 1, len(view.scores)
    decoded = tr("Decoded is the best of {count} candidates.", count=count)
    if view.chosen:
        decoded = tr("Decoded is number {rank} of {count} candidates.", rank=rank, count=count)
    spread = tr(
        "The cosines spread over {value}, from {last} to {best}.",
        value=f"{best - last:.4f}",
        last=f"{last:.4f}",
        best=f"{best:.4f}",
    )
    return f"{decoded} {spread}"


def _sizes(view: StageView) -> str:
    if view.before is None or view.after is None:
        return ""
    before, after = view.before.extent, view.after.extent
    return tr(
        "From {before} to {after} px.",
        before=f"{before.width} × {before.height}",
        after=f"{after.width} × {after.height}",
    )


def description(view: StageView) -> str:
    """Say the picture for those who do not see it."""
    if view.tokens:
        tokens = (
            token.text if token.is_kept else tr("{token} (cut)", token=token.text)
            for token in view.tokens
        )
        return tr("Tokens: {tokens}", tokens=", ".join(tokens))
    if view.scores:
        scores = ", ".join(f"{score:.4f}" for score in view.scores)
        return tr("Cosines, best first: {scores}", scores=scores)
    return "" if view.after is None else tr("Picture of {title}", title=view.title)
