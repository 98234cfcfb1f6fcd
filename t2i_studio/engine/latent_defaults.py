"""What requests about embeddings leave to the model, and what they need of it."""

from t2i_studio.core.capabilities import Capabilities, Inversion
from t2i_studio.core.concept import FromEmbedding, FromPicture, TextDiff
from t2i_studio.core.errors import UserError
from t2i_studio.core.image import Image
from t2i_studio.core.latent import Space, check_space
from t2i_studio.core.request import Classify, Decode, Embed, FitBasis, Work
from t2i_studio.core.words import tr

INVERSION_SAMPLER = "ddim"  # the deterministic one whose steps can be taken back


def with_latent_defaults(request: Decode, capabilities: Capabilities) -> Decode:
    """Fill what depends on where x_T comes from; raises UserError for what does not go together.

    With x_T found by inversion, the decoder takes back the steps of the inversion: its sampler is
    DDIM, its steps those of the inversion unless asked otherwise. Its guidance is that of the
    inversion as long as nothing is edited, so that the picture is rebuilt, and rises with the
    edits to what shows them: with guidance 1 a red ball at theta 0.35 towards blue is still red.
    """
    decoder = request.decoder
    if request.noise == "drawn":
        return request if not decoder.eta else _sampled_by_ddim(request)
    how = capabilities.inversion
    if how is None:
        raise UserError(
            tr("{model} cannot find the noise of a picture (x_T).", model=capabilities.title)
        )
    asked = request.inversion
    inversion = asked.model_copy(
        update={
            "steps": asked.steps or how.steps,
            "iterations": asked.iterations or how.iterations,
            "guidance": how.guidance if asked.guidance is None else asked.guidance,
        }
    )
    filled = decoder.model_copy(
        update={
            "steps": decoder.steps or inversion.steps,
            "guidance": _guidance(request, how) if decoder.guidance is None else decoder.guidance,
        }
    )
    return _sampled_by_ddim(request.model_copy(update={"inversion": inversion, "decoder": filled}))


def _guidance(request: Decode, how: Inversion) -> float:
    rebuilds = how.guidance if request.inversion.guidance is None else request.inversion.guidance
    return rebuilds + request.concept.strength * (how.edit_guidance - rebuilds)


def check_inputs(request: Work, capabilities: Capabilities) -> None:
    """Refuse pictures that the model cannot look at, and embeddings of other spaces."""
    if _holds_pictures(request) and not capabilities.has_image_encoder:
        raise UserError(
            tr(
                "{model} has no image encoder, so it cannot look at pictures.",
                model=capabilities.title,
            ),
            tr("Put the image encoder of its CLIP into the checkpoint's folder image_encoder."),
        )
    for space, what in _spaces(request):
        if capabilities.space is not None:
            check_space(space, capabilities.space, what)


def _sampled_by_ddim(request: Decode) -> Decode:
    sampler = request.decoder.sampler or INVERSION_SAMPLER
    if sampler != INVERSION_SAMPLER:
        raise UserError(
            tr(
                "Only the sampler {needed} goes with inverted noise and with eta, not {sampler}.",
                needed=INVERSION_SAMPLER,
                sampler=sampler,
            )
        )
    decoder = request.decoder.model_copy(update={"sampler": sampler})
    return request.model_copy(update={"decoder": decoder})


def _holds_pictures(request: Work) -> bool:
    match request:
        case Decode():
            return bool(request.concept.images)
        case Embed():
            return any(isinstance(each, Image) for each in request.inputs)
        case Classify():
            return isinstance(request.start, FromPicture)
    return False


def _spaces(request: Work) -> list[tuple[Space, str]]:
    """List the spaces of everything in it, with what lies there."""
    match request:
        case Decode():
            starts = [each for each in request.concept.starts if isinstance(each, FromEmbedding)]
            bases = [
                edit.basis.space for edit in request.concept.edits if not isinstance(edit, TextDiff)
            ]
            found = [(start.embedding.space, start.title.capitalize()) for start in starts]
            return found + [(space, tr("The basis")) for space in bases]
        case Classify(start=FromEmbedding() as start):
            return [(start.embedding.space, start.title.capitalize())]
        case FitBasis():
            return [(request.embeddings.space, tr("What the basis is fitted on"))]
    return []
