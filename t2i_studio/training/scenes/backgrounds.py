"""Painted backgrounds: places and plain colours, calm in the middle, where objects stand."""

import math
import random
from collections.abc import Callable, Mapping

import numpy as np

from t2i_studio.training.scenes.paint import Canvas, cloud, crescent, fir, round_tree
from t2i_studio.training.scenes.vocabulary import BACKGROUNDS, PLAIN, RGB


def paint(background: str, variant: int, size: int) -> np.ndarray:
    """Paint a background of vocabulary.BACKGROUNDS, (size, size, 3) uint8.

    A variant is one picture, whatever its size (px). Raises ValueError for unknown backgrounds.
    """
    if background not in BACKGROUNDS:
        raise ValueError(f"No background {background!r}; choose from {', '.join(BACKGROUNDS)}.")
    rng = random.Random(f"{background}/{variant}")
    if background in _PLACES:
        canvas = Canvas(rng, size)
        _PLACES[background](canvas)
        return canvas.pixels()
    return _plain(PLAIN[background.removeprefix("plain ")], rng, size)


def _plain(colour: RGB, rng: random.Random, size: int) -> np.ndarray:
    """Fill with nearly that colour, a little darker towards the corners."""
    shade = np.array([channel + rng.uniform(-7, 7) for channel in colour])
    across = (np.arange(size) + 0.5) / size - 0.5
    dimming = 1 - rng.uniform(0, 0.14) * (across[:, None] ** 2 + across**2)
    return np.clip(shade * dimming[..., None], 0, 255).astype(np.uint8)


def _day(canvas: Canvas) -> None:
    canvas.gradient((0, (95, 175, 240)), (0.6, (205, 232, 250)))
    canvas.disc(canvas.between(0.1, 0.9), canvas.between(0.1, 0.18), 0.07, (255, 236, 120))
    cloud(canvas)
    cloud(canvas)
    canvas.hills(0.58, 0.03, canvas.near((120, 190, 90)))
    canvas.hills(0.68, 0.03, canvas.near((85, 165, 65)))


def _sunrise(canvas: Canvas) -> None:
    canvas.gradient((0, (110, 80, 160)), (0.3, (240, 120, 110)), (0.6, (255, 205, 110)))
    canvas.disc(canvas.between(0.2, 0.8), canvas.between(0.5, 0.56), 0.11, (255, 244, 190))
    canvas.hills(0.6, 0.03, canvas.near((120, 110, 60)))
    canvas.hills(0.7, 0.03, canvas.near((78, 88, 44)))


def _night(canvas: Canvas) -> None:
    canvas.gradient((0, (10, 14, 48)), (0.6, (30, 42, 96)))
    canvas.dots(45, 0, 0.58, (0.002, 0.005), (240, 242, 255))
    crescent(canvas, canvas.between(0.12, 0.88), 0.14)
    canvas.hills(0.6, 0.03, canvas.near((26, 58, 46), 5))
    canvas.hills(0.7, 0.03, canvas.near((16, 42, 34), 5))


def _winter(canvas: Canvas) -> None:
    canvas.gradient((0, (150, 185, 215)), (0.6, (222, 234, 244)))
    canvas.hills(0.58, 0.03, canvas.near((214, 228, 240), 6))
    for _ in range(3):
        fir(canvas, canvas.between(0.2, 0.3), canvas.near((60, 105, 95)), (244, 248, 252))
    canvas.hills(0.7, 0.025, canvas.near((246, 249, 253), 3))
    canvas.dots(40, 0, 1, (0.004, 0.009), (255, 255, 255))


def _autumn(canvas: Canvas) -> None:
    canvas.gradient((0, (170, 200, 215)), (0.6, (250, 232, 200)))
    canvas.hills(0.58, 0.03, canvas.near((214, 150, 70)))
    for _ in range(3):
        round_tree(canvas, canvas.rng.choice(((226, 95, 30), (240, 150, 35), (200, 60, 35))))
    canvas.hills(0.7, 0.025, canvas.near((186, 110, 50)))
    fallen = [canvas.near((225, 130, 35), 25) for _ in range(40)]
    canvas.dots(40, 0.72, 1, (0.004, 0.01), *fallen)


