"""A session with a picture, without engine or disk."""

from pathlib import Path

import pytest

from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image
from t2i_studio.engine.backends.fake import CAPABILITIES
from t2i_studio.gallery.store import Gallery
from t2i_studio.studio.background import InlineBackground
from t2i_studio.studio.notices import Notice
from t2i_studio.studio.session import Session
from t2i_studio.studio.shelf import Shelf


@pytest.fixture
def desk(tmp_path: Path) -> Session:
    background = InlineBackground()
    session = Session(Shelf(Gallery(tmp_path), background), background, lambda _: CAPABILITIES)
    session.describe_model()
    session.document.start(Image.filled(Extent(200, 150), (120, 120, 120)))
    return session


@pytest.fixture
def notices(desk: Session) -> list[Notice]:
    """What the session has said so far."""
    said: list[Notice] = []
    desk.noticed.connect(said.append)
    return said
