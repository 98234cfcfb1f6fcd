"""The group `latent`: that its input is what it says."""

import numpy as np

from t2i_studio.benchmarks import latent
from t2i_studio.core.geometry import Extent
from t2i_studio.core.image import Image


def test_values_lie_as_embeddings_do() -> None:
    values = latent.embeddings_like(2000, 64).numpy()
    spread = ((values - values.mean(0)) ** 2).sum(1).mean()
    variances = np.linalg.eigvalsh(np.cov(values.T))[::-1]
    assert 0.5 < (values.mean(0) ** 2).sum() / spread < 2
    assert 1.6 < variances[0] / variances[1] < 2.4


def test_every_round_sees_another_picture() -> None:
    image = Image.filled(Extent(8, 8), (9, 9, 9))
    varied = {latent._varied(image, number).digest for number in range(1, 400)}
    assert len(varied) == 399
    assert (
        len({each.digest for number in (0, 1) for each in latent._noise(number, image.extent)})
        > latent.PICTURES
    )