def _spring(canvas: Canvas) -> None:
    canvas.gradient((0, (125, 200, 250)), (0.6, (220, 242, 252)))
    cloud(canvas)
    canvas.hills(0.58, 0.03, canvas.near((165, 215, 110)))
    for _ in range(3):
        round_tree(canvas, (250, 165, 200))
    canvas.hills(0.7, 0.025, canvas.near((130, 200, 85)))
    canvas.dots(32, 0.74, 1, (0.006, 0.012), (255, 120, 170), (255, 235, 90), (255, 255, 255))


def _beach(canvas: Canvas) -> None:
    canvas.gradient((0, (70, 165, 240)), (0.45, (180, 225, 250)))
    canvas.disc(canvas.between(0.1, 0.9), canvas.between(0.1, 0.16), 0.065, (255, 240, 150))
    horizon = canvas.between(0.43, 0.48)
    canvas.rectangle(0, horizon, 1, 1, canvas.near((40, 140, 205), 8))
    canvas.rectangle(0, horizon + 0.1, 1, 1, canvas.near((70, 180, 215), 8))
    canvas.hills(0.66, 0.015, (240, 250, 250))
    canvas.hills(0.68, 0.015, canvas.near((240, 214, 155), 7))


_FACADES: tuple[RGB, ...] = ((120, 125, 140), (165, 120, 105), (95, 110, 135), (180, 165, 145))


def _city(canvas: Canvas) -> None:
    canvas.gradient((0, (150, 175, 205)), (0.6, (225, 222, 215)))
    left = 0.0
    while left < 1:
        left = _building(canvas, left)
    canvas.rectangle(0, 0.74, 1, 0.78, (190, 188, 182))
    canvas.rectangle(0, 0.78, 1, 1, canvas.near((78, 80, 86), 5))
    start = canvas.between(-0.22, -0.02)
    for dash in range(6):
        x = start + 0.22 * dash
        canvas.rectangle(x, 0.88, x + 0.11, 0.9, (245, 240, 210))


def _building(canvas: Canvas, left: float) -> float:
    """Paint a house from `left` on; returns where it ends."""
    right, top = left + canvas.between(0.11, 0.19), 0.74 - canvas.between(0.28, 0.6)
    canvas.rectangle(left, top, right, 0.76, canvas.near(canvas.rng.choice(_FACADES), 8))
    for x in np.arange(left + 0.025, right - 0.03, 0.045):
        for y in np.arange(top + 0.03, 0.68, 0.06):
            window = (250, 228, 150) if canvas.rng.random() < 0.6 else (70, 80, 100)
            canvas.rectangle(x, y, x + 0.022, y + 0.03, window)
    return right


def _space(canvas: Canvas) -> None:
    canvas.gradient((0, (14, 8, 36)), (1, (30, 14, 64)))
    nebula = np.array([canvas.between(0, 110 / 255) for _ in range(64)]).reshape(8, 8)
    canvas.veil(nebula, (92, 40, 140))
    canvas.dots(85, 0, 1, (0.002, 0.006), (245, 245, 255))
    x, y, radius = canvas.beside(), canvas.between(0.12, 0.26), canvas.between(0.07, 0.11)
    planet = canvas.rng.choice(((220, 150, 90), (120, 160, 220), (210, 110, 130)))
    canvas.disc(x, y, radius, canvas.near(planet))
    canvas.ring(x, y, (radius * 1.7, radius * 0.35), (230, 215, 180), 0.008)


