"""Back from a recipe to the settings that it was made with."""

from collections.abc import Callable

from t2i_studio.catalogue.store import installed
from t2i_studio.core.recipe import Recipe
from t2i_studio.core.request import Decode, Strip
from t2i_studio.core.words import tr
from t2i_studio.studio.explorer.explorer import Explorer
from t2i_studio.studio.frame import GenerationFrame
from t2i_studio.studio.jobs import Job
from t2i_studio.studio.notices import Level, Notice
from t2i_studio.studio.settings import Settings


def recall(recipe: Recipe, what: str, settings: Settings, explorer: Explorer) -> Notice | None:
    """Take the "prompt", the "seed", or all; returns what is to be said about it.

    What was explored goes on in the explorer, with its sliders as they were.
    """
    request = recipe.request
    if what == "prompt":
        settings.recall_prompt(request)
    elif what == "seed":
        settings.seed = request.seed
    else:
        notice = _recall_model(recipe, settings)
        if isinstance(request, Decode):
            explorer.recall(request)
        else:
            settings.recall(request)
        return notice
    return None


def take_back(
    job: Job, settings: Settings, frame: GenerationFrame, explorer: Explorer
) -> Callable[[], None]:
    """Take settings and frame as they were when a job was asked for; return what undoes it."""
    before = settings.to_json(), frame.to_json()
    asked, request = job.placement.settings, job.request
    if request.model in installed():
        settings.model = request.model
    if asked is not None:
        settings.restore(asked.get("settings", {}))
        frame.restore(asked.get("frame", {}))
    elif isinstance(request, Decode):
        explorer.recall(request)
    elif not isinstance(request, Strip):
        settings.recall(request)

    def undo() -> None:
        settings.restore(before[0])
        frame.restore(before[1])

    return undo


def _recall_model(recipe: Recipe, settings: Settings) -> Notice | None:
    if recipe.model.name in installed():
        settings.model = recipe.model.name
        return None
    text = tr(
        "The picture was made with {title}, which is not installed.", title=recipe.model.title
    )
    return Notice(Level.warn, text)
