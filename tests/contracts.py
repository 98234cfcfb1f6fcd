"""What every backend promises, as tests that its own test class inherits."""

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pytest

from t2i_studio.core.cancel import CancelledError, CancelToken
from t2i_studio.core.errors import UserError
from t2i_studio.core.events import (
    EVENT,
    CandidatesRanked,
    Event,
    Finished,
    ImageReady,
    Preview,
    Progress,
    Started,
    Terminal,
)
from t2i_studio.core.frozen import Frozen
from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image
from t2i_studio.core.recipe import Recipe
from t2i_studio.core.request import UPSAMPLERS, Generate, Inpaint, Pictures, Refine
from t2i_studio.engine.api import Backend
from t2i_studio.engine.registry import Registry, Resident
from t2i_studio.engine.resolve import resolve
from t2i_studio.engine.runner import Runner

Made = Generate | Inpaint | Refine
SHARED = ("prompt", "seed", "image", "size", "prior", "decoder")


class Holding(Registry):
    """A registry in which every name means one backend that is there already."""

    def __init__(self, backend: Backend) -> None:
        super().__init__()
        self._backend = backend

    def get(self, model: str) -> Resident | None:
        return Resident(model, self._backend)


def changed(request: Pictures, **updates: object) -> Made:
    """Return the request with other values; those of stages as {"decoder": {"steps": 2}}."""
    for key, value in updates.items():
        if isinstance(part := getattr(request, key), Frozen):
            updates[key] = part.model_copy(update=value)
    return request.model_copy(update=updates)


def stream(backend: Backend, request: Made, cancel: CancelToken | None = None) -> Iterator[Event]:
    return iter(backend.run(resolve(request, backend.capabilities), cancel or CancelToken()))


def finished(backend: Backend, request: Made) -> list[ImageReady]:
    return [event for event in stream(backend, request) if isinstance(event, ImageReady)]


def picture(backend: Backend, request: Made) -> Image:
    return finished(backend, request)[0].image


def cancelled_in(backend: Backend, request: Made, stage: str) -> list[Event]:
    """Cancel after the stage's first step; return what came until CancelledError."""
    token, after = CancelToken(), []
    events = stream(backend, request, token)
    for event in events:
        if isinstance(event, Progress) and event.stage == stage:
            token.cancel()
            break
    with pytest.raises(CancelledError):
        after.extend(events)
    return after


