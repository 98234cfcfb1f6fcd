import errno
from collections.abc import Callable

import pytest

from t2i_studio.core.cancel import CancelToken
from t2i_studio.core.errors import Blame, MachineError, UserError
from t2i_studio.core.events import (
    Cancelled,
    Event,
    Failed,
    Finished,
    ImageReady,
    ModelReady,
    Progress,
    Started,
    Terminal,
)
from t2i_studio.core.request import Generate, Load, Request
from t2i_studio.engine.backends.fake import FakeBackend
from t2i_studio.engine.runner import Runner
from tests.engine.conftest import Shop

RED = Generate(prompt="a red cube", seed=7)
STEPS = [*[("prior", step) for step in (1, 2)], *[("decoder", s) for s in range(1, 5)]]
STEPS.append(("upsampler", 1))


class OutOfMemoryError(RuntimeError):
    """Named as torch's."""


def kinds(events: list[Event]) -> list[str]:
    return [event.kind for event in events]


def run(runner: Runner, request: Request = RED, token: CancelToken | None = None) -> list[Event]:
    return list(runner.run(request, token or CancelToken()))


def terminal(events: list[Event]) -> Terminal:
    """Return the one terminal event, which is the last."""
    (end,) = [event for event in events if isinstance(event, Terminal)]
    assert end is events[-1]
    return end


def failing(error: Exception) -> Callable[[str, int], None]:
    """Let the first run fail in its second decoder step."""
    errors = [error]

    def before_step(stage: str, step: int) -> None:
        if (stage, step) == ("decoder", 2) and errors:
            raise errors.pop()

    return before_step


def assert_comes_out_right(runner: Runner) -> None:
    """The next request finds the engine as good as new."""
    events = run(runner)
    assert isinstance(terminal(events), Finished)
    (ready,) = [event for event in events if isinstance(event, ImageReady)]
    (fresh,) = [e for e in run(Runner(fresh_registry())) if isinstance(e, ImageReady)]
    assert ready.image == fresh.image


def fresh_registry() -> object:
    return Shop().registry()


def test_first_run_loads_the_model(shop: Shop) -> None:
    events = run(Runner(shop.registry()))

    assert kinds(events)[:5] == ["loading", "loading", "loading", "model_ready", "started"]
    assert isinstance(terminal(events), Finished)
    assert sum(isinstance(event, ImageReady) for event in events) == 1


def test_second_run_finds_it_loaded(shop: Shop) -> None:
    runner = Runner(shop.registry())
    run(runner)

    events = run(runner)

    assert kinds(events)[0] == "started"
    assert len(shop.loaded) == 1


@pytest.mark.parametrize("times", [1, 2])
def test_load_ends_with_the_model_ready(shop: Shop, times: int) -> None:
    runner = Runner(shop.registry())
    for _ in range(times):
        events = run(runner, Load())

    assert sum(isinstance(event, ModelReady) for event in events) == 1
    assert sum(isinstance(event, Started) for event in events) == 0
    assert isinstance(terminal(events), Finished)


def test_started_holds_the_resolved_request(shop: Shop) -> None:
    events = run(Runner(shop.registry()), Generate(prompt="a"))

    (started,) = [event for event in events if isinstance(event, Started)]

    assert started.request.seed >= 0
    assert started.request.decoder.steps == 4
    assert sum(stage.steps for stage in started.plan) == len(STEPS)


def test_progress_knows_the_time_left(shop: Shop) -> None:
    clock = iter(range(100))
    events = run(Runner(shop.registry(), lambda: float(next(clock))))

    left = [event.eta_s for event in events if isinstance(event, Progress)]

    assert left == [6.0, 5.0, 4.0, 3.0, 2.0, 1.0, 0.0]


def test_finished_tells_how_long_it_took(shop: Shop) -> None:
    clock = iter(range(100))
    end = terminal(run(Runner(shop.registry(), lambda: float(next(clock)))))

    assert isinstance(end, Finished)
    assert end.seconds > 0


