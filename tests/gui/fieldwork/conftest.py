"""A study with two people, staff and an interviewer, and firms of both."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kume_desktop import settings
from kume_desktop.gui.desk import Desk
from kume_desktop.services import fieldwork, people, studies, visits
from kume_desktop.services.views import Area, NewFirm, StudyFacts
from tests.gui.shell.conftest import dressed as dressed  # noqa: PLC0414 - a fixture that all windows need

FACTS = StudyFacts("İZKA", 2025, "6698 sayılı Kanun 5/2-e", "ajans çalışanları", "iki yıl", "kvkk@example.org")
AREAS = (
    Area("kimya", "Kimya", "Chemicals", "20", "NACE Rev. 2", 60),
    Area("hava", "Endüstriyel Havalandırma, İklimlendirme ve Soğutma", "Ventilation", "28.25", "NACE Rev. 2", 40),
)
FIRMS = (
    NewFirm("Zeytinli Boya", "kimya", "Menemen", "20.30", tax_number="1234567890"),
    NewFirm("İğdeli Soğutma", "hava", "Konak", "28.25.01", "25-49"),
    NewFirm("Ilıcabaşı Klima", "hava", "Tire", "28.25.01"),
    NewFirm("Çınaraltı Kimya", "kimya", "Bergama", "20.14"),
)
STAFF, INTERVIEWER = "Elif Demirtaş", "Can Aydın"
PASSPHRASES = {STAFF: "gizli parola", INTERVIEWER: "başka parola"}


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the study, made once: Can has two of the four firms."""
    folder = tmp_path_factory.mktemp("field")
    with studies.create_study(
        folder / "a.kume", "Saha 2026", FACTS, PASSPHRASES[STAFF], STAFF, AREAS, demonstration=True,
        instruments=["is_ihtiyac"],
    ) as study:  # fmt: skip
        people.add(study, INTERVIEWER, people.INTERVIEWER, PASSPHRASES[INTERVIEWER])
        units = {firm.name: fieldwork.add_firm(study, firm) for firm in FIRMS}
        visits.assign(study, [units["İğdeli Soğutma"], units["Zeytinli Boya"]], INTERVIEWER)
    return folder


@pytest.fixture
def desk_of(template: Path, tmp_path: Path) -> Iterator[Callable[[str], Desk]]:
    """Open a copy of the study as a person."""
    shutil.copytree(template, tmp_path / "study")
    opened: list[Desk] = []

    def make(person: str) -> Desk:
        desk = Desk(settings.Settings(motion=False, theme=settings.Theme.LIGHT))
        desk.open(studies.open_study(tmp_path / "study" / "a.kume", PASSPHRASES[person]))
        opened.append(desk)
        return desk

    yield make
    for desk in opened:
        desk.close()


@pytest.fixture
def staff(desk_of: Callable[[str], Desk]) -> Desk:
    """The study as its staff sees it."""
    return desk_of(STAFF)


@pytest.fixture
def interviewer(desk_of: Callable[[str], Desk]) -> Desk:
    """The study as an interviewer sees it."""
    return desk_of(INTERVIEWER)