class BackendContract:
    """Inherit it and provide the three fixtures; requests have a fixed seed and few steps.

    `refine` is what `inpaint` says without its mask.

    A real model can share one loaded backend (`scope="class"`); `tolerance` is in levels of 255,
    `samplers`, `sizes` and `candidates` narrow what is tried where all of it would take too long.
    """

    tolerance = 1
    samplers: tuple[str, ...] | None = None
    sizes: tuple[Extent, ...] | None = None
    candidates: int | None = None

    @pytest.fixture
    def backend(self) -> Backend:
        raise NotImplementedError

    @pytest.fixture
    def generate(self) -> Generate:
        raise NotImplementedError

    @pytest.fixture
    def inpaint(self) -> Inpaint:
        raise NotImplementedError

    @pytest.fixture
    def refine(self, inpaint: Inpaint) -> Refine:
        return Refine(**{name: getattr(inpaint, name) for name in SHARED}, strength=0.7)

    @pytest.fixture(params=["generate", "inpaint", "refine"])
    def request_(
        self, request: pytest.FixtureRequest, backend: Backend, generate: Generate
    ) -> Made:
        """Each kind of request that the backend takes."""
        if request.param not in backend.capabilities.kinds:
            pytest.skip(f"does not {request.param}")
        return request.getfixturevalue(request.param)

    def assert_same(self, one: Image, other: Image) -> None:
        difference = np.abs(one.pixels.astype(int) - other.pixels)
        assert difference.max() <= self.tolerance

    # Seeds

    def test_same_seed_makes_the_same_picture(self, backend: Backend, request_: Made) -> None:
        self.assert_same(picture(backend, request_), picture(backend, request_))

    def test_another_seed_makes_another_picture(self, backend: Backend, request_: Made) -> None:
        other = changed(request_, seed=request_.seed + 1)

        assert picture(backend, request_) != picture(backend, other)

    def test_batch_items_equal_single_runs(self, backend: Backend, request_: Made) -> None:
        batch = finished(backend, changed(request_, count=2))

        assert [event.index for event in batch] == [0, 1]
        for index, event in enumerate(batch):
            alone = changed(request_, seed=request_.seed + index)
            self.assert_same(event.image, picture(backend, alone))

    # Events

    def test_progress_follows_the_plan(self, backend: Backend, request_: Made) -> None:
        request = resolve(changed(request_, count=2), backend.capabilities)
        plan = {stage.key: stage.steps for stage in backend.plan(request)}

        steps = [event for event in stream(backend, request) if isinstance(event, Progress)]

        total = sum(plan.values())
        assert [event.step for event in steps] == list(range(1, total + 1))
        assert {event.total for event in steps} == {total}
        assert Counter(event.stage for event in steps) == plan
        assert set(plan) <= {stage.key for stage in backend.capabilities.stages}
        for index in (0, 1):
            for key, count in plan.items():
                own = [e for e in steps if (e.index, e.stage) == (index, key)]
                assert [e.stage_step for e in own] == list(range(1, count // 2 + 1))
                assert {e.stage_steps for e in own} == {count // 2}

    def test_runner_wraps_the_run_in_started_and_one_terminal_event(
        self, backend: Backend, request_: Made
    ) -> None:
        events = list(Runner(Holding(backend)).run(request_, CancelToken()))

        assert isinstance(events[0], Started)
        assert isinstance(events[-1], Finished)
        assert sum(isinstance(event, Terminal | Started) for event in events) == 2

    def test_every_event_names_the_request_and_survives_json(
        self, backend: Backend, request_: Made
    ) -> None:
        for event in stream(backend, request_):
            assert event.request_id == request_.id
            assert EVENT.validate_json(EVENT.dump_json(event)) == event

    def test_candidates_are_ranked_best_first(self, backend: Backend, generate: Generate) -> None:
        if "diffusion" not in backend.capabilities.priors:
            pytest.skip("has no prior")
        request = changed(generate, prior={"candidates": 2})

        (ranked,) = [e for e in stream(backend, request) if isinstance(e, CandidatesRanked)]

        assert list(ranked.scores) == sorted(ranked.scores, reverse=True)
        assert sorted(ranked.draws) == [0, 1]

    def test_previews_come_if_and_only_if_promised(self, backend: Backend, request_: Made) -> None:
        previews = [e for e in stream(backend, request_) if isinstance(e, Preview)]

        assert bool(previews) == backend.capabilities.has_previews

    # Cancelling

    def test_cancelling_in_any_stage_stops_within_a_step(
        self, backend: Backend, request_: Made
    ) -> None:
        request = changed(request_, count=2)

        for stage in backend.plan(resolve(request, backend.capabilities)):
            after = cancelled_in(backend, request, stage.key)

            assert sum(isinstance(event, Progress) for event in after) <= 1

    def test_cancelled_before_it_starts_makes_no_step(
        self, backend: Backend, request_: Made
    ) -> None:
        token, events = CancelToken(), []
        token.cancel()

        with pytest.raises(CancelledError):
            events.extend(stream(backend, request_, token))

        assert not events

    def test_run_after_a_cancelled_one_is_as_fresh(self, backend: Backend, request_: Made) -> None:
        fresh = picture(backend, request_)
        request = changed(request_, count=2)

        for stage in backend.plan(resolve(request, backend.capabilities)):
            cancelled_in(backend, request, stage.key)

            self.assert_same(picture(backend, request_), fresh)

    def test_run_after_an_abandoned_one_is_as_fresh(self, backend: Backend, request_: Made) -> None:
        fresh = picture(backend, request_)

        next(stream(backend, request_))

        self.assert_same(picture(backend, request_), fresh)

    # Capabilities

    def test_sizes_come_out_as_asked(self, backend: Backend, generate: Generate) -> None:
        for size in self.sizes or backend.capabilities.sizes:
            assert picture(backend, changed(generate, size=size)).extent == size

    def test_every_sampler_runs(self, backend: Backend, generate: Generate) -> None:
        for sampler in self.samplers or backend.capabilities.samplers:
            assert finished(backend, changed(generate, decoder={"sampler": sampler}))

    def test_every_prior_runs(self, backend: Backend, generate: Generate) -> None:
        for kind in backend.capabilities.priors:
            assert finished(backend, changed(generate, prior={"kind": kind}))

    def test_as_many_candidates_as_promised_run(self, backend: Backend, generate: Generate) -> None:
        candidates = self.candidates or backend.capabilities.max_candidates

        assert finished(backend, changed(generate, prior={"candidates": candidates}))

    def test_fewest_steps_of_every_stage_run(self, backend: Backend, generate: Generate) -> None:
        fewest = {
            stage.key: {"steps": stage.min_steps}
            for stage in backend.capabilities.stages
            if stage.key in {"prior", "decoder", *UPSAMPLERS}
        }

        assert finished(backend, changed(generate, **fewest))

    def test_negative_prompt_runs(self, backend: Backend, generate: Generate) -> None:
        assert finished(backend, changed(generate, negative_prompt="blurry"))

    def test_pictures_are_scored_when_asked_if_promised(
        self, backend: Backend, generate: Generate
    ) -> None:
        can = backend.capabilities.has_rerank
        asked = finished(backend, changed(generate, count=2, rerank=True))

        assert [event.score is not None for event in asked] == [can, can]
        assert finished(backend, generate)[0].score is None

    def test_what_is_not_promised_is_refused_with_what_is(
        self, backend: Backend, generate: Generate
    ) -> None:
        can = backend.capabilities
        refusals = {
            ("size", Extent(3, 5)): str(can.sizes[0]),
            ("decoder", "sampler", "sorcery"): ", ".join(can.samplers),
            ("prior", "candidates", can.max_candidates + 1): f"1 to {can.max_candidates}",
        }
        for stage in can.stages:
            if stage.key in {"prior", "decoder", *UPSAMPLERS}:
                allowed = f"{stage.max_steps}, not"
                refusals[(stage.key, "steps", stage.max_steps + 1)] = allowed
        if can.stage("prior") is None:
            refusals.pop(("prior", "candidates", can.max_candidates + 1))

        for (key, *path), possible in refusals.items():
            value = path[0] if len(path) == 1 else {path[0]: path[1]}
            with pytest.raises(UserError) as caught:
                resolve(changed(generate, **{key: value}), can)
            assert possible in caught.value.message

    def test_unknown_kinds_are_refused(self, backend: Backend, request_: Made) -> None:
        can = backend.capabilities.model_copy(update={"kinds": frozenset()})

        with pytest.raises(UserError, match=request_.kind):
            resolve(request_, can)

    def test_residence_says_what_it_takes(self, backend: Backend) -> None:
        assert backend.residence.memory_bytes > 0
        assert backend.residence.device
        assert backend.residence.dtype

    # Inpainting

    def test_nothing_changes_outside_the_mask(self, backend: Backend, inpaint: Inpaint) -> None:
        if "inpaint" not in backend.capabilities.kinds:
            pytest.skip("does not inpaint")

        result = picture(backend, inpaint)

        kept = inpaint.mask.pixels == 0
        assert result.extent == inpaint.image.extent
        assert (result.pixels[kept] == inpaint.image.pixels[kept]).all()
        assert (result.pixels[~kept] != inpaint.image.pixels[~kept]).any()

    # Editing

    @pytest.fixture(params=["inpaint", "refine"])
    def edit(
        self, request: pytest.FixtureRequest, backend: Backend, inpaint: Inpaint
    ) -> Inpaint | Refine:
        """Each kind of edit that the backend takes."""
        if request.param not in backend.capabilities.kinds:
            pytest.skip(f"does not {request.param}")
        return request.getfixturevalue(request.param)

    def test_less_strength_leaves_more_of_the_picture(
        self, backend: Backend, edit: Inpaint | Refine
    ) -> None:
        def change(strength: float) -> float:
            result = picture(backend, changed(edit, strength=strength, decoder={"steps": 5}))
            return float(np.abs(result.pixels.astype(int) - edit.image.pixels).mean())

        assert 0 < change(0.2) < change(0.9)

    def test_strength_takes_its_share_of_the_steps(
        self, backend: Backend, edit: Inpaint | Refine
    ) -> None:
        request = resolve(changed(edit, strength=0.4, decoder={"steps": 5}), backend.capabilities)

        steps = [event for event in stream(backend, request) if isinstance(event, Progress)]

        assert sum(event.stage == "decoder" for event in steps) == 2
        assert {event.total for event in steps} == {len(steps)}

    def test_nothing_changes_outside_the_frame(
        self, backend: Backend, edit: Inpaint | Refine
    ) -> None:
        width, height = edit.image.extent.width, edit.image.extent.height
        frame = Bounds(width // 3, -height // 3, width // 3, height)
        before = edit.image.pixels

        result = picture(backend, changed(edit, frame=frame)).pixels

        inside = frame.intersection(Bounds.at_origin(edit.image.extent))
        kept = np.ones((height, width), np.bool_)
        kept[inside.slices] = False
        assert (result[kept] == before[kept]).all()
        assert (result[inside.slices] != before[inside.slices]).any()

    @pytest.mark.parametrize("content", ["original", "fill", "blur", "noise"])
    def test_every_content_is_a_start_and_keeps_the_rest(
        self, backend: Backend, inpaint: Inpaint, content: str
    ) -> None:
        if "inpaint" not in backend.capabilities.kinds:
            pytest.skip("does not inpaint")
        how = {"content": content, "strength": 0.7, "seam": 8, "colour_match": True}

        result = picture(backend, changed(inpaint, **how))

        kept = inpaint.mask.pixels == 0
        assert (result.pixels[kept] == inpaint.image.pixels[kept]).all()
        assert (result.pixels[~kept] != inpaint.image.pixels[~kept]).any()

    # Recipes

    def test_recipe_holds_the_single_request_without_defaults(
        self, backend: Backend, request_: Made
    ) -> None:
        for event in finished(backend, changed(request_, count=2)):
            request = event.recipe.request

            assert (request.seed, request.count) == (request_.seed + event.index, 1)
            assert request.id == request_.id
            assert resolve(request, backend.capabilities) == request

    def test_recipe_replays_to_the_same_picture(self, backend: Backend, request_: Made) -> None:
        for event in finished(backend, changed(request_, count=2)):
            again = Recipe.from_json(event.recipe.to_json()).request

            self.assert_same(picture(backend, again), event.image)