def _desert(canvas: Canvas) -> None:
    canvas.gradient((0, (88, 176, 226)), (0.35, (190, 218, 214)), (0.6, (253, 226, 170)))
    canvas.disc(canvas.between(0.1, 0.9), canvas.between(0.12, 0.2), 0.085, (255, 246, 205))
    _dune(canvas, canvas.between(0.0, 0.35), 0.52, 0.55, (226, 170, 104))
    _dune(canvas, canvas.between(0.65, 1.0), 0.54, 0.5, (220, 160, 94))
    for x in (0.07, 0.2, 0.8, 0.93):
        if canvas.rng.random() < 0.7:
            _saguaro(canvas, x + canvas.between(-0.03, 0.03), 0.7, canvas.between(0.12, 0.17))
    canvas.hills(0.67, 0.02, canvas.near((238, 184, 112), 6))
    canvas.hills(0.8, 0.02, canvas.near((228, 168, 94), 6))


def _dune(canvas: Canvas, x: float, top: float, width: float, colour: RGB) -> None:
    """Paint a dune with its crest at (x, top), the flank right of it in the shade."""
    lit = canvas.near(colour, 6)
    shaded = (int(lit[0] * 0.84), int(lit[1] * 0.78), int(lit[2] * 0.74))
    run = [step / 16 for step in range(17)]
    flank = [(x - width * (1 - t), 0.72 - (0.72 - top) * t**1.6) for t in run]
    canvas.polygon([*flank, *((x + width * t, 0.72 - (0.72 - top) * (1 - t)) for t in run)], lit)
    lee = [(x + width * t, 0.72 - (0.72 - top) * (1 - t) ** 1.2) for t in run]
    ridge = [(x + width * 0.35 * math.sin(2.6 * t), top + (0.72 - top) * t) for t in run]
    canvas.polygon([*lee, *ridge[::-1]], shaded)


def _saguaro(canvas: Canvas, x: float, foot: float, height: float) -> None:
    """Paint the outline of a far cactus with two arms."""
    green = canvas.near((92, 120, 78), 8)
    thick = 0.075 * height
    _stem(canvas, x, foot - height, foot, thick, green)
    for side, elbow in ((-1, 0.42), (1, 0.55)):
        arm = x + side * 0.26 * height
        canvas.rectangle(
            min(x, arm), foot - elbow * height - thick, max(x, arm), foot - elbow * height + thick,
            green,
        )  # fmt: skip
        _stem(canvas, arm, foot - (elbow + 0.27) * height, foot - elbow * height, thick, green)


def _stem(canvas: Canvas, x: float, top: float, foot: float, thick: float, colour: RGB) -> None:
    canvas.disc(x, top, thick, colour)
    canvas.disc(x, foot, thick, colour)
    canvas.rectangle(x - thick, top, x + thick, foot, colour)


def _underwater(canvas: Canvas) -> None:
    canvas.gradient((0, (120, 220, 222)), (0.35, (40, 160, 190)), (0.8, (14, 92, 142)))
    canvas.veil(_light_rays(canvas), (214, 250, 240))
    canvas.hills(0.77, 0.02, canvas.near((150, 176, 152), 6))
    for _ in range(5):
        _seaweed(canvas, canvas.beside(), 0.89, canvas.between(0.24, 0.42))
    canvas.hills(0.85, 0.02, canvas.near((214, 203, 154), 6))
    for _ in range(12):
        _bubble(canvas, canvas.beside(), canvas.between(0.08, 0.7), canvas.between(0.008, 0.022))


def _light_rays(canvas: Canvas, side: int = 128) -> np.ndarray:
    """Draw how bright slanted beams from above are, (side, side) in [0, 0.4], fading downwards."""
    y, x = np.mgrid[0:side, 0:side] / side
    source = canvas.between(0.2, 0.8)
    angle = (x - source) / (y + 0.45)
    phases = [canvas.between(0, math.tau) for _ in range(2)]
    beams = np.sin(angle * 17 + phases[0]) + 0.6 * np.sin(angle * 31 + phases[1])
    return np.asarray(np.clip(beams, 0, 1) * np.clip(1 - y / 0.75, 0, 1) * 0.4)


