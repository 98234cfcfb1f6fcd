"""Keys that do not go through commands: those of the canvas, and those that are fixed."""

from collections.abc import Callable
from typing import Final

from t2i_studio.core.words import later, tr
from t2i_studio.ui.bind import on
from t2i_studio.ui.canvas.keys import CANVAS_KEYS, FIXED_KEYS, CanvasKey, CanvasKeys
from t2i_studio.ui.keymap import Binding, Context, Keymap

PROMPT_KEYS: Final = (
    ("prompt.generate", later("Generate"), ("Shift+Return",)),
    ("prompt.heavier", later("More weight for the words at the cursor"), ("Ctrl+Up",)),
    ("prompt.lighter", later("Less weight for the words at the cursor"), ("Ctrl+Down",)),
    ("prompt.older", later("Prompt before this one"), ("Alt+Up",)),
    ("prompt.offer", later("Offer wildcards and styles"), ("Ctrl+Space",)),
    ("prompt.newer", later("Prompt after this one"), ("Alt+Down",)),
)
RESULT_KEYS: Final = (
    ("results.compare", later("Compare the result with the original"), ("M",)),
    ("results.original", later("The original, while it is held"), ("O",)),
)
GALLERY_KEYS: Final = (("gallery.delete", later("Delete the chosen pictures"), ("Del",)),)
FIXED: Final = {
    Context.prompt: PROMPT_KEYS,
    Context.gallery: GALLERY_KEYS,
    Context.canvas: RESULT_KEYS,
}


def other_bindings() -> tuple[Binding, ...]:
    """Return what keys do beside the commands, translated."""
    return (
        *(_of_canvas(key) for key in CANVAS_KEYS),
        *(_of_canvas(key, is_fixed=True) for key in FIXED_KEYS),
        *(
            Binding(name, tr(title), keys, context, is_fixed=True)
            for context, table in FIXED.items()
            for name, title, keys in table
        ),
    )


def lead_canvas(keymap: Keymap, keys: CanvasKeys) -> Callable[[], None]:
    """Let the canvas have the keys of the keymap from now on; return what ends that."""

    def lead(name: str = "") -> None:
        if not name or any(name == key.id for key in CANVAS_KEYS):
            keys.rebind({key.id: keymap.keys(key.id) for key in CANVAS_KEYS})

    lead()
    return on(keymap.changed, lead)


def _of_canvas(key: CanvasKey, *, is_fixed: bool = False) -> Binding:
    return Binding(key.id, tr(key.title), key.default, Context.canvas, is_fixed=is_fixed)
