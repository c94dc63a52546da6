"""Who joined an interview after it began: position, notice, questions heard. Written only where persons are shown."""

from __future__ import annotations

from collections.abc import Mapping

from kume_desktop.problems import N_
from kume_desktop.reports.sheets.answers import AnswerPlace
from kume_desktop.reports.writing.cells import Content
from kume_desktop.reports.writing.job import HEAD_ROW, Job
from kume_desktop.reports.writing.sheet import MAX_LINKS, Sheet
from kume_desktop.reports.writing.table import Col, Table

HOW: Mapping[str, str] = {"1": N_("Read aloud"), "2": N_("Given in writing")}


def write_respondents(job: Job, sheet: Sheet, answers: Mapping[tuple[str, str], AnswerPlace]) -> None:
    """Write one row for each further respondent; the interview leads to its answers."""
    note = job.tr("The first respondent stands among the answers. Positions are kept, not names.")
    columns = (
        Col("firm", job.tr("Firm"), 14),
        Col("area_no", job.tr("Area no."), 8, "count"),
        Col("area", job.tr("Area"), 18),
        Col("instrument", job.tr("Form"), 20),
        Col("interview", job.tr("Interview"), 38),
        Col("number", job.tr("Respondent no."), 12, "count"),
        Col("who", job.tr("Position in the firm"), 32, "wrap"),
        Col("how", job.tr("How the notice was given"), 20),
        Col("since", job.tr("From question"), 24),
        Col("until", job.tr("Until question"), 24),
        Col("at", job.tr("Written down at"), 17, "moment"),
    )
    job.begin(sheet, job.tr("Further respondents"), [column.width for column in columns], note)
    table = Table(job, sheet, "respondents", columns, HEAD_ROW)
    link_at = table.at["interview"]
    for one in job.content.respondents:
        area = job.firms[one.firm].area
        place = answers.get((one.instrument, ""))
        home = place.rows.get(one.interview) if place is not None and sheet.links < MAX_LINKS else None
        cells: list[Content] = [
            one.firm, job.numbers[area], area, one.instrument, one.interview, one.number, one.who,
            job.word(HOW, one.how), _question(one.since), _question(one.until) or job.tr("to the end"), one.at,
        ]  # fmt: skip
        row = table.add(cells, {"interview": "text" if home is None else "link"})
        if place is not None and home is not None:
            sheet.link(row, link_at, place.sheet.ref(home, 0))
    table.end()


def _question(path: str) -> str:
    """The name of a question, as the sheets of answers have it."""
    return path.rpartition("/")[2]
