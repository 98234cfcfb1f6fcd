"""A picture of the gallery at full size with its recipe, beside the window."""

import contextlib

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QSizePolicy, QWidget

from t2i_studio.core.errors import StudioError
from t2i_studio.core.image import Image
from t2i_studio.core.pictures import read_picture
from t2i_studio.core.recipe import Recipe
from t2i_studio.core.request import Inpaint
from t2i_studio.core.stage_settings import DecoderSettings
from t2i_studio.core.words import tr
from t2i_studio.gallery.store import Picture
from t2i_studio.studio.background import Background
from t2i_studio.studio.notices import notice_of
from t2i_studio.studio.session import Session
from t2i_studio.ui.qimage import to_qimage


class Viewer(QWidget):
    """Left and Right go through the gallery, Esc closes."""

    def __init__(self, session: Session, background: Background, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._session, self._window = session, parent
        self._background = background
        self._picture: Picture | None = None
        self._pixmap = QPixmap()
        self.image = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.image.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.image.setAccessibleName(tr("Picture"))
        self.recipe = QPlainTextEdit()
        self.recipe.setReadOnly(True)
        self.recipe.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # the keys are the picture's
        self.recipe.setAccessibleName(tr("Recipe"))
        self.recipe.setFixedWidth(280)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(12)
        row.addWidget(self.image, 1)
        row.addWidget(self.recipe)
        self.resize(960, 640)

    def show_picture(self, picture: Picture) -> None:
        """Read a picture in the background and show it."""
        self._picture = picture

        def read() -> tuple[Image, Recipe | None]:
            return read_picture(picture.path), self._recipe(picture)

        self._background.read(read, lambda found: self._show(picture, *found), self._complain)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.close()
        elif key in steps:
            self._go(steps[key])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _go(self, by: int) -> None:
        pictures = self._session.shelf.pictures
        if self._picture in pictures:
            self.show_picture(pictures[(pictures.index(self._picture) + by) % len(pictures)])

    def _show(self, picture: Picture, image: Image, recipe: Recipe | None) -> None:
        if picture is not self._picture:
            return
        self._pixmap = QPixmap.fromImage(to_qimage(image))
        self.setWindowTitle(
            tr(
                "{name}, {width} × {height} px",
                name=picture.path.name,
                width=image.extent.width,
                height=image.extent.height,
            )
        )
        self.recipe.setPlainText(_words(recipe))
        if not self.isVisible():
            middle = self._window.frameGeometry().center()
            self.move(middle - self.rect().center())
        self.show()
        self.raise_()
        self._fit()

    def _fit(self) -> None:
        if self._pixmap.isNull():
            return
        ratio = self.devicePixelRatio()
        fitted = self._pixmap.scaled(
            self.image.size() * ratio,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        fitted.setDevicePixelRatio(ratio)
        self.image.setPixmap(fitted)

    def _recipe(self, picture: Picture) -> Recipe | None:
        with contextlib.suppress(StudioError):
            return self._session.shelf.gallery.recipe(picture)
        return None

    def _complain(self, error: Exception) -> None:
        self._session.noticed.emit(notice_of(error))


def _words(recipe: Recipe | None) -> str:
    if recipe is None:
        return tr("This picture carries no complete recipe of T2I Studio.")
    request = recipe.request
    prior = request.prior
    negative = (
        [tr("Negative prompt: {negative_prompt}", negative_prompt=request.negative_prompt)]
        if request.negative_prompt
        else []
    )
    how = (
        [
            tr(
                "Prior: {steps} steps, guidance {guidance}, {candidates} candidates",
                steps=prior.steps,
                guidance=f"{prior.guidance:g}",
                candidates=prior.candidates,
            )
        ]
        if prior.kind != "none" and prior.guidance is not None
        else [tr("Prior: none")]
    )
    return "\n\n".join(
        [
            request.title,
            *negative,
            tr("Seed {seed}", seed=request.seed),
            *(
                [tr("Inpainted, feather {feather} px", feather=request.feather)]
                if isinstance(request, Inpaint)
                else []
            ),
            f"{recipe.model.title} ({recipe.model.sha256[:10]})",
            *how,
            _decoding(request.decoder),
            f"{recipe.device}, {recipe.dtype}",
        ]
    )


def _decoding(decoder: DecoderSettings) -> str:
    values = {"steps": decoder.steps, "sampler": decoder.sampler}
    if decoder.guidance is None:
        return tr("Decoder: {steps} steps, {sampler}", **values)
    guidance = f"{decoder.guidance:g}"
    return tr("Decoder: {steps} steps, guidance {guidance}, {sampler}", guidance=guidance, **values)
