"""The engine of one command: requests are followed to their end, with a bar on stderr."""

import contextlib
import os
import signal
from collections.abc import Callable, Generator, Iterator
from types import FrameType
from typing import TypeVar

from t2i_studio.catalogue.inspect import capabilities
from t2i_studio.catalogue.store import locate
from t2i_studio.cli.commands import Common
from t2i_studio.cli.progress import ProgressBar
from t2i_studio.core.cancel import CancelledError, CancelToken
from t2i_studio.core.capabilities import Capabilities
from t2i_studio.core.concept import FromPrompt, TextDiff
from t2i_studio.core.errors import Blame, MachineError, StudioError, UserError
from t2i_studio.core.events import (
    Cancelled,
    Event,
    Failed,
    Finished,
    Loading,
    ModelReady,
    Progress,
    Started,
)
from t2i_studio.core.latent import Space
from t2i_studio.core.request import Decode, Frame, Load, Making, Strip, Work
from t2i_studio.engine.registry import Registry
from t2i_studio.engine.resolve import resolve
from t2i_studio.engine.runner import Runner
from t2i_studio.studio.tokens import TokenCounter

OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1"}
CANCELLED = 130
SHOWN = 60  # characters of a text's end that is cut off
ERRORS = {Blame.user: UserError, Blame.machine: MachineError, Blame.ours: StudioError}

MakeRegistry = Callable[[str], Registry]
E = TypeVar("E", bound=Event)


class Follower:
    """Runs the requests of a command, one after the other (main thread).

    `facts` are what every command tells with --json. `make_registry` makes the engine when it is
    needed first; without it, it is that of users, and what the model cannot do is said before its
    weights are loaded.
    """

    def __init__(
        self, options: Common, token: CancelToken, make_registry: MakeRegistry | None
    ) -> None:
        self.model = options.model
        self.facts: dict[str, object] = {"seconds": None, "model": options.model, "device": None}
        self._device, self._make_registry = str(options.device), make_registry
        self._token = token
        self._runner: Runner | None = None
        self._capabilities: Capabilities | None = None
        self._seconds = 0.0
        self._bar = ProgressBar()

    @property
    def space(self) -> Space:
        """The space of the model, which is loaded for it; raises StudioError and CancelledError."""
        found = self._loaded()
        if found.space is None:
            raise UserError(f"{found.title} has no embeddings.")
        return found.space

    @property
    def capabilities(self) -> Capabilities:
        """What the model can do, from its files where they tell; raises as `space` does."""
        if self._make_registry is None:
            return self._capabilities or capabilities(locate(self.model).folder)
        return self._loaded()

    def events(
        self, request: Load | Work, before: int = 0, total: int | None = None
    ) -> Generator[Event, None, None]:
        """Yield what happens; raises StudioError when it fails, CancelledError when it is stopped.

        `before` steps of `total` were taken by the requests before this one.
        """
        if self._runner is None:
            self._runner = self._begun(request)
        with self._bar:
            for event in self._runner.run(request, self._token):
                self._follow(event, before, total)
                yield event

    def answer(self, request: Work, kind: type[E], before: int = 0, total: int | None = None) -> E:
        """Return the answer to a request that makes no pictures; raises as `events` does."""
        [found] = [each for each in self.events(request, before, total) if isinstance(each, kind)]
        return found

    def close(self) -> None:
        if self._runner is not None:
            self._runner.close()

    def _loaded(self) -> Capabilities:
        if self._capabilities is None:
            for _ in self.events(Load(model=self.model)):
                pass
        assert self._capabilities is not None
        return self._capabilities

    def _begun(self, request: Load | Work) -> Runner:
        if self._make_registry is None and isinstance(request, Work):
            resolve(request, capabilities(locate(request.model).folder))
        return Runner((self._make_registry or Registry)(self._device))

    def _follow(self, event: Event, before: int, total: int | None) -> None:
        match event:
            case Loading():
                self._bar.show_phase(event.phase)
            case ModelReady():
                self._meet(event)
            case Started():
                self._begin(event)
            case Progress():
                self._bar.show(event, before, total)
            case Finished():
                self._seconds += event.seconds
                self.facts["seconds"] = round(self._seconds, 3)
            case Cancelled():
                raise CancelledError
            case Failed():
                raise ERRORS[event.blame](event.message, event.hint)

    def _meet(self, event: ModelReady) -> None:
        self._capabilities = event.capabilities
        self.facts |= {"model": event.model, "device": event.device, "dtype": event.dtype}
        self._bar.follow_model(event.capabilities)

    def _begin(self, event: Started) -> None:
        request = event.request
        if isinstance(request, Making):
            self._bar.count = request.count
        found = self._capabilities
        if found is None or found.token_limit is None:
            return
        counter = TokenCounter(found.tokenizer, found.token_limit)
        for text, name in dict(_texts(request)).items():
            self._warn_if_cut(name, text, counter)

    def _warn_if_cut(self, name: str, text: str, counter: TokenCounter) -> None:
        count = counter.count(text)
        if count.kept < len(text):
            cut = text[count.kept :].strip()
            shown = cut if len(cut) <= SHOWN else f"{cut[:SHOWN]}..."
            self._bar.warn(
                f"The {name} has {count.tokens} tokens and the model reads {count.limit}; "
                f'it does not see: "{shown}"'
            )


@contextlib.contextmanager
def following(options: Common, make_registry: MakeRegistry | None) -> Iterator[Follower]:
    """Hold the engine of a command; Ctrl+C stops what it does within a step."""
    if options.offline:
        os.environ.update(OFFLINE)
    with (
        cancelling() as token,
        contextlib.closing(Follower(options, token, make_registry)) as follower,
    ):
        yield follower


@contextlib.contextmanager
def cancelling() -> Iterator[CancelToken]:
    """Let Ctrl+C set a token; a second one ends the program at once (main thread)."""
    token = CancelToken()

    def stop(number: int, frame: FrameType | None) -> None:
        token.cancel()
        signal.signal(number, signal.default_int_handler)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield token
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _texts(request: Load | Work) -> Iterator[tuple[str, str]]:
    """Yield the texts that a model reads in it, each with what it is."""
    if isinstance(request, Strip):
        for frame in request.frames:
            yield from _texts(frame)
    if isinstance(request, Decode):
        for start in request.concept.starts:
            if isinstance(start, FromPrompt):
                yield start.prompt, "prompt"
        for edit in request.concept.edits:
            if isinstance(edit, TextDiff):
                yield from ((edit.before, "text"), (edit.after, "text"))
    if isinstance(request, Frame):
        prompts = request.prompts or (request.prompt,)
        negatives = request.negative_prompts or (request.negative_prompt,)
        yield from ((prompt, "prompt") for prompt in prompts)
        yield from ((negative, "negative prompt") for negative in negatives)
