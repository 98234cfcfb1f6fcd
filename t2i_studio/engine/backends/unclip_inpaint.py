"""The picture around a repaint: what the model is shown of it, and where its work is laid."""

from dataclasses import dataclass

from torch import Tensor

from t2i_studio.core.geometry import Bounds, Extent
from t2i_studio.core.image import Image, Mask
from t2i_studio.core.inpaint import composite, cut, feathered, frame_around
from t2i_studio.core.request import Inpaint
from t2i_studio.latents.pixels import mask_tensor, to_tensor


@dataclass(frozen=True)
class Canvas:
    """The request's picture with the frame that the model sees; tensors are of the frame."""

    picture: Image
    weights: Mask  # of the picture's size: how much of the new shows
    frame: Bounds
    known: Tensor  # (1, 3, H, W) in [-1, 1]
    mask: Tensor  # (1, 1, H, W), 1 = repaint
    glance: tuple[Image, Mask]  # picture and weights of the frame, at the preview's size

    def finish(self, painted: Image) -> Image:
        """Lay the frame's new content into the picture."""
        return composite(self.picture, painted.resized(self.frame.extent), self.frame, self.weights)

    def preview(self, painted: Image) -> Image:
        """Lay an estimate into a small copy of the frame."""
        known, weights = self.glance
        whole = Bounds.at_origin(known.extent)
        return composite(known, painted.resized(known.extent), whole, weights)


def canvas_of(request: Inpaint) -> Canvas:
    assert request.size is not None
    frame = frame_around(request.mask.bounds, request.image.extent, request.size)
    weights = feathered(request.mask, request.feather)
    known = cut(request.image, frame)
    small = _preview_extent(frame.extent, request.size)
    return Canvas(
        picture=request.image,
        weights=weights,
        frame=frame,
        known=to_tensor(known),
        mask=mask_tensor(cut(request.mask, frame)),
        glance=(known.resized(small), cut(weights, frame).resized(small)),
    )


def _preview_extent(frame: Extent, native: Extent) -> Extent:
    return frame if frame.area <= native.area else native
