"""A dressed application for the parts of the pages of response and plan."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from kume_desktop.gui import dressing, fonts, theme


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """Fusion, Inter and the light, roomy look; taken back after each test."""
    qapp.setStyle("Fusion")
    fonts.load()
    dressing.put_on(qapp, theme.Look(motion=False))
    yield
    dressing.put_on(qapp, theme.Look(motion=False))
