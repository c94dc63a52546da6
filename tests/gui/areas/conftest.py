"""A study whose areas are those of the example, and everything the results pages use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from kume_desktop.gui.areas.page import AreaPage
from kume_desktop.gui.window import Window
from kume_desktop.scoring.results import Results
from kume_desktop.services import fieldwork, results, studies
from kume_desktop.services.studies import Study
from kume_desktop.services.views import Area, NewFirm
from tests.gui.results.conftest import Show, dressed, method, method_json  # noqa: F401 - fixtures
from tests.gui.results.conftest import show as show_at_once  # noqa: F401 - a fixture
from tests.gui.results.example import AREAS, example
from tests.gui.results.figures import kept
from tests.studies import FACTS, PASSPHRASE, copied


@pytest.fixture(scope="session")
def example_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed study with the six areas and two firms in the second of them."""
    folder = tmp_path_factory.mktemp("example")
    areas = [Area(code, name, english, "10.31", "2", whole) for code, name, english, _n, whole, *_rest in AREAS]
    with studies.create_study(folder / "ornek.kume", "Örnek", FACTS, PASSPHRASE, "Selin Kaya", areas) as study:
        fieldwork.add_firm(study, NewFirm("Şişli Konserve", "meyve", "Konak", "10.31", "10-24"))
        fieldwork.add_firm(study, NewFirm("Iğdır Meyve", "meyve", "Tire", "10.39", "1-9"))
    return folder / "ornek.kume"


@pytest.fixture
def example_study(example_template: Path, tmp_path: Path) -> Iterator[Study]:
    """An open study of its own, without results."""
    with studies.open_study(copied(example_template, tmp_path), PASSPHRASE) as opened:
        yield opened


@pytest.fixture
def made(example_study: Study) -> Results:
    """The example's results, kept in the study."""
    return kept(example_study, example(results.method(example_study)))


@pytest.fixture
def show(qtbot: QtBot, show_at_once: Show) -> Show:  # noqa: F811 - the fixture of that name
    """Open the window on a study at a route; the page of an area is whole."""

    @contextmanager
    def open_window(*where: object, **look: object) -> Iterator[Window]:
        with show_at_once(*where, **look) as window:
            reading = window.page.reading if isinstance(window.page, AreaPage) else None
            if reading is not None:
                qtbot.waitUntil(lambda: reading.is_whole)
                later: list[bool] = []
                # What came last has its place a turn of the loop after it came.
                QTimer.singleShot(0, window, lambda: later.append(True))
                qtbot.waitUntil(lambda: bool(later))
            yield window

    return open_window
