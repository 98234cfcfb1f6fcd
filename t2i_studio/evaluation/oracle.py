"""Where the judge comes from: a folder, the cache, or a training that fills the cache."""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

from t2i_studio.core.errors import StudioError
from t2i_studio.training.hardware import make_accelerator
from t2i_studio.training.journal import Entry, Event, Journal
from t2i_studio.training.loop import Run, train
from t2i_studio.training.plan import Plan
from t2i_studio.training.recipes.judge import PLAN, JudgeRecipe
from t2i_studio.training.scenes import judge
from t2i_studio.training.scenes.judge import Judge
from t2i_studio.training.scenes.lessons import Painter

Listener = Callable[[float, float], None]
"""Hears of the share that is done, and of the minutes left."""


def cached_judge(cache_folder: Path, plan: Plan = PLAN) -> Judge | None:
    """Load the judge that was trained on this world by this plan before, if there is one."""
    try:
        return Judge.load(_run_folder(cache_folder, plan) / JudgeRecipe.name / "network")
    except StudioError:
        return None


def trained_judge(
    cache_folder: Path,
    painter: Painter,
    device: str,
    listen: Listener,
    plan: Plan = PLAN,
    **sizes: int,
) -> Judge:
    """Train a judge into the cache; an interrupted training goes on where it stopped."""

    def tell(event: Event) -> None:
        if isinstance(event, Entry):
            listen(plan.progress(event.samples, event.minutes), event.eta)

    folder = _run_folder(cache_folder, plan)
    recipe = JudgeRecipe(Judge(), painter, plan, **sizes)
    run = Run(folder, make_accelerator(device), Journal(folder, tell))
    if run.network(recipe.name).exists() and cached_judge(cache_folder, plan) is None:
        shutil.rmtree(run.part(recipe.name), ignore_errors=True)  # damaged since it was trained
    train(recipe, run)
    return Judge.load(run.network(recipe.name))


def _run_folder(cache_folder: Path, plan: Plan) -> Path:
    """Tell apart by the plan and by the code that draws the world: another judge for another one.

    So a training never meets the checkpoint of another plan, which it could not go on from.
    """
    code = (file.read_bytes() for file in sorted(Path(judge.__file__).parent.glob("*.py")))
    digest = hashlib.blake2b(b"".join([repr(plan).encode(), *code]), digest_size=6).hexdigest()
    return cache_folder / f"judge-{digest}"
