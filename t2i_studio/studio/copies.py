"""Snapshots of a document that cost the main thread nothing."""

from collections.abc import Callable
from dataclasses import replace

from t2i_studio.core.image import Mask, Pixels
from t2i_studio.core.layers import MASK, Content
from t2i_studio.studio.background import Background
from t2i_studio.studio.document import Document

TRIES = 2  # to copy in the background what somebody changes meanwhile

Copies = dict[str, Pixels]


def copy_content(
    document: Document,
    background: Background,
    done: Callable[[Content], None],
    failed: Callable[[Exception], None],
    tries: int = TRIES,
) -> None:
    """Hand all that the document holds to `done`, as it is then.

    Pixels are copied in the background; if somebody paints meanwhile it begins again, and at last
    they are copied at once.
    """
    revisions = document.revisions
    views = {MASK: document.mask_pixels, **{each.id: each.pixels for each in document.layers}}

    def copy() -> Copies:
        copies = {target: view.copy() for target, view in views.items()}
        for pixels in copies.values():
            pixels.flags.writeable = False
        return copies

    def check(copies: Copies) -> None:
        if document.revisions == revisions:
            done(_content(document, copies))
        elif tries:
            copy_content(document, background, done, failed, tries - 1)
        else:
            done(document.content)

    background.run(copy, check, failed)


def _content(document: Document, copies: Copies) -> Content:
    if document.extent is None:
        return Content()
    layers = tuple(replace(layer, pixels=copies[layer.id]) for layer in document.layers)
    return Content(document.extent, layers, Mask(copies[MASK]), document.active)
