"""The cover: what this file is, what it rests on, whether every row that went in came out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from kume_desktop import texts
from kume_desktop.reports.content import AreaFacts, ReportContent
from kume_desktop.reports.sheets.answers import AnswerPlace, is_left_out
from kume_desktop.reports.sheets.index import IndexPlace
from kume_desktop.reports.writing import wording
from kume_desktop.reports.writing.cells import Content, Jump, Live, here, near, quoted
from kume_desktop.reports.writing.job import HEAD_ROW, Job
from kume_desktop.reports.writing.sheet import Sheet
from kume_desktop.scoring.method import FIRM_ROUTE

LABEL, VALUE, COUNT, LAST = 0, 1, 2, 5


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Rows of one kind: how many went in, how many the workbook holds, and the formula that counts them there."""

    what: str
    rows_in: int
    rows_out: int
    formula: str


@dataclass(frozen=True, slots=True)
class Contents:
    """An entry of the table of contents."""

    sheet: str
    text: str


def write_cover(
    job: Job, sheet: Sheet, index: IndexPlace, rows: Sequence[Reconciled], contents: Sequence[Contents]
) -> None:
    """Write the sheet, when all others are written."""
    content = job.content
    job.begin(sheet, content.study, (40, 72, 11, 11, 12, 14))
    row = _facts(sheet, HEAD_ROW, job.tr("This report"), _report(job))
    row = _facts(sheet, row + 1, job.tr("Method and result"), _method(job))
    row = _areas(job, sheet, row + 1, index)
    row = _instruments(job, sheet, row + 1)
    row = _hidden(job, sheet, row + 1) if job.is_public else _rows(job, sheet, row + 1, rows)
    row = _left_out(job, sheet, row + 1)
    _contents(job, sheet, row + 1, contents)


def _section(sheet: Sheet, row: int, title: str) -> None:
    for col in range(LAST + 1):
        sheet.text(row, col, title if col == 0 else "", "section")


def _facts(sheet: Sheet, top: int, title: str, facts: Sequence[tuple[str, str]]) -> int:
    _section(sheet, top, title)
    row = top + 1
    for name, value in facts:
        sheet.text(row, LABEL, name, "grey")
        sheet.text(row, VALUE, value, "wrap")
        sheet.grow(row, (value, 72))
        row += 1
    return row


def _report(job: Job) -> list[tuple[str, str]]:
    content, edition = job.content, job.content.edition
    personal = job.tr("shown") if content.include_personal else job.tr("left out")
    facts = [
        (job.tr("Edition"), edition_name(content)),
        (job.tr("Agency"), content.agency),
        (job.tr("Wave"), content.wave),
        *([(job.tr("Serial number"), edition.serial)] if edition.serial else []),
        (job.tr("Written at"), moment_text(edition.made_at, job.lang)),
        (job.tr("Written by"), edition.person),
        (job.tr("Role"), _role(job)),
        (job.tr("Reason"), edition.reason),
        (job.tr("Program version"), edition.program_version),
        (job.tr("Personal data"), personal),
    ]
    if job.is_public:
        of_persons = {job.tr("Written by"), job.tr("Role"), job.tr("Reason"), job.tr("Personal data")}
        facts = [fact for fact in facts if fact[0] not in of_persons]
    if content.demonstration:
        mark = "gösterim verisi / demonstration data"
        facts.insert(0, (job.tr("Data"), job.tr("{mark}: no firm of these figures exists", mark=mark)))
    return facts


def _role(job: Job) -> str:
    """The role in words; one that is not known is shown as it is."""
    match job.content.edition.role:
        case "staff":
            return job.tr("expert")
        case "interviewer":
            return job.tr("interviewer")
        case role:
            return role


