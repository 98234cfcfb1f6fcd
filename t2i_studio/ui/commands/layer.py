"""The Layer menu."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from t2i_studio.core.words import later, tr
from t2i_studio.ui.actions import Command
from t2i_studio.ui.dialogs.canvas_size import ask_canvas_size

if TYPE_CHECKING:
    from t2i_studio.studio.session import Session
    from t2i_studio.ui.main_window import MainWindow


def layer_commands(window: "MainWindow", session: "Session") -> tuple[Command, ...]:
    return (*_layers(session), *_canvas(window, session))


def _layers(session: "Session") -> tuple[Command, ...]:
    document = session.document

    def has_picture() -> bool:
        return document.extent is not None

    def has_layer() -> bool:
        return document.active_layer is not None

    def on_layer(do: Callable[[str], object]) -> Callable[[], object]:
        return lambda: do(document.active)

    def add() -> None:
        document.add_layer(tr("Layer {number}", number=len(document.layers) + 1))

    return (
        Command(
            "layer.new",
            later("&New layer"),
            add,
            ("Ctrl+Shift+N",),
            icon="plus",
            is_enabled=has_picture,
        ),
        Command(
            "layer.duplicate",
            later("&Duplicate layer"),
            on_layer(document.duplicate_layer),
            ("Ctrl+J",),
            icon="copy",
            is_enabled=has_layer,
        ),
        Command(
            "layer.merge",
            later("&Merge down"),
            on_layer(document.merge_down),
            is_enabled=lambda: has_layer() and document.layers[0].id != document.active,
        ),
        Command(
            "layer.flatten",
            later("&Flatten picture"),
            document.flatten,
            icon="layers",
            is_enabled=lambda: len(document.layers) > 1,
        ),
        Command(
            "layer.remove",
            later("De&lete layer"),
            on_layer(document.remove_layer),
            icon="trash",
            is_enabled=lambda: has_layer() and len(document.layers) > 1,
            words=later("remove"),
        ),
    )


def _canvas(window: "MainWindow", session: "Session") -> tuple[Command, ...]:
    document = session.document

    def crop_to_frame() -> None:
        bounds = session.frame.bounds
        assert bounds is not None
        document.recanvas(bounds, tr("Crop to frame"))

    def crop_to_mask() -> None:
        document.recanvas(document.mask.bounds, tr("Crop to mask"))

    return (
        Command(
            "layer.canvas_size",
            later("&Canvas size…"),
            lambda: ask_canvas_size(session, window),
            is_enabled=lambda: document.extent is not None,
            words=later("resize extend"),
        ),
        Command(
            "layer.crop_to_frame",
            later("Crop to f&rame"),
            crop_to_frame,
            icon="crop",
            is_enabled=lambda: document.extent is not None and session.frame.bounds is not None,
        ),
        Command(
            "layer.crop_to_mask",
            later("Crop to mas&k"),
            crop_to_mask,
            icon="crop",
            is_enabled=lambda: document.has_mask,
        ),
    )
