"""Pictures of scenes: background, shadows, objects from back to front, effect."""

import zlib

import numpy as np
import numpy.typing as npt
from PIL import Image

from t2i_studio.training.scenes import backgrounds, effects, signs
from t2i_studio.training.scenes.bounded import BoundedCache
from t2i_studio.training.scenes.scene import Item, Scene
from t2i_studio.training.scenes.sprites import Sprite, Sprites

Pixels = npt.NDArray[np.uint8]

_MEMORY = 384 * 2**20  # bytes of each cache; pictures of 64 px need a tenth of it
_FLOATING = ("space", "underwater")  # where nothing stands on a ground
_SHADOW = (0.9, 0.16)  # width and height as fractions of the item's side
_POST_SHADOW = (0.34, 0.08)  # of a sign
_SHADOW_ALPHA = 120


class Renderer:
    """Draws scenes at one size; the same scene gives the same pixels. One thread at a time."""

    def __init__(self, size: int, sprites: Sprites) -> None:
        self._size = size  # px, 64 to 1024
        self._sprites = sprites
        self._backgrounds = BoundedCache[Image.Image](_MEMORY, _bytes)
        self._images = BoundedCache[Image.Image](_MEMORY, _bytes)

    def render(self, scene: Scene) -> Pixels:
        """Return the picture, (size, size, 3) RGB."""
        canvas = self._background(scene.background, scene.variant).copy()
        for item in scene.drawing_order:
            self._draw(canvas, item, scene)
        if scene.effect:
            return effects.apply(scene.effect, np.asarray(canvas), _seed(scene))
        return np.array(canvas)

    def _background(self, background: str, variant: int) -> Image.Image:
        return self._backgrounds.get(
            (background, variant),
            lambda: Image.fromarray(backgrounds.paint(background, variant, self._size)),
        )

    def _draw(self, canvas: Image.Image, item: Item, scene: Scene) -> None:
        side = round(item.size * self._size)
        left, top = (round(centre * self._size - side / 2) for centre in (item.x, item.y))
        if item.has_shadow and scene.background not in _FLOATING:
            shadow = self._shadow(side, _POST_SHADOW if item.name == "sign" else _SHADOW)
            at = (left + (side - shadow.width) // 2, top + side - shadow.height // 2)
            canvas.paste((0, 0, 0), at, shadow)
        image = self._image(item, scene, side)
        canvas.paste(image, (left, top), image)

    def _shadow(self, side: int, shares: tuple[float, float]) -> Image.Image:
        width, height = (max(2, int(side * share)) for share in shares)
        return self._images.get(("shadow", width, height), lambda: _shadow(width, height))

    def _image(self, item: Item, scene: Scene, side: int) -> Image.Image:
        if item.name == "sign":
            return self._images.get(
                ("sign", scene.word, side),
                lambda: Image.fromarray(signs.draw_sign(scene.word, side)),
            )
        sprite = Sprite(item.name, item.colour, scene.art)
        return self._images.get((sprite, side), lambda: self._sprites.image(sprite, side))


def _bytes(image: Image.Image) -> int:
    return image.width * image.height * len(image.getbands())


def _shadow(width: int, height: int) -> Image.Image:
    """Return the alpha of a soft ellipse."""
    x, y = ((np.arange(length) + 0.5) / length * 2 - 1 for length in (width, height))
    radius = np.hypot(x[None, :], y[:, None])
    return Image.fromarray(((1 - radius).clip(0) ** 0.8 * _SHADOW_ALPHA).astype(np.uint8))


def _seed(scene: Scene) -> int:
    """Return a number that depends on all of the scene, the same at every size."""
    return zlib.crc32(repr(scene).encode())
