"""Everything that is held about a firm or a person, gathered for one readable document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kume_desktop import texts
from kume_desktop.problems import Refused, problem
from kume_desktop.reports.paper.document import Frontmatter
from kume_desktop.reports.paper.held import HeldDocument, HeldTable, write_held
from kume_desktop.services import access_log, evidence, frame_sources, notices, releases, respondents, roles
from kume_desktop.services.access_log import Deed
from kume_desktop.services.personal_data import correcting, inventory, targets
from kume_desktop.services.studies import Progress
from kume_desktop.texts import N_

if TYPE_CHECKING:
    from kume_desktop.interview.state import Interview
    from kume_desktop.problems import Param
    from kume_desktop.reports.paper.document import Printed
    from kume_desktop.services.studies import Study
    from kume_desktop.store.records import HeadRow, InterviewRecord, UnitRecord

PRINT = "personal-print"
WRITING = N_("Writing everything that is held")
_OUTCOMES: Mapping[str, str] = {
    "1": N_("Interview completed"),
    "2": N_("Interview broken off"),
    "3": N_("Appointment made"),
    "4": N_("Refused by the competent person"),
    "5": N_("Refused by somebody else"),
    "6": N_("Out of scope"),
    "7": N_("Closed down"),
    "8": N_("Moved"),
    "9": N_("Duplicate"),
    "10": N_("Not reached"),
    "11": N_("No competent person"),
}
_BESIDE = {
    "comment": N_("Comment at a question"), "override": N_("Reason at a question"), "gap": N_("Reason at a question"),
}  # fmt: skip


@dataclass(frozen=True)
class _Wanted:
    study: Study
    unit: UnitRecord
    lang: str
    serial: str

    def tr(self, text: str, **params: Param) -> str:
        return texts.tr(text, self.lang, **params)

    def when(self, at: datetime) -> str:
        there = at.astimezone()
        return f"{texts.short_date(there.date(), self.lang)} {texts.clock(there)}"


def print_all(study: Study, unit_id: str, target: Path, reason: str, lang: str) -> Printed:
    """Write everything that is held about a firm into a PDF file; the log keeps who did it and why.

    Raises:
        Refused: `role.may-not`, `personal.why`, `personal.not-pdf`, `study.unit-missing`, `report.*`.
    """
    from kume_desktop.store import reading

    roles.require(study, roles.Right.PERSONAL)
    if not reason.strip():
        raise Refused(problem("personal.why"))
    targets.check_target(study, target)
    serial = releases.number(datetime.now().astimezone())
    wanted = _Wanted(study, reading.unit_record(study.database, unit_id), lang, serial)
    document = gathered(wanted)
    access_log.note(study, Deed.PRINTED, f"{wanted.unit.code} {serial}", reason)
    return write_held(document, target)


def gathered(wanted: _Wanted) -> HeldDocument:
    """The document about a firm."""
    head, unit = wanted.study.head(), wanted.unit
    title = wanted.tr(N_("Everything held about {firm}"), firm=unit.name or unit.code)
    day = texts.long_date(datetime.now().astimezone().date(), wanted.lang)
    foot = " · ".join(part for part in (head.agency, day, wanted.serial) if part)
    front = Frontmatter(title, wanted.lang, f"{head.name} · {title}", foot, head.agency, unit.code)
    said = N_("What the study holds about the firm and the persons in it, where it came from, and who saw it.")
    return HeldDocument(front, title, (wanted.tr(said), *_rights(wanted)), tuple(_tables(wanted)))


def _rights(wanted: _Wanted) -> Iterator[str]:
    facts = wanted.study.facts()
    if facts.contact:
        yield wanted.tr(N_("Whoever wants something corrected or erased writes to {contact}."), contact=facts.contact)


def _tables(wanted: _Wanted) -> Iterator[HeldTable]:
    from kume_desktop.store import reading

    yield _facts(wanted)
    yield from _lists(wanted)
    yield _visits(wanted)
    for record in reading.interviews(wanted.study.database, unit_id=wanted.unit.unit_id):
        yield from _interview(wanted, record)
    yield _levels(wanted)
    yield inventory.table(wanted.study, wanted.lang)
    yield _accesses(wanted)


def _facts(wanted: _Wanted) -> HeldTable:
    """The attributes that hold now, each with who said so and when."""
    from kume_desktop.store import reading

    heads = reading.heads(wanted.study.database, wanted.unit.unit_id)
    made = next(iter(heads.get("", ())), None)
    rows = []
    for name, value in correcting.held(wanted.study, wanted.unit.unit_id).items():
        told = next(iter(heads.get(name, ())), made)
        source = f"{told.author} · {wanted.when(told.at)}" if told is not None else ""
        rows.append((wanted.tr(correcting.FACTS[name]), value, source))
    heads_of = (wanted.tr(N_("Fact")), wanted.tr(N_("Value")), wanted.tr(N_("Source")))
    return HeldTable(wanted.tr(N_("Facts of the firm")), heads_of, rows, (3, 5, 4))


def _lists(wanted: _Wanted) -> Iterator[HeldTable]:
    for one in frame_sources.sources(wanted.study, wanted.unit.unit_id):
        day = wanted.when(one.imported_at) if one.imported_at is not None else ""
        title = wanted.tr(N_("List {name}, taken {day}"), name=one.name, day=day)
        rows = [(head, str(cell)) for head, cell in one.cells.items() if str(cell).strip()]
        yield HeldTable(title, (wanted.tr(N_("Column")), wanted.tr(N_("Value"))), rows, (4, 8), one.source)


def _visits(wanted: _Wanted) -> HeldTable:
    from kume_desktop.store import reading

    rows = [
        (wanted.when(one.at), wanted.tr(_OUTCOMES.get(one.outcome, one.outcome)), one.by, one.note)
        for one in reading.visits(wanted.study.database, wanted.unit.unit_id)
    ]
    heads = (N_("When"), N_("Outcome"), N_("Who"), N_("Note"))
    return HeldTable(wanted.tr(N_("Contact attempts")), tuple(map(wanted.tr, heads)), rows, (3, 4, 3, 5))


def _interview(wanted: _Wanted, record: InterviewRecord) -> Iterator[HeldTable]:
    from kume_desktop.services import interviewing
    from kume_desktop.store import reading

    interview = interviewing.restore(wanted.study, record)
    heads = reading.heads(wanted.study.database, record.interview_id)
    form = interview.form.instrument.title
    name = form.get(wanted.lang) or next(iter(form.values()), record.instrument_id)
    title = wanted.tr(N_("Interview: {form}, {day}"), form=name, day=wanted.when(record.opened_at))
    columns = (N_("Question"), N_("Answer given"), N_("Purpose"), N_("Flag"))
    rows = list(_answers(interview, heads))
    asked = wanted.tr(N_("Asked by {person}."), person=record.interviewer)
    yield HeldTable(title, tuple(map(wanted.tr, columns)), rows, (6, 6, 2, 1), asked)
    yield _proofs(wanted, record)
    yield _beside(wanted, record, interview, heads)


def _answers(interview: Interview, heads: Mapping[str, tuple[HeadRow, ...]]) -> Iterator[tuple[str, str, str, str]]:
    """Every stored answer in the order of the form; those of questions that the form no longer has at the end."""
    spots = interview.tree.spots
    stored = {path: rows for path, rows in heads.items() if path.startswith("/") and "#" not in path}
    for path in (*(one for one in spots if one in stored), *(one for one in stored if one not in spots)):
        for row in stored[path]:
            if row.value:
                question, answer = _words(interview, path, row.value)
                node = spots[path].item.node if path in spots else None
                yield question, answer, node.purpose if node else "", node.personal.value if node else ""


def _words(interview: Interview, path: str, value: str) -> tuple[str, str]:
    from kume_desktop.interview import page

    if path not in interview.tree.spots:
        return path.rpartition("/")[2], value
    shown = page.row(interview, path)
    return shown.title or shown.name, shown.display or value


def _proofs(wanted: _Wanted, record: InterviewRecord) -> HeldTable:
    """That the notice was given, and what was said about consent: when, how, by whom, and to which words."""
    names = {"notice": N_("Notice given"), "consent": N_("Consent")}
    rows = []
    for one in notices.proofs(wanted.study, record.interview_id):
        name = " · ".join(part for part in (wanted.tr(names[one.what]), one.number) if part)
        said = wanted.tr(N_("given") if one.given else N_("refused or withdrawn"))
        text = " · ".join(part for part in (one.version, one.text_hash[:16], one.words) if part)
        rows.append((name, said, one.how, f"{wanted.when(one.at)} · {one.by}", text))
    columns = (N_("Record"), N_("Said"), N_("How"), N_("When"), N_("Text"))
    return HeldTable(wanted.tr(N_("Notice and consent")), tuple(map(wanted.tr, columns)), rows, (3, 2, 2, 3, 6))


def _beside(
    wanted: _Wanted, record: InterviewRecord, interview: Interview, heads: Mapping[str, tuple[HeadRow, ...]]
) -> HeldTable:
    """Comments, reasons, who else was there, files, and what was typed and never stored."""
    from kume_desktop.store import reading

    rows = []
    for where, told in heads.items():
        path, _mark, register = where.partition("#")
        if register in _BESIDE:
            question = _words(interview, path, "")[0]
            rows += [(wanted.tr(_BESIDE[register]), question, row.value) for row in told if row.value]
    rows += [
        (wanted.tr(N_("Who was spoken to")), one.who, wanted.when(one.at))
        for one in respondents.of_heads(heads)
    ]  # fmt: skip
    for path, files in evidence.evidence(wanted.study.database, record.interview_id).items():
        rows += [(wanted.tr(N_("Evidence")), _words(interview, path, "")[0], one.name) for one in files]
    rows += [
        (wanted.tr(N_("Typed, not stored as an answer")), _words(interview, one.path, "")[0], one.text)
        for one in reading.drafts(wanted.study.database, record.interview_id)
    ]
    columns = tuple(map(wanted.tr, (N_("Kind"), N_("Place"), N_("Value"))))
    return HeldTable(wanted.tr(N_("Beside the answers")), columns, rows, (4, 5, 6))


def _levels(wanted: _Wanted) -> HeldTable:
    from kume_desktop.store import reading

    rows = [
        (one.indicator, "" if one.level is None else str(one.level), one.rater, wanted.when(one.at), one.reason)
        for one in reading.ratings(wanted.study.database, target_id=wanted.unit.unit_id)
    ]
    heads = (N_("Indicator"), N_("Level"), N_("Rater"), N_("When"), N_("Reason"))
    return HeldTable(wanted.tr(N_("Levels given to the firm")), tuple(map(wanted.tr, heads)), rows, (3, 1, 3, 3, 5))


def _accesses(wanted: _Wanted) -> HeldTable:
    """What the access log says of this firm, and every file that was written of the whole study."""
    code = wanted.unit.code
    rows = [
        (wanted.when(one.at), one.person, wanted.tr(access_log.WORDS[one.deed]), one.what, one.reason)
        for one in access_log.entries(wanted.study)
        if one.deed in (Deed.EXPORTED, Deed.OPENED) or code in one.what.replace(":", " ").replace(",", " ").split()
    ]
    heads = (N_("When"), N_("Who"), N_("Deed"), N_("What"), N_("Reason"))
    return HeldTable(wanted.tr(N_("Who opened or wrote it out")), tuple(map(wanted.tr, heads)), rows, (3, 3, 3, 3, 4))


def _print(study: Study, asked: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    progress(0, 1, WRITING)
    what, target, lang = asked["what"], Path(asked["target"]), str(asked["lang"])
    match what:
        case "inventory-csv":
            return {"path": str(inventory.write_csv(study, target, lang)), "pages": 0}
        case "inventory":
            written = inventory.print_inventory(study, target, lang)
        case "device":
            from kume_desktop.services.personal_data import devices

            written = devices.print_device(study, asked["subject"], target, lang)
        case _:
            written = print_all(study, asked["subject"], target, str(asked["reason"]), lang)
    progress(1, 1, WRITING)
    return {"path": str(written.path), "pages": written.pages}


VERBS = {PRINT: _print}
"""What the worker does."""
