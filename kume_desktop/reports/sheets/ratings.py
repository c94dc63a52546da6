"""The record of all ratings: every level as somebody gave it, blind rounds and settled ones, with its evidence."""

from __future__ import annotations

from collections.abc import Sequence

from kume_desktop.reports.content import RatingRow
from kume_desktop.reports.sheets.answers import AnswerPlace
from kume_desktop.reports.sheets.levels import FIRM_LEVELS_AT, LevelPlace, evidence_cell
from kume_desktop.reports.writing.cells import Content
from kume_desktop.reports.writing.job import HEAD_ROW, Job
from kume_desktop.reports.writing.sheet import MAX_LINKS, Sheet
from kume_desktop.reports.writing.table import Col, Table
from kume_desktop.scoring.inputs import Evidence

FIRST = HEAD_ROW + 1


def write_ratings(
    job: Job, sheet: Sheet, levels: LevelPlace, level_sheet: Sheet, answers: Sequence[AnswerPlace]
) -> int:
    """Write every rating as it was given, one a row; returns the number of rows.

    The evidence leads to the answers, the firm to the level that counts.
    """
    note = job.tr("Every rating as it was recorded; those marked as used stand on the sheet of firm levels.")
    columns = _columns(job)
    job.begin(sheet, job.tr("Rating record"), [column.width for column in columns], note)
    table = Table(job, sheet, "ratings", columns, HEAD_ROW)
    level_columns = {code: FIRM_LEVELS_AT + place for place, code in enumerate(job.method.indicator_codes)}
    words = {entry.code: job.say(entry.text) for entry in job.method.evidence}
    both = 2 * len(job.content.ratings) <= MAX_LINKS
    evidence_at = table.at["answers"]
    for rating in job.content.ratings:
        home = level_sheet.ref(levels.rows[rating.firm], level_columns[rating.indicator]) if both else ""
        target = evidence_cell(rating, answers) if sheet.links < MAX_LINKS - int(both) else ""
        looks = {"firm": "link" if home else "text", "answers": "link" if target else "text"}
        row = table.add(_rating(job, rating, words, named=bool(target)), looks)
        if home:
            sheet.link(row, 0, home)
        if target:
            sheet.link(row, evidence_at, target)
    table.end()
    return len(job.content.ratings)


def _columns(job: Job) -> tuple[Col, ...]:
    return (
        Col("firm", job.tr("Firm"), 14),
        Col("area_no", job.tr("Area no."), 8, "count"),
        Col("area", job.tr("Area"), 18),
        Col("indicator", job.tr("Code"), 8),
        Col("indicator_name", job.tr("Indicator"), 44),
        Col("level", job.tr("Level"), 8, "level"),
        Col("used", job.tr("Used"), 10, "centre"),
        Col("counts", job.tr("Counts"), 8, "count"),
        Col("source", job.tr("Source"), 18),
        Col("suggestion", job.tr("Suggestion"), 10, "level"),
        Col("rater", job.tr("Rater"), 16),
        Col("round", job.tr("Round"), 8, "centre"),
        Col("agreed", job.tr("Settled"), 9, "centre"),
        Col("settles", job.tr("Settles"), 24),
        Col("conflict", job.tr("In conflict"), 10, "centre"),
        Col("missing", job.tr("Why no level"), 14),
        Col("basis", job.tr("Kind of evidence"), 10, "level"),
        Col("basis_words", job.tr("Evidence"), 26),
        Col("answers", job.tr("Answers it rests on"), 30),
        Col("reason", job.tr("Reason"), 44),
        Col("at", job.tr("Given at"), 17, "moment"),
    )


def _rating(job: Job, rating: RatingRow, words: dict[str, str], *, named: bool) -> list[Content]:
    names = ", ".join(path.rpartition("/")[2] for path in rating.evidence)
    firm = job.firms[rating.firm]
    return [
        rating.firm,
        job.numbers[firm.area],
        firm.area,
        rating.indicator,
        job.indicator_names.get(rating.indicator, ""),
        rating.level,
        job.tr("yes") if rating.used else job.tr("no"),
        int(rating.used),
        job.source(rating.source),
        rating.suggestion,
        rating.rater,
        rating.round,
        job.tr("yes") if rating.agreed else "",
        ", ".join(rating.settles),
        " | ".join(map(str, rating.conflict)),
        _missing(job, rating.missing),
        int(rating.basis) if rating.basis in words and rating.basis.isdecimal() else Evidence.UNSAID,
        words.get(rating.basis, rating.basis),
        names or (job.tr("interview") if named else ""),
        rating.reason,
        rating.at,
    ]


def _missing(job: Job, code: str) -> str:
    match code:
        case "na":
            return job.tr("not applicable")
        case "dk":
            return job.tr("evidence not sufficient")
        case _:
            return code