def _method(job: Job) -> list[tuple[str, str]]:
    results = job.content.results
    return [
        (job.tr("Method"), job.say(job.method.name)),
        (job.tr("Method version"), results.method_version),
        (job.tr("Hash of the method"), results.method_hash),
        (job.tr("Route"), job.route(results.route)),
        (job.tr("Computed at"), _computed(job)),
        (job.tr("Hash of the inputs"), results.inputs_hash),
        (job.tr("Version of the computation"), results.engine_version),
        *_base(job),
    ]


def _base(job: Job) -> list[tuple[str, str]]:
    """Seed and number of the replicates, and what was not computed, with the reason."""
    if job.analysis is None:
        return [(job.tr("Analysis"), job.tr("the results hold no analysis; compute them again"))]
    run = job.analysis.run
    drawn = job.tr("{count} replicates, seed {seed}", count=run.replicates, seed=run.seed)
    skipped = [f"{part_name(job, part)}: {job.word(wording.REASONS, reason)}" for part, reason in job.analysis.skipped]
    return [(job.tr("Replicates"), drawn), *([(job.tr("Not computed"), "\n".join(skipped))] if skipped else [])]


def _computed(job: Job) -> str:
    told = job.content.results.computed_at
    return moment_text(datetime.fromisoformat(told), job.lang) if told else ""


def moment_text(moment: datetime, lang: str) -> str:
    """A moment as people write it, in the time of this computer."""
    shown = here(moment)
    return f"{texts.long_date(shown.date(), lang)} {texts.clock(shown)}"


def part_name(job: Job, part: str) -> str:
    """The name of a part of the analysis; `part:area` names an area as well."""
    name, _colon, area = part.partition(":")
    told = job.word(wording.PARTS, name)
    return f"{told} ({job.area_names.get(area, area)})" if area else told


def edition_name(content: ReportContent) -> str:
    """The edition in both languages."""
    if content.edition.is_public:
        return "Yayımlanacak baskı / Publication edition"
    return "Denetim baskısı / Audit edition"


def _areas(job: Job, sheet: Sheet, top: int, index: IndexPlace) -> int:
    """The areas with their base; a code leads to the sheet of its area."""
    _section(sheet, top, job.tr("Activity areas"))
    heads = (job.tr("Area"), job.tr("Name"), "n", "N", job.tr("Covered firms"), job.tr("Route"))
    styles = ("link", "name", "count", "count", "share", "text")
    job.heads(sheet, heads, styles, top + 1)
    sheet.raw.set_row(top + 1, 30)
    row = top + 2
    for area in job.content.areas:
        cells, looks = job.veil(sheet, job.hidden.area(area.code), _area(job, area, row, index), styles, 2)
        sheet.row(row, cells, looks)
        row += 1
    return row


def _area(job: Job, area: AreaFacts, row: int, index: IndexPlace) -> list[Content]:
    score, name = job.scores[area.code], job.names.areas[area.code]
    whole = score.frame_n if score.eligible_n is None else score.eligible_n
    eligible, frame = index.ref(area.code, "eligible_n"), index.ref(area.code, "frame_n")
    share = Live(f'IF(N({near(row, 3)})=0,"",{near(row, 2)}/{near(row, 3)})', score.n / whole if whole else None)
    written = any(sheet.name == name for sheet in job.book.sheets)
    return [
        Jump(f"{quoted(name)}!A1", area.code) if written else area.code,
        job.say(area.name),
        Live(index.ref(area.code, "n"), score.n),
        Live(f'IF({eligible}<>"",{eligible},IF({frame}="","",{frame}))', whole),
        share if score.route == FIRM_ROUTE else None,
        job.route(score.route),
    ]


def _instruments(job: Job, sheet: Sheet, top: int) -> int:
    if not job.content.instruments:
        return top - 1
    _section(sheet, top, job.tr("Instruments"))
    heads = (job.tr("Instrument"), job.tr("Title and hash"), job.tr("Version"))
    job.heads(sheet, heads, ("text", "text", "text"), top + 1)
    row = top + 2
    for instrument in job.content.instruments:
        text = f"{job.say(instrument.title)}\nSHA-256 {instrument.content_hash}"
        sheet.row(row, (instrument.id, text, instrument.version), ("strong", "wrap", "text"))
        sheet.grow(row, (text, 80))
        row += 1
    return row


