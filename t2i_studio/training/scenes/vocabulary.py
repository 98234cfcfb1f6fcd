"""Everything that can be in a scene, and the words for it."""

from collections.abc import Mapping
from dataclasses import dataclass

RGB = tuple[int, int, int]


@dataclass(frozen=True)
class Noun:
    """A thing drawn by an icon: the words for it, and the icons' names, the best first."""

    words: tuple[str, ...]
    icons: tuple[str, ...]


def _noun(words: str, icons: str) -> Noun:
    return Noun(tuple(words.split("|")), tuple(icons.split("|")))


NOUNS: Mapping[str, Noun] = {
    "fox": _noun("fox", "fox-face|fox"),
    "dog": _noun("dog|corgi|puppy", "dog-face"),
    "cat": _noun("cat|kitten", "cat-face"),
    "lion": _noun("lion", "lion"),
    "hedgehog": _noun("hedgehog", "hedgehog"),
    "teddy bear": _noun("teddy bear", "teddy-bear"),
    "owl": _noun("owl", "owl"),
    "fish": _noun("fish", "fish"),
    "panda": _noun("panda", "panda"),
    "penguin": _noun("penguin", "penguin"),
    "elephant": _noun("elephant", "elephant"),
    "rabbit": _noun("rabbit|bunny", "rabbit-face"),
    "unicorn": _noun("unicorn", "unicorn"),
    "butterfly": _noun("butterfly", "butterfly"),
    "apple": _noun("apple", "red-apple"),
    "pizza": _noun("pizza|slice of pizza", "pizza"),
    "banana": _noun("banana", "banana"),
    "sushi": _noun("piece of sushi|plate of sushi", "sushi"),
    "strawberry": _noun("strawberry", "strawberry"),
    "hamburger": _noun("hamburger|burger", "hamburger"),
    "cake": _noun("cake|slice of cake", "shortcake"),
    "car": _noun("car", "automobile"),
    "bicycle": _noun("bicycle|bike", "bicycle"),
    "skateboard": _noun("skateboard", "skateboard"),
    "rocket": _noun("rocket", "rocket"),
    "motorcycle": _noun("motorcycle|motorbike", "motorcycle"),
    "sailboat": _noun("sailboat|boat", "sailboat"),
    "house": _noun("house", "house"),
    "tree": _noun("tree", "deciduous-tree"),
    "cactus": _noun("cactus", "cactus"),
    "guitar": _noun("guitar", "guitar"),
    "trumpet": _noun("trumpet", "trumpet"),
    "umbrella": _noun("umbrella", "umbrella"),
    "clock": _noun("clock|alarm clock", "alarm-clock"),
    "hat": _noun("hat|top hat", "top-hat"),
    "robot": _noun("robot", "robot"),
    "snowman": _noun("snowman", "snowman-without-snow"),
    "balloon": _noun("balloon", "balloon"),
    "crown": _noun("crown", "crown"),
    "mushroom": _noun("mushroom", "mushroom"),
}

PRIMITIVES: Mapping[str, tuple[str, ...]] = {
    "cube": ("cube", "box"),
    "sphere": ("sphere", "ball"),
    "cylinder": ("cylinder",),
    "cone": ("cone",),
    "star": ("star",),
    "heart": ("heart",),
}
"""Solids and shapes that come in every colour, with the words for each."""

OBJECTS = (*NOUNS, *PRIMITIVES)

COLOURS: Mapping[str, RGB] = {
    "red": (222, 38, 38),
    "orange": (245, 138, 24),
    "yellow": (250, 215, 40),
    "green": (40, 165, 60),
    "blue": (40, 90, 225),
    "purple": (135, 50, 190),
    "pink": (248, 130, 185),
    "black": (42, 42, 46),
}

PLAIN: Mapping[str, RGB] = {
    "white": (250, 250, 250),
    "gray": (140, 142, 146),
    "black": (18, 18, 22),
    "red": (205, 40, 40),
    "orange": (245, 150, 50),
    "yellow": (252, 224, 90),
    "green": (90, 185, 100),
    "blue": (70, 130, 225),
    "purple": (140, 85, 195),
    "pink": (250, 170, 205),
}
"""Plain backgrounds by colour."""


@dataclass(frozen=True)
class Place:
    """A painted background: phrases that follow an object, and phrases that stand alone."""

    around: tuple[str, ...]
    alone: tuple[str, ...]


def _place(around: str, alone: str) -> Place:
    return Place(tuple(around.split("|")), tuple(alone.split("|")))


PLACES: Mapping[str, Place] = {
    "day": _place(
        "in a field|in a green field|in a field during the day",
        "a green field|a field during the day",
    ),
    "sunrise": _place(
        "in a field at sunrise|in a field at sunset", "a field at sunrise|a field at sunset"
    ),
    "night": _place(
        "in a field at night|in a field under the stars",
        "a field at night|a night sky over a field",
    ),
    "winter": _place(
        "in a winter landscape|in the snow|in winter", "a winter landscape|a snowy landscape"
    ),
    "autumn": _place(
        "in an autumn landscape|in a fall landscape|in autumn",
        "an autumn landscape|a fall landscape",
    ),
    "spring": _place("in a spring landscape|in spring", "a spring landscape"),
    "beach": _place("on a beach|at the beach", "a beach"),
    "city": _place("on a city street|in the city", "a city street"),
    "space": _place("in outer space|in space", "outer space"),
    "desert": _place("in a desert|in the desert", "a desert"),
    "underwater": _place("under water|at the bottom of the sea", "the bottom of the sea"),
    "mountains": _place("in the mountains|in front of mountains", "a mountain landscape"),
}

BACKGROUNDS = (*(f"plain {colour}" for colour in PLAIN), *PLACES)

ARTS: Mapping[str, tuple[str, ...]] = {
    "sticker": ("a sticker of",),
    "3d render": ("a 3d render of",),
    "flat icon": ("a flat icon of",),
}
"""How objects are drawn, each from an icon set of its own, and how a caption says so."""

EFFECTS: Mapping[str, tuple[str, ...]] = {
    "sketch": ("a pencil sketch of", "a pencil drawing of"),
    "pixel art": ("pixel art of", "a pixel art image of"),
    "watercolour": ("a watercolour of", "a watercolour painting of"),
}
"""What is done to whole pictures."""

RELATIONS: Mapping[str, tuple[str, ...]] = {
    "on top of": ("on top of", "on"),
    "below": ("below", "under"),
    "left of": ("to the left of", "left of"),
    "right of": ("to the right of", "right of"),
    "next to": ("next to", "and", "beside"),
}

COUNTS: Mapping[int, str] = {2: "two", 3: "three"}

SIZES: Mapping[str, tuple[str, ...]] = {
    "big": ("big", "large", "huge"),
    "small": ("small", "tiny", "little"),
}

SIGN_PHRASES = ("a sign that says", "a sign that reads", "a sign with the word")

WORDS = (
    "hi", "ok", "go", "up", "art", "cat", "dog", "ice", "map", "sun", "tea", "zoo",
    "book", "cafe", "exit", "fish", "home", "love", "milk", "moon", "open", "park", "shop", "stop",
)  # fmt: skip
"""What signs say; besides these they carry made-up strings of two to four letters."""
