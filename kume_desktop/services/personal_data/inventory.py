"""The inventory of personal data: a line for each category, from the flags and purposes of the forms in use.

The lines follow from the study; the words for categories and measures are the project's own (origin Own).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kume_desktop import texts
from kume_desktop.services import evidence
from kume_desktop.services.personal_data import retention, targets
from kume_desktop.services.studies import only_staff, refusing_disk
from kume_desktop.texts import N_

if TYPE_CHECKING:
    from kume_desktop.reports.paper.document import Printed
    from kume_desktop.reports.paper.held import HeldTable
    from kume_desktop.services.studies import Study

CATEGORIES: Mapping[str, tuple[str, str]] = {
    "K1": (N_("Identity and contact"), N_("Persons who answer for a firm")),
    "K2": (N_("Indirectly identifying answers"), N_("Persons who answer for a firm, interviewers")),
    "K3": (N_("Free texts"), N_("Persons who answer for a firm")),
    "S": (N_("Facts of a sole trader's firm"), N_("Owners of one-person firms")),
}
"""Flag of a question: category, persons."""
HEADS = (
    N_("Category"), N_("Purpose"), N_("Ground"), N_("Persons"), N_("Recipients"), N_("Kept for"),
    N_("Transfer abroad"), N_("Measures"),
)  # fmt: skip
_NONE = N_("none")
_MEASURES = N_("encrypted file, keys per interview, roles, access log, backups, no network")


@dataclass(frozen=True, slots=True)
class Line:
    """A category of personal data as the registry asks for it."""

    category: str
    purpose: str
    ground: str
    persons: str
    recipients: str
    kept: str
    abroad: str
    measures: str


def lines(study: Study, lang: str) -> tuple[Line, ...]:
    """The inventory in a language: what the forms ask, then lists, visits, files and the people who work."""
    facts, kept = study.facts(), retention.periods(study)

    def line(category: str, purpose: str, persons: str) -> Line:
        months = kept.get(purpose, 0)
        told = texts.tr(N_("{count} months"), lang, count=months) if months else facts.retention
        said = (texts.tr(category, lang), purpose or texts.tr(_NONE, lang), facts.legal_ground, texts.tr(persons, lang))
        return Line(*said, facts.recipients, told, texts.tr(_NONE, lang), texts.tr(_MEASURES, lang))

    return tuple(line(*one) for one in _categories(study))


def _categories(study: Study) -> Iterator[tuple[str, str, str]]:
    seen = sorted({
        (node.personal.value, node.purpose)
        for record in study.all_instruments()
        for node in study.instrument(record.version_id).root.below()
        if node.personal.value in CATEGORIES
    })  # fmt: skip
    for flag, purpose in seen:
        category, persons = CATEGORIES[flag]
        yield category, purpose, persons
    yield N_("Lists of firms"), texts.tr(N_("choice of firms")), CATEGORIES["S"][1]
    yield N_("Notes of visits and reasons of levels"), texts.tr(N_("fieldwork")), CATEGORIES["K1"][1]
    if allowed := evidence.purpose(study):
        yield N_("Evidence"), allowed, CATEGORIES["K1"][1]
    yield (
        N_("Names of people who work in the study"),
        texts.tr(N_("access and accountability")),
        N_("Staff, interviewers"),
    )


def table(study: Study, lang: str) -> HeldTable:
    """The inventory as a table of a document."""
    from kume_desktop.reports.paper.held import HeldTable

    heads = tuple(texts.tr(head, lang) for head in HEADS)
    rows = [astuple(one) for one in lines(study, lang)]
    return HeldTable(texts.tr(N_("Inventory of personal data"), lang), heads, rows, (4, 3, 4, 4, 4, 3, 2, 4))


def print_inventory(study: Study, target: Path, lang: str) -> Printed:
    """Write the inventory into a PDF file.

    Raises:
        Refused: `study.only-staff`, `personal.not-pdf`, `report.*`.
    """
    from kume_desktop.reports.paper.document import Frontmatter
    from kume_desktop.reports.paper.held import HeldDocument, write_held

    only_staff(study)
    targets.check_target(study, target)
    head, title = study.head(), texts.tr(N_("Inventory of personal data"), lang)
    front = Frontmatter(title, lang, f"{head.name} · {title}", head.agency, head.agency)
    return write_held(HeldDocument(front, title, (), (table(study, lang),)), target)


def write_csv(study: Study, target: Path, lang: str) -> Path:
    """Write the inventory into a CSV file.

    Raises:
        Refused: `study.only-staff`, `study.disk-full`, `study.read-only`.
    """
    only_staff(study)
    with refusing_disk(target), target.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([texts.tr(head, lang) for head in HEADS])
        writer.writerows(astuple(one) for one in lines(study, lang))
    return target
