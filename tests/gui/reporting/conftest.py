"""A dressed application, the window on a real study at the report, and results that a test can foresee."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from kume_desktop import settings
from kume_desktop.gui import dressing, fonts, theme
from kume_desktop.gui.desk import Desk
from kume_desktop.gui.reporting.page import ReportPage
from kume_desktop.gui.routes import ReportRoute
from kume_desktop.scoring import run
from kume_desktop.services import results
from kume_desktop.services.studies import Study
from tests.gui.shell.stage import WIDE, shown_window
from tests.reports.figures.scenes import answers, firms, scored

Show = Callable[..., AbstractContextManager[ReportPage]]


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """Fusion, Inter and the light, roomy look; taken back after each test."""
    qapp.setStyle("Fusion")
    fonts.load()
    dressing.put_on(qapp, theme.Look(motion=False))
    yield
    dressing.put_on(qapp, theme.Look(motion=False))


@pytest.fixture
def show() -> Show:
    """Open the window on a study at the report, in a look; it is closed at the end of the block."""

    @contextmanager
    def open_page(
        study: Study,
        route: ReportRoute | None = None,
        size: QSize = WIDE,
        scheme: settings.Theme = settings.Theme.LIGHT,
        language: settings.Language = settings.Language.TURKISH,
    ) -> Iterator[ReportPage]:
        desk = Desk(settings.Settings(motion=False, theme=scheme, language=language))
        desk.open(study)
        with shown_window(desk, route or ReportRoute(), size) as window:
            page = window.page
            assert isinstance(page, ReportPage)
            yield page

    return open_page


@pytest.fixture
def computed(study: Study) -> Study:
    """A study of two areas that keeps results which hold: its own answers give them."""
    results.compute(study)
    return study


@pytest.fixture
def made(study: Study) -> Study:
    """A study that keeps results of twelve and of two firms; they are not those of its answers."""
    levels = {"Kimya": firms(12), "Lojistik": firms(2, 1)}
    needs = {"Kimya": answers(12), "Lojistik": answers(2)}
    found = scored(results.method(study), levels, needs, {"Kimya": 96}, codes=("kimya", "lojistik"))
    results.keep(study, run.results_to_json(found))
    return study