def _rows(job: Job, sheet: Sheet, top: int, rows: Sequence[Reconciled]) -> int:
    """Rows in, rows out (counted by a formula on their sheet), and whether they agree."""
    _section(sheet, top, job.tr("Rows in and out"))
    heads = (job.tr("Rows"), "", job.tr("rows in"), job.tr("rows out"), job.tr("difference"))
    job.heads(sheet, heads, ("text", "text", "count", "count", "count"), top + 1)
    row = top + 2
    for entry in rows:
        difference = Live(f"{near(row, 2)}-{near(row, 3)}", entry.rows_in - entry.rows_out)
        cells: list[Content] = [entry.what, "", entry.rows_in, Live(entry.formula, entry.rows_out), difference]
        sheet.row(row, cells, ("text", "text", "count", "count", "count"))
        row += 1
    differences = f"{near(top + 2, 4)}:{near(row - 1, 4)}"
    agree, differ = job.tr("rows agree"), job.tr("rows do not agree")
    same = all(entry.rows_in == entry.rows_out for entry in rows)
    formula = f'IF(SUMPRODUCT(ABS({differences}))=0,"✓ {agree}","{differ}")'
    sheet.live(row, VALUE, Live(formula, f"✓ {agree}" if same else differ), "strong")
    return row + 1


def _hidden(job: Job, sheet: Sheet, top: int) -> int:
    """How many figures this edition keeps to itself, and why."""
    hidden = job.book.hidden
    facts = [
        (job.tr("Hidden cells"), str(hidden)),
        (job.sentences.hidden("few"), job.tr("Figures that rest on one or two firms are not shown.")),
        (job.sentences.hidden("secondary"), job.tr("Nor are those that would give such a figure away.")),
    ]
    return _facts(sheet, top, job.tr("Confidentiality"), facts)


def _left_out(job: Job, sheet: Sheet, top: int) -> int:
    """What the answer sheets do not show, and why."""
    row = top
    tables = [table for instrument in job.content.instruments for table in instrument.tables]
    personal = sum(is_left_out(job, column) for table in tables for column in table.columns)
    unknown = [path for instrument in job.content.instruments for path in instrument.unknown]
    facts: list[tuple[str, str]] = []
    if job.is_public:
        return top
    if personal:
        facts.append((job.tr("Columns with personal data, left out"), str(personal)))
    if job.content.left_out:
        facts.append(
            (job.tr("Levels and interviews that were not counted; see the change log"), str(len(job.content.left_out)))
        )
    if unknown:
        facts.append((job.tr("Answers that this version of the form does not have"), ", ".join(unknown)))
    if facts:
        row = _facts(sheet, row, job.tr("Left out"), facts)
    return row


def _contents(job: Job, sheet: Sheet, top: int, contents: Sequence[Contents]) -> None:
    _section(sheet, top, job.tr("Sheets"))
    for row, entry in enumerate(contents, start=top + 1):
        sheet.jump(row, LABEL, Jump(f"{quoted(entry.sheet)}!A1", entry.sheet), "link")
        sheet.text(row, VALUE, entry.text, "wrap")


def answer_rows(job: Job, places: Mapping[tuple[str, str], AnswerPlace]) -> list[Reconciled]:
    """The rows of every answer sheet; those of a main table are counted against the interviews of the study."""
    found: list[Reconciled] = []
    for instrument in job.content.instruments:
        for table in instrument.tables:
            place = places[instrument.id, table.repeat]
            rows_in = len(table.rows) if table.repeat else instrument.interviews_in
            name = job.names.answers[instrument.id, table.repeat]
            what = job.tr("rows, {name}", name=name) if table.repeat else job.tr("interviews, {name}", name=name)
            found.append(Reconciled(what, rows_in, len(table.rows), f"COUNTA({place.filled})"))
    return found
