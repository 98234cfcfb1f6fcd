"""Where results belong, while the document under them is cropped or grows."""

from collections.abc import Iterable

from t2i_studio.studio.document import Document
from t2i_studio.studio.jobs import Job
from t2i_studio.studio.staging import Candidate, Staging


def keep_places(document: Document, jobs: Iterable[Job], staging: Staging) -> None:
    """Let results, also those to come, stay where they were asked for on the picture."""

    def move(dx: int, dy: int) -> None:
        drafts = [staging.draft] if staging.draft else []
        owners: tuple[Job | Candidate, ...] = (*jobs, *staging.candidates, *drafts)
        for placement in {id(each.placement): each.placement for each in owners}.values():
            placement.move(dx, dy)

    document.moved.connect(move)
