"""A guard against a release of PySide6 that kills the interpreter minutes into a session."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_that_the_binding_keeps_its_references_to_none(qtbot: QtBot):
    """PySide6 6.12.0 on Python 3.10 and 3.11 loses one reference to None at every void call."""
    label = QLabel()
    qtbot.addWidget(label)
    label.setText("a")
    before = sys.getrefcount(None)
    for _ in range(300):
        label.setText("a")
    assert abs(sys.getrefcount(None) - before) < 50