def _seaweed(canvas: Canvas, x: float, foot: float, height: float) -> None:
    """Paint a waving ribbon that grows thinner upwards."""
    green = canvas.near(canvas.rng.choice(((36, 128, 84), (60, 150, 72), (22, 104, 92))), 8)
    phase = canvas.between(0, math.tau)
    run = [step / 24 for step in range(25)]
    middle = [(x + 0.02 * math.sin(phase + 7 * t) * (0.3 + t), foot - height * t) for t in run]
    widths = [0.018 * (1 - t**2) for t in run]
    left = [(at - width, y) for (at, y), width in zip(middle, widths, strict=True)]
    right = [(at + width, y) for (at, y), width in zip(middle, widths, strict=True)]
    canvas.polygon([*left, *right[::-1]], green)


def _bubble(canvas: Canvas, x: float, y: float, radius: float) -> None:
    canvas.ring(x, y, (radius, radius), (205, 242, 246), radius * 0.3)
    canvas.disc(x - radius * 0.35, y - radius * 0.35, radius * 0.25, (240, 255, 255))


def _mountains(canvas: Canvas) -> None:
    canvas.gradient((0, (70, 150, 228)), (0.6, (206, 230, 248)))
    cloud(canvas)
    for x in (0.02, 0.3, 0.62, 0.95):
        _mountain(
            canvas, x + canvas.between(-0.06, 0.06), canvas.between(0.3, 0.4), (142, 160, 192)
        )
    for x in (0.1, 0.85):
        _mountain(
            canvas, x + canvas.between(-0.08, 0.08), canvas.between(0.16, 0.28), (98, 112, 146)
        )
    canvas.hills(0.66, 0.02, canvas.near((104, 152, 96), 8))
    for _ in range(4):
        fir(canvas, canvas.between(0.1, 0.15), canvas.near((44, 96, 74), 8))
    canvas.hills(0.73, 0.02, canvas.near((128, 176, 98), 8))


def _mountain(canvas: Canvas, x: float, top: float, rock: RGB) -> None:
    """Paint a peak at (x, top) with a snow cap, its right face in the shade."""
    rock = canvas.near(rock, 6)
    height = 0.72 - top
    slope = canvas.between(0.75, 0.95)
    left, right, foot = x - slope * height, x + slope * height, 0.72
    kink = x + 0.12 * height
    canvas.polygon([(left, foot), (x, top), (right, foot)], rock)
    canvas.polygon([(kink, foot), (x, top), (right, foot)], _darker(rock, 0.8))
    line = _snow_line(canvas, x, top, height, slope)
    canvas.polygon([(x, top), *line], (250, 252, 255))
    shaded = [point for point in line if point[0] >= x]
    canvas.polygon([(x, top), *shaded], (208, 220, 240))


def _snow_line(
    canvas: Canvas, x: float, top: float, height: float, slope: float
) -> list[tuple[float, float]]:
    """Zigzag between the two slopes of a peak, from left to right."""
    depths = [0.36, 0.44, 0.3, 0.42, 0.3, 0.46, 0.36]
    across = [-1.03, -0.55, -0.25, 0, 0.3, 0.6, 1.03]  # snow hides the rock's rim
    drops = [height * (depth + canvas.between(-0.04, 0.04)) for depth in depths]
    return [(x + side * slope * drop, top + drop) for side, drop in zip(across, drops, strict=True)]


def _darker(colour: RGB, share: float) -> RGB:
    return int(colour[0] * share), int(colour[1] * share), int(colour[2] * share)


_PLACES: Mapping[str, Callable[[Canvas], None]] = {
    "day": _day,
    "sunrise": _sunrise,
    "night": _night,
    "winter": _winter,
    "autumn": _autumn,
    "spring": _spring,
    "beach": _beach,
    "city": _city,
    "space": _space,
    "desert": _desert,
    "underwater": _underwater,
    "mountains": _mountains,
}
