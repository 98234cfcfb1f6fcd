from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.studio.background import InlineBackground
from t2i_studio.ui.thumbnails import Thumbnails


def test_what_has_come_is_told_and_kept() -> None:
    read: list[int] = []
    ready: list[int] = []

    def picture(key: int) -> Image:
        read.append(key)
        if key == 3:
            raise OSError
        return Image.filled(Extent(4, 4), (key, 0, 0))

    small = Thumbnails[int](picture, ready.append, InlineBackground())
    for key in (1, 1, 3, 3):
        small.get(key)
    assert (read, ready) == ([1, 3], [1])
    image = small.get(1)
    assert image is not None
    assert image.pixelColor(0, 0).red() == 1
    small.forget(1)
    small.start_over()
    assert (small.get(1), small.get(3), read) == (None, None, [1, 3, 1, 3])
