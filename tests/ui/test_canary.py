"""Tells when PySide6 can be trusted with Python 3.11 again, or no longer."""

import sys

from PySide6.QtCore import QObject, Signal

EMITS = 20_000


class Sender(QObject):
    """Has a signal to emit."""

    sent = Signal(bool)


def test_emitting_loses_no_reference_to_true(qapp: object) -> None:
    sender = Sender()
    before = sys.getrefcount(True)
    for _ in range(EMITS):
        sender.sent.emit(True)
    assert abs(sys.getrefcount(True) - before) < EMITS / 10
