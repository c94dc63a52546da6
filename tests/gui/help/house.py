"""The real window on a real study with both questionnaires, worked by keys."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from kume_desktop import settings, texts
from kume_desktop.gui import fonts
from kume_desktop.gui.desk import Desk
from kume_desktop.gui.routes import Route, StartRoute
from kume_desktop.gui.window import Window
from kume_desktop.services import fieldwork, people, studies
from kume_desktop.services.views import Area, NewFirm, StudyFacts

PASSPHRASE = "gizli parola"
FACTS = StudyFacts("İZKA", 2025, "6698 sayılı Kanun 5/2-e", "İzmir Kalkınma Ajansı", "iki yıl", "kvkk@example.org")
AREA = Area("havalandirma", "Endüstriyel Havalandırma, İklimlendirme ve Soğutma", "HVAC", "28.25", "NACE Rev. 2", 40)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a study with one area, one firm, both forms, and an interviewer beside its maker."""
    folder = tmp_path_factory.mktemp("made")
    os.environ.setdefault("KUME_PROFILE", str(tmp_path_factory.mktemp("profile")))
    with studies.create_study(
        folder / "a.kume", "Deneme", FACTS, PASSPHRASE, "Elif Demir", [AREA], demonstration=True
    ) as study:
        fieldwork.add_firm(study, NewFirm("Gümüşkavak Soğutma", AREA.code, "Kemalpaşa", "28.25", "10-24"))
        people.add(study, "Deniz", people.INTERVIEWER, "deniz parolası")
    return folder


class Stage:
    """Opens the window at a route."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self._qtbot, self._folder = qtbot, folder
        self._windows: list[Window] = []

    def show(
        self,
        route: Route | None = None,
        *,
        passphrase: str = PASSPHRASE,
        language: str = "tr",
        size: QSize | None = None,
    ) -> Window:
        desk = Desk(
            replace(settings.Settings(), theme=settings.Theme.LIGHT, motion=False, language=settings.Language(language))
        )
        desk.open(studies.open_study(self._folder / "a.kume", passphrase))
        window = Window(desk, route or StartRoute(), size or QSize(1366, 768))
        self._qtbot.addWidget(window)
        with self._qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        self._qtbot.waitUntil(window.isActiveWindow)
        self._windows.append(window)
        return window

    def close(self) -> None:
        for window in self._windows:
            window.close()
        texts.set_language("tr")


@pytest.fixture
def stage(qtbot: QtBot, made: Path, tmp_path: Path) -> Iterator[Stage]:
    """A copy of the study, and the hands that open the window on it."""
    fonts.load()
    for file in made.iterdir():
        shutil.copy(file, tmp_path)
    held = Stage(qtbot, tmp_path)
    yield held
    held.close()
