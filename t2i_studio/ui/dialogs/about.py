"""What this program is."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from t2i_studio import __version__
from t2i_studio.core.words import later, tr

ABOUT: Final = later(
    "A studio for text-to-image generation in which one can see and steer what happens inside: "
    "unCLIP, the system of DALL·E 2 (Ramesh et al. 2022)."
)
TERMS: Final = later("Everything runs on this machine. Code: Apache-2.0.")


def show_about(parent: QWidget) -> None:
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(tr("About T2I Studio"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(f"T2I Studio {__version__}")
    box.setInformativeText(f"{tr(ABOUT)}\n\n{tr(TERMS)}")
    box.setModal(False)
    box.show()
