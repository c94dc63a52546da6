"""A dressed application, and a small real study for the pages that need one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from kume_desktop import settings
from kume_desktop.gui import dressing, fonts, theme
from kume_desktop.gui.desk import Desk
from kume_desktop.services import fieldwork, studies
from kume_desktop.services.views import Area, NewFirm, StudyFacts
from tests.gui.shell.stage import PASSPHRASE

FACTS = StudyFacts("İZKA", 2025, "6698 sayılı Kanun 5/2-e", "ajans çalışanları", "iki yıl", "kvkk@example.org")
AREAS = (
    Area("kimya", "Kimya", "Chemicals", "20", "NACE Rev. 2", 35),
    Area("hava", "Endüstriyel Havalandırma, İklimlendirme ve Soğutma", "Ventilation", "28.25", "NACE Rev. 2", 40),
)
FIRMS = (
    NewFirm("Zeytinli Boya", "kimya", "Menemen", "20.30"),
    NewFirm("İğdeli Soğutma", "hava", "Konak", "28.25.01", "25-49"),
    NewFirm("Ilıcabaşı Klima", "hava", "Tire", "28.25.01"),
    NewFirm("Çınaraltı Kimya", "kimya", "Bergama", "20.14"),
)


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """Fusion, Inter and the light, roomy look; taken back after each test."""
    qapp.setStyle("Fusion")
    fonts.load()
    plain = theme.Look(motion=False)
    if theme.look() != plain or not qapp.styleSheet():
        dressing.put_on(qapp, plain)
    yield
    if theme.look() != plain:
        dressing.put_on(qapp, plain)


@pytest.fixture
def desk() -> Desk:
    """No study is open."""
    return Desk(settings.Settings(motion=False, theme=settings.Theme.LIGHT))


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a study with two areas and four firms, made once."""
    folder = tmp_path_factory.mktemp("template")
    with studies.create_study(
        folder / "a.kume", "Düzey Analizi 2026", FACTS, PASSPHRASE, "Elif Demirtaş", AREAS, demonstration=True,
        instruments=["is_ihtiyac"],
    ) as study:  # fmt: skip
        for firm in FIRMS:
            fieldwork.add_firm(study, firm)
    return folder


@pytest.fixture
def study_file(template: Path, tmp_path: Path) -> Path:
    """A copy of the study that belongs to this test."""
    shutil.copytree(template, tmp_path / "study")
    return tmp_path / "study" / "a.kume"


@pytest.fixture
def open_desk(desk: Desk, study_file: Path) -> Iterator[Desk]:
    """The study is open."""
    desk.open(studies.open_study(study_file, PASSPHRASE))
    yield desk
    desk.close()
