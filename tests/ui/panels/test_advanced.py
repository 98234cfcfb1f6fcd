from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from t2i_studio.core.capabilities import Capabilities, Stage
from t2i_studio.core.request import Generate, Inpaint, Refine
from t2i_studio.core.stage_settings import DecoderSettings
from t2i_studio.engine.backends.fake import CAPABILITIES
from t2i_studio.engine.resolve import resolve
from t2i_studio.gallery.store import Gallery
from t2i_studio.studio.background import InlineBackground
from t2i_studio.studio.session import Session
from t2i_studio.studio.shelf import Shelf
from t2i_studio.ui.explorer.pin_chip import PinChip
from t2i_studio.ui.panels.advanced import AdvancedPanel
from t2i_studio.ui.widgets.number_field import NumberField
from tests.ui.conftest import OpenStudio

PIXELS = CAPABILITIES.model_copy(
    update={
        "title": "Pixels",
        "stages": (Stage(key="decoder", title="Decoder", steps=10, max_steps=20, guidance=1.0),),
        "samplers": (),
        "priors": (),
        "max_candidates": 1,
    }
)

CHAIN = CAPABILITIES.model_copy(
    update={
        "title": "Chain",
        "stages": (
            *CAPABILITIES.stages,
            Stage(key="upsampler_1024", title="Upsampler 1024", steps=15),
        ),
    }
)


@pytest.fixture
def session(tmp_path: Path) -> Session:
    models: dict[str, Capabilities] = {"fake": CAPABILITIES, "pixels": PIXELS, "chain": CHAIN}
    background = InlineBackground()
    shelf = Shelf(Gallery(tmp_path), background)
    session = Session(shelf, background, models.__getitem__)
    session.settings.model = "fake"
    session.settings.prompt = "a red cube"
    return session


@pytest.fixture
def said(session: Session) -> list[str]:
    said: list[str] = []
    session.noticed.connect(lambda notice: said.append(notice.text))
    return said


@pytest.fixture
def panel(qtbot: QtBot, session: Session) -> Iterator[AdvancedPanel]:
    panel = AdvancedPanel(session)
    qtbot.addWidget(panel)
    session.model_described.connect(panel.follow_model)
    panel.follow_model()
    yield panel
    panel.unbind()
    session.model_described.disconnect(panel.follow_model)


def asked(session: Session) -> Generate | Inpaint | Refine:
    return session.workspace.compose(session.capabilities)[0].request


def number(panel: AdvancedPanel, field: str) -> NumberField:
    found = panel.findChild(NumberField, field)
    assert isinstance(found, NumberField)
    return found


def chosen(panel: AdvancedPanel, field: str) -> str:
    found = panel.findChild(QComboBox, field)
    assert isinstance(found, QComboBox)
    return found.currentText()


@pytest.mark.parametrize("value", [0.0, 20.5, 100.0])
def test_guidance_is_shown_as_far_as_requests_allow_it(
    session: Session, panel: AdvancedPanel, value: float
) -> None:
    session.settings.decoder_guidance = value
    assert number(panel, "decoder_guidance").spin.value() == value
    DecoderSettings(guidance=number(panel, "decoder_guidance").spin.maximum())


def test_what_the_model_lacks_is_reset_and_told(
    qtbot: QtBot, session: Session, panel: AdvancedPanel, said: list[str]
) -> None:
    session.settings.sampler = "euler"
    session.settings.prior_kind = "none"
    session.settings.decoder_steps = 200
    session.settings.decoder_guidance = 50.0
    assert (chosen(panel, "sampler"), chosen(panel, "prior_kind")) == (
        "Euler",
        "None (text embedding)",
    )
    session.settings.model = "pixels"
    qtbot.waitUntil(lambda: len(said) == 2)
    assert said == [
        "Sampler Euler is not offered by Pixels; using its own.",
        "Decoder steps 200 is not offered by Pixels; using 10.",
    ]
    assert session.settings.sampler is None
    assert session.settings.decoder_steps is None
    assert number(panel, "decoder_guidance").value == 50.0
    resolve(asked(session), PIXELS)


def test_settings_of_another_model_are_not_taken_over(
    qtbot: QtBot, session: Session, panel: AdvancedPanel, said: list[str]
) -> None:
    session.settings.prior_kind = "autoregressive"
    session.settings.sampler = "dpm++2m"
    session.settings.candidates = 64
    session.settings.prior_guidance = 101.0
    qtbot.waitUntil(lambda: len(said) == 4)
    assert said == [
        "Autoregressive prior is not offered by Fake; using Diffusion prior.",
        "Sampler DPM-Solver++ 2M is not offered by Fake; using DDIM.",
        "Candidates 64 is not offered by Fake; using 2.",
        "Prior guidance 101 is not offered by Fake; using 2.",
    ]
    assert chosen(panel, "prior_kind") == "Diffusion prior"
    assert chosen(panel, "sampler") == "DDIM"
    assert number(panel, "candidates").value is None
    resolve(asked(session), CAPABILITIES)


def test_what_the_model_has_is_kept_in_silence(
    session: Session, panel: AdvancedPanel, said: list[str]
) -> None:
    session.settings.sampler = "euler"
    session.settings.candidates = 8
    panel.follow_model()
    QApplication.processEvents()
    assert (session.settings.sampler, session.settings.candidates) == ("euler", 8)
    assert said == []


def test_it_is_told_at_the_start_too(qtbot: QtBot, open_studio: OpenStudio) -> None:
    studio = open_studio()
    studio.window.prompt.advanced.unbind()
    studio.session.settings.sampler = "unipc"
    studio = open_studio()
    qtbot.waitUntil(lambda: bool(studio.window.toasts.toasts))
    text = studio.window.toasts.toasts[0].text
    assert text == "Sampler UniPC is not offered by Fake; using DDIM."


def test_an_upsampler_that_is_a_diffusion_model_has_steps(
    session: Session, panel: AdvancedPanel
) -> None:
    session.settings.model = "chain"
    assert panel.findChild(NumberField, "upsampler_steps") is None
    field = number(panel, "upsampler_1024_steps")
    assert field.spin.text() == "15 (default)"
    field.spin.setValue(20)
    request = resolve(asked(session), CHAIN)
    assert (request.upsampler.steps, request.upsampler_1024.steps) == (1, 20)


def test_the_one_step_of_one_pass_is_not_kept_for_another_model(
    session: Session, panel: AdvancedPanel, said: list[str]
) -> None:
    session.settings.recall(resolve(asked(session), CAPABILITIES))
    QApplication.processEvents()
    assert session.settings.upsampler_steps is None
    assert said == []


def test_a_pinned_candidate_is_shown_until_its_cross_is_pressed(
    session: Session, panel: AdvancedPanel
) -> None:
    chip = panel.findChild(PinChip)
    assert isinstance(chip, PinChip)
    assert chip.isHidden()
    session.settings.pin(draw=2, candidates=4, seed=7)
    assert (chip.text, chip.isHidden()) == ("Candidate 3 pinned", False)
    chip.cross.click()
    assert session.settings.prior_draw is None
    assert chip.isHidden()
