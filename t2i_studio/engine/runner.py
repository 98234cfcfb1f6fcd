"""Run one request from start to its one terminal event."""

import errno
import logging
from collections.abc import Callable, Generator, Iterator
from time import monotonic

from t2i_studio.core.cancel import CancelledError, CancelToken
from t2i_studio.core.errors import Blame, StudioError, UserError
from t2i_studio.core.events import (
    Cancelled,
    Event,
    Failed,
    Finished,
    Loading,
    Progress,
    Started,
    Terminal,
)
from t2i_studio.core.request import Load, Request, Work
from t2i_studio.core.words import tr
from t2i_studio.engine.pace import Countdown, Pace
from t2i_studio.engine.registry import Registry, Resident
from t2i_studio.engine.resolve import resolve

log = logging.getLogger(__name__)


class Runner:
    """Loads models, resolves requests, and lets backends run them (engine thread)."""

    def __init__(self, registry: Registry, clock: Callable[[], float] = monotonic) -> None:
        self._registry = registry
        self._clock = clock
        self._pace = Pace()

    def run(self, request: Request, cancel: CancelToken) -> Iterator[Event]:
        """Yield the request's events; whatever happens, the last is terminal, and no other."""
        started = self._clock()
        try:
            cancel.check()
            yield from self._events(request, cancel)
            end: Terminal = Finished(request_id=request.id, seconds=self._clock() - started)
        except CancelledError:
            end = Cancelled(request_id=request.id)
        except StudioError as error:
            log.info("%s: %s", error.blame, error)
            end = Failed(
                request_id=request.id, blame=error.blame, message=error.message, hint=error.hint
            )
        except Exception as error:
            log.exception("run %s failed", request.id)
            end = _unexpected(request.id, error)
        yield end

    def close(self) -> None:
        self._registry.close()

    def _events(self, request: Request, cancel: CancelToken) -> Iterator[Event]:
        resident = yield from self._resident(request, cancel)
        if isinstance(request, Load):
            yield resident.ready(request.id)
        elif isinstance(request, Work):
            yield from self._make(request, resident, cancel)
        else:
            raise UserError(
                tr(
                    "{model} cannot do this ({kind}).",
                    model=resident.capabilities.title,
                    kind=request.kind,
                )
            )

    def _resident(self, request: Request, cancel: CancelToken) -> Generator[Event, None, Resident]:
        resident = self._registry.get(request.model)
        if resident is not None:
            return resident
        phases = self._registry.load(request.model)
        while True:
            try:
                phase = next(phases)
            except StopIteration as end:
                loaded: Resident = end.value
                break
            cancel.check()
            yield Loading(request_id=request.id, phase=phase)
        if not isinstance(request, Load):
            yield loaded.ready(request.id)
        return loaded

    def _make(self, request: Work, resident: Resident, cancel: CancelToken) -> Iterator[Event]:
        backend = resident.backend
        resolved = resolve(request, backend.capabilities)
        plan = backend.plan(resolved)
        yield Started(request_id=request.id, request=resolved, plan=plan)
        countdown = Countdown(self._pace, request.model, plan, self._clock())
        for event in backend.run(resolved, cancel):
            yield countdown.timed(event, self._clock()) if isinstance(event, Progress) else event


def _unexpected(request_id: str, error: Exception) -> Failed:
    lines = str(error).splitlines() or [""]
    if _is_out_of_memory(error):
        return Failed(
            request_id=request_id,
            blame=Blame.machine,
            message=tr("There is not enough memory for this."),
            hint=tr("Close other programs, or make fewer or smaller pictures."),
        )
    return Failed(
        request_id=request_id,
        blame=Blame.ours,
        message=tr(
            "Something went wrong inside ({kind}: {reason}).",
            kind=type(error).__name__,
            reason=lines[0],
        ),
        hint=tr("The log file has the details."),
    )


def _is_out_of_memory(error: Exception) -> bool:
    """Python's own, the system's, and torch's: a class on accelerators, a plain one on the CPU."""
    names = {kind.__name__ for kind in type(error).__mro__}
    return (
        not names.isdisjoint({"MemoryError", "OutOfMemoryError"})
        or (isinstance(error, OSError) and error.errno == errno.ENOMEM)
        or (isinstance(error, RuntimeError) and "DefaultCPUAllocator" in str(error))
    )
