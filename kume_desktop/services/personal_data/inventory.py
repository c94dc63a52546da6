"""The inventory of personal data: a line for each category, from the flags and purposes of the forms in use.

The lines follow from the study. Each has a purpose and a legal ground of its own: proposed words (origin Own), in the
place of which staff write those that hold in their agency.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kume_desktop import texts
from kume_desktop.problems import Refused, problem
from kume_desktop.services import access_log, evidence, roles
from kume_desktop.services.access_log import Deed
from kume_desktop.services.notices import CONTACT
from kume_desktop.services.personal_data import retention, targets
from kume_desktop.services.studies import refusing_disk
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
    N_("Transfer abroad"), N_("Measures"), N_("Origin"),
)  # fmt: skip
FACT = "inventory:"
"""Before the key of a line in the facts of the study: what staff wrote in the place of the proposed words."""
LONGEST = 300
_NONE, _OWN = N_("none"), N_("Own")
_MEASURES = N_("encrypted file, keys per interview, roles, access log, backups, no network")
_CONSENT = N_("explicit consent, which can be withdrawn")
_WORK = N_("employment and the duty to account for what was done")
_LISTS, _VISITS, _EVIDENCE, _PEOPLE = "lists", "visits", "evidence", "people"


@dataclass(frozen=True, slots=True)
class Line:
    """A category of personal data as the registry asks for it; `key` names it among the lines, `origin` who says so."""

    key: str
    category: str
    purpose: str
    ground: str
    persons: str
    recipients: str
    kept: str
    abroad: str
    measures: str
    origin: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The texts under `HEADS`."""
        return astuple(self)[1:]


@dataclass(frozen=True, slots=True)
class _Kind:
    """A category before anybody wrote something else: `field` is the purpose that its period is set for."""

    key: str
    category: str
    purpose: str
    ground: str
    persons: str
    field: str = ""


def lines(study: Study, lang: str) -> tuple[Line, ...]:
    """The inventory in a language: what the forms ask, then lists, visits, files and the people who work."""
    return tuple(_line(study, one, lang) for one in _kinds(study, lang))


def _line(study: Study, one: _Kind, lang: str) -> Line:
    facts, months = study.facts(), retention.periods(study).get(one.field, 0)
    told = texts.tr(N_("{count} months"), lang, count=months) if months else facts.retention
    said, origin = _own(study, one.key, lang)
    return Line(
        one.key, texts.tr(one.category, lang), said.get("purpose") or one.purpose or texts.tr(_NONE, lang),
        said.get("ground") or one.ground, texts.tr(one.persons, lang), facts.recipients, told, texts.tr(_NONE, lang),
        texts.tr(_MEASURES, lang), origin,
    )  # fmt: skip


def _own(study: Study, key: str, lang: str) -> tuple[Mapping[str, str], str]:
    """What staff wrote of a line, and whose words the line is."""
    from kume_desktop.store import reading

    rows = reading.heads(study.database, study.record.study_id).get(FACT + key, ())
    said = dict(json.loads(rows[-1].value or "{}")) if rows else {}
    if not any(said.values()):
        return {}, texts.tr(_OWN, lang)
    day = texts.short_date(rows[-1].at.astimezone().date(), lang)
    return said, f"{texts.tr(_OWN, lang)} · {rows[-1].author} · {day}"


def save(study: Study, key: str, purpose: str, ground: str) -> None:
    """Write a line's purpose and ground in the words of the agency; '' goes back to what is proposed.

    Raises:
        Refused: `study.only-staff`, `personal.no-line`, `personal.too-long`.
    """
    from kume_desktop.store.events import EventKind, SubjectKind

    roles.require(study, roles.Right.MANAGE)
    line = next((one for one in lines(study, texts.language()) if one.key == key), None)
    if line is None:
        raise Refused(problem("personal.no-line"))
    wanted = {"purpose": " ".join(purpose.split()), "ground": " ".join(ground.split())}
    if max(map(len, wanted.values())) > LONGEST:
        raise Refused(problem("personal.too-long", most=LONGEST))
    proposed = next(one for one in _kinds(study, texts.language()) if one.key == key)
    changed = {name: "" if text == getattr(proposed, name) else text for name, text in wanted.items()}
    if changed == {"purpose": "", "ground": ""} and line.origin == texts._(_OWN):
        return
    with study.act(corrects=False) as act:
        act.append(EventKind.FACT, SubjectKind.STUDY, study.record.study_id, FACT + key, changed)
    access_log.note(study, Deed.INVENTORY, key)


def _kinds(study: Study, lang: str) -> Iterator[_Kind]:
    ground = study.facts().legal_ground
    consent = texts.tr(_CONSENT, lang)
    seen = sorted({
        (node.personal.value, node.purpose)
        for record in study.all_instruments()
        for node in study.instrument(record.version_id).root.below()
        if node.personal.value in CATEGORIES
    })  # fmt: skip
    for flag, purpose in seen:
        category, persons = CATEGORIES[flag]
        own = consent if flag == "K1" and purpose == CONTACT else ground
        yield _Kind(f"{flag}:{purpose}", category, purpose, own, persons, purpose)
    yield _Kind(_LISTS, N_("Lists of firms"), texts.tr(N_("choice of firms"), lang), ground, CATEGORIES["S"][1])
    notes = N_("Notes of visits and reasons of levels")
    yield _Kind(_VISITS, notes, texts.tr(N_("fieldwork"), lang), ground, CATEGORIES["K1"][1])
    if allowed := evidence.purpose(study):
        yield _Kind(_EVIDENCE, N_("Evidence"), allowed, ground, CATEGORIES["K1"][1])
    who = texts.tr(N_("access and accountability"), lang)
    people = N_("Names of people who work in the study")
    yield _Kind(_PEOPLE, people, who, texts.tr(_WORK, lang), N_("Staff, interviewers"))


def table(study: Study, lang: str) -> HeldTable:
    """The inventory as a table of a document."""
    from kume_desktop.reports.paper.held import HeldTable

    heads = tuple(texts.tr(head, lang) for head in HEADS)
    rows = [one.cells for one in lines(study, lang)]
    return HeldTable(texts.tr(N_("Inventory of personal data"), lang), heads, rows, (4, 3, 4, 4, 3, 3, 2, 4, 3))


def print_inventory(study: Study, target: Path, lang: str) -> Printed:
    """Write the inventory into a PDF file.

    Raises:
        Refused: `role.may-not`, `personal.not-pdf`, `report.*`.
    """
    from kume_desktop.reports.paper.document import Frontmatter
    from kume_desktop.reports.paper.held import HeldDocument, write_held

    roles.require(study, roles.Right.PERSONAL)
    targets.check_target(study, target)
    head, title = study.head(), texts.tr(N_("Inventory of personal data"), lang)
    front = Frontmatter(title, lang, f"{head.name} · {title}", head.agency, head.agency)
    return write_held(HeldDocument(front, title, (), (table(study, lang),)), target)


def write_csv(study: Study, target: Path, lang: str) -> Path:
    """Write the inventory into a CSV file.

    Raises:
        Refused: `role.may-not`, `study.disk-full`, `study.read-only`.
    """
    roles.require(study, roles.Right.PERSONAL)
    with refusing_disk(target), target.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([texts.tr(head, lang) for head in HEADS])
        writer.writerows(one.cells for one in lines(study, lang))
    return target
