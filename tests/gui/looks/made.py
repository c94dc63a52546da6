"""A small study with something on every page: areas with long names, firms, visits, an interview, results."""

from __future__ import annotations

from pathlib import Path

from kume_desktop.services import fieldwork, interviewing, results, studies
from kume_desktop.services.views import Area, NewFirm
from tests.gui.results.example import AREAS, example
from tests.gui.results.figures import kept
from tests.studies import FACTS, PASSPHRASE

FIRMS = (
    NewFirm("Şişli Endüstriyel Havalandırma ve İklimlendirme Sanayi Ltd. Şti.", "hava", "Kemalpaşa", "28.25", "10-24"),
    NewFirm("Iğdır Meyve", "meyve", "Tire", "10.39", "1-9"),
    NewFirm("Ege Kimya", "kimya", "Aliağa", "20.30", "50-249"),
)
LEVEL = "kumelenme_duzeyi"


def make(file: Path) -> None:
    """Write the study and close it."""
    areas = [Area(code, name, english, "10.31", "2", whole) for code, name, english, _n, whole, *_rest in AREAS]
    with studies.create_study(file, "Örnek çalışma", FACTS, PASSPHRASE, "Selin Kaya", areas) as study:
        units = [fieldwork.add_firm(study, firm) for firm in FIRMS]
        fieldwork.record_visit(study, units[1], "2", "Kapıda kimse yoktu")
        interviewing.open_interview(study, units[0], LEVEL)
        kept(study, example(results.method(study)))
