"""The explored embedding as a file, and an embedding from a file as what is explored."""

from pathlib import Path

from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from t2i_studio.core.concept import FromEmbedding
from t2i_studio.core.request import Decode
from t2i_studio.core.words import later, tr
from t2i_studio.gallery.embeddings import Kept, OfRequest, load, save
from t2i_studio.studio.background import Background
from t2i_studio.studio.explorer.exploration import Pick
from t2i_studio.studio.notices import Level, Notice, notice_of
from t2i_studio.studio.session import Session
from t2i_studio.ui.explorer.map_files import ask_to_load, ask_to_save
from t2i_studio.ui.icons import tool_button

TIP = later("The embedding as a file\nA safetensors file with its space and how it was made.")


class EmbeddingFiles:
    """A button whose menu saves and loads; files are read and written in the background."""

    def __init__(self, session: Session, background: Background, window: QWidget) -> None:
        self._session, self._background, self._window = session, background, window
        self.button = tool_button("menu", tr(TIP))
        self.button.setAccessibleName(tr("Embedding files"))
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.button)
        self._save = menu.addAction(
            tr("Save embedding…"), lambda: ask_to_save(window, "embedding", self.save)
        )
        menu.addAction(tr("Load embedding…"), lambda: ask_to_load(window, "embedding", self.load))
        menu.aboutToShow.connect(self._follow)
        self.button.setMenu(menu)

    def save(self, path: Path) -> None:
        """Save the embedding of the full picture with the request that made it."""
        latent, result = self._session.explorer.latent, self._session.explorer.result
        if latent is None or result is None or not isinstance(result.recipe.request, Decode):
            self._say(Notice(Level.info, tr("Wait for the full picture, then save its embedding.")))
            return
        request = result.recipe.request
        kept = Kept(
            embeddings=latent.embedding,
            titles=(request.title,),
            sources=(OfRequest(request=request),),
        )
        self._background.run(
            lambda: save(path, kept),
            lambda _: self._say(Notice(Level.ok, tr("Saved as {path}.", path=path))),
            lambda error: self._say(notice_of(error)),
        )

    def load(self, path: Path) -> None:
        """Explore the first embedding of a file."""
        capabilities = self._session.explorer.capabilities
        space = capabilities.space if capabilities else None
        self._background.read(
            lambda: load(path, space), self._explore, lambda error: self._say(notice_of(error))
        )

    def _explore(self, kept: Kept) -> None:
        start = FromEmbedding(embedding=kept.embeddings.row(0), title=kept.titles[0])
        self._session.explorer.explore(Pick.embedding(start))

    def _follow(self) -> None:
        self._save.setEnabled(self._session.explorer.result is not None)

    def _say(self, notice: Notice) -> None:
        self._session.noticed.emit(notice)
