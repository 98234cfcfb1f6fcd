"""Many prompts at once: a job for each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from t2i_studio.core.errors import StudioError
from t2i_studio.core.request import RANDOM_SEED
from t2i_studio.core.words import tr
from t2i_studio.studio.jobs import Job
from t2i_studio.studio.notices import Level, Notice

if TYPE_CHECKING:
    from t2i_studio.studio.session import Session


@dataclass(frozen=True)
class Queued:
    """How many jobs wait, and which prompts cannot be used: their numbers and why."""

    count: int
    problems: tuple[tuple[int, str], ...] = ()

    @property
    def notice(self) -> Notice:
        said = tr("1 job queued.") if self.count == 1 else tr("{count} jobs queued.",
                                                              count=self.count)  # fmt: skip
        if not self.problems:
            return Notice(Level.ok, said)
        number, problem = self.problems[0]
        left_out = tr("Prompt {number} cannot be used: {problem}", number=number, problem=problem)
        if len(self.problems) > 1:
            more = len(self.problems) - 1
            left_out += " " + tr("The same goes for {count} more.", count=more)
        return Notice(Level.warn, f"{said} {left_out}")


def queue_prompts(session: "Session", prompts: Sequence[str]) -> Queued:
    """Queue a job for each prompt, with all other settings as they are (main thread)."""
    jobs: list[Job] = []
    problems: list[tuple[int, str]] = []
    is_drawn = session.settings.seed == RANDOM_SEED
    for number, prompt in enumerate(prompts, start=1):
        try:
            order = session.orders.picture(replace(session.settings, prompt=prompt))
        except StudioError as error:
            problems.append((number, str(error)))
        else:
            jobs.append(Job(order.request, order.placement, is_seed_drawn=is_drawn))
    if jobs:
        session.staging.begin()
        session.dispatcher.add(*jobs)
    return Queued(len(jobs), tuple(problems))
