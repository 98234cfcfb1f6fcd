"""Requests whose answers are no pictures: embeddings, labels, principal components."""

from collections.abc import Iterator
from itertools import islice

import torch
from torch import Tensor

from t2i_studio.core.events import BasisReady, Classified, Embedded, Event, PlannedStage, Progress
from t2i_studio.core.image import Image
from t2i_studio.core.latent import Vectors
from t2i_studio.core.request import Classify, Embed, FitBasis
from t2i_studio.core.words import tr
from t2i_studio.latents import pca, zero_shot
from t2i_studio.latents.workbench import Workbench

Answering = Embed | Classify | FitBasis
WORD = "a photo of {}"  # how a word is asked for its direction
TEXTS = 64  # that are encoded together


def plan(request: Answering) -> tuple[PlannedStage, ...]:
    """Return how many steps the answer takes."""
    steps = len(request.inputs) if isinstance(request, Embed) else 1
    return (PlannedStage(key=request.kind, steps=steps),)


def answered(bench: Workbench, request: Answering) -> Iterator[Event]:
    """Yield the answer's events; Progress counts from 1."""
    match request:
        case Embed():
            yield from _embed(bench, request)
        case Classify():
            yield _classify(bench, request)
            yield _progress(request, 1, 1)
        case FitBasis():
            yield _fit(bench, request)
            yield _progress(request, 1, 1)


def _embed(bench: Workbench, request: Embed) -> Iterator[Event]:
    vectors: list[Tensor] = []
    for each in request.inputs:
        if isinstance(each, Image):
            vectors.append(bench.embed_picture(each))
        else:
            vectors.append(bench.embed_text(each).embeds)
        yield _progress(request, len(vectors), len(request.inputs))
    yield Embedded(request_id=request.id, embeddings=bench.embeddings(torch.cat(vectors)))


def _classify(bench: Workbench, request: Classify) -> Classified:
    z = (
        bench.embed_picture(request.start.image)
        if request.start.kind == "picture"
        else bench.tensor(request.start.embedding, request.start.title.capitalize())
    )
    classes = bench.classes(request.labels, request.templates)
    cosines = zero_shot.cosines(z, classes)[0]
    return Classified(
        request_id=request.id,
        labels=request.labels,
        shares=tuple(zero_shot.shares(cosines, bench.system.logit_scale).tolist()),
        cosines=tuple(cosines.tolist()),
    )


def _fit(bench: Workbench, request: FitBasis) -> BasisReady:
    values = bench.tensor(request.embeddings, tr("What the basis is fitted on"))
    found = pca.fit(values, request.components)
    known = bench.system.known_words(request.words)
    z_words = _embedded_words(bench, known)
    names = pca.named(found, known, z_words) if z_words is not None else ()
    return BasisReady(
        request_id=request.id,
        basis=found.to_basis(bench.space, names),
        coordinates=Vectors(pca.project(values, found).numpy(force=True)),
    )


def _embedded_words(bench: Workbench, words: tuple[str, ...]) -> Tensor | None:
    """Embed the words that a component may be named by: (W, D)."""
    left = iter(words)
    batches = iter(lambda: tuple(islice(left, TEXTS)), ())
    found = [bench.embed_texts(tuple(WORD.format(word) for word in batch)) for batch in batches]
    return torch.cat(found) if found else None


def _progress(request: Answering, step: int, steps: int) -> Progress:
    return Progress(
        request_id=request.id,
        index=0,
        stage=request.kind,
        stage_step=step,
        stage_steps=steps,
        step=step,
        total=steps,
    )
