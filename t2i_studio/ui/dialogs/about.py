"""What this is, and the keys that it listens to."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QFormLayout, QLabel, QMessageBox, QVBoxLayout, QWidget

from t2i_studio import __version__

ABOUT = (
    "A desktop studio for text-to-image generation that lets people see and steer what happens "
    "inside: unCLIP, the system of DALL·E 2 (Ramesh et al. 2022).\n\n"
    "Everything runs on this machine. Code: Apache-2.0."
)
CANVAS_KEYS = {
    "Brush, eraser, hand": "B, E, H",
    "Brush size": "[ and ], Ctrl+wheel",
    "Erase with the brush": "right button",
    "Straight line": "Shift+click",
    "Zoom to the pointer": "wheel",
    "Pan": "Space+drag, middle button",
    "Results: previous, next": "Left, Right",
    "Accept, discard, leave": "Enter, Delete, Esc",
    "Prompt history": "Alt+Up, Alt+Down",
}


def show_about(parent: QWidget) -> None:
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle("About T2I Studio")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(f"T2I Studio {__version__}")
    box.setInformativeText(ABOUT)
    box.setModal(False)
    box.show()


def show_shortcuts(parent: QWidget) -> None:
    """List the shortcuts of the menus and the keys of the canvas."""
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle("Keyboard shortcuts")
    form = QFormLayout()
    form.setHorizontalSpacing(32)
    native = QKeySequence.SequenceFormat.NativeText
    for action in parent.actions_by_name.values() if hasattr(parent, "actions_by_name") else ():
        keys = ", ".join(shortcut.toString(native) for shortcut in action.shortcuts())
        if keys:
            form.addRow(action.text().replace("&", ""), QLabel(keys))
    for what, keys in CANVAS_KEYS.items():
        form.addRow(what, QLabel(keys))
    QVBoxLayout(dialog).addLayout(form)
    dialog.show()
