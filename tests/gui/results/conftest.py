"""A dressed application, the method of the two instruments, and the window on a real study."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from kume_desktop import settings
from kume_desktop.gui import dressing, fonts, theme
from kume_desktop.gui.desk import Desk
from kume_desktop.gui.routes import Route
from kume_desktop.gui.window import Window
from kume_desktop.scoring.method import Method
from kume_desktop.services import results, studies
from kume_desktop.services.studies import Study
from tests.gui.shell.stage import WIDE, shown_window
from tests.studies import PASSPHRASE

Show = Callable[..., AbstractContextManager[Window]]


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """Fusion, Inter and the light, roomy look; taken back after each test."""
    qapp.setStyle("Fusion")
    fonts.load()
    dressing.put_on(qapp, theme.Look(motion=False))
    yield
    dressing.put_on(qapp, theme.Look(motion=False))


@pytest.fixture(scope="session")
def method_json(empty_template: Path) -> str:
    with studies.open_study(empty_template, PASSPHRASE) as opened:
        return results.method(opened).to_json()


@pytest.fixture
def method(method_json: str) -> Method:
    """The method that the two instruments bring."""
    return Method.from_json(method_json)


@pytest.fixture
def show() -> Show:
    """Open the window on a study at a route, in a look; it is closed at the end of the block."""

    def open_window(
        study: Study,
        route: Route,
        size: QSize = WIDE,
        scheme: settings.Theme = settings.Theme.LIGHT,
        language: settings.Language = settings.Language.TURKISH,
        scale: settings.TextScale = settings.TextScale.NORMAL,
    ) -> AbstractContextManager[Window]:
        desk = Desk(settings.Settings(motion=False, theme=scheme, language=language, text_scale=scale))
        desk.open(study)
        return shown_window(desk, route, size)

    return open_window