@pytest.mark.parametrize(
    ("error", "blame", "message"),
    [
        pytest.param(UserError("Bad.", "Mend."), Blame.user, "Bad.", id="user"),
        pytest.param(MachineError("Disk."), Blame.machine, "Disk.", id="machine"),
        pytest.param(MemoryError(), Blame.machine, "not enough memory", id="memory"),
        pytest.param(
            OutOfMemoryError("CUDA out of memory"), Blame.machine, "not enough memory", id="device"
        ),
        pytest.param(
            RuntimeError("DefaultCPUAllocator: can't allocate memory"),
            Blame.machine,
            "not enough memory",
            id="torch's memory",
        ),
        pytest.param(
            OSError(errno.ENOMEM, "No memory"), Blame.machine, "not enough memory", id="system"
        ),
        pytest.param(ValueError("one\ntwo"), Blame.ours, "ValueError: one).", id="bug"),
        pytest.param(KeyError(), Blame.ours, "KeyError", id="bug without a word"),
    ],
)
def test_error_becomes_one_failed_event_and_the_engine_goes_on(
    shop: Shop,
    error: Exception,
    blame: Blame,
    message: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    shop.backends["scenes"] = FakeBackend(failing(error))
    runner = Runner(shop.registry())

    events = run(runner)

    end = terminal(events)
    assert isinstance(end, Failed)
    assert end.blame == blame
    assert message in end.message
    assert "\n" not in end.message
    assert_comes_out_right(runner)


def test_unexpected_error_leaves_its_traceback_in_the_log(
    shop: Shop, caplog: pytest.LogCaptureFixture
) -> None:
    shop.backends["scenes"] = FakeBackend(failing(ValueError("one")))

    run(Runner(shop.registry()))

    assert "Traceback" in caplog.text


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(Generate(prompt="a", model="none"), id="model"),
        pytest.param(Generate(prompt="a", decoder={"sampler": "none"}), id="sampler"),
        pytest.param(Request(kind="dance"), id="kind"),
    ],
)
def test_wish_that_cannot_be_fulfilled_fails_before_it_starts(
    shop: Shop, request_: Request
) -> None:
    events = run(Runner(shop.registry()), request_)

    end = terminal(events)
    assert isinstance(end, Failed)
    assert end.blame == Blame.user
    assert not any(isinstance(event, Started | Progress) for event in events)


@pytest.mark.parametrize("phase", ["Reading", "Warming up"])
def test_failing_to_load_leaves_no_half_model(
    shop: Shop, phase: str, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(current: str) -> None:
        if current == phase:
            raise OSError("broken")

    shop.before_phase = fail
    runner = Runner(shop.registry())

    assert isinstance(terminal(run(runner)), Failed)

    shop.before_phase = lambda phase: None
    assert_comes_out_right(runner)


def test_cancelled_before_it_starts_does_nothing(shop: Shop) -> None:
    token = CancelToken()
    token.cancel()

    events = run(Runner(shop.registry()), token=token)

    assert kinds(events) == ["cancelled"]
    assert not shop.loaded


@pytest.mark.parametrize("phase", ["Reading", "Warming up"])
def test_cancelled_while_loading_never_starts(shop: Shop, phase: str) -> None:
    token = CancelToken()
    shop.before_phase = lambda current: token.cancel() if current == phase else None
    runner = Runner(shop.registry())

    events = run(runner, token=token)

    assert isinstance(terminal(events), Cancelled)
    assert not any(isinstance(event, Progress | ImageReady) for event in events)
    assert_comes_out_right(runner)


@pytest.mark.parametrize("at", STEPS, ids=str)
def test_cancelled_at_any_step_stops_there(shop: Shop, at: tuple[str, int]) -> None:
    token, runner = CancelToken(), Runner(shop.registry())
    request = RED.model_copy(update={"count": 2})

    events: list[Event] = []
    for event in runner.run(request, token):
        events.append(event)
        if isinstance(event, Progress) and (event.stage, event.stage_step) == at:
            token.cancel()

    assert isinstance(terminal(events), Cancelled)
    assert sum(isinstance(event, Progress) for event in events) == STEPS.index(at) + 1
    assert_comes_out_right(runner)


def test_finished_pictures_stay_when_a_later_one_is_cancelled(shop: Shop) -> None:
    token = CancelToken()
    request = RED.model_copy(update={"count": 3})

    events: list[Event] = []
    for event in Runner(shop.registry()).run(request, token):
        events.append(event)
        if isinstance(event, ImageReady) and event.index == 1:
            token.cancel()

    assert isinstance(terminal(events), Cancelled)
    assert [event.index for event in events if isinstance(event, ImageReady)] == [0, 1]


@pytest.mark.parametrize("taken", [1, 4, 6, 12])
def test_run_that_is_abandoned_does_no_harm(shop: Shop, taken: int) -> None:
    runner = Runner(shop.registry())
    events = runner.run(RED, CancelToken())
    for _ in range(taken):
        next(events)

    events.close()  # type: ignore[attr-defined]  # a generator

    assert_comes_out_right(runner)


def test_interrupt_is_not_swallowed(shop: Shop) -> None:
    def interrupt(stage: str, step: int) -> None:
        raise KeyboardInterrupt

    shop.backends["scenes"] = FakeBackend(interrupt)

    with pytest.raises(KeyboardInterrupt):
        run(Runner(shop.registry()))


def test_closing_lets_models_go(shop: Shop) -> None:
    registry = shop.registry()
    runner = Runner(registry)
    run(runner, Load())

    runner.close()

    assert registry.get("scenes") is None
